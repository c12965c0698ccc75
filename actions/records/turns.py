"""A turn's two moments in the database: remembered before anything is done, settled with what it came to.

Both do nothing a second time. `remember` of what is there is a repeat, with the words that answered it;
`settle` of a settled turn gives those words back. Whatever dies between the two is found by `unanswered`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from actions.cases import Case, new_reference
from actions.conversation import Outcome, State, from_plain, to_plain
from actions.records import cases
from actions.records import messages as sent
from actions.records.database import vault_of
from actions.records.encryption import Vault
from actions.records.once import insert_once
from actions.records.tables import conversations, messages, new_id, opt_outs
from bot.catalogue import Catalogue
from bot.words import Language, Words, from_json, to_json

Manner = Literal["typed", "spoken", "keyed"]


PATIENCE = timedelta(seconds=15)
"""How long a provider waits for the reply to its own request; a later answer is sent by itself."""


class TurnUnknown(KeyError):
    """No inbound message has this id."""


@dataclass(frozen=True)
class Turn:
    """One inbound message, and where its conversation stands."""

    id: str
    conversation: str
    """Random: what the engine may know of the person."""
    channel: str
    thread: str
    reply_to: str | None
    text: str
    manner: Manner
    state: State
    language: Language
    received: datetime
    words: tuple[Words, ...] | None = None
    """What answered it; None while it is not settled."""
    apology: tuple[Words, ...] | None = None
    """What was said instead, while it is not settled."""
    repeat: bool = False
    """The provider sent it before."""
    opted_out: bool = False
    control: str | None = None


@dataclass(frozen=True)
class Exchange:
    """One turn, as it is shown again. What we sent first has an empty `said`."""

    said: str
    words: tuple[Words, ...]
    language: Language
    at: datetime


_m, _c = messages.c, conversations.c
_turn_columns = (
    _m.id,
    _m.conversation_id,
    _m.channel,
    _m.manner,
    _m.control,
    _m.sealed_body,
    _m.sealed_words,
    _m.sealed_apology,
    _m.language.label("chosen"),
    _m.at,
    _m.settled_at,
    _c.sealed_thread,
    _c.sealed_reply_to,
    _c.sealed_state,
    _c.language,
    opt_outs.c.address_hash.label("out"),
)
_turns = (
    select(*_turn_columns)
    .select_from(
        messages.join(conversations, _m.conversation_id == _c.id).outerjoin(
            opt_outs, opt_outs.c.address_hash == _c.reply_to_hash
        )
    )
    .where(_m.direction == "inbound")
)
_by_id = _turns.where(_m.id == bindparam("turn"))
_by_provider = _turns.where(_m.provider_id == bindparam("provider"), _m.channel == bindparam("door"))
_unanswered = (
    _turns.where(_m.settled_at.is_(None), _m.given_up_at.is_(None), _m.at < bindparam("before"))
    .order_by(_m.at, _m.id)
    .limit(bindparam("most"))
)
_known = (
    select(
        _c.id,
        _c.sealed_reply_to,
        _c.reply_to_hash,
        _c.sealed_state,
        _c.language,
        opt_outs.c.address_hash.label("out"),
    )
    .select_from(conversations.outerjoin(opt_outs, opt_outs.c.address_hash == bindparam("address")))
    .where(_c.thread_hash == bindparam("hash"), _c.channel == bindparam("door"))
)
_new_conversation = insert_once(conversations, "thread_hash", "channel")
_new_message = insert_once(messages, "provider_id", "channel")
_readdress = (
    update(conversations)
    .where(_c.id == bindparam("conversation"))
    .values(sealed_reply_to=bindparam("sealed"), reply_to_hash=bindparam("address"))
)
_settle = (
    update(messages)
    .where(_m.id == bindparam("turn"), _m.direction == "inbound", _m.settled_at.is_(None))
    .values(
        settled_at=bindparam("now"),
        sealed_words=bindparam("words"),
        label=bindparam("why"),
        language=bindparam("spoken"),
        author=bindparam("by"),
    )
    .returning(_m.conversation_id, _m.channel, _m.at, _m.sealed_apology)
)
_move = (
    update(conversations)
    .where(_c.id == bindparam("conversation"))
    .values(sealed_state=bindparam("state"), language=bindparam("spoken"), updated_at=bindparam("now"))
)
_stored_words = select(_m.sealed_words).where(_m.id == bindparam("turn"))
_apologise = (
    update(messages)
    .where(_m.id == bindparam("turn"), _m.settled_at.is_(None))
    .values(sealed_apology=bindparam("words"))
)
_give_up = (
    update(messages)
    .where(_m.id == bindparam("turn"), _m.settled_at.is_(None))
    .values(given_up_at=bindparam("now"))
)
_thread = (
    select(
        _m.id,
        _m.queue_key,
        _m.sealed_body,
        _m.sealed_words,
        _m.sealed_apology,
        _m.language,
        _m.at,
        _c.language.label("now"),
    )
    .select_from(messages.join(conversations, _m.conversation_id == _c.id))
    .where(_c.thread_hash == bindparam("hash"), _c.channel == bindparam("door"))
    .order_by(_m.at.desc(), _m.id.desc())
    .limit(bindparam("most"))
)


def remember(
    session: Session,
    *,
    channel: str,
    provider_id: str,
    thread: str,
    text: str,
    manner: Manner,
    reply_to: str | None,
    language: Language | None,
    now: datetime,
    control: str | None = None,
) -> Turn:
    """Store what came, once. `language` is one that the person chose by the act itself: it holds at once."""
    vault, connection = vault_of(session), session.connection()
    thread_hash = vault.fingerprint(channel, thread)
    address = (
        None
        if reply_to is None
        else (thread_hash if reply_to == thread else vault.fingerprint(channel, reply_to))
    )
    find = {"hash": thread_hash, "door": channel, "address": address}
    known = connection.execute(_known, find).one_or_none()
    if known is None:
        state = State(language=language or "en")
        _new_conversation.run(
            connection,
            {
                "id": new_id(),
                "channel": channel,
                "thread_hash": thread_hash,
                "sealed_thread": vault.seal(thread),
                "sealed_reply_to": None if reply_to is None else vault.seal(reply_to),
                "reply_to_hash": address,
                "language": state.language,
                "sealed_state": vault.seal_json(to_plain(state)),
                "created_at": now,
                "updated_at": now,
            },
        )
        # Another gateway may have been first: then the row is theirs, and this reads it.
        known = connection.execute(_known, find).one()
    turn = new_id()
    stored = _new_message.run(
        connection,
        {
            "id": turn,
            "conversation_id": known.id,
            "channel": channel,
            "direction": "inbound",
            "provider_id": provider_id,
            "manner": manner,
            "control": control,
            "sealed_body": vault.seal(text),
            "language": language,
            "at": now,
        },
    )
    if not stored:
        before = connection.execute(_by_provider, {"provider": provider_id, "door": channel}).one()
        return replace(_turn(vault, before), repeat=True)
    if reply_to is not None and address != known.reply_to_hash:
        connection.execute(
            _readdress, {"conversation": known.id, "sealed": vault.seal(reply_to), "address": address}
        )
    state = _state(vault, known.sealed_state, language)
    return Turn(
        id=turn,
        conversation=known.id,
        channel=channel,
        thread=thread,
        reply_to=reply_to if reply_to is not None else _opened(vault, known.sealed_reply_to),
        text=text,
        manner=manner,
        state=state,
        language=state.language,
        received=now,
        opted_out=known.out is not None,
        control=control,
    )


def load(session: Session, turn_id: str) -> Turn:
    """A turn, with its conversation as it stands now. Raises TurnUnknown."""
    row = session.connection().execute(_by_id, {"turn": turn_id}).one_or_none()
    if row is None:
        raise TurnUnknown(turn_id)
    return _turn(vault_of(session), row)


def settle(
    session: Session,
    turn_id: str,
    outcome: Outcome,
    *,
    catalogue: Catalogue,
    now: datetime,
    author: str = "person",
    consent: str | None = None,
    destinations_override: Mapping[str, str] | None = None,
) -> tuple[Words, ...]:
    """Store all that a turn came to, in this one transaction: the state, the words, and a finished request
    with its answers, audit and outbox. Gives the words to say: of a turn that was settled before, those of
    then. Raises TurnUnknown."""
    vault, connection = vault_of(session), session.connection()
    spoken = outcome.state.language
    settled = connection.execute(
        _settle,
        {
            "turn": turn_id,
            "now": now,
            "words": vault.seal_json(to_json(outcome.words)),
            "why": outcome.label,
            "spoken": spoken,
            "by": author,
        },
    ).one_or_none()
    if settled is None:
        sealed = connection.execute(_stored_words, {"turn": turn_id}).scalar_one_or_none()
        if sealed is None:
            raise TurnUnknown(turn_id)
        return from_json(vault.open_json(sealed))
    connection.execute(
        _move,
        {
            "conversation": settled.conversation_id,
            "state": vault.seal_json(to_plain(outcome.state)),
            "spoken": spoken,
            "now": now,
        },
    )
    if outcome.finished is not None:
        done = outcome.finished
        case = Case(
            reference=outcome.reference or new_reference(catalogue.council.reference_prefix),
            service=done.service,
            version=done.version,
            language=spoken,
            door=settled.channel,
            answers=done.answers,
            taken_by=author,
            consent=consent,
            created=now,
        )
        cases.store(session, case, catalogue, now=now, turn_id=turn_id, override=destinations_override)
    if settled.sealed_apology is not None or now - settled.at > PATIENCE:
        # Nobody waits for the reply to the provider's own request any more.
        # A page shows it when the person looks.
        sent.queue(session, settled.conversation_id, outcome.words, now, key=turn_id, keep=False)
    return outcome.words


def apologise(session: Session, turn_id: str, words: Sequence[Words], now: datetime) -> None:
    """Store what was said in place of an answer; the turn stays unanswered. Nothing, if it is settled."""
    sealed = vault_of(session).seal_json(to_json(words))
    session.connection().execute(_apologise, {"turn": turn_id, "words": sealed})


def give_up(session: Session, turn_id: str, now: datetime) -> None:
    """Stop trying to answer a turn: `unanswered` no longer names it, and staff see it."""
    session.connection().execute(_give_up, {"turn": turn_id, "now": now})


def unanswered(session: Session, before: datetime, most: int = 100) -> list[Turn]:
    """The turns that came before a moment and were never settled, oldest first."""
    vault = vault_of(session)
    rows = session.connection().execute(_unanswered, {"before": before, "most": most})
    return [_turn(vault, row) for row in rows]


def history(session: Session, channel: str, thread: str, most: int = 200) -> list[Exchange]:
    """The latest exchanges of a thread, oldest first; a turn with no words yet has none. What we sent first
    stands among them, but not the late answer to a turn: that is the turn's own."""
    vault = vault_of(session)
    find = {"hash": vault.fingerprint(channel, thread), "door": channel, "most": most}
    rows = session.connection().execute(_thread, find).all()
    ids = {row.id for row in rows}
    return [_exchange(vault, row) for row in reversed(rows) if row.queue_key not in ids]


