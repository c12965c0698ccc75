"""The engine's tests run in the engine's environment: `.venv-engine/bin/pytest tests/bot/engine`."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
HERE = sys.version_info < (3, 11) and find_spec("rasa") is not None

# The gateway's environment has no Rasa: there this folder is not collected.
collect_ignore_glob = [] if HERE else ["*"]

if HERE:
    from bot.engine import environment, patches, stand_ins
    from tests.bot.engine.running import Actions, Engine, start

    environment.prepare()
    stand_ins.leave_out()
    patches.apply()


@pytest.fixture(scope="session")
def model() -> Path:
    """A model of the content as it is: the one under var/models, trained if need be."""
    from bot.engine.train import train

    return train(ROOT / "data", None, ROOT / "var" / "models", lambda line: None)


@pytest.fixture(scope="session")
def engine(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One engine for all tests that leave it as it was."""
    actions = Actions()
    running = start(model, actions, tmp_path_factory.mktemp("engine") / "log")
    yield running
    running.process.send_signal(signal.SIGTERM)
    running.process.wait(10)
    actions.close()
