"""What we send first: a message and its outbox row, in one transaction, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from actions.records.database import vault_of
from actions.records.once import insert_once
from actions.records.tables import conversations, deliveries, messages, new_id, opt_outs
from bot.words import Language, Words, from_json, to_json

State = Literal["queued", "sent", "delivered", "failed", "kept"]

_m, _c = messages.c, conversations.c
_where_to = select(_c.channel, _c.sealed_reply_to, _c.language).where(_c.id == bindparam("conversation"))
_new_message = insert_once(messages, "queue_key")
_new_delivery = deliveries.insert()
_by_key = select(_m.id).where(_m.queue_key == bindparam("about"))
_outbound = (
    select(
        _m.id,
        _m.channel,
        _m.sealed_words,
        _m.language,
        _c.sealed_reply_to,
        opt_outs.c.address_hash.label("out"),
    )
    .select_from(
        messages.join(conversations, _m.conversation_id == _c.id).outerjoin(
            opt_outs, opt_outs.c.address_hash == _c.reply_to_hash
        )
    )
    .where(_m.id == bindparam("message"))
)
_state = (
    update(messages)
    .where(_m.id == bindparam("message"))
    .values(state=bindparam("now_is"), code=bindparam("why"), provider_id=bindparam("provider"))
)
# A "sent" that overtakes a "delivered" on the way here must not undo it.
_report = (
    update(messages)
    .where(
        _m.provider_id == bindparam("provider"),
        _m.direction == "outbound",
        _m.state.not_in(("delivered", "failed")),
    )
    .values(state=bindparam("now_is"), code=bindparam("why"))
)


@dataclass(frozen=True)
class Outbound:
    """A message to send. `to` is None for a person who cannot be reached first."""

    id: str
    channel: str
    words: tuple[Words, ...]
    language: Language
    to: str | None
    opted_out: bool


def queue(
    session: Session,
    conversation_id: str,
    words: Sequence[Words],
    now: datetime,
    *,
    key: str | None = None,
) -> str:
    """Say something first; gives the message's id. `key` says what it is about: the same one is queued once.

    Where nothing can be pushed to the person, the message is kept, and shown when they look.
    """
    vault, connection = vault_of(session), session.connection()
    where = connection.execute(_where_to, {"conversation": conversation_id}).one()
    message = new_id()
    reachable = where.sealed_reply_to is not None
    is_new = _new_message.run(
        connection,
        {
            "id": message,
            "conversation_id": conversation_id,
            "channel": where.channel,
            "direction": "outbound",
            "sealed_words": vault.seal_json(to_json(words)),
            "language": where.language,
            "at": now,
            "queue_key": key,
            "state": "queued" if reachable else "kept",
        },
    )
    if not is_new:
        return str(connection.execute(_by_key, {"about": key}).scalar_one())
    if reachable:
        connection.execute(
            _new_delivery,
            {
                "id": new_id(),
                "kind": "message",
                "message_id": message,
                "recipient": "person",
                "system": where.channel,
                "state": "queued",
                "unsure": False,
                "attempts": 0,
                "since": now,
                "next_at": now,
                "status": "received",
                "created_at": now,
            },
        )
    return message


def outbound(session: Session, message_id: str) -> Outbound:
    """A queued message, opened for sending."""
    vault = vault_of(session)
    row = session.connection().execute(_outbound, {"message": message_id}).one()
    return Outbound(
        id=row.id,
        channel=row.channel,
        words=from_json(vault.open_json(row.sealed_words)),
        language=row.language,
        to=None if row.sealed_reply_to is None else vault.open(row.sealed_reply_to),
        opted_out=row.out is not None,
    )


def became(
    session: Session,
    message_id: str,
    state: State,
    *,
    provider_id: str | None = None,
    code: str | None = None,
) -> None:
    """What came of sending: `provider_id` is what later reports name it by."""
    session.connection().execute(
        _state, {"message": message_id, "now_is": state, "why": code, "provider": provider_id}
    )


def status(
    session: Session,
    provider_id: str,
    state: Literal["sent", "delivered", "failed"],
    code: str | None,
    now: datetime,
) -> bool:
    """A provider's report. False where no message of ours has this id, or its end was reported before."""
    done = session.connection().execute(_report, {"provider": provider_id, "now_is": state, "why": code})
    return done.rowcount > 0
