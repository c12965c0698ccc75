"""What Rasa calls: a step for every intent, and a turn that is done once however often it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import bot
from actions.conversation import Understood
from actions.dialogue import CHANNEL_MOVES, MOVES
from actions.records import turns
from actions.records.database import Database
from actions.records.encryption import Cipher, new_key
from actions.steps import Said, apply
from actions.steps.step import understood
from bot.catalogue import Catalogue, load
from bot.words import Say
from tests import sample
from tests.clock import Clock

ROOT = Path(bot.__file__).parents[1]
DOMAIN = yaml.safe_load((ROOT / "bot/engine/domain.yml").read_text(encoding="utf-8"))
RULES = yaml.safe_load((ROOT / "data/rasa/rules.yml").read_text(encoding="utf-8"))["rules"]
BIN = Understood("report a missed bin", "request", 0.9, (("missed_bin", 0.9),))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(on=Clock()().date())


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'doorstep.sqlite3'}", Cipher([new_key()]))
    opened.migrate()
    yield opened
    opened.close()


def do(database: Database, turn: str, intent: str, meant: Understood, catalogue: Catalogue) -> Said:
    clock = Clock()
    return database.run_now(
        apply,
        turn,
        MOVES[intent],
        meant,
        catalogue=catalogue,
        today=clock().date(),
        now=clock(),
        destinations={},
    )


def test_the_engine_and_the_dialogue_know_the_same_intents() -> None:
    intents = {next(iter(intent)) for intent in DOMAIN["intents"]}
    assert intents == set(MOVES)
    assert set(DOMAIN["actions"]) == {f"action_{intent}" for intent in MOVES}


def test_every_intent_has_one_rule_that_leads_to_its_step() -> None:
    led = {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in RULES}
    assert led == {intent: f"action_{intent}" for intent in MOVES}


def test_a_channel_may_ask_for_a_move_that_the_engine_knows_only_under_its_own_name() -> None:
    for name in MOVES.keys() & CHANNEL_MOVES.keys():
        assert name in {"person", "back", "repeat", "help"}


def test_a_turn_that_is_done_twice_is_done_once(database: Database, catalogue: Catalogue) -> None:
    turn = database.run_now(lambda session: sample.remember(session, Clock()()))
    first = do(database, turn.id, "request", BIN, catalogue)
    again = do(database, turn.id, "goodbye", Understood("bye", "goodbye", 1.0), catalogue)
    assert again == first
    state = database.run_now(turns.load, turn.id).state
    assert state.asking == "question"


def test_a_turn_that_was_never_remembered_is_an_error(database: Database, catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        do(database, "no-such-turn", "request", BIN, catalogue)


def test_a_picture_that_came_with_words_is_named_before_the_answer(
    database: Database, catalogue: Catalogue
) -> None:
    turn = database.run_now(lambda session: sample.remember(session, Clock()()))
    meant = Understood(BIN.text, "request", 0.9, BIN.services, media=1)
    said = do(database, turn.id, "request", meant, catalogue)
    assert said.words[0] == Say(catalogue.phrase("talk.media_too", "en"))


def test_a_message_of_the_engine_is_read() -> None:
    message = {
        "text": "how much is it",
        "intent": {"name": "ask", "confidence": 0.8},
        "entities": [
            {"entity": "service", "value": "missed_bin", "confidence": 0.7},
            {"entity": "service", "value": "pothole", "confidence": 0.1},
            {"entity": "aspect", "value": "cost", "confidence": 0.9},
        ],
        "metadata": {"turn": "t", "manner": "spoken", "media": 2},
    }
    assert understood(message) == Understood(
        "how much is it",
        "ask",
        0.8,
        (("missed_bin", 0.7), ("pothole", 0.1)),
        aspect="cost",
        manner="spoken",
        media=2,
    )


def test_a_message_that_says_nothing_is_unclear() -> None:
    assert understood({"text": None, "intent": {"name": None}, "metadata": {}}) == Understood(
        "", "unclear", 0.0
    )
