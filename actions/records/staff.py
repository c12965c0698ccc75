"""Staff: who may sit at the desk, their logins, and the attempts at one.

A password is kept as argon2's hash; `passwords.matches` compares it, outside the database's thread. Of a session
the browser has the token and we its SHA-256: a copy of the database opens no desk.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from actions.records import audit, passwords
from actions.records.database import vault_of
from actions.records.once import insert_once
from actions.records.tables import login_attempts, staff, staff_sessions

USERNAME = re.compile(r"[a-z0-9._@-]{1,64}")


class StaffRefused(ValueError):
    """Someone who cannot be added like this: the message says why, to whoever adds them."""


@dataclass(frozen=True)
class Member:
    """Someone who may log in. `password_hash` is argon2's own string."""

    username: str
    name: str
    password_hash: str
    disabled: bool


@dataclass(frozen=True)
class Opened:
    """A session just begun: the token is known here, in the browser, and nowhere else."""

    token: str
    csrf: str
    expires: datetime


@dataclass(frozen=True)
class Login:
    """Who a token belongs to."""

    username: str
    name: str
    csrf: str
    expires: datetime


@dataclass(frozen=True)
class Failures:
    """Failed logins since a moment, by username and by address."""

    of_username: int
    of_address: int


_add = insert_once(staff, "username")
_member = select(staff).where(staff.c.username == bindparam("who"))
_set_password = (
    update(staff).where(staff.c.username == bindparam("who")).values(password_hash=bindparam("hash"))
)
_set_disabled = update(staff).where(staff.c.username == bindparam("who")).values(disabled=bindparam("out"))
_begin = insert(staff_sessions)
_login = (
    select(staff_sessions.c.username, staff.c.name, staff_sessions.c.csrf, staff_sessions.c.expires_at)
    .join(staff, staff.c.username == staff_sessions.c.username)
    .where(
        staff_sessions.c.token_hash == bindparam("token"),
        staff_sessions.c.expires_at > bindparam("now"),
        staff.c.disabled.is_(False),
    )
)
_end = delete(staff_sessions).where(staff_sessions.c.token_hash == bindparam("token"))
_end_all = delete(staff_sessions).where(staff_sessions.c.username == bindparam("who"))
_sweep = delete(staff_sessions).where(staff_sessions.c.expires_at <= bindparam("now"))
_attempt = insert(login_attempts)
_failed = (
    select(func.count())
    .select_from(login_attempts)
    .where(login_attempts.c.succeeded.is_(False), login_attempts.c.at > bindparam("since"))
)
_failed_user = _failed.where(login_attempts.c.username == bindparam("who"))
_failed_address = _failed.where(login_attempts.c.address_hash == bindparam("address"))


def add(
    session: Session, username: str, name: str, password: str, now: datetime, *, by: str = "console"
) -> None:
    """A new member of staff. Usernames are kept in lower case. Raises StaffRefused."""
    username = _plain(username)
    if not USERNAME.fullmatch(username):
        raise StaffRefused(
            f"{username!r} cannot be a username: use letters, digits, dots, dashes and underscores, 64 at most."
        )
    _check(password)
    is_new = _add.run(
        session.connection(),
        {
            "username": username,
            "name": name.strip() or username,
            "password_hash": passwords.hashed(password),
            "disabled": False,
            "created_at": now,
        },
    )
    if not is_new:
        raise StaffRefused(f"{username} is there already.")
    audit.add(session, by=by, what="staff:added", subject=username, now=now)


def member(session: Session, username: str) -> Member | None:
    """The member of that name, disabled or not."""
    row = session.connection().execute(_member, {"who": _plain(username)}).one_or_none()
    return None if row is None else Member(row.username, row.name, row.password_hash, row.disabled)


def members(session: Session) -> tuple[Member, ...]:
    """Everyone, by username."""
    rows = session.connection().execute(select(staff).order_by(staff.c.username))
    return tuple(Member(r.username, r.name, r.password_hash, r.disabled) for r in rows)


def set_password(session: Session, username: str, password: str, now: datetime, *, by: str) -> None:
    """A new password ends every session that the old one opened. Raises StaffRefused."""
    who = _plain(username)
    _check(password)
    changed = session.connection().execute(_set_password, {"who": who, "hash": passwords.hashed(password)})
    if changed.rowcount == 0:
        raise StaffRefused(f"Nobody is called {who}.")
    session.connection().execute(_end_all, {"who": who})
    audit.add(session, by=by, what="staff:password_set", subject=who, now=now)


def rehash(session: Session, username: str, password_hash: str) -> None:
    """The same password under newer parameters of argon2; sessions go on."""
    session.connection().execute(_set_password, {"who": _plain(username), "hash": password_hash})


def set_disabled(session: Session, username: str, disabled: bool, now: datetime, *, by: str) -> None:
    """Someone who leaves, or comes back. Leaving ends their sessions."""
    who = _plain(username)
    session.connection().execute(_set_disabled, {"who": who, "out": disabled})
    if disabled:
        session.connection().execute(_end_all, {"who": who})
    audit.add(session, by=by, what="staff:disabled" if disabled else "staff:enabled", subject=who, now=now)


def begin_session(session: Session, username: str, now: datetime, lifetime: timedelta) -> Opened:
    """Log a member in, and forget sessions that have ended."""
    who = _plain(username)
    opened = Opened(secrets.token_urlsafe(32), secrets.token_urlsafe(32), now + lifetime)
    connection = session.connection()
    connection.execute(_sweep, {"now": now})
    connection.execute(
        _begin,
        {
            "token_hash": _hashed(opened.token),
            "username": who,
            "csrf": opened.csrf,
            "created_at": now,
            "expires_at": opened.expires,
        },
    )
    audit.add(session, by=f"staff:{who}", what="staff:login", subject=who, now=now)
    return opened


def login_of(session: Session, token: str, now: datetime) -> Login | None:
    """Whose session it is; None once it has ended, or its owner was disabled."""
    row = session.connection().execute(_login, {"token": _hashed(token), "now": now}).one_or_none()
    return None if row is None else Login(row.username, row.name, row.csrf, row.expires_at)


def end_session(session: Session, token: str) -> None:
    session.connection().execute(_end, {"token": _hashed(token)})


def attempted(session: Session, username: str, address: str, succeeded: bool, now: datetime) -> None:
    """Note an attempt to log in. The address is kept as a keyed hash."""
    session.connection().execute(
        _attempt,
        {
            "username": _plain(username)[:64],
            "address_hash": vault_of(session).fingerprint("login", address),
            "succeeded": succeeded,
            "at": now,
        },
    )


def failures(session: Session, username: str, address: str, since: datetime) -> Failures:
    """How often it failed since a moment, for the rate limit."""
    connection = session.connection()
    hashed = vault_of(session).fingerprint("login", address)
    of_username = connection.execute(
        _failed_user, {"since": since, "who": _plain(username)[:64]}
    ).scalar_one()
    of_address = connection.execute(_failed_address, {"since": since, "address": hashed}).scalar_one()
    return Failures(of_username, of_address)


def _check(password: str) -> None:
    if len(password) < passwords.LEAST:
        raise StaffRefused(
            f"That password is too short: use at least {passwords.LEAST} characters. "
            "Three or four words are easy to keep."
        )


def _plain(username: str) -> str:
    return username.strip().lower()


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8")).hexdigest()
