"""What people write, say and key, on the edges and beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from actions.answers import KINDS
from actions.answers.kind import Heard, Refusal
from bot.catalogue import Question
from bot.words import Language, Option, Wording

Asking = Callable[..., Question]
Hearing = Callable[..., Heard]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        # Ofcom's numbers for drama, their edges and the neighbours beyond.
        ("07700 899999", "+447700899999"),
        ("07700 900000", "+447700900000"),
        ("07700 900999", "+447700900999"),
        ("07700 901000", "phone:not_in_use"),
        ("020 7946 0000", "+442079460000"),
        ("020 7946 0999", "+442079460999"),
        ("01632 959999", "phone:not_in_use"),
        ("01632 960000", "+441632960000"),
        ("01632 960999", "+441632960999"),
        ("01632 961000", "phone:not_in_use"),
        ("0044 7700 900123", "+447700900123"),
        ("+44 (0) 7700 900123", "+447700900123"),
        ("(07700) 900-123", "+447700900123"),
        ("7700900123", "+447700900123"),
        ("07700 nine double oh one two three", "+447700900123"),
        ("dim saith saith dim dim naw dim dim un dau tri", "+447700900123"),
        ("it's 07700 900123, and I live at 12", "+447700900123"),
        ("01ABC", "phone:no_number"),
        ("112", "phone:too_short"),
        ("0" * 40, "phone:too_long_number"),
    ],
)
def test_phone(said: str, value: str, asking: Asking, heard: Hearing) -> None:
    """A number is one that can be rung, or that nobody has because Ofcom keeps it for drama."""
    assert outcome("phone", said, asking, heard) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("M1 1AA", "M1 1AA"),
        ("M60 1NW", "M60 1NW"),
        ("CR2 6XH", "CR2 6XH"),
        ("dn551pt", "DN55 1PT"),
        ("W1A 1HQ", "W1A 1HQ"),
        ("EC1A1BB", "EC1A 1BB"),
        ("GIR 0AA", "GIR 0AA"),
        ("sw1a  2aa.", "SW1A 2AA"),
        ("S W one A two A A", "SW1A 2AA"),
        ("sierra whiskey one alpha two alpha alpha", "SW1A 2AA"),
        ("S for sugar W one A two double A", "SW1A 2AA"),
        ("it is see eff ten three en queue", "CF10 3NQ"),
        ("CF ten three N P", "CF10 3NP"),
        ("SE one nine GF", "SE1 9GF"),
        ("ten three N P", "postcode:not_a_postcode"),
        ("12 High Street SE1 9GF", "SE1 9GF"),
        ("S01 1AA", "SO1 1AA"),
        ("SE1 9G", "postcode:not_a_postcode"),
        ("SE1 9GC", "postcode:not_a_postcode"),
        ("VE1 9GF", "postcode:not_a_postcode"),
        ("75008", "postcode:not_a_postcode"),
        ("i don't know", "postcode:not_a_postcode"),
        ("mae gan mam ddementia a fi sy'n gofalu amdani", "postcode:not_a_postcode"),
        ("can you tell me how to see it", "postcode:not_a_postcode"),
    ],
)
def test_postcode(said: str, value: str, asking: Asking, heard: Hearing) -> None:
    """The shapes of the government's pattern, written or spelt, and what is nearly one."""
    assert outcome("postcode", said, asking, heard) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("today", "2026-03-12"),
        ("heddiw", "2026-03-12"),
        ("yesterday morning", "2026-03-11"),
        ("it was yesterday", "2026-03-11"),
        ("the day before yesterday", "2026-03-10"),
        ("echdoe", "2026-03-10"),
        ("tomorrow", "2026-03-13"),
        ("on tuesday", "2026-03-10"),
        ("dydd Mawrth", "2026-03-10"),
        ("dydd Mawrth diwethaf", "2026-03-10"),
        ("last Thursday", "2026-03-05"),
        ("next friday", "2026-03-13"),
        ("a week ago", "2026-03-05"),
        ("two weeks ago", "2026-02-26"),
        ("tri diwrnod yn ôl", "2026-03-09"),
        ("wythnos yn ôl", "2026-03-05"),
        ("ymhen dwy wythnos", "2026-03-26"),
        ("in 10 days", "2026-03-22"),
        ("3 days from now", "2026-03-15"),
        ("I think it was last tuesday", "2026-03-10"),
        ("3 March", "2026-03-03"),
        ("3rd of March", "2026-03-03"),
        ("march 3rd", "2026-03-03"),
        ("March the third twenty twenty six", "2026-03-03"),
        ("3 Mar 26", "2026-03-03"),
        ("3 Mawrth 2026", "2026-03-03"),
        ("y trydydd o Fawrth", "2026-03-03"),
        ("dydd Mawrth 3 Mawrth", "2026-03-03"),
        ("31 December", "2025-12-31"),
        ("the thirty first of december", "2025-12-31"),
        ("unfed ar ddeg ar hugain o Ragfyr", "2025-12-31"),
        ("03/03/2026", "2026-03-03"),
        ("3.3.26", "2026-03-03"),
        ("3-3-2026", "2026-03-03"),
        ("03 03 2026", "2026-03-03"),
        ("2026-03-03", "2026-03-03"),
        ("3/March/2026", "2026-03-03"),
        ("three three twenty twenty six", "2026-03-03"),
        ("29/2/2024", "2024-02-29"),
        ("3/13/2026", "date:not_real"),
        ("0/3/2026", "date:not_real"),
        ("32 March 2026", "date:not_real"),
        ("30303030", "date:not_real"),
        ("1", "date:not_a_date"),
        ("may", "date:incomplete"),
        ("now and then", "date:not_a_date"),
        ("next month", "date:which_day"),
        ("the 3rd", "date:incomplete"),
        ("Monday just gone", "2026-03-09"),
        ("this coming Monday", "2026-03-16"),
        ("a week last Tuesday", "2026-03-03"),
        ("Tuesday week", "2026-03-24"),
        ("a week on Tuesday", "2026-03-24"),
        ("what happens if it was on tuesday", "date:not_a_date"),
        ("12 High Street", "date:not_a_date"),
    ],
)
def test_date(said: str, value: str, asking: Asking, heard: Hearing) -> None:
    """Days in figures, in words and counted from today, in both languages; and nonsense is no day."""
    assert outcome("date", said, asking, heard) == value


