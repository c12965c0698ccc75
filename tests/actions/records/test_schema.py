"""The migrations and the tables are one schema, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from actions.records import audit, migrating
from actions.records.database import Database
from actions.records.encryption import Cipher
from actions.records.tables import Base
from tests.clock import Clock


def described(url: str) -> dict[str, object]:
    """What the database itself says of its tables."""
    engine = create_engine(url)
    try:
        found = inspect(engine)
        return {
            name: {
                "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)],
                "key": found.get_pk_constraint(name)["constrained_columns"],
                "unique": sorted((u["name"], u["column_names"]) for u in found.get_unique_constraints(name)),
                "foreign": sorted(
                    (f["constrained_columns"], f["referred_table"]) for f in found.get_foreign_keys(name)
                ),
                "indexes": sorted((i["name"], i["column_names"]) for i in found.get_indexes(name)),
            }
            for name in found.get_table_names()
            if name != "alembic_version"
        }
    finally:
        engine.dispose()


def test_a_migrated_database_is_what_a_fresh_one_would_be(
    database: Database, tmp_path: object, request: pytest.FixtureRequest
) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    if database.is_sqlite:
        fresh_url = f"sqlite:///{tmp_path}/fresh.sqlite3"
    else:
        fresh_url = _second_schema(request.getfixturevalue("postgres_url"))
        request.addfinalizer(lambda: _drop(request.getfixturevalue("postgres_url")))
    fresh = create_engine(fresh_url)
    Base.metadata.create_all(fresh)
    fresh.dispose()
    assert described(database.url.render_as_string(hide_password=False)) == described(fresh_url)


def _second_schema(url: str) -> str:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS doorstep_created CASCADE"))
        connection.execute(text("CREATE SCHEMA doorstep_created"))
    engine.dispose()
    return f"{url}?options=-csearch_path%3Ddoorstep_created"


def _drop(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA doorstep_created CASCADE"))
    engine.dispose()


def test_migrating_again_and_at_the_same_time_is_harmless(database_url: str, key: str) -> None:
    databases = [Database(database_url, Cipher([key])) for _ in range(3)]

    def start(database: Database) -> None:
        database.migrate()
        database.migrate()

    with ThreadPoolExecutor(len(databases)) as threads:
        list(threads.map(start, databases))
    assert len({database.vault.fingerprint("sms", "+447700900123") for database in databases}) == 1
    for database in databases:
        database.close()


def test_every_migration_says_whether_it_is_the_first_step_or_the_last() -> None:
    names = [
        script.module.__name__
        for script in ScriptDirectory.from_config(migrating.configuration()).walk_revisions()
    ]
    assert names
    for name in names:
        number, _, rest = name.removesuffix("_py").partition("_")
        assert number.isdigit()
        assert len(number) == 4
        assert rest == "initial" or rest.startswith(("before_", "after_"))


def test_the_audit_is_only_added_to(database: Database, clock: Clock) -> None:
    database.run_now(audit.add, by="staff:ana", what="case:read", subject="WM-7K2P-9XQ4-6", now=clock())
    for attempt in ("UPDATE audit SET by = 'nobody'", "DELETE FROM audit"):
        with pytest.raises(DBAPIError, match="only added to"):
            database.run_now(lambda session, statement: session.execute(text(statement)), attempt)
    assert [entry.by for entry in database.run_now(audit.about, "WM-7K2P-9XQ4-6")] == ["staff:ana"]


def test_a_time_without_a_zone_is_refused_and_others_come_back_as_utc(
    database: Database, clock: Clock
) -> None:
    summer = datetime(2026, 7, 1, 10, 30, 15, 123456, tzinfo=timezone(timedelta(hours=1)))
    database.run_now(audit.add, by="worker", what="x", subject="s", now=summer)
    entry = database.run_now(audit.about, "s")[0]
    assert entry.at == summer
    assert entry.at.utcoffset() == timedelta(0)
    with pytest.raises(Exception, match="without a zone"):
        database.run_now(audit.add, by="worker", what="x", subject="s", now=datetime(2026, 7, 1))


def test_sqlite_keeps_what_was_committed(tmp_path: Path, key: str) -> None:
    database = Database(f"sqlite:///{tmp_path / 'd.sqlite3'}", Cipher([key]))
    database.migrate()

    def setting(session: object, name: str) -> object:
        return session.execute(text(f"PRAGMA {name}")).scalar()  # type: ignore[attr-defined]

    assert database.run_now(setting, "journal_mode") == "wal"
    assert database.run_now(setting, "synchronous") == 2
    assert database.run_now(setting, "foreign_keys") == 1
    assert database.run_now(setting, "busy_timeout") == 10_000
    database.close()
