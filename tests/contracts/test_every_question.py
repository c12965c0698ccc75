"""Every question of every service takes and refuses the same answers on every door.

The questions are walked: a new service is tested by being there. Its own examples must be accepted, others are
made up for each kind, within the question's limits; wrong ones must be refused under one code everywhere. Each
text goes through the channel's own `read`, so that what a door does to a text is tested as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.answers import KINDS, bounds
from actions.answers.kind import Heard, Refusal, Value
from bot.catalogue import Catalogue, Question, Service, files, load
from bot.catalogue.filling import Filler
from bot.catalogue.loading import service_from
from bot.words import Language
from tests.doors import Doors, boxes_of, doors, keys_of

TODAY = date(2026, 11, 25)
CATALOGUE = load(on=TODAY)
EVERY_KIND = Path(__file__).resolve().parents[1] / "data" / "every_kind.yml"


def every_kind() -> Service:
    """The service that asks one question of each kind."""
    return service_from(files.read(EVERY_KIND, "tests/data/every_kind.yml").data, Filler({}, [], TODAY))


SERVICES = (*CATALOGUE.services.values(), every_kind())
QUESTIONS = [
    pytest.param(service, question, id=f"{service.id}.{question.id}")
    for service in SERVICES
    for question in service.questions
]
every_question = pytest.mark.parametrize(("service", "question"), QUESTIONS)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return CATALOGUE


def through_every_door(
    there: Doors, question: Question, text: str, language: Language = "en"
) -> Iterator[tuple[str, object]]:
    """What comes of one text, door by door."""
    yield "text message", there.texted(question, text, language)
    yield "chat", there.chatted(question, text, language)
    yield "chat without a script", there.paged(question, [text], language)
    # A recogniser ends what it heard with a full stop, which is nobody's: free words lose theirs by it.
    spoken = there.spoken(question, f"{text.removesuffix('.')}.", language)
    stop = "." if isinstance(spoken, str) and text.endswith(".") and not KINDS[question.kind].exact else ""
    yield "call", f"{spoken}{stop}" if stop else spoken
    if len(KINDS[question.kind].fields) == 1:
        yield "desk", there.at_the_desk(question, {"": [text]}, language)


def through_the_closed_doors(
    there: Doors, question: Question, value: Value, language: Language = "en"
) -> Iterator[tuple[str, object]]:
    """The same answer where it is ticked, put into boxes, or keyed."""
    yield "boxes of the desk", there.at_the_desk(question, boxes_of(question, value), language)
    if question.kind in ("choice", "choices", "yes_no"):
        yield "ticks of the chat", there.paged(question, boxes_of(question, value)[""], language)
        labels = KINDS[question.kind].show(value, question, language).text
        yield "labels of the chat", there.paged(question, [labels], language)
    keys = keys_of(question, value)
    if keys is not None:
        yield "keys", there.keyed(question, keys, language)


@cache
def opened_by(service_id: str) -> Doors:
    return doors(CATALOGUE, next(service for service in SERVICES if service.id == service_id), TODAY)


def opened(service: Service) -> Doors:
    return opened_by(service.id)


def test_there_is_a_question_of_every_kind() -> None:
    """A kind that tests/data/every_kind.yml forgets would be promised and never proved."""
    assert {question.kind for question in every_kind().questions} == set(KINDS)


@every_question
def test_its_own_examples_are_accepted_alike(service: Service, question: Question) -> None:
    """What content says people answer is accepted, with one value behind all doors."""
    assert question.examples, "a question names answers that must be accepted (examples)"
    there = opened(service)
    for example in question.examples:
        for language in ("en", "cy"):
            heard = Heard(example, language, TODAY, "typed", CATALOGUE.hears)
            value = KINDS[question.kind].parse(heard, question)
            assert not isinstance(value, Refusal), (example, value)
            for door, got in through_every_door(there, question, example, language):
                assert got == value, (door, example)
            for door, got in through_the_closed_doors(there, question, value, language):
                assert got == value, (door, example)


@every_question
@given(data=st.data())
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_other_answers_of_its_kind_are_accepted_alike(
    service: Service, question: Question, data: st.DataObject
) -> None:
    """Answers made up for the kind, within the question's limits, in the ways people give them."""
    text, value = data.draw(ANSWERS[question.kind](question))
    there = opened(service)
    for door, got in through_every_door(there, question, text):
        assert got == value, (door, text)
    for door, got in through_the_closed_doors(there, question, value):
        assert got == value, (door, text)


