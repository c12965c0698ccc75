"""The answers to what the dialogue itself asks: shall we do this, which of these do you mean."""

from __future__ import annotations

from dataclasses import replace

from actions.answers.kind import Refusal, Value
from actions.conversation import Outcome, State, Understood
from actions.dialogue import closed, following, inviting, subject, telling
from actions.dialogue.circumstances import Circumstances
from actions.dialogue.unclear import failed, hand_over
from actions.dialogue.waiting import menus, offered, pick
from bot.catalogue import Service
from bot.words import Choose, End, Problem


def chosen(asked: Choose | None, understood: Understood, state: State, at: Circumstances) -> Value:
    """What was chosen; None where the words choose nothing."""
    value = closed.answer(asked, at.heard(understood, state)) if asked is not None else None
    return None if isinstance(value, Refusal) else value


def not_one_of_these(state: State, at: Circumstances) -> Outcome:
    problem = Problem(at.phrase("talk.closed_unclear", state), "choice:unclear")
    return failed(state, (problem,), at, "form_refusal")


def offer_answered(state: State, understood: Understood, at: Circumstances) -> Service | Outcome:
    """The service to start, or what a no comes to."""
    value = chosen(offered(state, at), understood, state, at)
    if value is None:
        return _something_else(state, understood, at)
    over = replace(state, asking=None, choices=(), failures=0)
    if value is True:
        service = at.catalogue.services.get(state.choices[0]) if state.choices else None
        return service or Outcome(*inviting.welcome(over, at, "talk.go_ahead"), "control")
    if not state.choices:
        return Outcome(over, (End(at.phrase("talk.goodbye", state)),), "control")
    declined = replace(over, later=tuple(name for name in state.later if name != state.choices[0]))
    outcome = following.offer_next(declined, (at.say("talk.offer_refused", state),), at, "answered")
    if outcome is not None:
        return outcome
    after, words = inviting.anything_else(declined, at)
    return Outcome(after, (at.say("talk.offer_refused", state), *words), "answered")


def picked(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """What the chosen service publishes, and the offer to do it; or the next menu; or other words."""
    value = chosen(pick(state, at), understood, state, at)
    if value is None:
        return _something_else(state, understood, at)
    over = replace(state, asking=None, choices=(), failures=0)
    service = at.catalogue.services.get(str(value))
    if service is not None:
        return telling.offer(over, service, telling.guidance(service, None, over, at), at, "answered")
    menu = inviting.next_menu(state, at)
    if menu is not None:
        return Outcome(*menu, "control")
    if state.choices in menus(at):
        return Outcome(over, (hand_over(state, at, "talk.person", "nothing_on_the_menu"),), "person")
    if at.door == "voice":
        return Outcome(*inviting.menu(over, at), "control")
    return Outcome(over, (at.say("talk.say_it_another_way", state),), "control")


def _something_else(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """Words that choose nothing: another subject, if they name one for sure."""
    if understood.services and understood.services[0][1] >= subject.SURE:
        return telling.ask(replace(state, asking=None, choices=()), understood, at)
    return not_one_of_these(state, at)
