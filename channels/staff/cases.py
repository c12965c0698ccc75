"""The cases: a list to search, and one with its answers, its deliveries and its history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sanic.request import Request
from sanic.response import HTTPResponse

from actions.answers import KINDS
from actions.records import audit, cases, deliveries
from actions.records.cases import StoredCase
from actions.records.staff import Login
from bot.catalogue import Catalogue
from bot.words import Language
from channels.staff.desk import Desk, to
from channels.staff.wording import STATUSES


@dataclass(frozen=True)
class AnswerShown:
    """One answer of a stored case."""

    label: str
    shown: str
    author: str


class Cases:
    """The handlers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def listed(self, request: Request, login: Login) -> HTTPResponse:
        """One page of cases, newest first: by reference, status and service."""
        query = str(request.args.get("q", "")).strip()[:64]
        status, service = str(request.args.get("status", "")), str(request.args.get("service", ""))
        status = status if status in STATUSES else ""
        service = service if service in self._desk.catalogue.services else ""
        listing = await self._desk.runtime.database.run(
            cases.listing, query, status or None, service or None, _number(request.args.get("page", "1"))
        )
        chosen = {"q": query, "status": status, "service": service}
        return self._desk.page(
            "cases.html",
            login,
            active="cases",
            listing=listing,
            chosen=chosen,
            services=sorted(self._desk.catalogue.services.values(), key=lambda held: held.title["en"]),
            pagination=_pagination(listing.page, listing.pages, chosen),
        )

    async def one(self, request: Request, login: Login, reference: str) -> HTTPResponse:
        """One case. That it was looked at is noted in the audit."""
        found = await open_case(self._desk, login, reference, "case:viewed")
        if found is None:
            return no_case(self._desk, login)
        events = await self._desk.runtime.database.run(cases.history, found.case.reference)
        held = self._desk.catalogue.services.get(found.case.service)
        return self._desk.page(
            "case.html",
            login,
            active="cases",
            stored=found,
            case=found.case,
            service=held,
            answers=list(shown(found, self._desk.catalogue, "en")),
            events=events,
            again=request.args.get("again", ""),
        )

    async def again(self, request: Request, login: Login, reference: str, delivery: str) -> HTTPResponse:
        """Send once more what was refused."""
        runtime = self._desk.runtime
        found = await runtime.database.run(cases.by_reference, reference)
        if found is None or delivery not in {part.id for part in found.deliveries}:
            return no_case(self._desk, login)
        sent = await runtime.database.run(
            deliveries.try_again, delivery, runtime.now(), by=f"staff:{login.username}"
        )
        return to(f"/staff/cases/{found.case.reference}", again="yes" if sent else "no")


async def open_case(desk: Desk, login: Login, reference: str, what: str) -> StoredCase | None:
    """A case, with an audit entry that says who opened it and for what."""
    found: StoredCase | None = await desk.runtime.database.run(cases.by_reference, reference)
    if found is not None:
        await desk.runtime.database.run(
            audit.add,
            by=f"staff:{login.username}",
            what=what,
            subject=found.case.reference,
            now=desk.runtime.now(),
        )
    return found


def no_case(desk: Desk, login: Login) -> HTTPResponse:
    return desk.told(
        login,
        404,
        "We do not have that case",
        "Check the reference: it looks like WM-7K2P-9XQ4-6, and has no vowels and no 0 or 1.",
        link="Go to cases",
        href="/staff/cases",
    )


def shown(stored: StoredCase, catalogue: Catalogue, language: Language) -> Iterator[AnswerShown]:
    """The answers as they read. What content has dropped since is shown by its id."""
    service = catalogue.services.get(stored.case.service)
    questions = {question.id: question for question in service.questions} if service is not None else {}
    for name, given in stored.case.answers.items():
        question = questions.get(name)
        if question is None or question.kind not in KINDS:
            yield AnswerShown(name, str(given.value), given.author)
        else:
            said = KINDS[question.kind].show(given.value, question, language)
            yield AnswerShown(question.label[language].text, said.text, given.author)


def _number(text: object) -> int:
    plain = str(text)
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 7 else 1


def _pagination(page: int, pages: int, chosen: dict[str, str]) -> dict[str, Any] | None:
    """What GOV.UK Frontend's pagination takes: the first, the last and those around; None for one page."""
    if pages < 2:
        return None

    def href(number: int) -> str:
        return "?" + urlencode({**{k: v for k, v in chosen.items() if v}, "page": number})

    near = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    items: list[dict[str, Any]] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": href(number), "current": number == page})
    made: dict[str, Any] = {"items": items, "landmarkLabel": "Pages of cases"}
    if page > 1:
        made["previous"] = {"href": href(page - 1)}
    if page < pages:
        made["next"] = {"href": href(page + 1)}
    return made
