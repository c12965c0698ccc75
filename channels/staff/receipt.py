"""The receipt: what a visitor takes home, in their language, on one sheet of paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sanic.request import Request
from sanic.response import HTTPResponse

from actions.destinations import receiving
from actions.records import staff
from actions.records.cases import StoredCase
from actions.records.staff import Login
from bot.catalogue import Catalogue
from bot.words import Language
from channels.staff.cases import no_case, open_case, shown
from channels.staff.desk import Desk


@dataclass(frozen=True)
class Shared:
    """Who gets which answers."""

    recipient: str
    labels: tuple[str, ...]


class Receipts:
    """The handler."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request, login: Login, reference: str) -> HTTPResponse:
        """The receipt of a case, made to be printed."""
        found = await open_case(self._desk, login, reference, "case:receipt")
        if found is None:
            return no_case(self._desk, login)
        case, catalogue = found.case, self._desk.catalogue
        by = ""
        if case.taken_by.startswith("staff:"):
            member = await self._desk.runtime.database.run(staff.member, case.taken_by.removeprefix("staff:"))
            by = case.taken_by.removeprefix("staff:") if member is None else member.name
        service = catalogue.services.get(case.service)
        return self._desk.page(
            "receipt.html",
            login,
            language=case.language,
            case=case,
            service=service,
            by=by,
            title=case.service if service is None else service.title[case.language],
            after=None if service is None else service.after.get(case.language),
            answers=list(shown(found, catalogue, case.language)),
            shared=list(shared(found, catalogue, case.language)),
        )


def shared(stored: StoredCase, catalogue: Catalogue, language: Language) -> Iterator[Shared]:
    """Each recipient, with the answers that it gets and no others."""
    service = catalogue.services.get(stored.case.service)
    if service is None:
        return
    given = {name: one for name, one in stored.case.answers.items() if one.value is not None}
    for destination in receiving(service, given):
        labels = [
            question.label[language].text
            for question in service.questions
            if question.id in given and question.id in destination.sends.values()
        ]
        yield Shared(destination.recipient, tuple(dict.fromkeys(labels)))
