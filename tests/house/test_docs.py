"""Documentation that cannot lie: it is held against the code."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from channels.settings_reference import as_markdown

ROOT = Path(__file__).resolve().parents[2]
TRACKED = subprocess.run(
    ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
).stdout
PAGES = sorted(ROOT / name for name in TRACKED.split("\0") if name.endswith(".md"))
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)")


def test_the_settings_page_is_the_settings() -> None:
    """docs/settings.md is what `doorstep settings --markdown` prints."""
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page.endswith(as_markdown()), "run: doorstep settings --markdown, and renew the table"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    missing = [
        link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()
    ]
    assert not missing


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert targets
    assert {target for target in targets if f"make {target} " not in told} == set()


def test_the_map_in_the_readme_names_only_what_is_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.search(r"## The map.*?```\n(.*?)```", readme, flags=re.DOTALL)
    assert lines is not None
    for line in lines[1].splitlines():
        place, _, says = line.partition(" ")
        assert (ROOT / place).exists(), place
        for name in re.findall(r"(?<![\w/-])[a-z_/-]+(?:\.py|/)", says):
            # The last line of a room may name folders of its own or whole paths from the root.
            assert any((base / name).exists() for base in (ROOT / place, ROOT)), f"{place} has no {name}"


def test_no_committed_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    hosts = [
        "files." + "pythonhosted",
        "py" + "pi.org",
        "registry." + "npmjs",
        "deb." + "debian",
        "/" + "work/main",
    ]
    named = {}
    for name in filter(None, TRACKED.split("\0")):
        path = ROOT / name
        if path.suffix in {".png", ".svg"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found = [host for host in hosts if host in text]
        if found:
            named[name] = found
    assert not named
