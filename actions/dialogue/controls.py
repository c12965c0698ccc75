"""What works at any point: help, repeat, start over, stop and carry on, a person, the other language; and manners."""

from __future__ import annotations

from dataclasses import replace

from actions import interview
from actions.answers.hearing import fold
from actions.answers.lexicon import word_set
from actions.conversation import Outcome, State, Understood
from actions.dialogue import inviting, requesting
from actions.dialogue.circumstances import Circumstances
from actions.dialogue.unclear import hand_over, not_understood
from actions.dialogue.waiting import in_request, waiting_words
from bot.words import End, Language, Say, Words

_ENGLISH = word_set("english saesneg seisneg saesnag")
_WELSH = word_set("welsh cymraeg gymraeg nghymraeg cymrag")
"""The languages' names as people write them, with Welsh's changes of the first letter."""


def help_(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """What can be said; in a request first why its question is asked, and how to answer it."""
    waiting = waiting_words(state, at)
    if not in_request(state):
        return Outcome(state, (at.say("talk.help", state), *waiting), "control")
    return Outcome(
        state, (*_on_the_question(state, at), at.say("talk.help_here", state), *waiting), "control"
    )


def _on_the_question(state: State, at: Circumstances) -> tuple[Words, ...]:
    held = state.interview
    service = at.catalogue.services.get(held.service) if held is not None else None
    question = interview.waiting(service, held) if held is not None and service is not None else None
    if question is None or state.asking != "question":
        return ()
    purpose = question.keep.purpose[state.language].rstrip(".")
    words: tuple[Words, ...] = (at.say("talk.why", state, purpose=purpose[:1].lower() + purpose[1:]),)
    hint = question.hint.get(state.language)
    # A call leaves out a hint that is written to be read, until somebody asks for help.
    if hint is not None and hint.spoken is None and at.door == "voice":
        words += (Say(hint),)
    return words


def repeat(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """What was said last, again: in the language of now."""
    if state.last and state.said_in == state.language:
        return Outcome(state, state.last, "control")
    waiting = waiting_words(state, at)
    if waiting:
        return Outcome(state, waiting, "control")
    return Outcome(*inviting.welcome(state, at), "control")


def start_over(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """The request from its first question, with nothing of it kept; the welcome where there is no request."""
    held = state.interview
    service = at.catalogue.services.get(held.service) if held is not None else None
    fresh = replace(state, interview=None, asking=None, service=None, choices=(), failures=0)
    if service is None:
        return Outcome(*inviting.welcome(fresh, at), "control")
    after = replace(fresh, interview=interview.begin(service), service=service.id, asking="question")
    return Outcome(after, (at.say("talk.started_over", state), *waiting_words(after, at)), "control")


def stop_for_now(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """The answers are kept, and nothing is asked until the person comes back."""
    after = replace(state, asking=None, choices=(), failures=0)
    return Outcome(after, (End(at.phrase(_how_it_stands(state), state)),), "control")


def _how_it_stands(state: State) -> str:
    held = state.interview
    if held is None:
        return "talk.nothing_to_stop"
    return "talk.stopped" if held.answers else "talk.stopped_at_once"


def carry_on(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """Back to what was left: what waits, or the request that was stopped."""
    waiting = waiting_words(state, at)
    if waiting:
        return Outcome(state, waiting, "control")
    resumed = _resumed(state, at)
    if resumed is not None:
        return resumed
    after, words = inviting.welcome(state, at, "talk.go_ahead")
    return Outcome(after, (at.say("talk.nothing_to_carry_on", state), *words), "control")


def person(state: State, understood: Understood, at: Circumstances) -> Outcome:
    return _handed_over(state, at, "talk.person", "asked")


def status(state: State, understood: Understood, at: Circumstances) -> Outcome:
    return _handed_over(state, at, "talk.status", "status")


def language(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """The language that is named, from now on, or the other one where none is; what waits is put again in it."""
    after = replace(state, language=_named(understood.text) or _other(state.language), failures=0)
    changed = at.say("talk.language_changed", after)
    waiting = waiting_words(after, at) if after.asking != "language" else ()
    if waiting:
        return Outcome(after, (changed, *waiting), "language")
    after, words = inviting.welcome(after, at)
    return Outcome(after, (changed, *words), "language")


def _named(text: str) -> Language | None:
    words = set(fold(text).split())
    english, welsh = bool(words & _ENGLISH), bool(words & _WELSH)
    if english == welsh:
        return None
    return "en" if english else "cy"


def _other(language: Language) -> Language:
    return "cy" if language == "en" else "en"


def greet(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """Hello: what waits, the request that was left, or the welcome."""
    waiting = waiting_words(state, at)
    if waiting:
        return Outcome(state, waiting, "control")
    return _resumed(state, at) or Outcome(*inviting.welcome(state, at), "control")


def affirm(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """A yes that answers no closed question: to "is there anything else?", or to a request that was left."""
    if state.asking is not None:
        return requesting.answer(state, understood, at)
    resumed = None if inviting.asked_openly(state) else _resumed(state, at)
    return resumed or Outcome(*inviting.welcome(state, at, "talk.go_ahead"), "control")


def deny(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """A no that answers no closed question: there is nothing else."""
    if state.asking is not None:
        return requesting.answer(state, understood, at)
    return Outcome(replace(state, failures=0), (End(at.phrase("talk.goodbye", state)),), "control")


def thank(state: State, understood: Understood, at: Circumstances) -> Outcome:
    waiting = waiting_words(state, at)
    if waiting:
        return Outcome(state, waiting, "control")
    after, words = inviting.anything_else(state, at)
    return Outcome(after, (at.say("talk.thanks", state), *words), "control")


def goodbye(state: State, understood: Understood, at: Circumstances) -> Outcome:
    if in_request(state):
        return stop_for_now(state, understood, at)
    after = replace(state, asking=None, choices=(), failures=0)
    return Outcome(after, (End(at.phrase("talk.goodbye", state)),), "control")


def skip(state: State, understood: Understood, at: Circumstances) -> Outcome:
    return requesting.answer(state, understood, at) if state.asking is not None else not_understood(state, at)


def _resumed(state: State, at: Circumstances) -> Outcome | None:
    """The request that was left last, at the question where it was left; None if none was."""
    left = [state.interview] if state.interview is not None else list(reversed(state.aside))
    for one in left:
        service = at.catalogue.services.get(one.service)
        if service is not None and service.takes_requests:
            return replace(requesting.start(state, service, at), label="control")
    return None


def _handed_over(state: State, at: Circumstances, phrase: str, reason: str) -> Outcome:
    words: tuple[Words, ...] = (hand_over(state, at, phrase, reason),)
    # A call goes to the person; elsewhere the question stands.
    if at.door != "voice":
        words += waiting_words(state, at)
    return Outcome(replace(state, failures=0), words, "person")
