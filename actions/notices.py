"""What a person is told, without having asked, of the case they left with us."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from actions.records import messages
from actions.records.deliveries import Changed
from actions.records.tables import cases, conversations
from actions.records.tables import messages as message_rows
from bot.catalogue import Catalogue
from bot.words import Language, Say, Words

TOLD = ("in_progress", "closed")
"""The statuses that are news to a person. `accepted` comes with their reference; of `failed` staff take care."""

_whose = (
    select(conversations.c.id, conversations.c.channel, conversations.c.language)
    .select_from(
        cases.join(message_rows, message_rows.c.id == cases.c.turn_id).join(
            conversations, conversations.c.id == message_rows.c.conversation_id
        )
    )
    .where(cases.c.id == bindparam("case"))
)


def words(changed: Changed, catalogue: Catalogue, language: Language) -> tuple[Words, ...]:
    """The news in words; empty where there is none worth a message."""
    service = catalogue.services.get(changed.service)
    values = {
        "reference": changed.reference,
        "title": changed.service if service is None else service.title[language],
    }
    said: list[Words] = []
    if changed.their_reference is not None:
        said.append(
            Say(catalogue.phrase("case.reference", language, theirs=changed.their_reference, **values))
        )
    if changed.status in TOLD:
        said.append(Say(catalogue.phrase(f"case.status.{changed.status}", language, **values)))
    return tuple(said)


def tell(
    session: Session, changed: Changed, catalogue: Catalogue, channels: Collection[str], now: datetime
) -> str | None:
    """Queue the news, in the transaction that recorded it, for a person who came by one of these channels; gives the
    message's id. Nothing for a case that staff keyed on a form: the receipt is in the visitor's hand."""
    whose = session.connection().execute(_whose, {"case": changed.case_id}).one_or_none()
    if whose is None or whose.channel not in channels:
        return None
    said = words(changed, catalogue, whose.language)
    if not said:
        return None
    key = f"{changed.case_id}:{changed.status or ''}:{changed.their_reference or ''}"
    return messages.queue(session, whose.id, said, now, key=key)
