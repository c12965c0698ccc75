"""The tables. Columns named `sealed_…` hold personal data, encrypted (`encryption.py`).

Rows are written and read by the function modules beside this one, in plain statements over these tables:
a turn has a budget of milliseconds, and an object per row would spend it. Times are UTC.
"""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import (
    DDL,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from actions.records.append_only import FORBID

ID = 32


def new_id() -> str:
    """A random id that sorts by time, so that an index grows at its end, and rows written together keep their order:
    56 bits of microseconds, 72 random."""
    return f"{time.time_ns() // 1000:014x}{secrets.token_hex(9)}"


class Instant(TypeDecorator[datetime]):
    """A moment, kept as UTC on both databases. SQLite has no time zones: there it is written without one, and
    given it back when read. A datetime without a zone is a mistake, and refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone cannot be stored.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = cast("datetime", value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Instant, bytes: LargeBinary, str: Text}  # noqa: RUF012 - SQLAlchemy reads it


# SQLite counts up by itself only an INTEGER PRIMARY KEY; PostgreSQL's would end at two thousand million.
_Number = BigInteger().with_variant(Integer, "sqlite")


class Conversation(Base):
    """One thread of one channel. The engine knows it by `id`, which says nothing about the person."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("thread_hash", "channel"),)
    id: Mapped[str] = mapped_column(String(ID), primary_key=True)
    channel: Mapped[str] = mapped_column(String(32))
    thread_hash: Mapped[str] = mapped_column(String(64))
    sealed_thread: Mapped[bytes]
    sealed_reply_to: Mapped[bytes | None]
    reply_to_hash: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(2))
    sealed_state: Mapped[bytes]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Message(Base):
    """One thing said: inbound ones are turns, with what answered them; outbound ones we sent first."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("provider_id", "channel"),
        UniqueConstraint("queue_key"),
        Index("ix_messages_conversation_id_at", "conversation_id", "at"),
    )
    id: Mapped[str] = mapped_column(String(ID), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    channel: Mapped[str] = mapped_column(String(32))
    direction: Mapped[str] = mapped_column(String(8))
    """`inbound` or `outbound`."""
    provider_id: Mapped[str | None]
    manner: Mapped[str | None] = mapped_column(String(8))
    control: Mapped[str | None] = mapped_column(String(16))
    sealed_body: Mapped[bytes | None]
    sealed_words: Mapped[bytes | None]
    """What answered an inbound message, or what an outbound one says."""
    sealed_apology: Mapped[bytes | None]
    """What was said while the answer was not to be had."""
    label: Mapped[str | None] = mapped_column(String(16))
    language: Mapped[str | None] = mapped_column(String(2))
    author: Mapped[str | None]
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    """When we stopped trying to answer: staff see it."""
    queue_key: Mapped[str | None]
    """What an outbound message is about, so that it is queued once."""
    state: Mapped[str | None] = mapped_column(String(16))
    """Of an outbound message: `kept` (shown when they look), `queued`, `sent`, `delivered` or `failed`."""
    code: Mapped[str | None]


_open = Message.settled_at.is_(None) & Message.given_up_at.is_(None) & (Message.direction == "inbound")
Index("ix_messages_unanswered", Message.at, sqlite_where=_open, postgresql_where=_open)


class EarlyReport(Base):
    """A provider's report of a message whose id we are still writing down: it waits for that."""

    __tablename__ = "early_reports"
    provider_id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    code: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(index=True)


class CaseRow(Base):
    """A finished request. `turn_id` is what makes a repeated turn one case."""

    __tablename__ = "cases"
    __table_args__ = (UniqueConstraint("reference"), UniqueConstraint("turn_id"))
    id: Mapped[str] = mapped_column(String(ID), primary_key=True)
    reference: Mapped[str] = mapped_column(String(32))
    turn_id: Mapped[str | None] = mapped_column(ForeignKey("messages.id"))
    service: Mapped[str] = mapped_column(String(64), index=True)
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    door: Mapped[str] = mapped_column(String(32))
    taken_by: Mapped[str]
    consent: Mapped[str | None] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(16), index=True)
    created_at: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime]