@every_question
def test_what_is_wrong_is_refused_alike(service: Service, question: Question) -> None:
    """One code for a wrong answer, whatever the door."""
    there = opened(service)
    for text, reason in (*WRONG.get(question.kind, ()), *WRONG_FOR_ALL):
        for door, got in through_every_door(there, question, text):
            assert isinstance(got, Refusal), (door, text, got)
            assert got.code == f"{question.kind}:{reason}", (door, text)
    for boxes, reason in WRONG_DAYS if question.kind in ("date", "date_of_birth") else ():
        got = there.at_the_desk(
            question, dict(zip(("day", "month", "year"), ([b] for b in boxes), strict=True)), "en"
        )
        assert isinstance(got, Refusal)
        assert got.code == f"{question.kind}:{reason}", boxes
        assert [got.code] == [there.texted(question, "/".join(boxes), "en").code]  # type: ignore[union-attr]


@every_question
def test_leaving_out_is_the_same_everywhere(service: Service, question: Question) -> None:
    """Skip, or a blank at the desk, leaves out what is optional; what is required is asked for."""
    there = opened(service)
    results = [
        there.texted(question, "skip", "en"),
        there.spoken(question, "skip", "en"),
        there.chatted(question, "hepgor", "cy"),
    ]
    blank = there.at_the_desk(question, {}, "en")
    if question.optional:
        assert [*results, blank] == [None] * 4
    else:
        assert [r.code if isinstance(r, Refusal) else r for r in results] == [f"{question.kind}:required"] * 3
        assert isinstance(blank, Refusal)
        assert blank.code == f"{question.kind}:empty"


def test_what_people_ask_is_hardly_ever_an_answer() -> None:
    """In the middle of a form people ask other things. The engine is told whether a text fits the question, and
    then takes it for an answer: so what was said of other services must not fit, but for one in a thousand."""
    asked = {
        (service.id, language, text)
        for service in CATALOGUE.services.values()
        for language, by_subject in service.phrasings.items()
        for texts in by_subject.values()
        for text in texts
    }
    closed = [
        (service, question)
        for service in SERVICES
        for question in service.questions
        if question.kind in ("choice", "choices") or service.id == "every_kind"
    ]
    tried, taken = 0, []
    for service, question in closed:
        if not KINDS[question.kind].exact:
            continue
        for about, language, text in asked:
            if about == service.id:
                continue
            tried += 1
            heard = Heard(text, language, TODAY, "typed", CATALOGUE.hears)
            if not isinstance(KINDS[question.kind].parse(heard, question), Refusal):
                taken.append((question.id, text))
    assert tried > 1000
    assert len(taken) < tried / 1000, taken


# --- Answers of each kind, with the canonical value that each must become ---------------------------------

Drawn = st.SearchStrategy[tuple[str, Value]]
WORDS = st.sampled_from(["gate", "green", "side", "corner", "lamp", "old", "hedge", "near", "shed", "Mill"])
POSTCODES = st.sampled_from(["M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB", "SY23 3AN"])
SAID = (
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo "
    "sierra tango uniform victor whiskey x-ray yankee zulu"
)
NATO = {word[0].upper(): word for word in SAID.split(" ")}


def words(question: Question) -> Drawn:
    def fitting(said: list[str]) -> bool:
        return len(" ".join(said)) <= bounds.longest(question, 200)

    return (
        st.lists(WORDS, min_size=1, max_size=6)
        .filter(fitting)
        .map(lambda said: (" ".join(said), " ".join(said)))
    )


def names(question: Question) -> Drawn:
    name = st.sampled_from(["Siân Llwyd", "Sam O'Neill-Smith", "Nguyễn Văn An", "Rhys ap Gwilym", "Zoë"])
    lead = st.sampled_from(["", "my name is ", "I'm ", "fy enw i yw "])
    return st.tuples(lead, name).map(lambda pair: (pair[0] + pair[1], pair[1]))


def yes_or_no(question: Question) -> Drawn:
    said = {
        True: ["yes", "Yeah", "1", "ie", "ydw", "true", "yes please"],
        False: ["no", "NO", "2", "na", "nac oes"],
    }
    return st.booleans().flatmap(lambda value: st.sampled_from(said[value]).map(lambda text: (text, value)))


