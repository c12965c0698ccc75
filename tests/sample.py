"""A small council with one service, and people who use it: what tests of records and deliveries share."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy.orm import Session

from actions.cases import new_reference
from actions.conversation import Given, Interview, Outcome, State
from actions.records import turns
from actions.records.turns import Turn
from bot.catalogue import Catalogue, Destination, Keep, Question, Service, load
from bot.catalogue.loading import OURS
from bot.words import LANGUAGES, Receipt, Wording

PHONE = "+447700900123"
PLACE = "Outside 14 Marigold Terrace, Westmoor"
SECRET = "canary-that-no-recipient-is-named-for"


def question(id: str, kind: str, **more: Any) -> Question:
    return Question(
        id=id,
        kind=kind,
        ask={language: Wording(f"{id}?") for language in LANGUAGES},
        label={language: Wording(id) for language in LANGUAGES},
        hint={},
        options=(),
        optional=more.pop("optional", False),
        only_if=more.pop("only_if", {}),
        keep=Keep(
            purpose=dict.fromkeys(LANGUAGES, "to mend the road"),
            basis="public_task",
            controller="Westmoor Council",
            recipients=("roads team",),
            months=12,
        ),
        **more,
    )


def pothole(
    system: str = "register", service_code: str = "pothole", recipients: Sequence[str] = ("roads team",)
) -> Service:
    """A service whose `secret` is sent to nobody, and whose claims handlers hear only of those who were hurt."""
    roads = [
        Destination(
            recipient=recipient,
            system=system,
            sends={"address_string": "place", "description": "details", "phone": "phone"},
            settings={"service_code": service_code},
        )
        for recipient in recipients
    ]
    claims = Destination(
        recipient="claims handlers",
        system=system,
        sends={"address_string": "place", "injury": "injury"},
        only_if={"hurt": (True,)},
        settings={"service_code": service_code},
    )
    return Service(
        id="pothole",
        kind="request",
        owner="roads team",
        contact="roads@westmoor.example",
        version=3,
        title={"en": "Report a pothole", "cy": "Adrodd am dwll yn y ffordd"},
        said=dict.fromkeys(LANGUAGES, "a pothole"),
        phrasings={},
        guidance={},
        questions=(
            question("place", "text"),
            question("details", "long_text"),
            question("hurt", "yes_no"),
            question("injury", "text", only_if={"hurt": (True,)}),
            question("phone", "phone", optional=True),
            question("secret", "text", optional=True),
        ),
        destinations=(*roads, claims),
        after={},
        links={},
    )


def catalogue(service: Service | None = None) -> Catalogue:
    """Our phrases, and this service alone."""
    held = service or pothole()
    return replace(_ours(), services={held.id: held})


@cache
def _ours() -> Catalogue:
    """Content without services: a mistake in one of those is another test's to find."""
    with TemporaryDirectory() as folder:
        shutil.copy(OURS / "council.yml", folder)
        for part in ("phrases", "rates"):
            shutil.copytree(OURS / part, Path(folder) / part)
        return load(Path(folder), on=date(2026, 1, 12))


def answers(**changed: Any) -> dict[str, Given]:
    values = {
        "place": PLACE,
        "details": "As deep as a dinner plate",
        "hurt": False,
        "injury": "an old answer that does not apply",
        "phone": PHONE,
        "secret": SECRET,
        **changed,
    }
    return {key: Given(value) for key, value in values.items()}


def remember(session: Session, now: datetime, provider_id: str = "SM1", **more: Any) -> Turn:
    """A text from the person, as turn.py would remember it."""
    given: dict[str, Any] = {
        "channel": "sms",
        "provider_id": provider_id,
        "thread": PHONE,
        "text": "yes send it",
        "manner": "typed",
        "reply_to": PHONE,
        "language": None,
        "now": now,
        **more,
    }
    return turns.remember(session, **given)


def finished(reference: str | None = None, given: Mapping[str, Given] | None = None) -> Outcome:
    """The outcome of a turn in which the person confirmed their request."""
    reference = reference or new_reference()
    return Outcome(
        state=State(),
        words=(Receipt(reference, "Report a pothole", Wording("We will look at it.")),),
        label="finished",
        finished=Interview("pothole", 3, given or answers()),
        reference=reference,
    )
