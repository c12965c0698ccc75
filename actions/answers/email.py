"""An e-mail address."""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, validate_email

from actions.answers.hearing import fold, hear, refuse, tidy
from actions.answers.kind import FormField, Heard, Kind, Refusal, Value
from actions.answers.lexicon import word_set
from bot.catalogue import Question
from bot.words import Language, Wording

_WRITTEN = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+")
_SIGNS = {"at": "@", "dot": ".", "point": ".", "dotio": ".", "underscore": "_", "tanlinell": "_", "dash": "-",
          "hyphen": "-", "minus": "-", "plus": "+"}  # fmt: skip
_LEAD = word_set(
    "its it is my email address the e mail you can use send to um er yes please fy ebost i yw yr ydy"
)


def parse(heard: Heard, question: Question) -> Value | Refusal:
    """An address that is well formed, in a sentence or spelt aloud. Nothing is asked of the network.

    >>> parse(typed("it's Jane.Smith@EXAMPLE.com, thanks"), question)
    'Jane.Smith@example.com'
    >>> parse(spoken("my email is jane dot smith at example dot com"), question)
    'jane.smith@example.com'
    >>> refused = ("jane.smith", "jane@example", "jane@@example.com", "a@b.cd e@f.gh")
    >>> [parse(typed(said), question).code for said in refused]
    ['email:no_at', 'email:no_dot', 'email:not_an_address', 'email:several']
    """
    text = hear(heard, question, keys=False)
    if text is None or isinstance(text, Refusal):
        return text
    written = list(dict.fromkeys(found.strip(".'!?") for found in _WRITTEN.findall(text)))
    if len(written) > 1:
        return refuse(question, "several")
    candidate = written[0] if written and text.count("@") == 1 else _spelt(text)
    if candidate is None:
        return refuse(question, "no_at" if "@" not in text else "not_an_address")
    try:
        return str(validate_email(candidate, check_deliverability=False).normalized)
    except EmailNotValidError:
        return refuse(question, "no_dot" if "." not in candidate.rpartition("@")[2] else "not_an_address")


def _spelt(text: str) -> str | None:
    """An address said aloud; None without exactly one "at". The words before it that lead up are left out."""
    words = [word.strip(",") for word in tidy(text).split(" ")]
    parts = [_SIGNS.get(fold(word), word) for word in words if word]
    if parts.count("@") != 1 or "@" in "".join(part for part in parts if part != "@"):
        return None
    at = parts.index("@")
    while at and fold(parts[0]) in _LEAD:
        parts, at = parts[1:], at - 1
    return "".join(parts)


def show(value: Value, question: Question, language: Language) -> Wording:
    return Wording(str(value))


KIND = Kind("email", parse, show, fields=(FormField("", "email", autocomplete="email"),))