def test_a_bare_weekday_is_the_next_one_where_the_past_is_closed(asking: Asking, heard: Hearing) -> None:
    """ "Tuesday" means the one that the question can mean."""
    tuesday = heard("Tuesday")
    assert KINDS["date"].parse(tuesday, asking("date", earliest="today")) == "2026-03-17"
    assert KINDS["date"].parse(tuesday, asking("date", latest="today")) == "2026-03-10"
    assert KINDS["date"].parse(heard("1 April"), asking("date", latest="today")) == "2025-04-01"


@pytest.mark.parametrize(
    ("digits", "value"),
    [("12032026", "2026-03-12"), ("13032026", "date:in_future"), ("12*3*2026", "2026-03-12")],
)
def test_date_by_keypad(digits: str, value: str, asking: Asking, heard: Hearing) -> None:
    """Eight digits are day, month and year; today is the last day that is allowed."""
    got = KINDS["date"].parse(heard(digits, "keyed"), asking("date", latest="today"))
    assert (got.code if isinstance(got, Refusal) else got) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("12/3/2026", "2026-03-12"),
        ("13/3/2026", "date_of_birth:in_future"),
        ("12 3 26", "2026-03-12"),
        ("5th October '62", "1962-10-05"),
        ("i was born on the fifth of october nineteen sixty two", "1962-10-05"),
        ("pumed o Hydref mil naw chwech dau", "1962-10-05"),
        ("15/6/1904", "1904-06-15"),
        ("15/6/1903", "date_of_birth:too_old"),
        ("today", "date_of_birth:not_a_date"),
    ],
)
def test_date_of_birth(said: str, value: str, asking: Asking, heard: Hearing) -> None:
    """A real day with its year, not in the future and not further back than anybody has lived."""
    assert outcome("date_of_birth", said, asking, heard) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("true", True),
        ("Ydw", True),
        ("yes please, the lot", True),
        ("option 1", True),
        ("one", True),
        ("I do", True),
        ("it was", True),
        ("no, it wasn't", False),
        ("it is not", False),
        ("we don't", False),
        ("to", False),
        ("yes, we moved out in May", True),
        ("no, they never came back", False),
        ("oes, diolch", True),
        ("Oes angen llun?", "yes_no:unclear"),
        ("right so there's a big hole in the road", "yes_no:unclear"),
        ("NO!", False),
        ("na, dim diolch", False),
        ("nope", False),
        ("two", False),
        ("0", "yes_no:unclear"),
        ("3", "yes_no:unclear"),
        ("yes but how much is it", "yes_no:unclear"),
        ("can I have a yes", "yes_no:unclear"),
    ],
)
def test_yes_or_no(said: str, value: object, asking: Asking, heard: Hearing) -> None:
    """Either word in either language, by number, or first in a sentence that asks nothing."""
    assert outcome("yes_no", said, asking, heard) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("1", "black"),
        ("to", "blue"),
        ("option 3", "brown"),
        ("the third", "brown"),
        ("number two please", "blue"),
        ("BLUE BIN", "blue"),
        ("bin glas", "blue"),
        ("Sbwriel", "black"),
        ("blu bin", "blue"),
        ("recyling", "blue"),
        ("i think it was the brown one", "brown"),
        ("it was the recycling one I think mate", "blue"),
        ("they missed the garden waste", "brown"),
        ("um the black bin with the broken lid", "black"),
        ("I want a skip for my garden waste and an old sofa", "choice:unknown"),
        ("0", "choice:no_such_number"),
        ("4", "choice:no_such_number"),
        ("not the blue bin", "choice:unknown"),
        ("when is the blue bin collected", "choice:unknown"),
        ("blue bin or brown bin", "choice:ambiguous"),
        ("grey", "choice:unknown"),
    ],
)
def test_choice(said: str, value: str, asking: Asking, heard: Hearing) -> None:
    """By number, name, part of a name or nearly; a question or a denial chooses nothing."""
    assert outcome("choice", said, asking, heard) == value


