"""Words as texts: what is said, what gives way, and where a segment ends."""

from __future__ import annotations

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import Catalogue
from bot.segments import count
from bot.words import (
    Ask,
    Choose,
    Confirm,
    End,
    HandOver,
    Language,
    Link,
    Option,
    Problem,
    Receipt,
    Row,
    Say,
    Source,
    Wording,
)
from channels.channel import Dropped
from channels.sms.rendering import LONGEST_MESSAGE, Texts, render
from channels.sms.twilio import reply

SOURCE = Source("Missed bins", "https://www.westmoor.example/bins", "Waste services", "2026-01-12")
BINS = (Option("black", Wording("Rubbish")), Option("blue", Wording("Recycling")))
WHICH = Choose("which_bin", "choice", Wording("Which bin did we miss?"), BINS)


def rendered(catalogue: Catalogue, *words: object, language: Language = "en", budget: int = 3) -> Texts:
    return render(words, language, catalogue, budget)  # type: ignore[arg-type]


def said(catalogue: Catalogue, *words: object, language: Language = "en") -> str:
    [part] = rendered(catalogue, *words, language=language).parts
    return part


def test_the_short_form_is_sent(catalogue: Catalogue) -> None:
    assert said(catalogue, Say(Wording("A long sentence.", "Short.", "Spoken."))) == "Short."


def test_options_are_numbered(catalogue: Catalogue) -> None:
    assert said(catalogue, WHICH) == "Which bin did we miss?\n1 Rubbish\n2 Recycling"


def test_several_options_may_be_chosen(catalogue: Catalogue) -> None:
    several = Choose("which", "choices", Wording("Which bins?"), BINS)
    assert said(catalogue, several).endswith("2 Recycling\nReply with each number that fits, such as 1 2.")


@pytest.mark.parametrize(("language", "how"), [("en", "Reply YES or NO."), ("cy", "Atebwch IE neu NA.")])
def test_yes_or_no_is_answered_in_words(catalogue: Catalogue, language: Language, how: str) -> None:
    options = (Option("true", Wording("Yes")), Option("false", Wording("No")))
    question = Choose("gate", "yes_no", Wording("Is it behind a gate?"), options)
    assert said(catalogue, question, language=language) == f"Is it behind a gate?\n{how}"


def test_an_optional_question_says_how_to_leave_it_out(catalogue: Catalogue) -> None:
    question = Ask("note", "text", Wording("Anything else?"), optional=True)
    assert said(catalogue, question) == "Anything else?\nReply SKIP to leave this out."


def test_a_hint_stands_behind_an_open_question(catalogue: Catalogue) -> None:
    question = Ask("day", "date", Wording("Which day?"), hint=Wording("For example, 27 3 2026."))
    assert said(catalogue, question) == "Which day?\n\nFor example, 27 3 2026."


def test_answers_are_checked_by_number(catalogue: Catalogue) -> None:
    rows = (
        Row("which_bin", Wording("Which bin"), Wording("Rubbish")),
        Row("postcode", Wording("Postcode"), Wording("SE1 9GF", None, "S E 1, 9 G F")),
    )
    assert said(catalogue, Confirm(Wording("Is this right?"), rows, ())) == (
        "Is this right?\n1 Which bin: Rubbish\n2 Postcode: SE1 9GF\n"
        "Reply YES to send it, or a number to change that answer."
    )


def test_a_receipt_gives_the_reference_and_what_comes_next(catalogue: Catalogue) -> None:
    receipt = Receipt("WM-7K2P-9XQ4-6", "Report a missed bin", Wording("We will come in 3 days."))
    assert said(catalogue, receipt) == (
        "Report a missed bin: done. Your reference is WM-7K2P-9XQ4-6.\n\nWe will come in 3 days."
    )


def test_the_rows_of_a_receipt_are_named_as_dropped(catalogue: Catalogue) -> None:
    row = Row("which_bin", Wording("Which bin"), Wording("Rubbish"))
    texts = rendered(catalogue, Receipt("WM-7K2P-9XQ4-6", "A bin", Wording("Soon."), (row,)))
    assert texts.dropped == (Dropped("row:which_bin", "receipt_by_text_has_no_rows"),)


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("We will help you.", "We will help you.\nPhone 01632 960 100."),
        ("Phone us on 01632 960100.", "Phone us on 01632 960100."),
    ],
)
def test_a_person_has_a_phone_number_once(catalogue: Catalogue, wording: str, expected: str) -> None:
    assert said(catalogue, HandOver(Wording(wording), "+441632960100", "asked")) == expected


def test_a_page_and_a_source_come_after_what_is_said(catalogue: Catalogue) -> None:
    text = said(catalogue, Say(Wording("It is free."), SOURCE), Link("Report it", "https://w.example/b"))
    assert text == "It is free.\n\nFrom: Waste services\n\nReport it: https://w.example/b"


