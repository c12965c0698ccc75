"""Who may use the desk, as the `doorstep staff` commands manage it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from actions.records import staff
from actions.records.database import Database
from actions.records.staff import StaffRefused


def add(database: Database, username: str, name: str, password: str, now: datetime) -> None:
    """Someone new. Raises StaffRefused, whose message says why."""
    database.run_now(staff.add, username, name, password, now)


def set_password(database: Database, username: str, password: str, now: datetime) -> None:
    """A new password, which ends their sessions. Raises StaffRefused."""
    database.run_now(staff.set_password, username, password, now, by="console")


def set_disabled(database: Database, username: str, disabled: bool, now: datetime) -> None:
    """Keep someone out, or let them in again. Raises StaffRefused."""
    if database.run_now(staff.member, username) is None:
        raise StaffRefused(f"Nobody is called {username}.")
    database.run_now(staff.set_disabled, username, disabled, now, by="console")


def listed(database: Database) -> Iterator[str]:
    """A line for everyone."""
    for member in database.run_now(staff.members):
        yield f"{member.username}  {member.name}{'  (disabled)' if member.disabled else ''}"
