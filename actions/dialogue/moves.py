"""The moves, by the engine's intents and by the channels' own controls. A list to be read, not found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from actions.conversation import Label, Outcome, State, Understood
from actions.dialogue import controls, inviting, opening, renewing, requesting, telling, unclear, unreadable
from actions.dialogue.circumstances import Circumstances
from actions.dialogue.waiting import waiting_words

FAILED: frozenset[Label] = frozenset({"asked_back", "declined", "form_refusal", "silence"})
"""Turns that brought nobody further. Any other one ends a row of failures."""

Move = Callable[[State, Understood, Circumstances], Outcome]


def _answer(state: State, understood: Understood, at: Circumstances) -> Outcome:
    if state.asking == "language":
        return opening.chosen_language(state, understood, at)
    return requesting.answer(state, understood, at)


def whole(move: Move, *, about_the_question: bool = False) -> Move:
    """A move as a turn takes it: under the content in force, and with what was said kept for "say that again".

    `about_the_question` is True for moves that speak to the question that waits: where content has taken that
    question away, the person is told and asked anew instead.
    """

    def turn(state: State, understood: Understood, at: Circumstances) -> Outcome:
        now, told = renewing.up_to_date(state, at)
        if told and about_the_question and _asked(now) != _asked(state):
            outcome = _asked_anew(now, at)
        else:
            outcome = move(now, understood, at)
        if not outcome.words:
            return outcome
        if outcome.state.language != state.language:
            _, told = renewing.up_to_date(replace(state, language=outcome.state.language), at)
        words = (*told, *outcome.words)
        failures = outcome.state.failures if outcome.label in FAILED else 0
        after = replace(outcome.state, last=words, said_in=outcome.state.language, failures=failures)
        return replace(outcome, state=after, words=words)

    return turn


def _asked(state: State) -> tuple[str, str | None]:
    """What waits for an answer. A list to be checked is another one under other content."""
    held = state.interview
    version = held.version if held is not None and state.asking != "question" else ""
    return f"{state.asking} {version}", None if held is None else held.at


def _asked_anew(state: State, at: Circumstances) -> Outcome:
    waiting = waiting_words(state, at)
    if waiting:
        return Outcome(state, waiting, "control")
    after, words = inviting.anything_else(state, at)
    return Outcome(after, words, "declined")


MOVES: Mapping[str, Move] = {
    "ask": whole(telling.ask),
    "request": whole(requesting.request),
    "answer": whole(_answer, about_the_question=True),
    "back": whole(requesting.back, about_the_question=True),
    "change": whole(requesting.change, about_the_question=True),
    "start_over": whole(controls.start_over),
    "repeat": whole(controls.repeat, about_the_question=True),
    "help": whole(controls.help_),
    "stop_for_now": whole(controls.stop_for_now),
    "carry_on": whole(controls.carry_on, about_the_question=True),
    "person": whole(controls.person),
    "status": whole(controls.status),
    "language": whole(controls.language),
    "greet": whole(controls.greet, about_the_question=True),
    "thank": whole(controls.thank),
    "goodbye": whole(controls.goodbye),
    "affirm": whole(controls.affirm, about_the_question=True),
    "deny": whole(controls.deny, about_the_question=True),
    "skip": whole(controls.skip, about_the_question=True),
    "unclear": whole(unclear.unclear, about_the_question=True),
}

CHANNEL_MOVES: Mapping[str, Move] = {
    "start": whole(opening.start, about_the_question=True),
    "language_chosen": whole(opening.chosen_language, about_the_question=True),
    "silence": whole(opening.silence, about_the_question=True),
    "opt_out": whole(opening.opted_out),
    "opt_in": whole(opening.opted_in),
    "hang_up": whole(opening.hung_up),
    "person": whole(controls.person),
    "back": whole(requesting.back, about_the_question=True),
    "repeat": whole(controls.repeat, about_the_question=True),
    "help": whole(controls.help_),
    "empty": whole(unreadable.empty),
    "no_words": whole(unreadable.no_words),
    "too_long": whole(unreadable.too_long),
    "media": whole(unreadable.media),
    "other_script": whole(unreadable.other_script),
}
"""Known before the engine is asked, and so answered even when it is down."""
