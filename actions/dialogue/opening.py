"""What a channel asks for by itself: a conversation opens, a line is silent, someone opts out or in."""

from __future__ import annotations

from dataclasses import replace

from actions.answers.kind import Refusal
from actions.conversation import Outcome, State, Understood
from actions.dialogue import closed, inviting
from actions.dialogue.circumstances import Circumstances
from actions.dialogue.controls import greet
from actions.dialogue.unclear import failed
from actions.dialogue.waiting import which_language


def start(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """A page is opened or a call begins. A call asks for the language first: nothing else says which."""
    if at.door != "voice" or state.asking is not None:
        return greet(state, understood, at)
    after = replace(state, asking="language")
    return Outcome(after, (which_language(after, at),), "control")


def chosen_language(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """The answer to "which language?"."""
    value = closed.answer(which_language(state, at), at.heard(understood, state))
    if isinstance(value, Refusal) or value not in ("en", "cy"):
        return failed(state, (at.say("talk.closed_unclear", state),), at, "form_refusal")
    after = replace(state, language="cy" if value == "cy" else "en", failures=0)
    return Outcome(*inviting.welcome(after, at), "language")


def silence(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """Nothing was said or keyed: the question again, or a menu of keys; after the third time a person."""
    return failed(state, (at.say("talk.silence", state),), at, "silence")


def opted_out(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """The provider itself has told the person; one more word from us would break the promise."""
    return Outcome(replace(state, asking=None, choices=()), (), "control")


def opted_in(state: State, understood: Understood, at: Circumstances) -> Outcome:
    return Outcome(*inviting.welcome(state, at, "talk.opted_in"), "control")


def hung_up(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """Nobody hears us any more: the answers stay."""
    return Outcome(replace(state, asking=None, choices=()), (), "control")
