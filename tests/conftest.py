"""What every test may use: a database of each kind, fresh, and a clock that moves when it is told to.

PostgreSQL is used where it can be reached (DOORSTEP_TEST_POSTGRES_URL). Where it cannot, its tests are skipped and
say so; with DOORSTEP_REQUIRE_SERVICES=1 they fail instead.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

POSTGRES = os.environ.get("DOORSTEP_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/test")


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The PostgreSQL to test on; skips, or fails where services are required."""
    sqlalchemy = pytest.importorskip("sqlalchemy")
    engine = sqlalchemy.create_engine(POSTGRES, connect_args={"connect_timeout": 3})
    try:
        with engine.connect():
            return POSTGRES
    except sqlalchemy.exc.OperationalError as error:
        reason = f"PostgreSQL is not to be reached at {POSTGRES}: {str(error.orig).splitlines()[0]}"
    finally:
        engine.dispose()
    if os.environ.get("DOORSTEP_REQUIRE_SERVICES") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture
def fresh_postgres_url(postgres_url: str) -> Iterator[str]:
    """An empty schema of its own, as a URL."""
    from sqlalchemy import create_engine, text

    schema = f"doorstep_{secrets.token_hex(6)}"
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        yield f"{postgres_url}{'&' if '?' in postgres_url else '?'}options=-csearch_path%3D{schema}"
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'doorstep.sqlite3'}"
    url: str = request.getfixturevalue("fresh_postgres_url")
    return url
