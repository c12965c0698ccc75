"""A keyed request becomes a case: once, however often the form is sent."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from actions.cases import ALPHABET, Case, check_character
from actions.conversation import Given
from actions.records import cases
from actions.records.cases import ReferenceTaken
from actions.runtime import Runtime
from bot.catalogue import Service
from bot.words import Language


@dataclass(frozen=True)
class Kept:
    """What became of it: `new`; `same`, which this very form made before; or `other`, where the form made a
    case before and its answers have changed since."""

    reference: str
    outcome: Literal["new", "same", "other"]


async def submit(
    runtime: Runtime,
    service: Service,
    answers: Mapping[str, Given],
    *,
    key: str,
    language: Language,
    by: str,
    consent: str,
    now: datetime,
) -> Kept:
    """Store the case with its audit entry and its deliveries, in one transaction."""
    secret = runtime.settings.session_secret.get_secret_value().encode()
    for attempt in range(3):
        reference = reference_for(
            secret, key, by, service.id, attempt, prefix=runtime.catalogue.council.reference_prefix
        )
        case = Case(
            reference=reference,
            service=service.id,
            version=service.version,
            language=language,
            door="staff",
            answers=answers,
            taken_by=by,
            consent=consent,
            created=now,
        )
        try:
            is_new = await runtime.database.run(
                cases.store, case, runtime.catalogue, now=now, override=runtime.destinations
            )
        except ReferenceTaken:
            continue  # one in two hundred thousand million: another form's, or a conversation's
        if is_new:
            return Kept(reference, "new")
        stored = await runtime.database.run(cases.by_reference, reference)
        same = stored is not None and dict(stored.case.answers) == dict(answers)
        return Kept(reference, "same" if same else "other")
    raise ReferenceTaken(reference)


def reference_for(
    secret: bytes, key: str, by: str, service: str, attempt: int = 0, *, prefix: str = "WM"
) -> str:
    """The reference of what a form makes. It follows from the form's key, so that the database itself refuses
    a second case from the same form; nobody without our secret can tell it.

    >>> reference_for(b"secret", "a form", "staff:amina", "pothole").count("-")
    3
    """
    message = "\0".join(("reference", key, by, service, str(attempt))).encode("utf-8", "surrogatepass")
    number = int.from_bytes(hmac.new(secret, message, hashlib.sha256).digest(), "big")
    body = ""
    for _ in range(8):
        number, place = divmod(number, len(ALPHABET))
        body += ALPHABET[place]
    return f"{prefix}-{body[:4]}-{body[4:]}-{check_character(body)}"