class AnswerRow(Base):
    """One answer of a case, in the order of the questions."""

    __tablename__ = "answers"
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int]
    sealed_value: Mapped[bytes]
    author: Mapped[str]


class DeliveryRow(Base):
    """The outbox: what is to be handed to a case system, or sent to a person. deliveries.py tells its life."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_next_at", "next_at"),)
    id: Mapped[str] = mapped_column(String(ID), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    """`case` or `message`."""
    case_id: Mapped[str | None] = mapped_column(ForeignKey("cases.id"), index=True)
    message_id: Mapped[str | None] = mapped_column(ForeignKey("messages.id"), index=True)
    recipient: Mapped[str]
    system: Mapped[str] = mapped_column(String(32))
    """The case system's name; the channel's, for a message."""
    sealed_payload: Mapped[bytes | None]
    state: Mapped[str] = mapped_column(String(8))
    unsure: Mapped[bool] = mapped_column(default=False)
    """A call may have arrived without our knowing."""
    attempts: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime]
    """When we began to try: patience is counted from here."""
    next_at: Mapped[datetime | None]
    """When the worker has something to do here; none when nothing is left."""
    lease_by: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    their_reference: Mapped[str | None]
    token: Mapped[str | None]
    status: Mapped[str] = mapped_column(String(16))
    """Of this recipient's part: ours, from `actions.cases.Status`."""
    word: Mapped[str | None]
    """The case system's own word for it."""
    last_code: Mapped[str | None]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class CaseEvent(Base):
    """The history of a case that a person can read: codes, and what was said about it."""

    __tablename__ = "case_events"
    id: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[datetime]
    code: Mapped[str] = mapped_column(String(32))
    sealed_detail: Mapped[bytes | None]
    """A case system's note may name a person."""
    by: Mapped[str]


class AuditEntry(Base):
    """Who did what, to what. Never changed (the database refuses); no personal data but a username."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    by: Mapped[str]
    what: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str]
    detail: Mapped[str | None]


class StaffMember(Base):
    __tablename__ = "staff"
    username: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class StaffSession(Base):
    """A login. The token itself is only in the browser: here is its SHA-256."""

    __tablename__ = "staff_sessions"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("staff.username"))
    csrf: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class LoginAttempt(Base):
    __tablename__ = "login_attempts"
    __table_args__ = (
        Index("ix_login_attempts_username_at", "username", "at"),
        Index("ix_login_attempts_address_hash_at", "address_hash", "at"),
    )
    id: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=True)
    username: Mapped[str] = mapped_column(String(64))
    address_hash: Mapped[str] = mapped_column(String(64))
    succeeded: Mapped[bool]
    at: Mapped[datetime]


class OptOut(Base):
    """An address that asked us not to write first."""

    __tablename__ = "opt_outs"
    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class KeyringEntry(Base):
    """Secrets that outlive a key of ours: the pepper."""

    __tablename__ = "keyring"
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    sealed_secret: Mapped[bytes]
    created_at: Mapped[datetime]


class RegisterEntry(Base):
    """The built-in register, a case system whose store is our own database (actions/systems/register)."""

    __tablename__ = "register_entries"
    __table_args__ = (UniqueConstraint("key"),)
    id: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(ID))
    reference: Mapped[str] = mapped_column(String(32), index=True)
    service: Mapped[str] = mapped_column(String(64))
    recipient: Mapped[str]
    sealed_fields: Mapped[bytes]
    status: Mapped[str] = mapped_column(String(16))
    sealed_note: Mapped[bytes | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


for _dialect, _statements in FORBID.items():
    for _statement in _statements:
        event.listen(AuditEntry.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]


def _table(row: type[Base]) -> Table:
    return cast("Table", row.__table__)


conversations = _table(Conversation)
messages = _table(Message)
early_reports = _table(EarlyReport)
cases = _table(CaseRow)
answers = _table(AnswerRow)
deliveries = _table(DeliveryRow)
case_events = _table(CaseEvent)
audit = _table(AuditEntry)
staff = _table(StaffMember)
staff_sessions = _table(StaffSession)
login_attempts = _table(LoginAttempt)
opt_outs = _table(OptOut)
keyring = _table(KeyringEntry)
register_entries = _table(RegisterEntry)
