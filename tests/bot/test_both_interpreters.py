"""The engine's interpreter is an older one: it must read the same content to the same values."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / ".venv-engine/bin/python"

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(not ENGINE.exists(), reason="the engine's environment is not set up"),
]

PROGRAM = """
import json, sys
from datetime import date
from pathlib import Path
from bot.catalogue import load
from bot.segments import count, plain
from bot.words import Say, Source, Wording, from_json, to_json
catalogue = load(Path(sys.argv[1]), on=date(2026, 6, 1))
words = (Say(Wording("Tŷ", "T", None), Source("a", "b", "c", "d")),)
assert from_json(to_json(words)) == words
print(json.dumps([catalogue.fingerprint, repr(catalogue.services), repr(count(plain("Tŷ …")))]))
"""


def told_by(python: Path | str) -> list[str]:
    folder = Path(__file__).parent / "catalogue/good/data"
    done = subprocess.run(
        [python, "-c", PROGRAM, folder], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    told: list[str] = json.loads(done.stdout)
    return told


def test_content_is_the_same_to_both() -> None:
    assert told_by(ENGINE) == told_by(sys.executable)
