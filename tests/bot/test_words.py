"""Words survive the wire: what was said is what is stored, and what is said again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import words
from bot.words import (
    Ask,
    Choose,
    Confirm,
    End,
    HandOver,
    Link,
    MalformedWords,
    Option,
    Problem,
    Receipt,
    Row,
    Say,
    Source,
    Wording,
    asked,
    from_json,
    to_json,
)

WORDING = Wording("Which bin?", short="Bin?", spoken="Which bin was it?")

texts = st.text(max_size=12)
wordings = st.builds(Wording, texts, st.none() | texts, st.none() | texts)
sources = st.builds(Source, texts, texts, texts, texts)
options = st.builds(Option, texts, wordings, st.lists(texts, max_size=2).map(tuple))
rows = st.builds(Row, texts, wordings, wordings)
hints = st.none() | wordings


def several(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


BY_KIND = {
    Say: st.builds(Say, wordings, st.none() | sources),
    Problem: st.builds(Problem, wordings, texts),
    Ask: st.builds(Ask, texts, texts, wordings, hints, several(texts), st.booleans()),
    Choose: st.builds(Choose, texts, texts, wordings, several(options), hints, st.booleans()),
    Confirm: st.builds(Confirm, wordings, several(rows), several(options)),
    Link: st.builds(Link, texts, texts),
    Receipt: st.builds(Receipt, texts, texts, wordings, several(rows)),
    HandOver: st.builds(HandOver, wordings, texts, texts),
    End: st.builds(End, wordings),
}


def test_every_kind_of_words_is_tried_here() -> None:
    assert set(BY_KIND) == set(words.KINDS_OF_WORDS)


@given(st.lists(st.one_of(*BY_KIND.values()), max_size=4))
def test_words_come_back_from_json_as_they_went(said: list[words.Words]) -> None:
    assert from_json(json.loads(json.dumps(to_json(said)))) == tuple(said)


def test_a_default_is_not_written() -> None:
    assert to_json([Say(Wording("Hello."))]) == [{"is": "Say", "wording": {"text": "Hello."}}]


@pytest.mark.parametrize(
    ("data", "names"),
    [
        ({"is": "Shout", "wording": {"text": "Hello."}}, "Shout"),
        ({"wording": {"text": "Hello."}}, "None"),
        ({"is": "Say"}, "Say"),
        ({"is": "Say", "wording": "Hello."}, "Wording"),
        ({"is": "Say", "wording": {"text": "Hello.", "loud": True}}, "loud"),
    ],
)
def test_json_that_is_not_words_is_refused_by_place(data: dict[str, object], names: str) -> None:
    with pytest.raises(MalformedWords, match=names):
        from_json([data])


def test_the_full_form_does_where_another_is_missing() -> None:
    assert (WORDING.for_text_message, WORDING.for_speech) == ("Bin?", "Which bin was it?")
    assert (Wording("Bin?").for_text_message, Wording("Bin?").for_speech) == ("Bin?", "Bin?")


def test_the_last_question_is_the_one_that_waits() -> None:
    question = Ask("bin", "text", WORDING)
    assert asked([Say(WORDING), question]) == question
    assert asked([question, Say(WORDING), Choose("day", "choice", WORDING, ())]).question == "day"  # type: ignore[union-attr]
    assert asked([Say(WORDING), End(WORDING)]) is None
