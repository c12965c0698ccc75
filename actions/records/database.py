"""The database: one transaction a call.

SQLite has one writer whatever we do, so one connection does everything, one call after the other, where it is
called: a turn's two transactions take a millisecond or two each, and waking another thread for them took longer
than they do. BEGIN IMMEDIATE takes the lock at once (a transaction that reads first and writes later can fail
where it stands), WAL lets others read meanwhile, and synchronous=FULL means that what was committed is on the
disk. PostgreSQL answers over a network: it gets a pool, and threads that wait for it off the event loop.
"""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy import Connection, Engine, create_engine, event, make_url, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import StaticPool

from actions.records import migrating
from actions.records.encryption import Cipher, Vault, new_pepper
from actions.records.once import insert_once
from actions.records.tables import keyring
from actions.records.times import now_utc

log = structlog.get_logger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

BUSY_MILLISECONDS = 10_000
POOL = 8


class Database:
    """One database and the threads that use it. `run` awaits, `run_now` blocks; each is one transaction."""

    def __init__(self, url: str, cipher: Cipher) -> None:
        """Opens nothing yet. `url` is SQLAlchemy's: `sqlite:///path` or `postgresql+psycopg://…`."""
        self.url = make_url(url)
        self.vault = Vault(cipher)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(str(self.url.database or "")) if self.is_sqlite else _postgres(url)
        self._threads = None if self.is_sqlite else ThreadPoolExecutor(POOL, thread_name_prefix="records")
        self._ours = threading.local()
        self._one_at_a_time = threading.RLock() if self.is_sqlite else nullcontext()
        self._session = sessionmaker(self.engine, expire_on_commit=False, info={"vault": self.vault})
        self._has_pepper = False

    async def run(
        self, function: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Call a function with a session, in one transaction that is committed when this returns.

        A caller that is cancelled meanwhile does not undo it: the transaction ends by itself.
        """
        if self._threads is None:
            return self._transaction(function, *args, **kwargs)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._threads, functools.partial(self._transaction, function, *args, **kwargs)
        )

    def run_now(self, function: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same, for code that has no event loop."""
        result: R = self._in_thread(self._transaction, function, *args, **kwargs)
        return result

    def migrate(self) -> None:
        """Bring the schema up to date; harmless when it is, and when two processes do it at once."""
        if self.is_sqlite and self.url.database not in (None, "", ":memory:"):
            Path(str(self.url.database)).parent.mkdir(parents=True, exist_ok=True)
        self._in_thread(migrating.upgrade, self.engine)
        self.run_now(_keep_pepper)
        self._has_pepper = True

    async def reachable(self) -> bool:
        """Whether the database answers a question."""
        try:
            return await self.run(lambda session: session.scalar(select(1)) == 1)
        except SQLAlchemyError:
            log.warning("database.unreachable", exc_info=True)
            return False

    def close(self) -> None:
        """Finish what runs, and let go of the connections."""
        if self._threads is not None:
            self._threads.shutdown(wait=True)
        with self._one_at_a_time:
            self.engine.dispose()

    def _in_thread(self, function: Callable[..., R], *args: Any, **kwargs: Any) -> R:
        if self._threads is None or getattr(self._ours, "inside", False):
            return function(*args, **kwargs)
        return self._threads.submit(function, *args, **kwargs).result()

    def _transaction(self, function: Callable[..., R], *args: Any, **kwargs: Any) -> R:
        self._ours.inside = True
        with self._one_at_a_time, self._session() as session, session.begin():
            if not self._has_pepper and function is not _keep_pepper:
                _learn_pepper(session)
                self._has_pepper = True
            return function(session, *args, **kwargs)


def vault_of(session: Session) -> Vault:
    """What this session's database seals with."""
    vault: Vault = session.info["vault"]
    return vault


def _learn_pepper(session: Session) -> None:
    sealed = (
        session.connection()
        .execute(select(keyring.c.sealed_secret).where(keyring.c.name == "pepper"))
        .scalar()
    )
    if sealed is None:
        raise RuntimeError("The database has not been migrated.")
    vault = vault_of(session)
    vault.learn_pepper(vault.open(sealed))


_keep_pepper_statement = insert_once(keyring, "name")


def _keep_pepper(session: Session) -> None:
    """Make the pepper once; of two processes that start together, the first one's counts."""
    vault = vault_of(session)
    _keep_pepper_statement.run(
        session.connection(),
        {"name": "pepper", "sealed_secret": vault.seal(new_pepper()), "created_at": now_utc()},
    )
    _learn_pepper(session)


def _sqlite(path: str) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}" if path else "sqlite://",
        poolclass=StaticPool,  # one connection, whoever calls
        hide_parameters=True,  # errors are logged
        connect_args={"check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        # Python's driver would begin transactions when it thinks fit, and not before a SELECT. We begin them.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_MILLISECONDS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgres(url: str) -> Engine:
    return create_engine(url, pool_size=POOL, max_overflow=0, pool_pre_ping=True, hide_parameters=True)
