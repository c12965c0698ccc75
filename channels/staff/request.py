"""Key a request for a visitor: one form of all its questions, checked, and then sent."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.answers import KINDS, Refusal
from actions.answers.form import field_name, read_form
from actions.conversation import Given, Interview
from actions.interview import rows
from actions.records.staff import Login
from bot.catalogue import Service
from bot.words import LANGUAGES, Language
from channels.staff.desk import Desk, Posted, fields, one, to
from channels.staff.form import drawn
from channels.staff.services import no_service
from channels.staff.submitting import submit
from channels.staff.wording import CONSENTS

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Keyed:
    """A form as it was sent: what was typed, and what that comes to."""

    service: Service
    typed: Posted
    language: Language
    consent: str
    key: str
    answers: Mapping[str, Given]
    refused: Mapping[str, Refusal]

    @property
    def ready(self) -> bool:
        return not self.refused and self.consent in CONSENTS


class Requests:
    """The handlers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def blank(self, request: Request, login: Login, service: str) -> HTTPResponse:
        """The empty form, in the language asked for with `?lang=`."""
        held = self._service(service)
        if held is None:
            return no_service(self._desk, login)
        language = _language(str(request.args.get("lang", "")))
        return self._form(login, Keyed(held, {}, language, "", secrets.token_urlsafe(18), {}, {}))

    async def typed(self, request: Request, login: Login, service: str) -> HTTPResponse:
        """The form, sent: checked, or shown again to change an answer or the language."""
        keyed = self._keyed(request, login, service)
        if keyed is None:
            return no_service(self._desk, login)
        if one(fields(request), "do") != "check":
            return self._form(login, keyed)
        if not keyed.ready:
            return self._form(login, keyed, problems=True)
        return self._review(login, keyed)

    async def send(self, request: Request, login: Login, service: str) -> HTTPResponse:
        """The checked form, sent for good. The answers are read again: what is stored is what was posted."""
        keyed = self._keyed(request, login, service)
        if keyed is None:
            return no_service(self._desk, login)
        if not keyed.ready:
            return self._form(login, keyed, problems=True)
        runtime = self._desk.runtime
        kept = await submit(
            runtime,
            keyed.service,
            keyed.answers,
            key=keyed.key,
            language=keyed.language,
            by=f"staff:{login.username}",
            consent=keyed.consent,
            now=runtime.now(),
        )
        log.info("desk.submitted", reference=kept.reference, outcome=kept.outcome)
        if kept.outcome == "other":
            return self._desk.told(
                login,
                409,
                "You have already sent this request",
                f"It was sent as {kept.reference}, with other answers than these. Start a new request if "
                "there is another one to send.",
                link=f"See {kept.reference}",
                href=f"/staff/cases/{kept.reference}",
            )
        return to(f"/staff/cases/{kept.reference}/receipt")

    def _service(self, service: str) -> Service | None:
        held = self._desk.catalogue.services.get(service)
        return held if held is not None and held.takes_requests else None

    def _keyed(self, request: Request, login: Login, service: str) -> Keyed | None:
        held = self._service(service)
        if held is None:
            return None
        posted = fields(request)
        language = _language(one(posted, "language"))
        typed = {name: posted[name] for name in _names(held) if name in posted}
        answers, refused = read_form(
            held,
            typed,
            language,
            self._desk.runtime.today(),
            self._desk.catalogue,
            author=f"staff:{login.username}",
        )
        wanted = one(posted, "do").removeprefix("language:")
        return Keyed(
            service=held,
            typed=typed,
            language=_language(wanted) if wanted in LANGUAGES else language,
            consent=one(posted, "consent"),
            key=one(posted, "key") or secrets.token_urlsafe(18),
            answers=answers,
            refused=refused,
        )

    def _form(self, login: Login, keyed: Keyed, *, problems: bool = False) -> HTTPResponse:
        refused = keyed.refused if problems else {}
        questions = drawn(keyed.service, keyed.typed, refused, keyed.language, self._desk.catalogue)
        problem = "Select how the visitor agreed" if problems and keyed.consent not in CONSENTS else None
        return self._desk.page(
            "request.html",
            login,
            status=422 if problems else 200,
            active="services",
            keyed=keyed,
            service=keyed.service,
            questions=questions,
            consent_problem=problem,
            problem=problems,
            other="cy" if keyed.language == "en" else "en",
            say=self._say(keyed.language),
        )

    def _review(self, login: Login, keyed: Keyed) -> HTTPResponse:
        interview = Interview(keyed.service.id, keyed.service.version, answers=keyed.answers)
        return self._desk.page(
            "review.html",
            login,
            active="services",
            keyed=keyed,
            service=keyed.service,
            rows=rows(keyed.service, interview, keyed.language),
            first={q.id: field_name(q, KINDS[q.kind].fields[0]) for q in keyed.service.questions},
        )

    def _say(self, language: Language) -> Mapping[str, str]:
        """What stands around the questions, in the visitor's language."""
        parts = ("day", "month", "year", "optional", "only_if")
        return {part: self._desk.catalogue.phrases[f"desk.{part}"][language].text for part in parts}


def _names(service: Service) -> list[str]:
    return [
        field_name(question, field) for question in service.questions for field in KINDS[question.kind].fields
    ]


def _language(wanted: str) -> Language:
    return "cy" if wanted == "cy" else "en"
