"""What the pages are dressed in: built once, from the sources, with nothing that is GOV.UK's alone."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from channels.assets import build

HOUSE = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    build.build()


def test_a_second_build_sees_that_nothing_changed() -> None:
    assert build.is_current()
    done = subprocess.run(
        [sys.executable, "-m", "channels.assets.build"], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "The pages' assets are up to date."


def test_a_changed_source_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = build.fingerprint()
    monkeypatch.setitem(build.COPIED, "extra.js", HOUSE / "channels" / "webchat" / "embed.js")
    assert build.fingerprint() != before
    assert not build.is_current()


def test_the_typeface_is_arial_and_nothing_is_loaded_from_elsewhere() -> None:
    style = (build.BUILT / "doorstep.css").read_text(encoding="utf-8")
    assert "GDS Transport" not in style
    assert "@font-face" not in style
    assert re.search(r"font-family:\s*Arial", style, re.I)
    assert not re.search(r"url\([\"']?(?:https?:)?//", style)


def test_every_file_is_there_in_both_forms() -> None:
    for name in [*build.STYLES, *build.COPIED, *build.FROM_PACKAGES]:
        whole = (build.BUILT / name).read_bytes()
        assert whole
        assert gzip.decompress((build.BUILT / f"{name}.gz").read_bytes()) == whole


def test_the_lock_names_no_registry_and_matches_the_macros() -> None:
    lock = (build.HERE / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    # govuk-frontend-jinja 4.1.0 renders the markup of GOV.UK Frontend 6.3.0; another would part ways with the styles.
    assert json.loads(lock)["packages"]["node_modules/govuk-frontend"]["version"] == "6.3.0"


def test_a_machine_without_node_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(build, "BUILT", tmp_path / "built")
    with pytest.raises(build.BuildFailed, match=r"Node.js and npm were not found: install"):
        build.build()


def test_a_style_that_cannot_be_read_is_told_by_what_sass_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.scss"
    broken.write_text(".a { color: }", encoding="utf-8")
    monkeypatch.setitem(build.STYLES, "doorstep.css", broken)
    monkeypatch.setattr(build, "BUILT", tmp_path / "built")
    with pytest.raises(build.BuildFailed, match=r"(?s)Sass failed.*broken\.scss"):
        build.build()
    assert not (tmp_path / "built").exists()
