"""Content files: what an author writes is what we read, and everything has a line."""

from datetime import date
from pathlib import Path

import pytest

from bot.catalogue import files
from bot.catalogue.files import ContentFile, Unreadable


def written(tmp_path: Path, text: str | bytes) -> ContentFile:
    path = tmp_path / "some.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return files.read(path, "data/some.yml")


@pytest.mark.parametrize("word", ["yes", "no", "Yes", "No", "YES", "on", "off", "y", "n", "True", "FALSE"])
def test_a_bare_word_stays_a_word(tmp_path: Path, word: str) -> None:
    assert written(tmp_path, f"examples: [{word}]").data == {"examples": [word]}


def test_only_true_and_false_are_booleans(tmp_path: Path) -> None:
    assert written(tmp_path, "a: true\nb: false").data == {"a": True, "b": False}


def test_a_day_becomes_a_date(tmp_path: Path) -> None:
    assert written(tmp_path, "read: 2026-01-12").data == {"read": date(2026, 1, 12)}


def test_everything_has_its_line(tmp_path: Path) -> None:
    file = written(tmp_path, "a:\n  b: 1\n  c:\n    - x\n    - y: z\n")
    assert [file.line("a"), file.line("a", "b"), file.line("a", "c", 0), file.line("a", "c", 1, "y")] == [
        1,
        2,
        4,
        5,
    ]


def test_what_is_not_there_has_the_line_of_what_is_around_it(tmp_path: Path) -> None:
    file = written(tmp_path, "a:\n  b: 1\n")
    assert file.line("a", "cy", "hint") == 1
    assert file.line("else") == 1


def test_a_key_that_stands_twice_is_remembered(tmp_path: Path) -> None:
    file = written(tmp_path, "a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert file.data == {"a": {"b": 3, "c": 2}}
    assert file.repeated == ((("a", "b"), 4),)


def test_the_same_key_in_two_places_is_not_repeated(tmp_path: Path) -> None:
    assert written(tmp_path, "a: {x: 1}\nb: {x: 1}\nc: [{x: 1}, {x: 1}]").repeated == ()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (b"a: 1\nb: [1, 2\nc: 3\n", 3, "did not find expected ',' or ']'"),
        (b"a: 1\nread: 2026-02-30\n", 2, "day is out of range for month"),
        (b"\xff\xfe\x00", 1, "can't decode byte"),
        (b'a: "\x01"', 1, "control characters"),
        (b"a: 1\n? [1, 2]\n: 3\n", 2, "unhashable key"),
        (b"a: &a [*a]\n", 1, "contains itself"),
        (b"a: !!python/object/apply:os.getcwd []\n", 1, "constructor"),
        (b"a: 1\n---\nb: 2\n", 2, "another document"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(
    tmp_path: Path, text: bytes, line: int, reason: str
) -> None:
    with pytest.raises(Unreadable) as raised:
        written(tmp_path, text)
    assert raised.value.shown == "data/some.yml"
    assert abs(raised.value.line - line) <= 1, "YAML gives up at, or just after, the mistake"
    assert reason in raised.value.reason
    assert "\n" not in raised.value.reason


def test_a_councils_file_takes_the_place_of_ours_and_a_new_one_is_added(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "data", tmp_path / "westmoor"
    for path in (
        ours / "services/bin.yml",
        ours / "services/tax.yml",
        theirs / "services/bin.yml",
        theirs / "services/ice.yml",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}", encoding="utf-8")

    found = [shown for _, shown in files.paths(ours, theirs, "services/*.yml")]

    assert found == ["westmoor/services/bin.yml", "westmoor/services/ice.yml", "data/services/tax.yml"]


def test_the_fingerprint_changes_with_every_word_and_every_name(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.yml").write_text("x: 1", encoding="utf-8")
    first = files.fingerprint(folder, None)
    assert files.fingerprint(folder, None) == first

    (folder / "a.yml").write_text("x: 2", encoding="utf-8")
    second = files.fingerprint(folder, None)
    (folder / "a.yml").rename(folder / "b.yml")
    third = files.fingerprint(folder, None)

    assert len({first, second, third}) == 3
