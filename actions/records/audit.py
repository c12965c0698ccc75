"""Who did what, to what, when. Added to, never changed: the database refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from actions.records.tables import audit

_add = insert(audit)
_about = select(audit).where(audit.c.subject == bindparam("about")).order_by(audit.c.id)


@dataclass(frozen=True)
class Entry:
    """One entry. `by` is `person`, `staff:<username>` or `worker`."""

    at: datetime
    by: str
    what: str
    subject: str
    detail: str | None


def add(
    session: Session, *, by: str, what: str, subject: str, now: datetime, detail: str | None = None
) -> None:
    """One entry. `what` is a code such as `case:stored`; `subject` is a reference, a username or an id. No
    personal data."""
    session.connection().execute(
        _add, {"at": now, "by": by, "what": what, "subject": subject, "detail": detail}
    )


def about(session: Session, subject: str) -> tuple[Entry, ...]:
    """The entries about one thing, oldest first."""
    rows = session.connection().execute(_about, {"about": subject})
    return tuple(Entry(r.at, r.by, r.what, r.subject, r.detail) for r in rows)
