"""The moves, by the engine's intents and by the channels' own controls. A list to be read, not found."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from actions.conversation import Outcome, State, Understood
from actions.dialogue import controls, opening, requesting, telling, unclear, unreadable
from actions.dialogue.circumstances import Circumstances

Move = Callable[[State, Understood, Circumstances], Outcome]


def answer(state: State, understood: Understood, at: Circumstances) -> Outcome:
    if state.asking == "language":
        return opening.chosen_language(state, understood, at)
    return requesting.answer(state, understood, at)


MOVES: Mapping[str, Move] = {
    "ask": telling.ask,
    "request": requesting.request,
    "answer": answer,
    "back": requesting.back,
    "change": requesting.change,
    "start_over": controls.start_over,
    "repeat": controls.repeat,
    "help": controls.help_,
    "stop_for_now": controls.stop_for_now,
    "person": controls.person,
    "status": controls.status,
    "language": controls.language,
    "greet": controls.greet,
    "thank": controls.thank,
    "goodbye": controls.goodbye,
    "affirm": controls.affirm,
    "deny": controls.deny,
    "skip": controls.skip,
    "unclear": unclear.unclear,
}

CHANNEL_MOVES: Mapping[str, Move] = {
    "start": opening.start,
    "silence": opening.silence,
    "opt_out": opening.opted_out,
    "opt_in": opening.opted_in,
    "hang_up": opening.hung_up,
    "person": controls.person,
    "back": requesting.back,
    "repeat": controls.repeat,
    "help": controls.help_,
    "empty": unreadable.empty,
    "no_words": unreadable.no_words,
    "too_long": unreadable.too_long,
    "media": unreadable.media,
    "other_script": unreadable.other_script,
}
"""Known before the engine is asked, and so answered even when it is down."""
