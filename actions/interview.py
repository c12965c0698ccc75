"""A request, question by question: pure moves from one Interview to the next.

Which questions are asked follows from the answers so far (`path`), never from a stored list: when an answer
is changed, a branch that opens is asked, and one that closes is left out, with its answers kept in case it
opens again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from actions.answers import KINDS
from actions.answers.hearing import fold
from actions.answers.kind import Heard, Refusal, Value
from actions.answers.lexicon import word_set
from actions.answers.matching import Named, meant
from actions.conversation import Given, Interview
from bot.catalogue import Catalogue, Question, Service
from bot.words import LANGUAGES, Ask, Choose, Confirm, Language, Option, Problem, Row

NOTHING_WAITS = Refusal("interview:nothing_waits")


def begin(service: Service) -> Interview:
    """A request at its first question."""
    first = path(service, {})
    return Interview(service.id, service.version, at=first[0].id if first else None)


def path(service: Service, answers: Mapping[str, Given]) -> tuple[Question, ...]:
    """The questions that apply, in order. A condition looks only at answers that apply themselves."""
    asked: list[Question] = []
    applying: dict[str, Value] = {}
    for question in service.questions:
        if all(
            name in applying and _among(applying[name], wanted) for name, wanted in question.only_if.items()
        ):
            asked.append(question)
            if question.id in answers:
                applying[question.id] = answers[question.id].value
    return tuple(asked)


def _among(value: Value, wanted: tuple[object, ...]) -> bool:
    """Whether an answer is one that opens a branch; of several options chosen, one is enough."""
    given = value if isinstance(value, list) else [value]
    # In Python 1 equals True: an answer of one is not a yes.
    return any(type(one) is type(other) and one == other for one in given for other in wanted)


def waiting(service: Service, interview: Interview) -> Question | None:
    """The question that waits for an answer; None while the answers are checked."""
    if interview.at is None:
        return None
    asked = path(service, interview.answers)
    for question in asked:
        if question.id == interview.at:
            return question
    # Content has changed under a request: go on with what is still to ask.
    return next((question for question in asked if question.id not in interview.answers), None)


def take(service: Service, interview: Interview, heard: Heard, author: str = "person") -> Interview | Refusal:
    """The request with this answer to the waiting question, or why it cannot be used."""
    question = waiting(service, interview)
    if question is None:
        return NOTHING_WAITS
    value = KINDS[question.kind].parse(heard, question)
    return value if isinstance(value, Refusal) else accept(service, interview, value, author)


def accept(service: Service, interview: Interview, value: Value, author: str) -> Interview:
    """The request with this canonical answer to the waiting question, at what is to be asked next. Raises
    LookupError where no question waits."""
    question = waiting(service, interview)
    if question is None:
        raise LookupError(f"no question of {service.id} waits for an answer")
    answers = {name: given for name, given in interview.answers.items() if name != question.id}
    answers[question.id] = Given(value, author)
    following = next((other for other in path(service, answers) if other.id not in answers), None)
    return replace(
        interview,
        answers=answers,
        at=None if following is None else following.id,
        changing=interview.changing and following is not None,
    )


def back(service: Service, interview: Interview) -> Interview | None:
    """At the question before; from a change, back to checking the answers; None at the first question."""
    asked = path(service, interview.answers)
    if interview.changing and all(question.id in interview.answers for question in asked):
        return replace(interview, at=None, changing=False)
    here = waiting(service, interview)
    before = asked if here is None else asked[: asked.index(here)]
    return replace(interview, at=before[-1].id) if before else None


def change(service: Service, interview: Interview, question_id: str) -> Interview:
    """Asking one question again. Raises KeyError for a question that does not apply."""
    if question_id not in {question.id for question in path(service, interview.answers)}:
        raise KeyError(question_id)
    return replace(interview, at=question_id, changing=True)


def complete(service: Service, interview: Interview) -> bool:
    """Whether all that applies is answered and nothing is being asked."""
    return interview.at is None and all(
        question.id in interview.answers for question in path(service, interview.answers)
    )


def kept(service: Service, interview: Interview) -> Mapping[str, Given]:
    """The answers that count: those to questions that apply, in the order of the service."""
    return {
        question.id: interview.answers[question.id]
        for question in path(service, interview.answers)
        if question.id in interview.answers
    }


def fits(service: Service, interview: Interview, heard: Heard) -> bool:
    """Whether a text is an answer to the waiting question."""
    question = waiting(service, interview)
    return question is not None and not isinstance(KINDS[question.kind].parse(heard, question), Refusal)


def ask(service: Service, interview: Interview, language: Language, catalogue: Catalogue) -> Ask | Choose:
    """The waiting question in words. Raises LookupError where none waits."""
    question = waiting(service, interview)
    if question is None:
        raise LookupError(f"no question of {service.id} waits for an answer")
    return put(question, language, catalogue)


def put(question: Question, language: Language, catalogue: Catalogue) -> Ask | Choose:
    """A question in words: closed where its answers can be listed."""
    wording, hint = question.ask[language], question.hint.get(language)
    options = yes_and_no(language, catalogue) if question.kind == "yes_no" else question.options_in(language)
    if options:
        return Choose(question.id, question.kind, wording, options, hint, question.optional)
    hears = KINDS[question.kind].hears(question, language)
    return Ask(question.id, question.kind, wording, hint, hears, question.optional)


def yes_and_no(language: Language, catalogue: Catalogue) -> tuple[Option, ...]:
    return tuple(
        Option(value, catalogue.phrase(f"interview.{name}", language), _hears(name, language, catalogue))
        for value, name in (("true", "yes"), ("false", "no"))
    )


def _hears(name: str, language: Language, catalogue: Catalogue) -> tuple[str, ...]:
    return catalogue.hears[name][language] if name in catalogue.hears else ()


def rows(service: Service, interview: Interview, language: Language) -> tuple[Row, ...]:
    """The answers that count, as they are shown back."""
    return tuple(
        Row(
            question.id,
            question.label[language],
            KINDS[question.kind].show(interview.answers[question.id].value, question, language),
        )
        for question in path(service, interview.answers)
        if question.id in interview.answers
    )


def review(service: Service, interview: Interview, language: Language, catalogue: Catalogue) -> Confirm:
    """Check your answers: the first option sends them, the second asks which to change."""
    return Confirm(
        catalogue.phrase("interview.review", language),
        rows(service, interview, language),
        (
            Option("true", catalogue.phrase("interview.send", language), _hears("yes", language, catalogue)),
            Option(
                "change",
                catalogue.phrase("interview.change", language),
                _hears("change", language, catalogue),
            ),
        ),
    )


def refusal_words(refusal: Refusal, question: Question, language: Language, catalogue: Catalogue) -> Problem:
    """What to say of an answer that cannot be used."""
    values = {"label": question.label[language].text, **refusal.values}
    return Problem(catalogue.phrase(refusal.phrase, language, **values), refusal.code)


def row_named(service: Service, interview: Interview, text: str, language: Language) -> str | None:
    """Which answer a person means on the list of them: by number, by label or part of it, or by its kind
    ("the date"). None where that is no answer, or more than one."""
    shown = [question for question in path(service, interview.answers) if question.id in interview.answers]
    if fold(text).partition(" ")[0] in _AGREEING:
        return None
    found = meant(_without_verb(text), [Named(question.id, _names(question)) for question in shown])
    return found.values[0] if len(found.values) == 1 else None


# "Yes, send it" agrees, whatever the labels say.
_AGREEING = word_set("yes ie yeah yep iawn")
_VERBS = word_set("change edit correct fix alter newid golygu cywiro")

# Kinds that people call an answer by; nobody means one by "choice", and "yes" is no name of a "yes no".
_NOUNS = word_set("name date date_of_birth postcode address location phone email")


def _without_verb(text: str) -> str:
    """ "Change the date" names the date."""
    first, _, rest = text.strip().partition(" ")
    return rest if rest and fold(first) in _VERBS else text


def _names(question: Question) -> tuple[str, ...]:
    labels = [
        form
        for language in LANGUAGES
        for label in (question.label[language],)
        for form in (label.text, label.short, label.spoken)
        if form is not None
    ]
    kind = (question.kind.replace("_", " "),) if question.kind in _NOUNS else ()
    names = (*labels, question.id.replace("_", " "), *kind)
    return tuple(dict.fromkeys(fold(name) for name in names if fold(name)))
