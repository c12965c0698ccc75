"""What Rasa is taught: the catalogue and data/rasa, and a domain that services do not touch."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml

from bot.engine.importer import CONTROLS, CatalogueImporter
from bot.engine.labels import labels_of

ROOT = Path(__file__).resolve().parents[3]
OPT_OUT_WORDS = {"stop", "stopall", "unsubscribe", "end", "quit", "cancel", "revoke", "optout", "opt out"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The content with one service."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    for path in (folder / "services").glob("*.yml"):
        if path.stem != "missed_bin":
            path.unlink()
    return folder


def add_a_service(data: Path) -> None:
    content = (data / "services/missed_bin.yml").read_text(encoding="utf-8")
    (data / "services/lost_cat.yml").write_text(
        content.replace("id: missed_bin", "id: lost_cat"), encoding="utf-8"
    )


def read(data: Path, overlay: Path | None = None) -> CatalogueImporter:
    return CatalogueImporter("config.yml", None, [str(path) for path in (data, overlay) if path])


def test_a_new_service_does_not_make_the_domain_grow(data):
    before, taught = read(data).get_domain().as_dict(), len(read(data).get_nlu_data().intent_examples)
    add_a_service(data)
    assert read(data).get_domain().as_dict() == before
    assert len(read(data).get_nlu_data().intent_examples) > taught


def test_every_intent_has_one_action_and_one_rule(data):
    domain = read(data).get_domain()
    rules = read(data).get_stories().story_steps
    ours = [action for action in domain.user_actions if action.startswith("action_")]
    assert {f"action_{intent}" for intent in domain.intents if intent in CONTROLS.values()} <= set(ours)
    assert sorted(rule.block_name for rule in rules) == sorted(
        action.removeprefix("action_") for action in ours
    )


def test_a_phrasing_teaches_intent_service_and_aspect(data):
    examples = read(data).get_nlu_data().intent_examples
    found = {e.get("text"): (e.get("intent"), dict(labels_of(e))) for e in examples}
    assert found["You missed my bin"] == ("request", {"service": "missed_bin"})
    assert found["Do I pay for you to come back for my bin?"] == (
        "ask",
        {"service": "missed_bin", "aspect": "cost"},
    )
    assert found["yn ôl"] == ("back", {"exact": True})
    assert found["how much is it"] == ("ask", {"aspect": "cost"})


def test_an_overlay_replaces_what_we_say(data, tmp_path):
    overlay = tmp_path / "ours"
    (overlay / "rasa").mkdir(parents=True)
    (overlay / "rasa/nlu.yml").write_text(
        'version: "3.1"\nnlu:\n  - intent: greet\n    examples: |\n      - ay up\n', encoding="utf-8"
    )
    texts = {e.get("text") for e in read(data, overlay).get_nlu_data().intent_examples}
    assert "ay up" in texts
    assert "hello council" not in texts


def test_rasa_finds_nothing_of_its_own_elsewhere_in_the_content():
    for path in (ROOT / "data").rglob("*.yml"):
        if path.parent.name != "rasa":
            content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
            assert not {"rules", "stories", "responses", "nlu", "intents"} & set(content), path


def test_every_control_has_words_in_both_languages():
    hears = yaml.safe_load((ROOT / "data/phrases/controls.yml").read_text(encoding="utf-8"))["hears"]
    assert set(hears) == set(CONTROLS)
    assert all(words[language] for words in hears.values() for language in ("en", "cy"))


def test_nobody_is_taught_to_text_a_word_that_opts_them_out(data):
    for taught in read(data).get_nlu_data().intent_examples:
        assert taught.get("text").strip(" .!?").casefold() not in OPT_OUT_WORDS


def test_no_exact_words_mean_two_things(data):
    from bot.engine.components.normalise import normal

    meanings: dict[str, set[str]] = {}
    for taught in read(data).get_nlu_data().intent_examples:
        if labels_of(taught).get("exact"):
            meanings.setdefault(normal(taught.get("text")), set()).add(taught.get("intent"))
    assert {words: intents for words, intents in meanings.items() if len(intents) > 1} == {}


def test_every_intent_but_none_is_taught_in_both_languages():
    counted = Counter(e.get("intent") for e in read(ROOT / "data").get_nlu_data().intent_examples)
    domain = read(ROOT / "data").get_domain()
    ours = {action.removeprefix("action_") for action in domain.user_actions if action.startswith("action_")}
    assert all(counted[intent] >= 10 for intent in ours)
