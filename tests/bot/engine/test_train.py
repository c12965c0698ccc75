"""Training: a model of the content as it is, made once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.engine.fingerprint import fingerprint
from bot.engine.train import prune

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


def train(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.engine.train", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_a_model_that_is_there_is_not_made_again(data, tmp_path):
    there = tmp_path / "models" / f"{fingerprint(data, None)}.tar.gz"
    there.parent.mkdir()
    there.write_bytes(b"as it was")
    done = train("--data", str(data), "--out", str(there.parent))
    assert done.stdout == f"{there}\n"
    assert done.returncode == 0
    assert there.read_bytes() == b"as it was"


def test_the_fingerprint_changes_with_content_and_with_nothing_else(data, tmp_path):
    before = fingerprint(data, None)
    assert fingerprint(data, None) == before
    (data / "notes.txt").write_text("not content")
    assert fingerprint(data, None) == before
    with (data / "services/missed_bin.yml").open("a") as file:
        file.write("# a change\n")
    assert fingerprint(data, None) != before


def test_an_overlay_changes_the_fingerprint(data, tmp_path):
    overlay = tmp_path / "ours"
    overlay.mkdir()
    before = fingerprint(data, overlay)
    (overlay / "council.yml").write_text("name: x")
    assert fingerprint(data, overlay) != before


def test_broken_content_is_named_by_file_and_nothing_is_made(data, tmp_path):
    (data / "services/missed_bin.yml").write_text("id: [")
    done = train("--data", str(data), "--out", str(tmp_path / "models"))
    assert done.returncode == 1
    assert "data/services/missed_bin.yml:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "models").glob("*"))


def test_the_newest_models_are_kept(tmp_path):
    import os

    for number in range(5):
        path = tmp_path / f"{number}.tar.gz"
        path.touch()
        os.utime(path, (number, number))
    prune(tmp_path, 3)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2.tar.gz", "3.tar.gz", "4.tar.gz"]
