"""The register's own entries and numbers. An entry is made once per key, whoever asks how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from actions.cases import Delivery, Status
from actions.records import audit, deliveries
from actions.records.database import vault_of
from actions.records.once import insert_once
from actions.records.tables import register_entries


class EntryUnknown(KeyError):
    """The register has no entry of this number."""


@dataclass(frozen=True)
class Entry:
    """One entry. `fields` are as a person reads them: what the data map sends to this recipient, and no more."""

    number: str
    reference: str
    service: str
    recipient: str
    fields: dict[str, str]
    status: Status
    note: str | None
    created: datetime
    updated: datetime


_e = register_entries.c
_add = insert_once(register_entries, "key")
_by_key = select(register_entries).where(_e.key == bindparam("delivery"))
_by_id = select(register_entries).where(_e.id == bindparam("entry"))
_set = (
    update(register_entries)
    .where(_e.id == bindparam("entry"))
    .values(status=bindparam("is_now"), sealed_note=bindparam("note"), updated_at=bindparam("now"))
    .returning(_e.key)
)


def add(session: Session, delivery: Delivery, now: datetime) -> Entry:
    """The entry of a delivery: a new one, or the one that its key made before."""
    _add.run(
        session.connection(),
        {
            "key": delivery.key,
            "reference": delivery.reference,
            "service": delivery.service,
            "recipient": delivery.recipient,
            "sealed_fields": vault_of(session).seal_json(dict(delivery.shown)),
            "status": "accepted",
            "created_at": now,
            "updated_at": now,
        },
    )
    entry = by_key(session, delivery.key)
    if entry is None:
        raise EntryUnknown(delivery.key)
    return entry


def by_key(session: Session, key: str) -> Entry | None:
    row = session.connection().execute(_by_key, {"delivery": key}).one_or_none()
    return None if row is None else _entry(session, row)


def by_number(session: Session, number: str) -> Entry | None:
    """By its number, `REG-000123`."""
    row = session.connection().execute(_by_id, {"entry": _id(number)}).one_or_none()
    return None if row is None else _entry(session, row)


def listing(session: Session, most: int = 100) -> tuple[Entry, ...]:
    """The newest entries."""
    rows = session.connection().execute(select(register_entries).order_by(_e.id.desc()).limit(most))
    return tuple(_entry(session, row) for row in rows)


def set_status(
    session: Session, number: str, status: Status, now: datetime, *, by: str, note: str | None = None
) -> None:
    """What the team that works from the register says of an entry; the worker passes it on at once. Raises
    EntryUnknown."""
    sealed = None if note is None else vault_of(session).seal(note)
    key = (
        session.connection()
        .execute(_set, {"entry": _id(number), "is_now": status, "note": sealed, "now": now})
        .scalar_one_or_none()
    )
    if key is None:
        raise EntryUnknown(number)
    audit.add(session, by=by, what="register:status", subject=number, now=now, detail=status)
    deliveries.hurry(session, key, now)


def _entry(session: Session, row: Any) -> Entry:
    vault = vault_of(session)
    return Entry(
        number=f"REG-{row.id:06d}",
        reference=row.reference,
        service=row.service,
        recipient=row.recipient,
        fields=vault.open_json(row.sealed_fields),
        status=row.status,
        note=None if row.sealed_note is None else vault.open(row.sealed_note),
        created=row.created_at,
        updated=row.updated_at,
    )


def _id(number: str) -> int:
    """
    >>> _id("REG-000123"), _id("123 Main Street")
    (123, 0)
    """
    digits = number.strip().upper().removeprefix("REG-")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else 0
