"""Who may sit at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.records import audit, passwords, staff
from actions.records.database import Database
from tests.clock import Clock

PASSWORD = "a long enough password"
HOURS = timedelta(hours=8)


def test_a_member_logs_in_for_a_while(database: Database, clock: Clock) -> None:
    database.run_now(staff.add, " Ana ", "Ana Jones", PASSWORD, clock())
    member = database.run_now(staff.member, "ANA")
    assert member is not None
    assert passwords.matches(member.password_hash, PASSWORD)
    assert not passwords.matches(member.password_hash, PASSWORD + " ")
    opened = database.run_now(staff.begin_session, "ana", clock(), HOURS)
    login = database.run_now(staff.login_of, opened.token, clock())
    assert login == staff.Login("ana", "Ana Jones", opened.csrf, clock() + HOURS)
    assert database.run_now(staff.login_of, "guessed", clock()) is None
    assert database.run_now(staff.login_of, opened.token, clock.forward(hours=8)) is None


def test_a_session_ends_by_logging_out_by_a_new_password_and_by_leaving(
    database: Database, clock: Clock
) -> None:
    database.run_now(staff.add, "ana", "", PASSWORD, clock())

    def open_and(end: object) -> staff.Login | None:
        opened = database.run_now(staff.begin_session, "ana", clock(), HOURS)
        assert database.run_now(staff.login_of, opened.token, clock()) is not None
        end(opened.token)  # type: ignore[operator]
        return database.run_now(staff.login_of, opened.token, clock())

    assert open_and(lambda token: database.run_now(staff.end_session, token)) is None
    assert (
        open_and(lambda _: database.run_now(staff.set_password, "ana", PASSWORD + "2", clock(), by="console"))
        is None
    )
    assert (
        open_and(lambda _: database.run_now(staff.set_disabled, "ana", True, clock(), by="console")) is None
    )
    assert [entry.what for entry in database.run_now(audit.about, "ana")] == [
        "staff:added",
        "staff:login",
        "staff:login",
        "staff:password_set",
        "staff:login",
        "staff:disabled",
    ]


@pytest.mark.parametrize(
    ("username", "password", "why"),
    [
        ("ana", PASSWORD, "there already"),
        ("ben", "too short", "at least 12"),
        ("ben jones", PASSWORD, "cannot be a username"),
        ("", PASSWORD, "cannot be a username"),
    ],
)
def test_who_cannot_be_added_is_told_why(
    database: Database, clock: Clock, username: str, password: str, why: str
) -> None:
    database.run_now(staff.add, "ana", "", PASSWORD, clock())
    with pytest.raises(staff.StaffRefused, match=why):
        database.run_now(staff.add, username, "", password, clock())


def test_failed_attempts_are_counted_by_name_and_by_address(database: Database, clock: Clock) -> None:
    database.run_now(staff.attempted, "ana", "192.0.2.1", False, clock())
    database.run_now(staff.attempted, "Ana", "192.0.2.2", False, clock.forward(minutes=5))
    database.run_now(staff.attempted, "ben", "192.0.2.2", True, clock())
    minutes = timedelta(minutes=10)
    assert database.run_now(staff.failures, "ana", "192.0.2.2", clock() - minutes) == staff.Failures(2, 1)
    assert database.run_now(staff.failures, "ana", "192.0.2.2", clock()) == staff.Failures(0, 0)


def test_a_username_that_nobody_has_never_matches() -> None:
    assert not passwords.matches(None, "")
