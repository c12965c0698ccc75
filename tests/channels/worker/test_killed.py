"""A real worker, killed with SIGKILL where it hurts, and another after it: the far side counts what it has.

The killing is done by whoever the worker talks to, at the moment in question: as somebody connects, while the
request is held, and after the answer has left while the database does not let the worker write it down.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from actions.records import cases, turns
from actions.records.database import Database
from actions.records.encryption import Cipher, new_key
from actions.records.times import now_utc
from tests import sample
from tests.peers.open311 import API_KEY, JURISDICTION, Open311Peer
from tests.until import until

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.timeout(300)
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Where the database makes no difference, one is enough: each worker takes seconds to start."""
REFERENCE = "WM-7K2P-9XQ4-6"


@dataclass
class Scene:
    """A database with one case to deliver, a peer to deliver it to, and workers that come and go."""

    url: str
    key: str
    database: Database
    peer: Open311Peer
    workers: list[subprocess.Popen[str]] = field(default_factory=list)

    def start_worker(self) -> None:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"))),
            "DOORSTEP_DATABASE_URL": self.url,
            "DOORSTEP_ENCRYPTION_KEYS": self.key,
            "DOORSTEP_OPEN311_URL": self.peer.url,
            "DOORSTEP_OPEN311_API_KEY": API_KEY,
            "DOORSTEP_OPEN311_JURISDICTION": JURISDICTION,
            "DOORSTEP_OPEN311_HONOURS_KEY": str(self.peer.honours_key),
            "DOORSTEP_WORKER_POLL_SECONDS": "0.05",
            "LEASE_SECONDS": "1.5",
        }
        self.workers.append(
            subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("worker_process.py"))],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.DEVNULL,
                text=True,
            )
        )

    def kill(self) -> None:
        """SIGKILL to the worker that runs, and its end."""
        self.workers[-1].send_signal(signal.SIGKILL)
        assert self.workers[-1].wait(10) == -signal.SIGKILL

    @property
    def status(self) -> str:
        stored = self.database.run_now(cases.by_reference, REFERENCE)
        assert stored is not None
        return stored.status

    def delivered(self) -> bool:
        return self.status == "accepted"


@pytest.fixture
def scene(database_url: str, honours_key: bool) -> Iterator[Scene]:
    key = new_key()
    with ExitStack() as stack:
        database = Database(database_url, Cipher([key]))
        stack.callback(database.close)
        database.migrate()
        peer = stack.enter_context(Open311Peer(honours_key=honours_key).listening())
        made = Scene(database_url, key, database, peer)
        stack.callback(lambda: [w.kill() or w.wait() for w in made.workers if w.poll() is None])
        catalogue = sample.catalogue(sample.pothole(system="open311"))
        turn = database.run_now(sample.remember, now_utc())
        database.run_now(
            turns.settle, turn.id, sample.finished(REFERENCE), catalogue=catalogue, now=now_utc()
        )
        yield made


@contextmanager
def nobody_writes(scene: Scene) -> Iterator[None]:
    """The outbox locked from outside, as a backup might."""
    engine = create_engine(scene.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if scene.database.is_sqlite:
            connection.execute(text("BEGIN IMMEDIATE"))
        else:
            connection.execute(text("BEGIN"))
            connection.execute(text("LOCK TABLE deliveries IN EXCLUSIVE MODE"))
        try:
            yield
        finally:
            connection.execute(text("ROLLBACK"))
    engine.dispose()


def killed_at(scene: Scene, point: str) -> Callable[[], bool]:
    """Arrange the kill; gives what says that it has happened."""
    happened: list[str] = []
    locks = ExitStack()

    def once(work: Callable[[], None]) -> Callable[[], bool]:
        def hook() -> bool:
            if happened:
                return True
            happened.append(point)
            work()
            return False

        return hook

    def let_go_of_the_lock() -> None:
        scene.kill()
        locks.close()

    if point == "before anything is sent":
        scene.peer.on_connection = once(scene.kill)
    elif point == "while the request is held":
        scene.peer.before_answering = once(scene.kill)
    else:

        def lock() -> None:
            if not happened:
                locks.enter_context(nobody_writes(scene))

        scene.peer.before_answering = lock
        scene.peer.after_answering = once(let_go_of_the_lock)
    return lambda: bool(happened) and scene.workers[0].poll() is not None


@pytest.mark.parametrize("honours_key", [True, False], ids=["honours the key", "does not honour it"])
@pytest.mark.parametrize(
    ("point", "arrived"),
    [
        ("before anything is sent", 0),
        ("while the request is held", 1),
        ("after the answer, before it is written down", 1),
    ],
)
def test_killed_at_any_moment_nothing_is_lost_and_nothing_is_there_twice(
    scene: Scene, point: str, arrived: int
) -> None:
    has_died = killed_at(scene, point)
    scene.start_worker()
    until(has_died)
    assert len(scene.peer.requests) == arrived
    assert scene.status == "received", "the first worker did not write it down"

    scene.start_worker()
    until(scene.delivered)
    assert len(scene.peer.requests) == 1
    posts = sum(method == "POST" for method, _, _ in scene.peer.log)
    assert posts == (2 if arrived and scene.peer.honours_key else 1)


@SQLITE
def test_killed_again_and_again_it_is_still_one(scene: Scene) -> None:
    kills = 2

    def kill() -> None:
        nonlocal kills
        if kills:
            kills -= 1
            scene.kill()

    scene.peer.before_answering = kill
    # A peer that is looked up rather than sent to twice is met only once.
    for _ in range(3):
        scene.start_worker()
        until(lambda: scene.delivered() or scene.workers[-1].poll() is not None)
        if scene.delivered():
            break
    assert scene.delivered()
    assert len(scene.peer.requests) == 1


@SQLITE
def test_a_worker_told_to_stop_stops_by_itself(scene: Scene) -> None:
    scene.start_worker()
    until(scene.delivered)
    scene.workers[-1].send_signal(signal.SIGINT)
    scene.workers[-1].wait(5)