def one_option(question: Question) -> Drawn:
    ways: list[tuple[str, Value]] = []
    for number, (value, by_language) in enumerate(question.options, 1):
        ways += [(str(number), value), (f"number {number}", value), (by_language["en"].label.text, value)]
        ways += [(by_language["cy"].label.text.upper(), value)]
    return st.sampled_from(ways)


def some_options(question: Question) -> Drawn:
    ids = [value for value, _ in question.options]
    labels = {value: by_language["en"].label.text for value, by_language in question.options}
    chosen = st.lists(st.sampled_from(ids), min_size=1, unique=True).map(
        lambda some: sorted(some, key=ids.index)
    )
    joined: tuple[Callable[[list[str]], str], ...] = (
        lambda some: " and ".join(str(ids.index(one) + 1) for one in some),
        lambda some: ", ".join(labels[one] for one in some),
    )
    return st.tuples(chosen, st.sampled_from(joined)).map(lambda pair: (pair[1](pair[0]), list(pair[0])))


def whole_numbers(question: Question) -> Drawn:
    least, most = (
        bounds.amount(question, "least") or Decimal(0),
        bounds.amount(question, "most") or Decimal(10**6),
    )
    ways = st.sampled_from(["{}", "{:,}", " {} ", "about {}"])
    return st.tuples(st.integers(int(least), int(most)), ways).map(
        lambda pair: (pair[1].format(pair[0]), pair[0])
    )


def pounds(question: Question) -> Drawn:
    least, most = (
        bounds.amount(question, "least") or Decimal(0),
        bounds.amount(question, "most") or Decimal(10**6),
    )
    ways = st.sampled_from(["{}", "£{:,}", "£{}", "{} pounds", "{} punt"])
    pence = st.decimals(least, most, places=2, allow_nan=False)
    return st.tuples(pence, ways).map(lambda pair: (pair[1].format(pair[0]), f"{pair[0]:.2f}"))


def days(question: Question) -> Drawn:
    birth = question.kind == "date_of_birth"
    earliest = bounds.day(question, "earliest", TODAY) or (
        date(1930, 1, 1) if birth else TODAY - timedelta(900)
    )
    latest = bounds.day(question, "latest", TODAY) or (TODAY if birth else TODAY + timedelta(900))
    ways = st.sampled_from(
        ["%d/%m/%Y", "%d %B %Y", "%B %d %Y", "%d.%m.%Y", "%Y-%m-%d", "%d%m%Y", "the %d of %B %Y"]
    )
    drawn = st.tuples(st.dates(earliest, latest), ways)
    return drawn.map(lambda pair: (pair[0].strftime(pair[1]), pair[0].isoformat()))


def postcodes(question: Question) -> Drawn:
    ways: tuple[Callable[[str], str], ...] = (
        str,
        str.lower,
        lambda code: code.replace(" ", ""),
        lambda code: f"it's {code.lower()} thanks",
        lambda code: " ".join(code.replace(" ", "")),
        lambda code: " ".join(NATO.get(one, one) for one in code.replace(" ", "")),
    )
    return st.tuples(POSTCODES, st.sampled_from(ways)).map(lambda pair: (pair[1](pair[0]), pair[0]))


def addresses(question: Question) -> Drawn:
    street = st.tuples(st.integers(1, 300), WORDS).map(lambda pair: f"{pair[0]} {pair[1].title()} Street")
    return st.tuples(street, POSTCODES).map(
        lambda pair: (f"{pair[0]}\nWestmoor\n{pair[1].lower()}", f"{pair[0]}, Westmoor, {pair[1]}")
    )


def places(question: Question) -> Drawn:
    return st.tuples(st.integers(1, 300), WORDS).map(
        lambda pair: (f"outside {pair[0]} {pair[1]} Street",) * 2
    )


def phones(question: Question) -> Drawn:
    # Ofcom keeps these for drama.
    ranges = st.sampled_from(["07700900", "02079460", "01632960"])
    number = st.tuples(ranges, st.integers(0, 999)).map(lambda pair: f"{pair[0]}{pair[1]:03}")
    spelt = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    ways: tuple[Callable[[str], str], ...] = (
        str,
        lambda number: f"{number[:5]} {number[5:]}",
        lambda number: f"+44 (0){number[1:]}",
        lambda number: f"my number is {number}, thanks",
        lambda number: " ".join(spelt[int(digit)] for digit in number),
    )
    return st.tuples(number, st.sampled_from(ways)).map(lambda pair: (pair[1](pair[0]), f"+44{pair[0][1:]}"))


