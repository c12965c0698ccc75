"""Every mistake, made once or more in content that has none.

The cases of a mistake are in mistakes/<code>.yml: what is changed in good/data, the line that the author must be
sent to (by its text, so that the cases do not hang on numbers), and what the checker says.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.catalogue.check import check
from bot.catalogue.loading import ContentBroken, load
from bot.catalogue.mistakes import CHECKS
from bot.catalogue.mistakes.part import Mistake

HERE = Path(__file__).parent
KINDS = ("text", "long_text", "yes_no", "choice", "choices", "date", "phone", "postcode")
SYSTEMS = ("register", "open311")
ON = date(2026, 6, 1)


@dataclass(frozen=True)
class Case:
    """One mutation. `change` is a list of {in, from, to}; `add` maps a new file to its text; `take` names files
    to take away. `at` is a line of `file` after that; `nth` counts where several are alike."""

    code: str
    when: str
    says: str = ""
    fine: bool = False
    """A neighbour of the mistake, that is none: nothing at all may be said."""
    file: str = "services/skip.yml"
    at: str | None = None
    nth: int = 1
    change: list[dict[str, str]] = field(default_factory=list)
    add: dict[str, str] = field(default_factory=dict)
    take: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    """Codes of other mistakes that cannot but come along."""

    def make(self, folder: Path) -> None:
        for change in self.change:
            path = folder / change.get("in", self.file)
            text = path.read_text(encoding="utf-8")
            assert text.count(change["from"]) == 1, f"{change['from']!r} must stand once in {path.name}"
            path.write_text(text.replace(change["from"], change["to"]), encoding="utf-8")
        for name, text in self.add.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        for name in self.take:
            (folder / name).unlink()

    def line(self, folder: Path) -> int:
        if self.at is None:
            return 1
        lines = (folder / self.file).read_text(encoding="utf-8").splitlines()
        alike = [number for number, line in enumerate(lines, 1) if line.strip() == self.at]
        return alike[self.nth - 1]


def cases() -> list[Case]:
    found = []
    for path in sorted(HERE.glob("mistakes/*.yml")):
        rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [Case(code=path.stem.replace("__", ":"), **row) for row in rows]
    return found


def checked(folder: Path) -> list[Mistake]:
    return check(folder, None, kinds=KINDS, systems=SYSTEMS, on=ON)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HERE / "good/data", tmp_path / "data"))


def test_the_content_that_the_cases_begin_with_has_no_mistake(folder: Path) -> None:
    assert checked(folder) == []
    load(folder, on=ON)


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.code}: {case.when}")
def test_a_mistake_is_told_by_file_and_line(case: Case, folder: Path) -> None:
    case.make(folder)

    said = checked(folder)

    if case.fine:
        assert said == []
        return
    expected = f"data/{case.file}:{case.line(folder)} {case.code} {case.says}, then run doorstep check again."
    ours = [str(mistake) for mistake in said if mistake.code == case.code]
    others = {mistake.code for mistake in said if mistake.code != case.code}
    assert expected in ours, "\n".join(["It was said:", *map(str, said)])
    assert others == set(case.also)


def test_every_mistake_has_cases_and_every_case_a_mistake() -> None:
    assert {case.code for case in cases()} == {one.code for one in CHECKS}


def test_no_two_mistakes_have_one_code() -> None:
    assert len({one.code for one in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize("one", CHECKS, ids=lambda one: one.code)
def test_a_code_is_a_noun_and_what_is_wrong_with_it(one: Any) -> None:
    noun, _, wrong = one.code.partition(":")
    assert f"{noun}_{wrong}" == one.find.__module__.rpartition(".")[2] or wrong == "welsh_missing"


def test_all_mistakes_are_told_at_once_and_in_order(folder: Path) -> None:
    skip, library = folder / "services/skip.yml", folder / "services/library.yml"
    skip.write_text(
        skip.read_text(encoding="utf-8").replace("kind: phone", "kind: telephone"), encoding="utf-8"
    )
    library.write_text("id: [", encoding="utf-8")
    (folder / "rates/skip.yml").write_text("", encoding="utf-8")

    said = checked(folder)

    assert {"file:unreadable", "question:kind_unknown", "placeholder:unknown", "key:empty"} <= {
        m.code for m in said
    }
    assert said == sorted(said)


@pytest.mark.parametrize(
    "where", [(), ("guidance",), ("guidance", "cost"), ("questions",), ("questions", 0), ("keep",)]
)
@pytest.mark.parametrize(
    "value", [None, "words", 7, True, [], {}, [None], {"en": None}, [[]], {"cost": {"en": []}}]
)
def test_no_shape_of_content_stops_the_checker(
    folder: Path, where: tuple[str | int, ...], value: object
) -> None:
    """Whatever stands where something else should: it is told, and all the rest is checked."""
    path = folder / "services/skip.yml"
    data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    if where:
        inner = data
        for key in where[:-1]:
            inner = inner[key]
        inner[where[-1]] = value
    else:
        data = value
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")

    try:
        load(folder, on=ON)
        refused = False
    except ContentBroken:
        refused = True

    assert checked(folder) or not refused


def test_three_hundred_services_are_all_checked(folder: Path) -> None:
    """Each is the same service under another name, so each shares its phrasings with the first, and no more."""
    text = (folder / "services/skip.yml").read_text(encoding="utf-8")
    for number in range(299):
        copy = text.replace("id: skip\n", f"id: skip_{number:03}\n", 1)
        (folder / f"services/skip_{number:03}.yml").write_text(copy, encoding="utf-8")

    said = checked(folder)

    assert {mistake.code for mistake in said} == {"phrasing:shared"}
    assert len({mistake.path for mistake in said}) == 299
    assert sum("I want a skip permit" in mistake.sentence for mistake in said) == 299
