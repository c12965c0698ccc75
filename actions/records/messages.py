"""What we send first: a message and its outbox row, in one transaction, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from actions.records.database import vault_of
from actions.records.once import insert_once
from actions.records.tables import conversations, deliveries, early_reports, messages, new_id, opt_outs
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
_is_ours = select(_m.id).where(_m.provider_id == bindparam("provider"), _m.direction == "outbound")
_early = early_reports.c
_keep_report = insert_once(early_reports, "provider_id")
_take_report = (
    delete(early_reports)
    .where(_early.provider_id == bindparam("provider"))
    .returning(_early.state, _early.code)
)
_overtaken = delete(early_reports).where(_early.provider_id == bindparam("provider"), _early.state == "sent")
_forget_reports = delete(early_reports).where(_early.at < bindparam("before"))
FORGET = timedelta(days=1)
"""After this a report has found no message, and will find none: it was of something that we did not send."""


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
    keep: bool = True,
) -> str | None:
    """Say something first; gives the message's id. `key` says what it is about: the same one is queued once.

    Where nothing can be pushed to the person, the message is kept and shown when they look; with `keep` False it
    is not, and None is given.
    """
    vault, connection = vault_of(session), session.connection()
    where = connection.execute(_where_to, {"conversation": conversation_id}).one()
    message = new_id()
    reachable = where.sealed_reply_to is not None
    if not (reachable or keep):
        return None
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
    """What came of sending: `provider_id` is what later reports name it by, or earlier ones did."""
    connection = session.connection()
    if provider_id is not None:
        early = connection.execute(_take_report, {"provider": provider_id}).one_or_none()
        if early is not None:
            state, code = early.state, early.code
    connection.execute(_state, {"message": message_id, "now_is": state, "why": code, "provider": provider_id})


def status(
    session: Session,
    provider_id: str,
    state: Literal["sent", "delivered", "failed"],
    code: str | None,
    now: datetime,
) -> bool:
    """A provider's report. False where no message of ours has this id yet, or its end was reported before.

    A provider reports within milliseconds, sometimes before its answer to us is written down: such a report
    waits for `became`.
    """
    connection = session.connection()
    report = {"provider": provider_id, "now_is": state, "why": code}
    if connection.execute(_report, report).rowcount > 0:
        return True
    if connection.execute(_is_ours, {"provider": provider_id}).first() is None:
        connection.execute(_forget_reports, {"before": now - FORGET})
        connection.execute(_overtaken, {"provider": provider_id})
        _keep_report.run(connection, {"provider_id": provider_id, "state": state, "code": code, "at": now})
    return False