def _exchange(vault: Vault, row: Any) -> Exchange:
    sealed = row.sealed_words or row.sealed_apology
    return Exchange(
        said="" if row.sealed_body is None else vault.open(row.sealed_body),
        words=() if sealed is None else from_json(vault.open_json(sealed)),
        language=row.language or row.now,
        at=row.at,
    )


def _turn(vault: Vault, row: Any) -> Turn:
    settled = row.settled_at is not None
    state = _state(vault, row.sealed_state, None if settled else row.chosen)
    return Turn(
        id=row.id,
        conversation=row.conversation_id,
        channel=row.channel,
        thread=vault.open(row.sealed_thread),
        reply_to=_opened(vault, row.sealed_reply_to),
        text=vault.open(row.sealed_body),
        manner=row.manner,
        state=state,
        language=cast("Language", row.chosen or state.language),
        received=row.at,
        words=from_json(vault.open_json(row.sealed_words)) if row.sealed_words is not None else None,
        apology=from_json(vault.open_json(row.sealed_apology)) if row.sealed_apology is not None else None,
        opted_out=row.out is not None,
        control=row.control,
    )


def _state(vault: Vault, sealed: bytes, chosen: Language | None) -> State:
    state = from_plain(vault.open_json(sealed))
    return state if chosen is None or chosen == state.language else replace(state, language=chosen)


def _opened(vault: Vault, sealed: bytes | None) -> str | None:
    return None if sealed is None else vault.open(sealed)
