"""The question that waits for an answer, put again: after a digression, a refusal, silence or a change of language."""

from __future__ import annotations

from actions import interview
from actions.answers.kind import Heard, Refusal
from actions.conversation import State
from actions.dialogue import closed
from actions.dialogue.circumstances import Circumstances
from bot.words import Choose, Confirm, Option, Words, asked


def waiting_words(state: State, at: Circumstances) -> tuple[Words, ...]:
    """What is being asked, in the conversation's language; empty if nothing is."""
    if state.asking in ("question", "review") and state.interview is not None:
        service = at.catalogue.services.get(state.interview.service)
        if service is None:
            return ()
        if state.asking == "review":
            return (interview.review(service, state.interview, state.language, at.catalogue),)
        return (interview.ask(service, state.interview, state.language, at.catalogue),)
    if state.asking == "pick":
        return (pick(state, at),)
    if state.asking == "change":
        return (which_to_change(state, at),)
    if state.asking == "language":
        return (which_language(state, at),)
    question = asked(state.last) if state.asking is not None else None
    return () if question is None else (question,)


def pick(state: State, at: Circumstances) -> Choose:
    services = [at.catalogue.services[c] for c in state.choices if c in at.catalogue.services]
    options = [
        Option(
            service.id,
            at.catalogue.phrase("talk.service_option", state.language, title=service.title[state.language]),
            (service.said[state.language],),
        )
        for service in services
    ]
    options.append(Option("none", at.phrase("talk.none_of_these", state)))
    return closed.choose("pick", at.phrase("talk.did_you_mean", state), options)


def which_to_change(state: State, at: Circumstances) -> Choose:
    if state.interview is None:
        raise ValueError("only a request under way has answers to change")
    service = at.catalogue.services[state.interview.service]
    rows = interview.rows(service, state.interview, state.language)
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
    if state.interview is None:
        return False
    service = at.catalogue.services[state.interview.service]
    return interview.row_named(service, state.interview, heard.text, state.language) is not None


def yes_or_no(heard: Heard, state: State, at: Circumstances) -> bool | None:
    question = closed.choose(
        "confirm",
        at.phrase("interview.review", state),
        (
            Option("true", at.phrase("interview.yes", state)),
            Option("false", at.phrase("interview.no", state)),
        ),
        kind="yes_no",
    )
    value = closed.answer(question, heard)
    return value if isinstance(value, bool) else None
