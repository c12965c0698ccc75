"""Every phrase of ours, read for the channel that says it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import actions.dialogue
from actions.answers.hearing import fold
from actions.conversation import State
from bot.catalogue import Catalogue, load
from bot.words import LANGUAGES, Language
from tests.actions.dialogue.talking import TODAY, Talk

KEYS = sorted(key for key in load(on=TODAY).phrases if key.startswith("talk."))
NOT_ON_A_CALL = {"talk.empty", "talk.no_words", "talk.too_long", "talk.media", "talk.media_too"}
NOT_ON_A_CALL |= {"talk.other_script", "talk.opted_in", "talk.topics", "talk.say_it_another_way"}
HANDS = re.compile(r"\b(type|click|tap|reply|teipi\w*|clici\w*|atebwch yd)\b", re.I)
KEYPAD = re.compile(r"\b(press|hash|pwys(?:o|wch)|seren)\b", re.I)
OPT_OUTS = re.compile(r"\b(STOP|STOPALL|UNSUBSCRIBE|END|QUIT|CANCEL|REVOKE|OPTOUT)\b(?! FOR NOW)")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [key for key in KEYS if key not in NOT_ON_A_CALL])
def test_nobody_is_told_to_type_on_a_telephone(catalogue: Catalogue, key: str, language: Language) -> None:
    spoken = catalogue.phrases[key][language].for_speech
    assert not HANDS.search(spoken), spoken
    assert "- " not in spoken


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_nobody_is_told_to_press_keys_in_writing(catalogue: Catalogue, key: str, language: Language) -> None:
    wording = catalogue.phrases[key][language]
    assert not KEYPAD.search(wording.text), wording.text
    assert not KEYPAD.search(wording.for_text_message), wording.short


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_nobody_is_taught_to_text_a_word_that_opts_out(
    catalogue: Catalogue, key: str, language: Language
) -> None:
    text = catalogue.phrases[key][language].for_text_message
    assert not OPT_OUTS.search(text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_we_teach_people_to_say_is_heard(catalogue: Catalogue, language: Language) -> None:
    known = {
        _folded(word)
        for by_language in catalogue.hears.values()
        for words in by_language.values()
        for word in words
    }
    taught = set(re.findall(r'"([^"]+)"', catalogue.phrases["talk.help"][language].text))
    taught |= set(re.findall(r'"([^"]+)"', catalogue.phrases["talk.stopped"][language].text))
    short = " ".join(
        catalogue.phrases[key][language].for_text_message
        for key in ("talk.help", "talk.help_here", "talk.stopped", "talk.starting", "talk.welcome")
    )
    taught |= set(re.findall(r"\b[A-Z]{2,}(?: [A-Z]+)*\b", short))
    assert taught
    assert {word for word in taught if _folded(word) not in known} == set()


def test_every_phrase_that_the_dialogue_says_exists_and_every_one_is_said(catalogue: Catalogue) -> None:
    root = Path(actions.dialogue.__file__).parents[2]
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("actions", "channels")
        for path in (root / folder).rglob("*.py")
    )
    said = set(re.findall(r'"(talk\.[a-z_]+)"', source))
    assert said == set(KEYS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_can_be_filled(catalogue: Catalogue, language: Language) -> None:
    values = dict.fromkeys(
        ("title", "topics", "labels", "shown", "spoken", "owner", "recipients", "most", "purpose"), "x"
    )
    at = Talk(catalogue).at()
    for key in KEYS:
        assert "{" not in at.phrase(key, State(language=language), **values).text


def _folded(text: str) -> str:
    return fold(text)
