"""A thread as its page shows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.words import Ask, Problem, Say, Wording, Words
from channels.channel import Exchange
from channels.webchat.channel import WebChat
from channels.webchat.thread import Thread, entries, exchange_id

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
HELLO, POSTCODE = Say(Wording("Hello.")), Ask("postcode", "postcode", Wording("What is your postcode?"))
NAME = Ask("name", "name", Wording("What is your name?"))
WRONG = Problem(Wording("Enter a full postcode"), "postcode:incomplete")
PUSHED = Say(Wording("Your bin was emptied."))


def thread(*said_and_words: tuple[str, tuple[Words, ...]]) -> Thread:
    return Thread(
        tuple(
            Exchange(said, words, "en", START + timedelta(minutes=number))
            for number, (said, words) in enumerate(said_and_words)
        )
    )


def shown(channel: WebChat, held: Thread, start: int = 0) -> list[str]:
    return [
        entry.id.rpartition("-")[2]
        for entry in entries(held.exchanges, channel.rendering, channel.pages, start)
    ]


def test_what_waits_stands_in_the_form_and_not_in_the_log(channel: WebChat) -> None:
    held = thread(("", (HELLO,)), ("my bin", (HELLO, POSTCODE)))
    assert held.waiting == POSTCODE
    assert shown(channel, held) == ["reply", "said", "reply"]


def test_a_question_joins_the_log_once_it_was_answered(channel: WebChat) -> None:
    held = thread(("", (HELLO,)), ("my bin", (POSTCODE,)), ("SW1A 1AA", (NAME,)))
    assert shown(channel, held) == ["reply", "said", "asked", "said"]
    assert shown(channel, held, start=1) == ["said", "asked", "said"]


def test_a_refusal_stands_at_the_box_with_what_was_typed(channel: WebChat) -> None:
    held = thread(("my bin", (POSTCODE,)), ("SE1", (WRONG, POSTCODE)))
    assert (held.problem, held.typed) == (WRONG, "SE1")
    assert shown(channel, held) == ["said", "asked", "said"]
    later = thread(("my bin", (POSTCODE,)), ("SE1", (WRONG, POSTCODE)), ("SE1 9GF", (NAME,)))
    assert (later.problem, later.typed) == (None, "")
    assert shown(channel, later)[-4:] == ["said", "problem", "asked", "said"]


def test_a_push_leaves_the_question_and_its_refusal_waiting(channel: WebChat) -> None:
    held = thread(("my bin", (POSTCODE,)), ("SE1", (WRONG, POSTCODE)), ("", (PUSHED,)))
    assert (held.waiting, held.problem, held.typed) == (POSTCODE, WRONG, "SE1")
    assert shown(channel, held) == ["said", "asked", "said", "reply"]


def test_a_late_answer_changes_the_entry_that_it_replaces(channel: WebChat) -> None:
    before, after = thread(("hi", (HELLO,))), thread(("hi", (PUSHED,)))
    ids = [
        [(entry.id, entry.digest) for entry in entries(held.exchanges, channel.rendering, channel.pages)][1]
        for held in (before, after)
    ]
    assert ids[0][0] == ids[1][0]
    assert ids[0][1] != ids[1][1]


def test_what_was_said_is_shown_as_said_and_not_as_markup(channel: WebChat) -> None:
    [said, _] = entries(thread(("<b>&\nhi", (HELLO,))).exchanges, channel.rendering, channel.pages)
    assert "&lt;b&gt;&amp;<br>hi" in said.html


def test_a_form_is_stale_once_another_question_waits() -> None:
    held = thread(("my bin", (POSTCODE,)), ("SW1A 1AA", (NAME,)))
    old, new = (exchange_id(exchange) for exchange in held.exchanges)
    assert held.stale(new, "Sam") is False
    assert held.stale(old, "SE1 9GF") is True
    assert held.stale(old, "SW1A 1AA") is None


def test_a_form_is_as_good_as_new_while_the_same_question_waits() -> None:
    held = thread(("my bin", (POSTCODE,)), ("SE1", (WRONG, POSTCODE)), ("", (PUSHED,)))
    for exchange in held.exchanges:
        assert held.stale(exchange_id(exchange), "SE1 9GF") is False
    assert held.stale("", "SE1 9GF") is False
    assert held.stale("m1999", "SE1 9GF") is False
