"""A request, from its first question to its receipt. One interview serves every service."""

from __future__ import annotations

from dataclasses import replace

from actions import interview
from actions.answers import KINDS
from actions.answers.kind import Refusal
from actions.conversation import Interview, Outcome, State, Understood
from actions.destinations import receiving
from actions.dialogue import closed, subject, telling
from actions.dialogue.circumstances import Circumstances
from actions.dialogue.unclear import ask_back, failed, not_understood
from actions.dialogue.waiting import waiting_words, which_to_change, yes_or_no
from bot.catalogue import Question, Service
from bot.words import Choose, Problem, Receipt, Say, Words

READ_BACK = ("postcode", "phone", "nino", "email", "reference")
"""Kinds that a recogniser often mishears: what it heard is said back, so that it can be put right."""


def request(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """Somebody wants something done."""
    service = subject.named(understood, at)
    if service is None:
        candidates = subject.candidates(understood, at)
        if candidates:
            return ask_back(state, candidates, at)
        service = subject.current(state, at)
        if service is None:
            return not_understood(state, at)
    held = state.interview
    if held is not None and held.service != service.id and state.asking is not None:
        return _afterwards(state, service, at)
    return start(state, service, at)


def start(state: State, service: Service, at: Circumstances, before: tuple[Words, ...] = ()) -> Outcome:
    """The service's first question, or the one that waits where it was begun already."""
    if not service.takes_requests:
        words = (at.say("talk.not_a_request", state), *telling.guidance(service, "how", state, at))
        return telling.offer(replace(state, failures=0), service, (*before, *words), at, "answered")
    title = service.title[state.language]
    held = state.interview
    if held is not None and held.service == service.id:
        return _next(state, service, held, (*before, at.say("talk.carry_on", state, title=title)), at)
    opening = (*before, at.say("talk.starting", state, title=title))
    outcome = _next(state, service, interview.begin(service), opening, at)
    return replace(outcome, label="started")


def answer(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """An answer to what is being asked, whatever that is."""
    if state.asking == "question":
        return _to_question(state, understood, at)
    if state.asking == "review":
        return _to_review(state, understood, at)
    if state.asking in ("offer", "pick", "change"):
        return _to_closed(state, understood, at)
    if understood.services:
        return telling.ask(state, understood, at)
    return not_understood(state, at)


def _to_question(state: State, understood: Understood, at: Circumstances) -> Outcome:
    held = _held(state)
    service = at.catalogue.services.get(held.service)
    if service is None:
        words = (at.say("talk.service_withdrawn", state),)
        return Outcome(replace(state, interview=None, asking=None, last=words), words, "declined")
    question = interview.waiting(service, held)
    heard = at.heard(understood, state)
    taken = interview.take(service, held, heard)
    if isinstance(taken, Refusal):
        if question is None:
            return not_understood(state, at)
        problem = interview.refusal_words(taken, question, state.language, at.catalogue)
        return failed(state, (problem,), at, "form_refusal")
    before: tuple[Words, ...] = ()
    if question is not None and understood.manner == "spoken" and question.kind in READ_BACK:
        before = _read_back(state, question, taken, at)
    return _next(state, service, taken, before, at)


def _read_back(state: State, question: Question, taken: Interview, at: Circumstances) -> tuple[Words, ...]:
    given = taken.answers.get(question.id)
    if given is None or given.value is None:
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
        return _finish(state, service, held, at)
    if named is not None and agreed is None:
        return _next(state, service, interview.change(service, held, named), (), at)
    if agreed is False:
        return _which(state, at)
    return failed(
        state, (Problem(at.phrase("talk.review_unclear", state), "review:unclear"),), at, "form_refusal"
    )


def _to_closed(state: State, understood: Understood, at: Circumstances) -> Outcome:
    question = next(iter(waiting_words(state, at)), None)
    value = closed.answer(question, at.heard(understood, state)) if isinstance(question, Choose) else None
    if value is None or isinstance(value, Refusal):
        if understood.services and understood.services[0][1] >= subject.SURE and state.asking != "change":
            return telling.ask(replace(state, asking=None), understood, at)
        problem = Problem(at.phrase("talk.closed_unclear", state), "choice:unclear")
        return failed(state, (problem,), at, "form_refusal")
    if state.asking == "change":
        held = _held(state)
        service = at.catalogue.services[held.service]
        return _next(state, service, interview.change(service, held, str(value)), (), at)
    if state.asking == "offer":
        chosen = state.choices[0] if value is True and state.choices else None
    else:
        chosen = str(value)
    service_chosen = at.catalogue.services.get(chosen) if chosen else None
    if service_chosen is None:
        phrase = "talk.offer_refused" if state.asking == "offer" else "talk.say_it_another_way"
        sorry = (at.say(phrase, state),)
        return Outcome(replace(state, asking=None, choices=(), failures=0, last=sorry), sorry, "answered")
    after = replace(state, asking=None, choices=(), failures=0)
    if state.asking == "offer":
        return start(after, service_chosen, at)
    words = telling.guidance(service_chosen, None, after, at)
    return telling.offer(after, service_chosen, words, at, "answered")


def change(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """ "Change the date": that answer, or the list of them."""
    held = state.interview
    if held is None or not held.answers or held.service not in at.catalogue.services:
        words = (at.say("talk.nothing_to_change", state), *waiting_words(state, at))
        return Outcome(replace(state, last=words), words, "control")
    service = at.catalogue.services[held.service]
    named = interview.row_named(service, held, understood.text, state.language)
    if named is not None:
        return replace(_next(state, service, interview.change(service, held, named), (), at), label="control")
    return _which(state, at)


def back(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """The question before this one."""
    held = state.interview
    if held is None or held.service not in at.catalogue.services:
        words: tuple[Words, ...] = (at.say("talk.nothing_to_go_back_to", state), *waiting_words(state, at))
        return Outcome(replace(state, last=words), words, "control")
    service = at.catalogue.services[held.service]
    earlier = interview.back(service, held)
    before = (at.say("talk.at_the_start" if earlier is None else "talk.went_back", state),)
    return replace(_next(state, service, earlier or held, before, at), label="control")


def _which(state: State, at: Circumstances) -> Outcome:
    after = replace(state, asking="change", failures=0)
    words: tuple[Words, ...] = (which_to_change(after, at),)
    return Outcome(replace(after, last=words), words, "control")


def _next(
    state: State, service: Service, held: Interview, before: tuple[Words, ...], at: Circumstances
) -> Outcome:
    """The next question of a request, or all its answers to be checked."""
    waiting = interview.waiting(service, held)
    after = replace(
        state,
        interview=held,
        service=service.id,
        asking="review" if waiting is None else "question",
        choices=(),
        failures=0,
    )
    words = (*before, *waiting_words(after, at))
    return Outcome(replace(after, last=words), words, "form_answer")


def _finish(state: State, service: Service, held: Interview, at: Circumstances) -> Outcome:
    reference = at.new_reference()
    language = state.language
    recipients = [destination.recipient for destination in receiving(service, interview.kept(service, held))]
    words: tuple[Words, ...] = (
        Receipt(
            reference,
            service.title[language],
            service.after[language],
            interview.rows(service, held, language),
        ),
        Say(at.phrase("talk.shared_with", state, recipients=", ".join(recipients))),
    )
    later = [name for name in state.later if name in at.catalogue.services]
    after = replace(state, interview=None, asking=None, choices=(), failures=0, later=tuple(later[1:]))
    if later:
        following = at.catalogue.services[later[0]]
        outcome = telling.offer(after, following, words, at, "finished")
    else:
        words = (*words, at.say("talk.anything_else", state))
        outcome = Outcome(replace(after, service=None, last=words), words, "finished")
    return replace(outcome, finished=held, reference=reference)


def _afterwards(state: State, service: Service, at: Circumstances) -> Outcome:
    here = at.catalogue.services.get(_held(state).service)
    title = here.title[state.language] if here is not None else ""
    later = state.later if service.id in state.later else (*state.later, service.id)
    after = replace(state, later=later, failures=0)
    words = (at.say("talk.one_at_a_time", state, title=title), *waiting_words(after, at))
    return Outcome(replace(after, last=words), words, "digression")


def _held(state: State) -> Interview:
    if state.interview is None:
        raise ValueError(f"{state.asking} waits for an answer, and there is no request under way")
    return state.interview
