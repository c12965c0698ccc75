"""Every kind of word, as markup, in both languages."""

from __future__ import annotations

import pytest

from bot.words import (
    KINDS_OF_WORDS,
    LANGUAGES,
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
    Words,
)
from channels.webchat.channel import WebChat
from channels.webchat.rendering import field_of

YES_NO = (Option("/affirm", Wording("Yes")), Option("/deny", Wording("No")))
ROWS = (Row("postcode", Wording("Postcode"), Wording("SW1A 1AA")),)
EXAMPLES: tuple[Words, ...] = (
    Say(Wording("It is £35."), Source("Bulky waste", "https://www.gov.uk/x", "Westmoor", "2026-11-25")),
    Problem(Wording("Enter a postcode"), "postcode:incomplete"),
    Ask("postcode", "postcode", Wording("What is your postcode?")),
    Choose("offer", "yes_no", Wording("Do it now?"), YES_NO),
    Confirm(Wording("Is this right?"), ROWS, YES_NO),
    Link("Read more", "https://www.gov.uk/x"),
    Receipt("WM-7K2P-9XQ4-6", "Report sent", Wording("We come back."), ROWS),
    HandOver(Wording("Speak to a person."), "+441632960100", "asked"),
    End(Wording("Goodbye.")),
)


def test_the_examples_hold_every_kind_of_word() -> None:
    assert {type(word) for word in EXAMPLES} == set(KINDS_OF_WORDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", EXAMPLES, ids=lambda word: type(word).__name__)
def test_every_kind_of_word_renders_and_shows_no_payload(
    channel: WebChat, word: Words, language: Language
) -> None:
    rendering = channel.rendering
    html = rendering.said(word, language)
    if isinstance(word, Ask | Choose | Confirm):
        html += rendering.form(word, language, action="/chat", csrf="c", turn="t", seen="s")
    assert "<" in html
    assert "None" not in html
    assert "Undefined" not in html
    assert "/affirm" not in html
    assert "/deny" not in html


@pytest.mark.parametrize(
    ("language", "line"), [("en", "checked 25 November 2026"), ("cy", "gwiriwyd 25 Tachwedd 2026")]
)
def test_guidance_says_where_it_is_from_and_when_it_was_checked(
    channel: WebChat, language: Language, line: str
) -> None:
    html = channel.rendering.said(EXAMPLES[0], language)
    assert line in html
    assert 'href="https://www.gov.uk/x"' in html
    assert "noopener" in html


def test_a_number_to_phone_can_be_pressed_and_read(channel: WebChat) -> None:
    html = channel.rendering.said(HandOver(Wording("A person."), "+441632960199", "asked"), "en")
    assert 'href="tel:+441632960199"' in html
    assert "01632 960199" in html


def test_paragraphs_lists_and_marks_of_markup(channel: WebChat) -> None:
    html = channel.rendering.said(Say(Wording("Bring:\n- a card\n- <script>\n\nThank you.")), "en")
    assert "<li>a card</li>" in html
    assert "&lt;script&gt;" in html
    assert html.count("<p ") == 2


@pytest.mark.parametrize(
    ("kind", "box", "autocomplete"),
    [
        ("postcode", "text", "postal-code"),
        ("long_text", "textarea", None),
        ("date", "text", None),
        ("nowhere", "text", None),
    ],
)
def test_a_question_gets_one_box_that_suits_its_kind(kind: str, box: str, autocomplete: str | None) -> None:
    field = field_of(Ask("q", kind, Wording("?")))
    assert (field.type, field.autocomplete) == (box, autocomplete)


def test_a_question_with_several_answers_has_boxes_to_tick(channel: WebChat) -> None:
    options = (Option("a", Wording("A bag")), Option("b", Wording("A box")))
    html = channel.rendering.form(Choose("items", "choices", Wording("What?"), options), "en")
    assert html.count('type="checkbox"') == 2


def test_what_the_dialogue_asks_itself_has_no_way_back(channel: WebChat) -> None:
    def buttons(word: Ask | Choose) -> str:
        return channel.rendering.form(word, "en")

    assert "Go back" not in buttons(Choose("offer", "yes_no", Wording("Now?"), YES_NO))
    assert "Go back" in buttons(Ask("postcode", "postcode", Wording("?")))
    assert "Skip" not in buttons(Ask("postcode", "postcode", Wording("?")))
    assert "Skip" in buttons(Ask("phone", "phone", Wording("?"), optional=True))
