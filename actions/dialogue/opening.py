"""What a channel asks for by itself: a conversation opens, a line is silent, someone opts out or in."""

from __future__ import annotations

from dataclasses import replace

from actions.answers.kind import Refusal
from actions.conversation import Outcome, State, Understood
from actions.dialogue import closed
from actions.dialogue.circumstances import Circumstances
from actions.dialogue.controls import greet
from actions.dialogue.unclear import failed
from actions.dialogue.waiting import waiting_words, which_language
from bot.words import Words


def start(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """A page is opened or a call begins. A call asks for the language first: nothing else says which."""
    if at.door != "voice" or state.asking is not None:
        return greet(state, understood, at)
    after = replace(state, asking="language")
    words: tuple[Words, ...] = (which_language(after, at),)
    return Outcome(replace(after, last=words), words, "control")


def chosen_language(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """The answer to "which language?"."""
    value = closed.answer(which_language(state, at), at.heard(understood, state))
    if isinstance(value, Refusal) or value not in ("en", "cy"):
        return failed(state, (at.say("talk.closed_unclear", state),), at, "form_refusal")
    after = replace(state, language="cy" if value == "cy" else "en", asking=None, failures=0)
    words: tuple[Words, ...] = (at.say("talk.welcome", after),)
    return Outcome(replace(after, last=words), words, "language")


def silence(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """Nothing was said or keyed; after the third time a person takes over."""
    outcome = failed(state, (at.say("talk.silence", state),), at, "silence")
    if outcome.label == "person" or waiting_words(state, at):
        return outcome
    words = (*outcome.words, at.say("talk.welcome", state))
    return replace(outcome, words=words, state=replace(outcome.state, last=words))


def opted_out(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """The provider itself has told the person; one more word from us would break the promise."""
    return Outcome(replace(state, asking=None), (), "control")


def opted_in(state: State, understood: Understood, at: Circumstances) -> Outcome:
    words = (at.say("talk.opted_in", state),)
    return Outcome(replace(state, last=words), words, "control")


def hung_up(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """Nobody hears us any more: the answers stay."""
    return Outcome(replace(state, asking=None), (), "control")
