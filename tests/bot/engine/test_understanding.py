"""What people say, in words that were not taught (tests/understanding), and how much of it is understood.

`known_gaps.yml` lists what is not: a sentence that is missing from it fails, and so does one in it that is
understood by now, so that the list says how things are. `UPDATE=1` writes it anew; the floors do not move.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

SENTENCES = Path(__file__).resolve().parents[2] / "understanding"
GAPS = SENTENCES / "known_gaps.yml"
HEAD = """# What the engine gets wrong, of the sentences beside this file: by what it misses, by language and service.
# The sentences were written to share as few words as may be with the phrasings, so that they measure
# understanding and not memory. UPDATE=1 makes tests/bot/engine/test_understanding.py write this list.
"""

FLOORS = {
    ("en", "service"): 0.60,
    ("cy", "service"): 0.60,
    ("en", "act"): 0.70,
    ("cy", "act"): 0.70,
    ("en", "aspect"): 0.45,
    ("cy", "aspect"): 0.35,
}
"""The share that must be understood at the least. Raise them as it gets better."""

SURELY_WRONG = 0.05
"""The most that may be taken for another service with a figure that acts on it (0.5)."""


@dataclass(frozen=True)
class Sentence:
    language: str
    service: str
    text: str
    act: str
    aspect: str | None


@dataclass(frozen=True)
class Heard:
    act: str
    service: str | None
    confidence: float
    aspect: str | None


def sentences() -> Iterator[Sentence]:
    for language in ("en", "cy"):
        for path in sorted((SENTENCES / language).glob("*.yml")):
            for row in yaml.safe_load(path.read_text(encoding="utf-8")) or ():
                aspect = row.get("aspect", "overview") if row["act"] == "ask" else None
                yield Sentence(language, path.stem, row["text"], row["act"], aspect)


@pytest.fixture(scope="module")
def understood(model: Path) -> dict[Sentence, Heard]:
    """Every sentence, as the trained pipeline reads it with nothing asked."""
    from rasa.core.agent import load_agent
    from rasa.core.channels.channel import UserMessage

    async def read_all() -> dict[Sentence, Heard]:
        agent = await load_agent(str(model))
        return {
            one: _heard(await agent.processor.parse_message(UserMessage(one.text, metadata={"asking": None})))
            for one in sentences()
        }

    return asyncio.run(read_all())


def _heard(parsed: dict[str, Any]) -> Heard:
    services = [e for e in parsed["entities"] if e["entity"] == "service"]
    aspects = [e["value"] for e in parsed["entities"] if e["entity"] == "aspect"]
    best = services[0] if services else {"value": None, "confidence": 0.0}
    return Heard(
        parsed["intent"]["name"], best["value"], best["confidence"], aspects[0] if aspects else "overview"
    )


def missed(one: Sentence, heard: Heard) -> list[str]:
    """What of a sentence was not understood."""
    found = []
    if heard.service != one.service:
        found.append("service")
    if heard.act != one.act:
        found.append("act")
    if one.aspect is not None and heard.aspect != one.aspect:
        found.append("aspect")
    return found


def test_the_known_gaps_are_those_that_there_are(understood):
    gaps: dict[str, dict[str, list[str]]] = {}
    for one, heard in understood.items():
        for what in missed(one, heard):
            gaps.setdefault(what, {}).setdefault(f"{one.language}/{one.service}", []).append(one.text)
    if os.environ.get("UPDATE") == "1":
        text = yaml.safe_dump(gaps, allow_unicode=True, width=10_000, sort_keys=True)
        GAPS.write_text(HEAD + text, encoding="utf-8")
    listed = yaml.safe_load(GAPS.read_text(encoding="utf-8")) or {}
    known, there = set(_flat(listed)), set(_flat(gaps))
    assert known - there == set(), "understood by now: strike them off known_gaps.yml (UPDATE=1 does)"
    assert there - known == set(), (
        "not understood any more, or new: see to them, or list them (UPDATE=1 does)"
    )


def _flat(gaps: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, str, str]]:
    for what, by_file in gaps.items():
        for file, texts in by_file.items():
            yield from ((what, file, text) for text in texts)


@pytest.mark.parametrize(("language", "what"), FLOORS)
def test_no_less_is_understood_than_the_floor(understood, language, what):
    asked = [
        what not in missed(one, heard)
        for one, heard in understood.items()
        if one.language == language and (what != "aspect" or one.aspect is not None)
    ]
    share = sum(asked) / len(asked)
    print(f"{language} {what}: {share:.1%} of {len(asked)}")
    assert share >= FLOORS[language, what]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_hardly_anything_is_surely_taken_for_another_service(understood, language):
    wrong = [
        heard.service != one.service and heard.confidence >= 0.5
        for one, heard in understood.items()
        if one.language == language
    ]
    assert sum(wrong) / len(wrong) <= SURELY_WRONG


def test_no_sentence_is_tested_twice_or_was_taught(model):
    from bot.engine.components.normalise import normal
    from bot.engine.importer import CatalogueImporter

    data = Path(__file__).resolve().parents[3] / "data"
    taught = {
        normal(e.get("text"))
        for e in CatalogueImporter("config.yml", None, [str(data)]).get_nlu_data().intent_examples
    }
    texts = [normal(one.text) for one in sentences()]
    assert len(texts) == len(set(texts))
    assert not set(texts) & taught
