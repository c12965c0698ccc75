"""The question that waits for an answer, put again: after a digression, a refusal, silence or a change of language."""

from __future__ import annotations

from actions import interview
from actions.answers.kind import Heard, Refusal
from actions.conversation import Interview, State
from actions.dialogue import closed
from actions.dialogue.circumstances import Circumstances
from bot.catalogue import Service
from bot.words import Choose, Confirm, Option, Words

A_MENU = 7
"""Services on one menu of a call: with "something else" the eighth key, and 9 kept for hearing it again."""


def in_request(state: State) -> bool:
    """Whether what is asked belongs to a request under way."""
    return state.interview is not None and state.asking in ("question", "review", "change")


def waiting_words(state: State, at: Circumstances) -> tuple[Words, ...]:
    """What is being asked, in the conversation's language; empty if nothing is."""
    if state.asking in ("question", "review", "change"):
        return _of_request(state, at)
    if state.asking == "pick":
        return (pick(state, at),)
    if state.asking == "language":
        return (which_language(state, at),)
    question = offered(state, at) if state.asking == "offer" else None
    return () if question is None else (question,)


def _of_request(state: State, at: Circumstances) -> tuple[Words, ...]:
    held = state.interview
    service = at.catalogue.services.get(held.service) if held is not None else None
    if held is None or service is None:
        return ()
    if state.asking == "change":
        return (which_to_change(service, held, state, at),)
    if state.asking == "review" or interview.waiting(service, held) is None:
        return (interview.review(service, held, state.language, at.catalogue),)
    return (interview.ask(service, held, state.language, at.catalogue),)


def offered(state: State, at: Circumstances) -> Choose | None:
    """ "Do you want to do this now?", or with nothing in particular offered, "is there anything else?". None
    where the service is no longer there."""
    if not state.choices:
        wording = at.phrase("talk.anything_else", state)
    else:
        service = at.catalogue.services.get(state.choices[0])
        if service is None:
            return None
        begun = any(left.service == service.id for left in (*state.aside, *_held(state)))
        phrase = "talk.offer_carry_on" if begun else "talk.offer"
        wording = at.phrase(phrase, state, title=service.title[state.language])
    return closed.choose("offer", wording, yes_and_no(state, at), kind="yes_no")


def pick(state: State, at: Circumstances) -> Choose:
    """Which service is meant: of a few candidates, or of a call's whole menu."""
    language = state.language
    services = [at.catalogue.services[c] for c in state.choices if c in at.catalogue.services]
    title = {service.id: service.title[language] for service in services}
    options = [
        Option(
            service.id,
            at.phrase("talk.service_option", state, title=title[service.id]),
            (service.said[language],),
        )
        for service in services
    ]
    menu = state.choices in menus(at)
    options.append(Option("none", at.phrase("talk.something_else" if menu else "talk.none_of_these", state)))
    return closed.choose("pick", at.phrase("talk.menu" if menu else "talk.did_you_mean", state), options)


def menus(at: Circumstances) -> tuple[tuple[str, ...], ...]:
    """All services in the order of the catalogue, a menu at a time."""
    names = tuple(at.catalogue.services)
    return tuple(names[start : start + A_MENU] for start in range(0, len(names), A_MENU))


def which_to_change(service: Service, held: Interview, state: State, at: Circumstances) -> Choose:
    rows = interview.rows(service, held, state.language)
    options = [Option(row.question, row.label) for row in rows]
    return closed.choose("change", at.phrase("talk.which_to_change", state), options)


def which_language(state: State, at: Circumstances) -> Choose:
    return closed.choose(
        "language",
        at.phrase("talk.which_language", state),
        (
            Option("en", at.in_language("talk.english", "en"), ("english", "saesneg")),
            Option("cy", at.in_language("talk.welsh", "cy"), ("welsh", "cymraeg")),
        ),
    )


def fits(state: State, heard: Heard, at: Circumstances) -> bool:
    """Whether a text is an answer to what is being asked. The engine is told, so that it can tell an answer
    from a digression."""
    if state.asking == "question" and state.interview is not None:
        service = at.catalogue.services.get(state.interview.service)
        return service is not None and interview.fits(service, state.interview, heard)
    question = next(iter(waiting_words(state, at)), None)
    if isinstance(question, Confirm):
        return _fits_review(state, heard, at)
    if isinstance(question, Choose):
        return not isinstance(closed.answer(question, heard), Refusal)
    return False


def _fits_review(state: State, heard: Heard, at: Circumstances) -> bool:
    if yes_or_no(heard, state, at) is not None:
        return True
    held = state.interview
    service = at.catalogue.services.get(held.service) if held is not None else None
    if held is None or service is None:
        return False
    return interview.row_named(service, held, heard.text, state.language) is not None


def yes_or_no(heard: Heard, state: State, at: Circumstances) -> bool | None:
    """What a text says to "are they right?"; None if neither."""
    question = closed.choose(
        "confirm", at.phrase("interview.review", state), yes_and_no(state, at), kind="yes_no"
    )
    value = closed.answer(question, heard)
    return value if isinstance(value, bool) else None


def yes_and_no(state: State, at: Circumstances) -> tuple[Option, Option]:
    return (
        Option("true", at.phrase("interview.yes", state)),
        Option("false", at.phrase("interview.no", state)),
    )


def _held(state: State) -> tuple[Interview, ...]:
    return () if state.interview is None else (state.interview,)