def test_a_longer_name_is_not_taken_for_the_shorter_one_inside_it(asking: Asking, heard: Hearing) -> None:
    """ "Garden waste" holds "waste": the longer name counts."""
    names = (("waste", "Waste"), ("garden", "Garden waste"))
    options: tuple[tuple[str, Mapping[Language, Option]], ...] = tuple(
        (value, {"en": Option(value, Wording(label)), "cy": Option(value, Wording(label))})
        for value, label in names
    )
    question = replace(asking("choice"), options=options)
    assert KINDS["choice"].parse(heard("it was the garden waste"), question) == "garden"
    assert KINDS["choice"].parse(heard("waste"), question) == "waste"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("1", ["black"]),
        ("3, 1", ["black", "brown"]),
        ("1 2 3", ["black", "blue", "brown"]),
        ("one and two", ["black", "blue"]),
        ("Bin du a bin glas", ["black", "blue"]),
        ("the blue bin, the brown bin", ["blue", "brown"]),
        ("popeth", ["black", "blue", "brown"]),
        ("black, brown", ["black", "brown"]),
        ("14", "choices:no_such_number"),
        ("1 and the piano", "choices:unknown"),
    ],
)
def test_choices(said: str, value: object, asking: Asking, heard: Hearing) -> None:
    """Several at once, however they are parted, in the order of the question."""
    assert outcome("choices", said, asking, heard) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("0", 0),
        ("no", "integer:not_a_number"),
        ("twenty-three", 23),
        ("a hundred and five", 105),
        ("1,200", 1200),
        ("dau ddeg tri", 23),
        ("tri ar hugain", 23),
        ("a couple of bags", 2),
        ("1000000000", 1_000_000_000),
        ("1000000001", "integer:too_many"),
        ("9" * 60, "integer:too_many"),
        ("three point five", "integer:several"),
        ("about three or so", 3),
        ("3 old double mattresses", 3),
        ("my son is in year 7", "integer:not_a_number"),
        ("1 high street westmoor near the park", "integer:not_a_number"),
    ],
)
def test_integer(said: str, value: object, asking: Asking, heard: Hearing) -> None:
    """Whole numbers in figures and words, in both languages, from nothing to a thousand million."""
    assert outcome("integer", said, asking, heard) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("£35", "35.00"),
        ("35.5", "35.50"),
        ("£1,234.56", "1234.56"),
        ("12 pounds 50", "12.50"),
        ("£12 and 50p", "12.50"),
        ("fifty pence", "0.50"),
        ("20k", "20000.00"),
        ("dau ddeg punt", "20.00"),
        ("nothing", "0.00"),
        ("0.001", "money:fraction"),
        ("9" * 90, "money:too_much"),
        ("£10 or £20", "money:several"),
        ("£10 a month", "money:not_an_amount"),
    ],
)
def test_money(said: str, value: str, asking: Asking, heard: Hearing) -> None:
    """Pounds and pence; a period that the question does not name would change the meaning."""
    assert outcome("money", said, asking, heard) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("AB 12 34 56 C", "AB123456C"),
        ("ab123456d", "AB123456D"),
        ("QQ 12 34 56 C", "QQ123456C"),
        ("QQ 12 34 57 C", "nino:prefix"),
        ("alpha bravo twelve thirty four fifty six charlie", "AB123456C"),
        ("A B one two three four five six C", "AB123456C"),
        ("AO123456C", "nino:prefix"),
        ("OA123456C", "OA123456C"),
        ("GB123456C", "nino:prefix"),
        ("DA123456C", "nino:prefix"),
        ("AB1234567C", "nino:not_a_number"),
    ],
)
def test_national_insurance_number(said: str, value: str, asking: Asking, heard: Hearing) -> None:
    """HMRC's rules for the letters, and its own example."""
    assert outcome("nino", said, asking, heard) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("sam@example.com", "sam@example.com"),
        ("My e-mail is sam.jones+bins@example.co.uk.", "sam.jones+bins@example.co.uk"),
        ("siân@example.com", "siân@example.com"),
        ("sam underscore jones at example dot co dot uk", "sam_jones@example.co.uk"),
        ("priya.sharma@mail.example", "priya.sharma@mail.example"),
        ("sam at home", "email:no_dot"),
        ("sam@localhost", "email:no_dot"),
        ("@example.com", "email:not_an_address"),
        ("sam@", "email:not_an_address"),
        ("sam..jones@example.com", "email:not_an_address"),
    ],
)
def test_email(said: str, value: str, asking: Asking, heard: Hearing) -> None:
    """Well-formed addresses, written or spelt; nothing is looked up."""
    assert outcome("email", said, asking, heard) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("12 High Street", "12 High Street"),
        ("Rose Cottage, Mill Lane", "Rose Cottage, Mill Lane"),
        ("Flat 3\r\n40 Station Road\r\nWestmoor\r\nSE19GF\r\n", "Flat 3, 40 Station Road, Westmoor, SE1 9GF"),
        ("my address is 12 high street se1 9gf", "12 high street, SE1 9GF"),
        ("Westmoor", "address:incomplete"),
        ("12", "address:incomplete"),
    ],
)
def test_address(said: str, value: str, asking: Asking, heard: Hearing) -> None:
    """Lines become commas, so that a form and a text give the same."""
    assert outcome("address", said, asking, heard) == value


