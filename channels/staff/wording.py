"""The desk's own words for codes, and how it writes days: what stands in templates as filters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from babel.dates import format_date
from jinja2 import Environment

from actions.runtime import COUNCIL_TIME
from bot.catalogue import Catalogue
from bot.words import Language

LOCALE: Mapping[Language, str] = {"en": "en_GB", "cy": "cy"}

STATUSES: Mapping[str, tuple[str, str]] = {
    "received": ("Received", "blue"),
    "sent": ("Sent", "light-blue"),
    "accepted": ("Accepted", "turquoise"),
    "in_progress": ("In progress", "yellow"),
    "closed": ("Closed", "grey"),
    "failed": ("Needs attention", "red"),
}
"""A case's status: what the desk calls it, and the colour of GOV.UK Frontend's tag."""

STATES: Mapping[str, str] = {
    "queued": "Waiting to be sent",
    "sending": "Being sent",
    "token": "Sent, waiting for their reference",
    "done": "Taken",
    "failed": "Refused",
}
"""An outbox row's state."""

EVENTS: Mapping[str, str] = {
    "received": "We took the request",
    "sent": "Sent",
    "accepted": "Accepted",
    "in_progress": "In progress",
    "closed": "Closed",
    "retry": "Could not be sent yet, so we try again",
    "failed": "Refused for good",
    "asked_again": "Sent again by staff",
}

SYSTEMS: Mapping[str, str] = {"register": "Doorstep's own register", "open311": "Open311"}

DOORS: Mapping[str, str] = {
    "sms": "Text message",
    "voice": "Phone call",
    "webchat": "Web chat",
    "staff": "Staff desk",
}

CONSENTS: Mapping[str, str] = {
    "in_person": "In person",
    "by_phone": "By phone",
    "written": "In writing",
}
"""How a visitor agreed that staff key their request."""

ASPECTS: Mapping[str, str] = {
    "overview": "What it is",
    "eligibility": "Who can use it",
    "cost": "Cost",
    "how": "How to do it",
    "documents": "What is needed",
    "time": "How long it takes",
    "deadline": "Deadline",
    "contact": "Who to contact",
}


def day(value: str | date, language: Language = "en") -> str:
    """
    >>> day("2026-03-03"), day(date(2026, 3, 3), "cy")
    ('3 March 2026', '3 Mawrth 2026')
    """
    held = date.fromisoformat(value) if isinstance(value, str) else value
    return str(format_date(held, "d MMMM y", locale=LOCALE[language]))


def moment(value: datetime, language: Language = "en") -> str:
    """A moment at the council, as GOV.UK writes it.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 7, 1, 12, 5, tzinfo=UTC)), moment(datetime(2026, 1, 12, 0, 0, tzinfo=UTC))
    ('1 July 2026, 1:05pm', '12 January 2026, 12:00am')
    """
    held = value.astimezone(COUNCIL_TIME)
    half = "am" if held.hour < 12 else "pm"
    return f"{day(held.date(), language)}, {held.hour % 12 or 12}:{held.minute:02}{half}"


def brief(value: datetime) -> str:
    """The same for a column of a table.

    >>> from datetime import UTC
    >>> brief(datetime(2026, 7, 1, 12, 5, tzinfo=UTC))
    '1 Jul 2026, 1:05pm'
    """
    month = format_date(value.astimezone(COUNCIL_TIME), "d MMM y", locale="en_GB")
    return f"{month}, {moment(value).rpartition(', ')[2]}"


def who(by: str) -> str:
    """
    >>> who("staff:amina"), who("person"), who("worker")
    ('amina (staff)', 'The person', 'Doorstep')
    """
    if by.startswith("staff:"):
        return f"{by.removeprefix('staff:')} (staff)"
    return {"person": "The person", "worker": "Doorstep"}.get(by, by)


def add_to(environment: Environment, catalogue: Catalogue) -> None:
    """Adds the words to the templates' environment."""

    def title(service: str, language: Language = "en") -> str:
        held = catalogue.services.get(service)
        return held.title[language] if held is not None else service

    environment.filters.update(day=day, moment=moment, brief=brief, who=who, title_of=title)
    environment.globals.update(
        STATUSES=STATUSES,
        STATES=STATES,
        SYSTEMS=SYSTEMS,
        EVENTS=EVENTS,
        DOORS=DOORS,
        CONSENTS=CONSENTS,
        ASPECTS=ASPECTS,
    )