def emails(question: Question) -> Drawn:
    local = st.sampled_from(["sam", "sian.llwyd", "j_smith", "o-neill2"])
    spoken = str.maketrans({".": " dot ", "_": " underscore ", "-": " dash "})
    ways: tuple[Callable[[str], str], ...] = (
        lambda local: f"{local}@example.com",
        lambda local: f"it's {local}@EXAMPLE.com",
        lambda local: f"{local.translate(spoken)} at example dot com",
    )
    return st.tuples(local, st.sampled_from(ways)).map(
        lambda pair: (pair[1](pair[0]), f"{pair[0]}@example.com")
    )


def insurance_numbers(question: Question) -> Drawn:
    digits = st.integers(0, 999_999).map(lambda number: f"{number:06}")
    number = st.tuples(st.sampled_from(["AB", "JG", "PX"]), digits, st.sampled_from("ABCD")).map("".join)
    ways: tuple[Callable[[str], str], ...] = (
        str,
        str.lower,
        " ".join,
        lambda n: f"{n[:2]} {n[2:4]} {n[4:6]} {n[6:8]} {n[8]}",
    )
    return st.tuples(number, st.sampled_from(ways)).map(lambda pair: (pair[1](pair[0]), pair[0]))


ANSWERS: dict[str, Callable[[Question], Drawn]] = {
    "text": words,
    "long_text": words,
    "name": names,
    "yes_no": yes_or_no,
    "choice": one_option,
    "choices": some_options,
    "integer": whole_numbers,
    "money": pounds,
    "date": days,
    "date_of_birth": days,
    "postcode": postcodes,
    "address": addresses,
    "location": places,
    "phone": phones,
    "email": emails,
    "nino": insurance_numbers,
}

# --- Answers that are wrong, each with its reason ------------------------------------------------------------

# Control characters are not here: no telephone network carries them (channels/providers/characters.py).
WRONG_FOR_ALL = (("🗑️", "unreadable"), ("?!", "unreadable"), ("x" * 10_000, "too_long"))
WRONG: dict[str, tuple[tuple[str, str], ...]] = {
    "name": (("07700 900123", "digits"),),
    "yes_no": (("perhaps", "unclear"), ("3", "unclear"), ("yes and no", "both")),
    "choice": (("a grand piano", "unknown"), ("99", "no_such_number")),
    "choices": (("a grand piano", "unknown"), ("1 and 99", "no_such_number")),
    "integer": (
        ("lots", "not_a_number"),
        ("2.5", "not_whole"),
        ("2 or 3", "several"),
        ("99999999999", "too_many"),
    ),
    "money": (("it depends", "not_an_amount"), ("-5", "negative"), ("1.234", "fraction")),
    "date": (
        ("31 February 2026", "not_real"),
        ("99/99/9999", "not_real"),
        ("whenever", "not_a_date"),
        ("last week", "which_day"),
    ),
    "date_of_birth": (("31/4/1980", "not_real"), ("1 January 2099", "in_future"), ("5 October", "no_year")),
    "postcode": (("SE1", "incomplete"), ("12345", "not_a_postcode"), ("SE1 9GF or SE1 9GG", "several")),
    "address": (("Westmoor", "incomplete"), ("SE1 9GF", "only_postcode")),
    "location": (("over there", "vague"), ("48.85837, 2.29448", "abroad")),
    "phone": (("07700 90012", "too_short"), ("07700 901000", "not_in_use"), ("ask me", "no_number")),
    "email": (("sam.example.com", "no_at"), ("sam@example", "no_dot")),
    "nino": (("AB 12 34 56", "incomplete"), ("ZZ 12 34 56 A", "prefix"), ("twelve", "not_a_number")),
}
WRONG_DAYS: tuple[tuple[tuple[str, str, str], str], ...] = (
    (("31", "2", "2026"), "not_real"),
    (("99", "99", "9999"), "not_real"),
    (("3", "", "2026"), "incomplete"),
)
