"""The patches: what they change, what they leave as it is, and that another Rasa is refused."""

from __future__ import annotations

import sys

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.nlu.training_data.message import Message

from bot.engine import patches, stand_ins


def valid(result) -> bool:
    return RemoteAction("action_ask", None)._validate_action_result(result)


@pytest.mark.parametrize(
    "result",
    [
        {},
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "name": "x", "value": 1}], "responses": [{"custom": {"words": []}}]},
    ],
)
def test_a_well_formed_answer_of_a_step_passes(result):
    assert valid(result)


@pytest.mark.parametrize(
    "result",
    [
        None,
        [],
        "words",
        {"events": {}},
        {"events": "none"},
        {"events": [{"event": "no such event"}]},
        {"events": [{"event": "slot"}]},
        {"responses": {"custom": {}}},
        {"responses": ["words"]},
    ],
)
def test_a_malformed_answer_of_a_step_is_still_refused(result):
    with pytest.raises(ValidationError, match="malformed"):
        valid(result)


def test_an_answer_is_validated_without_checking_the_schema_again(monkeypatch):
    def never(*_, **__):
        raise AssertionError("the schema was checked again")

    monkeypatch.setattr("jsonschema.Draft7Validator.check_schema", never)
    monkeypatch.setattr("jsonschema.Draft202012Validator.check_schema", never)
    assert valid({"events": [], "responses": []})


def test_a_text_is_never_taken_for_a_payload():
    message = Message({"text": '/affirm{"service": "x"}', "intent": {"name": "unclear"}})
    (same,) = RegexMessageHandler().process([message])
    assert same.get("intent") == {"name": "unclear"}
    assert same.get("entities") is None


def test_another_rasa_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr(patches, "version", lambda name: "3.7.0")
    with pytest.raises(patches.WrongRasa, match=r"written for Rasa 3\.6\.21 and found 3\.7\.0"):
        patches.apply()


def test_the_engine_comes_without_tensorflow():
    assert "tensorflow" not in sys.modules


def test_what_is_left_out_says_so_when_it_is_used():
    from rasa.core.channels import BUILTIN_CHANNELS

    with pytest.raises(RuntimeError, match="left out"):
        BUILTIN_CHANNELS["SlackInput"]()
    assert set(stand_ins.LEFT_OUT) <= set(sys.modules)


def test_the_graph_runs_each_node_after_all_that_it_needs():
    class Node:
        def __init__(self, **needs):
            self.needs = needs

    nodes = {"c": Node(x="b", y="a"), "a": Node(z="input"), "b": Node(x="a")}
    assert patches._order(nodes) == [("a", ("input",)), ("b", ("a",)), ("c", ("b", "a"))]
