"""Accounts, from the terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from channels.cli import app

Run = Callable[..., Result]
LONG = "correct horse battery"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `doorstep staff …` on an empty installation."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOORSTEP_VAR", str(tmp_path / "var"))

    def go(*words: str, password: str = LONG) -> Result:
        return CliRunner().invoke(app, ["staff", *words], env={"DOORSTEP_STAFF_PASSWORD": password})

    return go


def test_the_first_account_is_made_and_listed(run: Run) -> None:
    assert "doorstep staff add" in run("list").output
    made = run("add", "Amina", "--name", "Amina Khan")
    assert made.exit_code == 0
    assert "/staff" in made.output
    assert run("list").output == "amina  Amina Khan\n"


@pytest.mark.parametrize(
    ("words", "password", "why"),
    [
        (("add", "ben"), "short", "at least 12 characters"),
        (("add", "ben jones"), LONG, "cannot be a username"),
        (("add", "amina"), LONG, "is there already"),
        (("password", "amina"), "elevenchars", "at least 12 characters"),
        (("password", "zed"), LONG, "Nobody is called zed"),
        (("disable", "zed"), LONG, "Nobody is called zed"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    run: Run, words: tuple[str, ...], password: str, why: str
) -> None:
    run("add", "amina")
    answer = run(*words, password=password)
    assert answer.exit_code == 2
    assert why in answer.output
    assert "Traceback" not in answer.output


def test_someone_is_kept_out_and_let_in_again(run: Run) -> None:
    run("add", "amina")
    run("disable", "amina")
    assert "(disabled)" in run("list").output
    run("disable", "amina", "--undo")
    assert "(disabled)" not in run("list").output
