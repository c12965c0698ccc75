"""A request, from its first question to its check list. One interview serves every service."""

from __future__ import annotations

from dataclasses import replace

from actions import interview
from actions.answers import KINDS
from actions.answers.kind import Refusal
from actions.conversation import Interview, Outcome, State, Understood
from actions.dialogue import choosing, finishing, inviting, renewing, subject, telling
from actions.dialogue.circumstances import Circumstances
from actions.dialogue.unclear import ask_back, failed, not_understood
from actions.dialogue.waiting import fits, in_request, waiting_words, which_to_change, yes_or_no
from bot.catalogue import Question, Service
from bot.words import Problem, Words

READ_BACK = ("postcode", "phone", "nino", "email", "reference")
"""Kinds that a recogniser often mishears and a finger mistypes: a call says them back, so that they can be
put right."""
STORIES = ("text", "long_text")
"""Kinds in which people tell what happened, and so may sound as if they asked for it anew."""


def request(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """Somebody wants something done."""
    service = subject.named(understood, at)
    here = subject.current(state, at)
    if in_request(state) and service in (None, here):
        return _in_the_middle(state, understood, at)
    if service is None:
        candidates = subject.candidates(understood, at)
        if candidates:
            return ask_back(state, candidates, at)
        if here is None:
            return not_understood(state, at)
        service = here
    if in_request(state):
        return _afterwards(state, service, at)
    return start(state, service, at)


def _in_the_middle(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """What sounds like the request that is under way already: an answer that tells the story, or impatience."""
    held = _held(state)
    service = at.catalogue.services[held.service]
    question = interview.waiting(service, held)
    tells = question is not None and state.asking == "question" and question.kind in STORIES
    if tells and fits(state, at.heard(understood, state), at):
        return _to_question(state, understood, at)
    if subject.named(understood, at) is None:
        return not_understood(state, at)
    words = (at.say("talk.answer_again", state), *waiting_words(state, at))
    return Outcome(replace(state, failures=0), words, "digression")


def start(state: State, service: Service, at: Circumstances, before: tuple[Words, ...] = ()) -> Outcome:
    """The service's first question, or the one that waits where it was begun already. Another request that
    is under way is put aside."""
    if not service.takes_requests:
        words = (at.say("talk.not_a_request", state), *telling.guidance(service, "how", state, at))
        return telling.offer(replace(state, failures=0), service, (*before, *words), at, "answered")
    title = service.title[state.language]
    left = {one.service: one for one in state.aside}
    if state.interview is not None and state.interview.answers:
        left[state.interview.service] = state.interview
    elif state.interview is not None:
        left.pop(state.interview.service, None)
    mine = left.pop(service.id, None)
    after = replace(state, aside=tuple(left.values()), later=tuple(n for n in state.later if n != service.id))
    if mine is not None:
        renewed, told = renewing.renew(service, mine, state, at)
        words = (*before, at.say("talk.carry_on", state, title=title), *told)
        return _next(after, service, renewed, words, at)
    words = (*before, at.say("talk.starting", state, title=title))
    return replace(_next(after, service, interview.begin(service), words, at), label="started")


def answer(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """An answer to what is being asked, whatever that is."""
    match state.asking:
        case "question":
            return _to_question(state, understood, at)
        case "review":
            return _to_review(state, understood, at)
        case "change":
            return _to_which(state, understood, at)
        case "offer":
            chosen = choosing.offer_answered(state, understood, at)
        case "pick":
            chosen = choosing.picked(state, understood, at)
        case _:
            return telling.ask(state, understood, at)
    if isinstance(chosen, Service):
        return start(replace(state, asking=None, choices=(), failures=0), chosen, at)
    return chosen


def _to_question(state: State, understood: Understood, at: Circumstances) -> Outcome:
    held = _held(state)
    service = at.catalogue.services[held.service]
    question = interview.waiting(service, held)
    if question is None:
        return _next(state, service, held, (), at)
    taken = interview.take(service, held, at.heard(understood, state))
    if isinstance(taken, Refusal):
        problem = interview.refusal_words(taken, question, state.language, at.catalogue)
        return failed(state, (problem,), at, "form_refusal")
    before = _read_back(state, question, taken, at) if at.door == "voice" else ()
    return _next(state, service, taken, before, at)


def _read_back(state: State, question: Question, taken: Interview, at: Circumstances) -> tuple[Words, ...]:
    given = taken.answers.get(question.id)
    if question.kind not in READ_BACK or given is None or given.value is None:
        return ()
    shown = KINDS[question.kind].show(given.value, question, state.language)
    return (at.say("talk.heard", state, shown=shown.text, spoken=shown.for_speech),)


def _to_review(state: State, understood: Understood, at: Circumstances) -> Outcome:
    held = _held(state)
    service = at.catalogue.services[held.service]
    heard = at.heard(understood, state)
    named = interview.row_named(service, held, understood.text, state.language)
    agreed = None if understood.manner != "keyed" and named else yes_or_no(heard, state, at)
    if agreed is True:
        return finishing.finish(state, service, held, at)
    if named is not None and agreed is None:
        return _next(state, service, interview.change(service, held, named), (), at)
    if agreed is False:
        return _which(state, at)
    problem = Problem(at.phrase("talk.review_unclear", state), "review:unclear")
    return failed(state, (problem,), at, "form_refusal")


def _to_which(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """The answer to "which answer do you want to change?"."""
    held = _held(state)
    service = at.catalogue.services[held.service]
    value = choosing.chosen(which_to_change(service, held, state, at), understood, state, at)
    if value is None:
        return choosing.not_one_of_these(state, at)
    return _next(state, service, interview.change(service, held, str(value)), (), at)


def change(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """ "Change the date": that answer, or the list of them."""
    held = state.interview
    service = at.catalogue.services.get(held.service) if held is not None else None
    if held is None or service is None or not interview.kept(service, held):
        return Outcome(state, (at.say("talk.nothing_to_change", state), *waiting_words(state, at)), "control")
    named = interview.row_named(service, held, understood.text, state.language)
    if named is not None:
        return replace(_next(state, service, interview.change(service, held, named), (), at), label="control")
    return _which(state, at)


def back(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """The question before this one; from "which answer?" the request as it was."""
    held = state.interview
    service = at.catalogue.services.get(held.service) if held is not None else None
    if held is None or service is None or not in_request(state):
        words = waiting_words(state, at)
        if not words:
            state, words = inviting.welcome(state, at, "talk.go_ahead")
        return Outcome(state, (at.say("talk.nothing_to_go_back_to", state), *words), "control")
    if state.asking == "change":
        return replace(_next(state, service, held, (), at), label="control")
    earlier = interview.back(service, held)
    before = (at.say("talk.at_the_start" if earlier is None else "talk.went_back", state),)
    return replace(_next(state, service, earlier or held, before, at), label="control")


def _which(state: State, at: Circumstances) -> Outcome:
    after = replace(state, asking="change", failures=0)
    return Outcome(after, waiting_words(after, at), "control")


def _next(
    state: State, service: Service, held: Interview, before: tuple[Words, ...], at: Circumstances
) -> Outcome:
    """The next question of a request, or all its answers to be checked."""
    waiting = interview.waiting(service, held)
    after = replace(
        state,
        interview=held if waiting is not None else replace(held, at=None),
        service=service.id,
        asking="review" if waiting is None else "question",
        choices=(),
        failures=0,
    )
    return Outcome(after, (*before, *waiting_words(after, at)), "form_answer")


def _afterwards(state: State, service: Service, at: Circumstances) -> Outcome:
    here = at.catalogue.services[_held(state).service]
    later = state.later if service.id in state.later else (*state.later, service.id)
    after = replace(state, later=later, failures=0)
    words = (
        at.say("talk.one_at_a_time", state, title=here.title[state.language]),
        *waiting_words(after, at),
    )
    return Outcome(after, words, "digression")


def _held(state: State) -> Interview:
    if state.interview is None:
        raise ValueError(f"{state.asking} waits for an answer, and there is no request under way")
    return state.interview
