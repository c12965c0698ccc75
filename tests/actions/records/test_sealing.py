"""What people tell us is never readable in the database, and stays readable to us when keys change."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from actions.records import cases, messages, opt_outs, rotation, turns
from actions.records.database import Database
from actions.records.encryption import Cipher, KeyUnknown, cipher_from, new_key
from actions.systems.register import entries
from bot.catalogue import Catalogue
from bot.words import Say, Wording
from tests.clock import Clock
from tests.sample import PHONE, PLACE, SECRET, finished, remember

REFERENCE = "WM-7K2P-9XQ4-6"
TOLD = (PHONE, PHONE.removeprefix("+"), PLACE, SECRET, "dinner plate", "yes send it", "We will look at it")


def live_through_a_day(database: Database, catalogue: Catalogue, clock: Clock) -> None:
    turn = database.run_now(remember, clock())
    database.run_now(turns.apologise, turn.id, (Say(Wording("Sorry " + PHONE)),), clock())
    database.run_now(turns.settle, turn.id, finished(REFERENCE), catalogue=catalogue, now=clock())
    database.run_now(messages.queue, turn.conversation, (Say(Wording(PLACE)),), clock())
    database.run_now(opt_outs.set, "sms", PHONE, True, clock())


def test_nothing_personal_is_readable_in_the_files_of_sqlite(
    tmp_path: Path, catalogue: Catalogue, clock: Clock
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'd.sqlite3'}", Cipher([new_key()]))
    database.migrate()
    live_through_a_day(database, catalogue, clock)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert REFERENCE.encode() in kept, "the test looks where the records are"
    for told in TOLD:
        assert told.encode() not in kept
    database.close()


def test_nothing_personal_is_readable_in_any_column(
    database: Database, catalogue: Catalogue, clock: Clock
) -> None:
    live_through_a_day(database, catalogue, clock)

    def everything(session: object) -> str:
        return repr(
            [
                session.execute(text(f'SELECT * FROM "{table.name}"')).all()  # type: ignore[attr-defined]
                for table in rotation.Base.metadata.sorted_tables
            ]
        )

    kept = database.run_now(everything)
    assert REFERENCE in kept
    for told in TOLD:
        assert told not in kept


def test_after_a_rotation_the_old_key_can_go_and_everybody_is_still_known(
    database_url: str, catalogue: Catalogue, clock: Clock
) -> None:
    old, new = new_key(), new_key()
    before = Database(database_url, Cipher([old]))
    before.migrate()
    live_through_a_day(before, catalogue, clock)
    conversation = before.run_now(remember, clock(), "SM2").conversation
    before.close()

    both = Database(database_url, Cipher([new, old]))
    assert rotation.rotate(both) > 10
    assert rotation.rotate(both) == 0, "nothing is left to do"
    both.close()

    after = Database(database_url, Cipher([new]))
    again = after.run_now(remember, clock(), "SM3")
    assert (again.conversation, again.reply_to) == (conversation, PHONE)
    assert again.opted_out
    stored = after.run_now(cases.by_reference, REFERENCE)
    assert stored is not None
    assert stored.case.answers["place"].value == PLACE
    assert after.run_now(turns.history, "sms", PHONE)[0].said == "yes send it"
    after.close()


def test_a_rotation_goes_through_every_batch(
    database: Database, catalogue: Catalogue, clock: Clock, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    for n in range(5):
        turn = database.run_now(remember, clock(), f"SM{n}")
        database.run_now(turns.settle, turn.id, finished(), catalogue=catalogue, now=clock())
    # A key put before the others seals whatever is written from now on.
    newest = Database(database.url.render_as_string(hide_password=False), Cipher([new_key(), key]))
    rotation.rotate(newest)
    with pytest.raises(KeyUnknown):
        database.run_now(cases.by_reference, newest.run_now(cases.listing).cases[0].reference)
    assert rotation.rotate(newest) == 0
    newest.close()


def test_without_the_key_nothing_opens_and_the_reason_is_said(
    database: Database, catalogue: Catalogue, clock: Clock
) -> None:
    live_through_a_day(database, catalogue, clock)
    stranger = Database(database.url.render_as_string(hide_password=False), Cipher([new_key()]))
    with pytest.raises(KeyUnknown, match="DOORSTEP_ENCRYPTION_KEYS"):
        stranger.run_now(entries.listing)
    stranger.close()


def test_keys_are_read_from_the_setting_and_no_key_is_refused() -> None:
    new, old = new_key(), new_key()
    sealed = Cipher([old]).encrypt("ŵ")
    cipher = cipher_from(f"{new}, {old}")
    assert cipher.decrypt(sealed) == "ŵ"
    assert not cipher.is_newest(sealed)
    assert Fernet(new).decrypt(cipher.rotate(sealed)).decode() == "ŵ"
    with pytest.raises(ValueError, match="no encryption key"):
        cipher_from(" , ")