@pytest.mark.parametrize(
    ("kind", "value", "en", "cy", "spoken"),
    [
        ("date", "2026-03-03", "3 March 2026", "3 Mawrth 2026", "3 March 2026"),
        ("money", "35.00", "£35", "£35", "£35"),
        ("money", "1234.50", "£1,234.50", "£1,234.50", "£1,234.50"),
        ("phone", "+442079460000", "020 7946 0000", "020 7946 0000", "0 2 0, 7 9 4 6, 0 0 0 0"),
        ("phone", "+35312345678", "+353 1 234 5678", "+353 1 234 5678", "+ 3 5 3, 1, 2 3 4, 5 6 7 8"),
        ("postcode", "SE1 9GF", "SE1 9GF", "SE1 9GF", "S E 1, 9 G F"),
        ("yes_no", True, "Yes", "Ie", "Yes"),
        ("yes_no", False, "No", "Na", "No"),
        ("choice", "blue", "Blue bin", "Bin glas", "Blue bin"),
        ("choices", ["black", "blue"], "Black bin, Blue bin", "Bin du, Bin glas", "Black bin, Blue bin"),
        ("integer", 1200, "1,200", "1,200", "1,200"),
        ("nino", "AB123456C", "AB 12 34 56 C", "AB 12 34 56 C", "A B, 1 2, 3 4, 5 6, C"),
        (
            "address",
            "1 High St, SE1 9GF",
            "1 High St, SE1 9GF",
            "1 High St, SE1 9GF",
            "1 High St, S E 1, 9 G F",
        ),
    ],
)
def test_answers_are_said_back(
    kind: str, value: object, en: str, cy: str, spoken: str, asking: Asking
) -> None:
    """Each language has its own form, and a voice spells out what must be written down."""
    show = KINDS[kind].show
    assert show(value, asking(kind), "en").text == en  # type: ignore[arg-type]
    assert show(value, asking(kind), "cy").text == cy  # type: ignore[arg-type]
    assert show(value, asking(kind), "en").for_speech == spoken  # type: ignore[arg-type]


def outcome(kind: str, said: str, asking: Asking, heard: Hearing) -> object:
    """The value, or the code of the refusal."""
    got = KINDS[kind].parse(heard(said), asking(kind))
    return got.code if isinstance(got, Refusal) else got