def test_a_source_gives_way_first_and_then_a_link(catalogue: Catalogue) -> None:
    words = (Say(Wording("x" * 80), SOURCE), Link("Report it", "https://w.example/" + "b" * 30))
    texts = rendered(catalogue, *words, budget=1)
    assert texts.dropped == (Dropped("source", "over_segment_budget"),)
    longer = (Say(Wording("x" * 140), SOURCE), words[1])
    texts = rendered(catalogue, *longer, budget=1)
    assert texts.dropped == (
        Dropped("source", "over_segment_budget"),
        Dropped("link", "over_segment_budget"),
    )


def test_guidance_is_cut_at_a_sentence_and_the_question_stays(catalogue: Catalogue) -> None:
    guidance = Say(Wording("This is the first sentence. " * 20))
    texts = rendered(catalogue, guidance, WHICH, budget=1)
    [part] = texts.parts
    assert part.endswith("first sentence.\n\nWhich bin did we miss?\n1 Rubbish\n2 Recycling")
    assert texts.segments == 1
    assert texts.dropped == (Dropped("say", "cut_to_segment_budget"),)


def test_answers_are_shortened_before_a_question_goes_over(catalogue: Catalogue) -> None:
    rows = tuple(Row(f"q{n}", Wording(f"Answer {n}"), Wording("word " * 100)) for n in range(6))
    texts = rendered(catalogue, Confirm(Wording("Is this right?"), rows, ()))
    assert texts.segments == 3
    assert "6 Answer 5: word" in texts.parts[0]
    assert texts.dropped == (Dropped("rows", "shortened_to_segment_budget"),)


def test_a_question_over_the_budget_is_sent_whole_and_says_so(catalogue: Catalogue) -> None:
    question = Ask("q", "text", Wording("y" * 500))
    texts = rendered(catalogue, question)
    assert texts.parts == ("y" * 500,)
    assert texts.over_budget


@pytest.mark.parametrize(
    ("text", "encoding", "segments"),
    [
        ("x" * 160, "GSM-7", 1),
        ("x" * 161, "GSM-7", 2),
        ("x" * 306, "GSM-7", 2),
        ("x" * 307, "GSM-7", 3),
        ("x" * 159 + "€", "GSM-7", 2),
        ("ŵ" + "x" * 69, "UCS-2", 1),
        ("ŵ" + "x" * 70, "UCS-2", 2),
        ("’" + "x" * 159, "GSM-7", 1),
    ],
)
def test_what_is_sent_is_what_is_counted(
    catalogue: Catalogue, text: str, encoding: str, segments: int
) -> None:
    texts = rendered(catalogue, Problem(Wording(text), "text:too_long"))
    assert (texts.encoding, texts.segments) == (encoding, segments)


def test_a_message_is_no_longer_than_twilio_takes(catalogue: Catalogue) -> None:
    texts = rendered(catalogue, Problem(Wording("word " * 1000), "x:y"), WHICH)
    assert all(len(part) <= LONGEST_MESSAGE for part in texts.parts)
    assert texts.parts[-1].endswith("2 Recycling")


def test_no_words_are_no_text(catalogue: Catalogue) -> None:
    texts = rendered(catalogue)
    assert (texts.parts, texts.segments) == ((), 0)
    assert reply(texts.parts) == '<?xml version="1.0" encoding="UTF-8"?><Response />'


_TEXT = st.text(max_size=400)
_WORDINGS = st.builds(Wording, _TEXT, st.none() | _TEXT)


@settings(max_examples=150, deadline=None)
@given(
    guidance=st.lists(_WORDINGS, max_size=3),
    shown=st.lists(st.text(max_size=200), max_size=5),
    budget=st.integers(min_value=2, max_value=10),
)
def test_whatever_is_said_the_budget_holds_and_the_question_is_whole(
    catalogue: Catalogue, guidance: list[Wording], shown: list[str], budget: int
) -> None:
    rows = tuple(Row(f"q{n}", Wording("What"), Wording(text)) for n, text in enumerate(shown))
    words = (
        *(Say(wording, SOURCE) for wording in guidance),
        Link("Report it", "https://www.westmoor.example/bins"),
        Confirm(Wording("OK?"), rows, ()) if rows else WHICH,
    )
    texts = render(words, "en", catalogue, budget)
    assert texts.segments == sum(count(part).segments for part in texts.parts)
    assert texts.segments <= budget or texts.over_budget
    if not rows:
        assert not texts.over_budget
        assert texts.parts[-1].endswith("Which bin did we miss?\n1 Rubbish\n2 Recycling")
    bodies = [message.text for message in ElementTree.fromstring(reply(texts.parts))]
    assert bodies == list(texts.parts)


def test_the_last_words_are_sent(catalogue: Catalogue) -> None:
    assert said(catalogue, End(Wording("Thank you. Goodbye."))) == "Thank you. Goodbye."
