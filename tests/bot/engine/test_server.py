"""The engine as a process: who may come in, what is served, how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bot.engine.running import Actions, start
from tests.until import until

ROOT = Path(__file__).resolve().parents[3]
WEBHOOK = "/webhooks/doorstep/webhook"
TURN = {"sender": "c1", "message": "hello", "metadata": {"turn": "t", "asking": None}}


@pytest.mark.parametrize("token", [None, "", "another"])
def test_without_the_token_nobody_comes_in(engine, token):
    before = len(engine.actions.called)
    assert engine.call(WEBHOOK, TURN, token) == (401, {"error": "unauthorised"})
    assert len(engine.actions.called) == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"hello"',
        b"\xff\xfe",
        {**TURN, "sender": 7},
        {**TURN, "message": None},
        {"sender": "c"},
    ],
)
def test_a_body_of_another_shape_is_refused(engine, body):
    assert engine.call(WEBHOOK, body) == (400, {"error": "malformed"})


@pytest.mark.parametrize(
    "path",
    ["/", "/version", "/model", "/status", "/domain", "/conversations/c1/tracker", "/webhooks/rest/webhook"],
)
def test_nothing_else_of_rasa_is_served(engine, path):
    assert engine.call(path)[0] == 404
    assert engine.call(path, {"sender": "c1", "message": "hello"})[0] == 404


def test_a_step_that_raises_is_a_failure_and_not_silence(engine):
    assert engine.say("step raises") == (502, {"error": "action_failed"})
    assert engine.step_for("hello") == "action_greet"


def test_a_step_that_answers_nonsense_is_refused(engine):
    assert engine.say("step answers nonsense") == (502, {"error": "action_failed"})
    assert engine.step_for("hello") == "action_greet"


def test_the_log_holds_nothing_that_a_person_wrote(engine):
    engine.say("my secret is zanzibar step raises")
    engine.say("step answers nonsense", sender="zanzibar-free")
    log = engine.log.read_text()
    assert "zanzibar step" not in log
    assert "answers nonsense" not in log


def test_what_is_sent_to_a_step_does_not_grow_with_the_conversation(engine):
    for _ in range(3):
        engine.say("how much is it?", sender="long")
    early = engine.actions.sizes[-1]
    for _ in range(60):
        engine.say("how much is it?", sender="long")
    assert abs(engine.actions.sizes[-1] - early) < 50
    assert early < 6000
    assert engine.actions.called[-1]["domain"] == {}


def test_steps_are_called_on_a_connection_that_is_kept(engine):
    engine.say("hello")
    before = engine.actions.connections
    for _ in range(5):
        engine.say("hello")
    assert engine.actions.connections == before


def test_it_ends_within_two_seconds_of_a_signal(model, tmp_path):
    actions = Actions()
    engine = start(model, actions, tmp_path / "log")
    engine.say("hello")
    began = time.monotonic()
    engine.process.send_signal(signal.SIGTERM)
    assert engine.process.wait(10) == 0
    assert time.monotonic() - began < 2
    actions.close()


def test_it_ends_with_the_process_that_started_it(model, tmp_path):
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import subprocess, sys, time\n"
            "child = subprocess.Popen(sys.argv[1:])\n"
            "print(child.pid, flush=True)\n"
            "time.sleep(60)\n",
            *(sys.executable, "-m", "bot.engine.server", "--model", str(model), "--port", "0"),
            *("--actions", "http://127.0.0.1:9/webhook"),
        ],
        cwd=ROOT,
        env={**os.environ, "DOORSTEP_ENGINE_TOKEN": "t"},
        stdout=subprocess.PIPE,
    )
    child = int(parent.stdout.readline())
    # Python must have come as far as watching: its threads are two then.
    until(lambda: len(list(Path(f"/proc/{child}/task").iterdir())) > 1, 20)
    parent.kill()
    parent.wait()
    until(lambda: not Path(f"/proc/{child}").exists(), 10)


def refusal(*arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "bot.engine.server",
            "--port",
            "1",
            "--actions",
            "http://127.0.0.1:9",
            *arguments,
        ],
        cwd=ROOT,
        env={**os.environ, "DOORSTEP_ENGINE_TOKEN": "", **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return done.stderr


def test_it_does_not_start_without_a_token(model):
    assert "DOORSTEP_ENGINE_TOKEN is not set" in refusal("--model", str(model))


def test_it_does_not_start_without_a_model(tmp_path):
    said = refusal("--model", str(tmp_path / "none.tar.gz"), DOORSTEP_ENGINE_TOKEN="t")
    assert "There is no model at" in said
    assert "make train" in said


def test_it_does_not_start_with_a_file_that_is_no_model(tmp_path):
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"not a model")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "bot.engine.server",
            "--model",
            str(broken),
            "--port",
            "1",
            "--actions",
            "http://x",
        ],
        cwd=ROOT,
        env={**os.environ, "DOORSTEP_ENGINE_TOKEN": "t"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert f"The model at {broken} could not be loaded" in done.stderr
