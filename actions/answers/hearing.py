"""What every kind does first with a text: tidy it, and refuse what cannot be an answer to anything.

Texts arrive from telephones, recognisers and forms: with smart quotes, invisible characters, the wrong kind
of space, or as bytes that are no text at all. After `hear` a kind sees one line of clean characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Literal

from actions.answers.kind import Heard, Refusal
from actions.answers.lexicon import word_set
from bot.catalogue import Question
from bot.words import Language

# Invisible on every screen, so never part of what a person meant: zero-width space, word joiner, byte order
# mark, soft hyphen, and the marks that turn the direction of writing round (which can hide text).
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# C0 and C1 controls other than tab and line ends, half a surrogate pair, and the mark that a decoder leaves
# where bytes were no text.
_BINARY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_SPACES = re.compile(r"\s+")
_LINE_ENDS = re.compile(r"[ \t\f\v]*\r?\n|\r")
_NOT_WORD = re.compile(r"[^\w£%&+]|_")

# Words that carry no answer, in front of one or around it.
FILLERS = word_set(
    "i im think it its it's was is that the a an my our on of for about around roughly approximately maybe "
    "probably please thanks thank you er erm um uh hmm ok okay well so yes yeah just like oh and sorry "
    "will be would to at in have had got there are were we want wanted need mate love luv hi hello sir "
    "answer says said call called number option one with "
    "mae yn y yr ei fy ein oedd roedd dw dwi credu meddwl tua rhyw plis diolch os gwelwch dda iawn wel "
    "felly ar i o am fod bod yw ydy oes gen gyda rhif opsiwn"
)

# A text that begins so asks us something, and does not answer us.
_ASKING = word_set(
    "how what when where who why which can could do does should will sut beth pryd ble pwy pam faint pa sawl"
)


def hear(
    heard: Heard,
    question: Question,
    *,
    longest: int = 300,
    keys: bool = True,
    lines: bool = False,
    skippable: bool = True,
) -> str | Refusal | None:
    """The text, tidied; or a Refusal; or None where an optional question was skipped.

    `longest` is in characters. `keys` is False for a kind that a keypad cannot spell. `lines` keeps line
    ends. `skippable` is False for a kind that must look at its own options before "none" means skip.
    """
    if len(heard.text) > longest:
        return refuse(question, "too_long", most=str(longest))
    if _BINARY.search(heard.text):
        return refuse(question, "unreadable")
    text = tidy(heard.text, lines=lines)
    if not text:
        return refuse(question, "empty")
    if skippable:
        skip = skipped(text, heard, question)
        if skip is not False:
            return skip
    if heard.manner == "keyed" and not keys:
        return refuse(question, "keyed")
    if not any(character.isalnum() for character in text):
        return refuse(question, "unreadable")
    return text


def skipped(text: str, heard: Heard, question: Question) -> Refusal | Literal[False] | None:
    """None where the text skips an optional question, a Refusal where it must not be skipped, else False."""
    said = fold(text)
    if said in names(heard.hears, "skip"):
        return None if question.optional else refuse(question, "required")
    # "Anything else?" "No." is as good as "skip" where nothing need be said.
    if question.optional and question.kind not in _OWN_NO and said in names(heard.hears, "no"):
        return None
    return False


_OWN_NO = frozenset({"yes_no", "choice", "choices", "integer", "money"})


def refuse(question: Question, reason: str, **values: str) -> Refusal:
    return Refusal(f"{question.kind}:{reason}", values)


def tidy(text: str, *, lines: bool = False) -> str:
    """Straight quotes, composed letters, single spaces, nothing invisible."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_QUOTES)
    if not lines:
        return _SPACES.sub(" ", text).strip()
    text = _LINE_ENDS.sub("\n", text)
    text = "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def fold(text: str) -> str:
    """What two ways of writing the same thing have in common: no capitals, accents or punctuation.

    >>> fold("  Iâ’n  OLAF, plîs! ")
    'ian olaf plis'
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(_NOT_WORD.sub(" ", plain).split())


def names(hears: Mapping[str, Mapping[Language, tuple[str, ...]]], key: str) -> frozenset[str]:
    """The names content gives to yes, no or skip, folded, in both languages: people mix them."""
    entry = hears.get(key)
    return frozenset() if entry is None else _folded(tuple(entry.values()))


@lru_cache(maxsize=64)
def _folded(by_language: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset(fold(name) for names in by_language for name in names)


@lru_cache(maxsize=1024)
def _own_words(wordings: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for wording in wordings for word in fold(wording).split()) - _ASKING


def own_words(question: Question) -> frozenset[str]:
    """The words of the question itself: "£200 a week" says no more than "£200" to "How much is it a week?"."""
    said = [
        wording.text for part in (question.ask, question.label, question.hint) for wording in part.values()
    ]
    return _own_words(tuple(said))


def asks(words: Collection[str]) -> bool:
    """Whether these folded words ask something of us."""
    return next(iter(words), "") in _ASKING
