"""What is said on a call: utterances, cut to what Twilio takes, and references spelt so that they can be written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote_plus

from bot.words import Language
from channels.providers.characters import sayable

# For Amazon Polly's voices, https://www.twilio.com/docs/api/errors/13521, read on 25 November 2026: 3,000
# characters that are single bytes in UTF-8, and 4,500 of the text once URL-encoded.
_MOST_BYTES = 3000
_MOST_ENCODED = 4500
_WORDS_A_SECOND = 2.5
# A British number as it is written: 01632 960 100, 07700 900123, 020 7946 0000.
_PHONE = re.compile(r"\b0\d{2,4}(?: \d{3,6}){1,2}\b|\b0\d{9,10}\b")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Utterance:
    """Something said in one go, in one language. `spelt` is said slowly, with a pause after each group."""

    text: str
    language: Language
    spelt: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """About how long it takes."""
        words = len(self.text.split())
        return words / _WORDS_A_SECOND + 2 * len(self.spelt)


def utter(text: str, language: Language) -> Utterance:
    """A text as it is spoken: lines and list items become sentences.

    >>> utter("Tell us:\\n\\n- your name\\n- your address", "en").text
    'Tell us: your name. your address.'
    >>> utter("Phone 01632 960 100.", "en").text
    'Phone 0 1 6 3 2, 9 6 0, 1 0 0.'
    """
    lines = [line.strip().removeprefix("- ").strip() for line in sayable(text).splitlines()]
    return Utterance(_PHONE.sub(_digit_by_digit, " ".join(_ended(line) for line in lines if line)), language)


def _digit_by_digit(number: re.Match[str]) -> str:
    """A voice would read 01632 960 100 as three amounts."""
    return ", ".join(" ".join(group) for group in number[0].split(" "))


def spell(reference: str, language: Language) -> Utterance:
    """A reference, character by character, in the groups that its hyphens make.

    >>> spell("WM-7K2P-9", "en").text
    'W, M. 7, K, 2, P. 9.'
    """
    groups = tuple(", ".join(group) + "." for group in re.split(r"[-\s]+", reference.strip()) if group)
    return Utterance(" ".join(groups), language, groups)


def cut(utterance: Utterance) -> list[Utterance]:
    """The utterance in pieces that one <Say> may hold, at the ends of sentences where there are any."""
    if utterance.spelt or _fits(utterance.text):
        return [utterance]
    pieces: list[str] = []
    for sentence in _SENTENCE_END.split(utterance.text):
        for chunk in _chunks(sentence):
            if pieces and _fits(f"{pieces[-1]} {chunk}"):
                pieces[-1] += f" {chunk}"
            else:
                pieces.append(chunk)
    return [replace(utterance, text=piece) for piece in pieces]


def _chunks(sentence: str) -> list[str]:
    """A sentence that is too long on its own, in pieces of whole words; a word that is too long, in halves."""
    if _fits(sentence):
        return [sentence]
    middle = len(sentence) // 2
    at = sentence.rfind(" ", 1, middle)
    at = at if at > 0 else middle
    return [*_chunks(sentence[:at].strip()), *_chunks(sentence[at:].strip())]


def _fits(text: str) -> bool:
    return len(text.encode()) <= _MOST_BYTES and len(quote_plus(text)) <= _MOST_ENCODED


def _ended(line: str) -> str:
    return line if line[-1] in ".!?:;," else line + "."
