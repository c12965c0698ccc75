"""What works at any point: help, repeat, start over, stop for now, a person, the other language; and manners."""

from __future__ import annotations

from dataclasses import replace

from actions import interview
from actions.conversation import Outcome, State, Understood
from actions.dialogue import requesting
from actions.dialogue.circumstances import Circumstances
from actions.dialogue.unclear import hand_over, not_understood
from actions.dialogue.waiting import waiting_words
from bot.words import End, Words


def help_(state: State, understood: Understood, at: Circumstances) -> Outcome:
    return _said(state, (at.say("talk.help", state), *waiting_words(state, at)))


def repeat(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """What was said last, again: in the language of now."""
    return _said(state, state.last or (at.say("talk.nothing_to_repeat", state),))


def start_over(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """The request from its first question, with nothing kept; the greeting where there is no request."""
    held = state.interview
    fresh = State(language=state.language)
    service = at.catalogue.services.get(held.service) if held is not None else None
    before = (at.say("talk.started_over", state),)
    if service is None:
        return _said(fresh, (*before, at.say("talk.welcome", state)))
    begun = interview.begin(service)
    after = replace(fresh, interview=begun, service=service.id, asking="question", later=state.later)
    return _said(after, (*before, *waiting_words(after, at)))


def stop_for_now(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """The answers are kept, and nothing is asked until the person comes back."""
    key = "talk.stopped" if state.interview is not None else "talk.nothing_to_stop"
    return _said(replace(state, asking=None, choices=(), failures=0), (End(at.phrase(key, state)),))


def person(state: State, understood: Understood, at: Circumstances) -> Outcome:
    words: tuple[Words, ...] = (hand_over(state, at, "talk.person", "asked"),)
    if at.door != "voice":
        words += waiting_words(state, at)
    return replace(_said(replace(state, failures=0), words), label="person")


def status(state: State, understood: Understood, at: Circumstances) -> Outcome:
    words: tuple[Words, ...] = (hand_over(state, at, "talk.status", "status"),)
    if at.door != "voice":
        words += waiting_words(state, at)
    return replace(_said(state, words), label="person")


def language(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """The other language, from now on; what waits is put again in it."""
    after = replace(state, language="cy" if state.language == "en" else "en", failures=0)
    waiting = waiting_words(after, at) if after.asking != "language" else ()
    if not waiting:
        after = replace(after, asking=None)
        waiting = (at.say("talk.welcome", after),)
    words = (at.say("talk.language_changed", after), *waiting)
    return replace(_said(after, words), label="language")


def greet(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """Hello: the welcome, or the request that was left."""
    if state.asking is not None:
        return _said(state, waiting_words(state, at))
    return carry_on(state, understood, at) or _said(state, (at.say("talk.welcome", state),))


def affirm(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """A yes that answers nothing: a request that was left is what it can mean."""
    return carry_on(state, understood, at) or not_understood(state, at)


def deny(state: State, understood: Understood, at: Circumstances) -> Outcome:
    return _said(replace(state, failures=0), (End(at.phrase("talk.goodbye", state)),))


def thank(state: State, understood: Understood, at: Circumstances) -> Outcome:
    waiting = waiting_words(state, at)
    return _said(state, waiting or (at.say("talk.thanks", state),))


def goodbye(state: State, understood: Understood, at: Circumstances) -> Outcome:
    if state.interview is not None:
        return stop_for_now(state, understood, at)
    return _said(replace(state, asking=None, choices=()), (End(at.phrase("talk.goodbye", state)),))


def skip(state: State, understood: Understood, at: Circumstances) -> Outcome:
    return requesting.answer(state, understood, at) if state.asking is not None else not_understood(state, at)


def carry_on(state: State, understood: Understood, at: Circumstances) -> Outcome | None:
    held = state.interview
    service = at.catalogue.services.get(held.service) if held is not None else None
    return None if service is None else requesting.start(state, service, at)


def _said(state: State, words: tuple[Words, ...]) -> Outcome:
    return Outcome(replace(state, last=words), words, "control")
