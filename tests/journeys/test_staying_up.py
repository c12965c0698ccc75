"""What dies is restarted, what was said is not lost, and Ctrl-C ends everything."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import psutil
import pytest

from journeys.phones import Mobile, Telephone, reference_in
from journeys.register import cases_in
from journeys.stack import Stack, running, until
from journeys.test_text import report


@pytest.fixture
def own(tmp_path: Path):  # type: ignore[no-untyped-def]
    """A Doorstep to be harmed."""
    with running(tmp_path) as stack:
        stack.until_ready()
        yield stack


def test_with_the_engine_dead_people_are_told_and_are_answered_when_it_is_back(own: Stack) -> None:
    mobile = Mobile(own)
    mobile.text("hello")
    engine = own.child("bot.engine.server")
    engine.kill()
    reply = mobile.text("how much does a bulky waste collection cost")
    assert "kept" in reply
    assert "01632 960 100" in reply
    phone = Telephone(own)
    phone.dial()
    phone.key("1")
    phone.say("bulky waste")
    assert phone.heard.dials == "+441632960100"
    own.until_ready()
    until(lambda: any("£35" in text for text in mobile.inbox()), "the late answer", 60)


def test_a_gateway_killed_in_the_middle_of_a_request_goes_on_where_it_was(own: Stack) -> None:
    mobile = Mobile(own)
    mobile.text("report a missed bin")
    mobile.text("recycling")
    gateway = own.child("channels.cli gateway")
    gateway.kill()
    until(lambda: own.child("channels.cli gateway").pid != gateway.pid, "another gateway")
    own.until_ready()
    assert "out by" in mobile.text("yesterday")


def test_a_confirmed_request_survives_kill_9_and_is_delivered_once(own: Stack) -> None:
    mobile = Mobile(own)
    report(mobile)
    reference = reference_in(mobile.text("yes"))
    own.child("channels.cli gateway").kill()
    own.until_ready()

    def taken() -> list[str]:
        return [text for text in mobile.inbox() if reference in text]

    # A text sent before the kill died with the phones' own memory: the register's row is what counts.
    until(lambda: len(cases_in(own, reference)) == 1, "the case in the register", 60)
    assert len(taken()) <= 1


def test_ctrl_c_ends_every_process_within_five_seconds(tmp_path: Path) -> None:
    with running(tmp_path) as stack:
        stack.until_ready()
        family = [
            psutil.Process(stack.process.pid),
            *psutil.Process(stack.process.pid).children(recursive=True),
        ]
        began = time.monotonic()
        os.kill(stack.process.pid, signal.SIGINT)
        assert stack.process.wait(5) == 0
        _, alive = psutil.wait_procs(family, timeout=max(0.0, 5 - (time.monotonic() - began)))
        assert not alive


def test_children_do_not_outlive_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    with running(tmp_path) as stack:
        stack.until_ready()
        children = psutil.Process(stack.process.pid).children(recursive=True)
        stack.process.kill()
        _, alive = psutil.wait_procs(children, timeout=10)
        assert not alive
