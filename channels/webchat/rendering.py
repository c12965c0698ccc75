"""Words → GOV.UK markup. Pure: what stands in the log, and the question that stands below it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import phonenumbers
from babel.dates import format_date

from actions.answers import KINDS
from actions.answers.kind import FormField
from bot.words import (
    Ask,
    Choose,
    Confirm,
    Language,
    Link,
    Say,
    Words,
)
from channels.assets.pages import Pages
from channels.channel import Dropped

TEMPLATES = Path(__file__).resolve().parent / "templates"
OF_THE_DIALOGUE = frozenset({"offer", "pick", "change", "language", "confirm"})
"""Questions that the dialogue itself asks: there is no earlier answer to go back to."""


class Rendering:
    """Renders words with the templates of this folder."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        pages.environment.filters["day"] = day
        pages.environment.filters["web_address"] = is_web_address
        pages.environment.filters["national"] = national

    def said(self, word: Words, language: Language) -> str:
        """One word as it stands in the log. A question is its text alone: its form stands below the log."""
        return self._word(word, language, whole=False)

    def whole(self, word: Words, language: Language) -> str:
        """One word with all that it offers, for who has no form of ours: a question's hint and its options."""
        return self._word(word, language, whole=True)

    def _word(self, word: Words, language: Language, *, whole: bool) -> str:
        kind = type(word).__name__
        return self._pages.render("said.html", language, word=word, kind=kind, whole=whole).strip()

    def form(self, question: Ask | Choose | Confirm | None, language: Language, **values: object) -> str:
        """The form that waits for the person: `form.html` says what else it takes."""
        return self._pages.render(
            "form.html",
            language,
            question=question,
            kind=type(question).__name__ if question is not None else "Message",
            field=field_of(question),
            in_request=question is not None and question_id(question) not in OF_THE_DIALOGUE,
            **values,
        ).strip()


def question_id(question: Ask | Choose | Confirm | None) -> str:
    """What tells one waiting question from another."""
    if question is None:
        return ""
    return "confirm" if isinstance(question, Confirm) else question.question


def field_of(question: Ask | Choose | Confirm | None) -> FormField:
    """The one box that a question has in a chat. A kind with several (day, month, year) is read as well from
    one, because people may answer it in their own words."""
    if question is None:
        return FormField("", type="textarea")
    if isinstance(question, Confirm):
        return FormField("", type="radios")
    kind = KINDS.get(question.kind)
    if isinstance(question, Choose):
        several = kind is not None and kind.fields[0].type == "checkboxes"
        return FormField("", type="checkboxes" if several else "radios")
    if kind is None:
        return FormField("")
    if len(kind.fields) > 1:
        return FormField("")
    return kind.fields[0]


def dropped(words: Sequence[Words]) -> tuple[Dropped, ...]:
    """What the markup leaves out: an address that a browser would run or not understand."""
    found: list[Dropped] = []
    for word in words:
        if isinstance(word, Link) and not is_web_address(word.url):
            found.append(Dropped("Link", "not_a_web_address"))
        if isinstance(word, Say) and word.source is not None and not is_web_address(word.source.url):
            found.append(Dropped("Source", "not_a_web_address"))
    return tuple(found)


def is_web_address(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def national(number: str) -> str:
    """A number of E.164 as people here write it; one that is none stays as it is.

    >>> national("+441632960100")
    '01632 960100'
    """
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def day(iso: str, language: Language) -> str:
    """A day as it is written out.

    >>> day("2026-01-12", "en"), day("2026-01-12", "cy")
    ('12 January 2026', '12 Ionawr 2026')
    """
    return format_date(date.fromisoformat(iso), "d MMMM y", locale=language)
