"""Words → the texts that a phone shows, within a budget of segments. Pure.

What a person must see to go on (a problem, a question with its options, a reference, a phone number) is
never dropped nor cut. The rest gives way in a fixed order: source, link, hint, then guidance from its end,
sentence by sentence; then the answers shown for checking are shortened. All of it is named in `dropped`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from bot.catalogue import Catalogue
from bot.segments import count, plain
from bot.words import (
    Ask,
    Choose,
    Confirm,
    End,
    HandOver,
    Language,
    Link,
    Problem,
    Receipt,
    Row,
    Say,
    Words,
)
from channels.channel import Dropped
from channels.providers.characters import sayable

LONGEST_MESSAGE = 1600
"""In characters; a longer one is refused: https://www.twilio.com/docs/api/errors/21617, read 2026-11-25."""

_NEVER, _HINT, _LINK, _SOURCE = 0, 1, 2, 3
_SHORTER_ROWS = (60, 40, 24, 12)
_BETWEEN = "\n\n"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Texts:
    """What is sent, and what it took."""

    parts: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    encoding: str
    segments: int
    over_budget: bool
    """True where a question alone, with its options, takes more than the budget: it is sent all the same."""


@dataclass(frozen=True)
class _Piece:
    text: str
    what: str
    gives_way: int = _NEVER
    cut: bool = False
    """Whether it may be cut after any of its sentences."""
    rows: tuple[Row, ...] = ()
    around: Callable[[str], str] | None = None
    """For answers shown back: builds the text anew around shorter rows."""


def render(words: Sequence[Words], language: Language, catalogue: Catalogue, budget: int) -> Texts:
    """The words as texts of no more than `budget` segments together."""
    dropped: list[Dropped] = []
    pieces: list[_Piece] = []
    for word in words:
        pieces.extend(_pieces(word, _Speaker(catalogue, language), dropped))
    pieces = _fit([piece for piece in pieces if piece.text], budget, dropped)
    parts = _parts([piece.text for piece in pieces])
    costs = [count(part) for part in parts]
    segments = sum(cost.segments for cost in costs)
    encoding = "UCS-2" if any(cost.encoding == "UCS-2" for cost in costs) else "GSM-7"
    return Texts(tuple(parts), tuple(dropped), encoding, segments, segments > budget)


@dataclass(frozen=True)
class _Speaker:
    catalogue: Catalogue
    language: Language

    def say(self, key: str, **values: str) -> str:
        return self.catalogue.phrase(key, self.language, **values).for_text_message


def _pieces(word: Words, speaker: _Speaker, dropped: list[Dropped]) -> list[_Piece]:
    match word:
        case Say():
            said = _Piece(_clean(word.wording.for_text_message), "say", cut=True)
            if word.source is None:
                return [said]
            source = speaker.say("sms.source", owner=word.source.owner)
            return [said, _Piece(_clean(source), "source", _SOURCE)]
        case Problem() | End():
            return [_Piece(_clean(word.wording.for_text_message), type(word).__name__.lower())]
        case Ask() | Choose():
            return _question(word, speaker)
        case Confirm():
            return [_confirm(word, speaker)]
        case Link():
            return [_Piece(_clean(speaker.say("sms.link", label=word.label, url=word.url)), "link", _LINK)]
        case Receipt():
            dropped.extend(Dropped(f"row:{row.question}", "receipt_by_text_has_no_rows") for row in word.rows)
            taken = speaker.say("sms.receipt", title=word.title, reference=word.reference)
            return [
                _Piece(_clean(taken), "receipt"),
                _Piece(_clean(word.next.for_text_message), "next", cut=True),
            ]
        case HandOver():
            return [_Piece(_hand_over(word, speaker), "hand_over")]
        case _:
            assert_never(word)


def _question(word: Ask | Choose, speaker: _Speaker) -> list[_Piece]:
    lines = [word.wording.for_text_message]
    if word.kind == "yes_no":
        lines.append(speaker.say("sms.yes_no"))
    elif isinstance(word, Choose):
        lines.extend(
            speaker.say("sms.option", number=str(number), label=option.label.for_text_message)
            for number, option in enumerate(word.options, start=1)
        )
        if word.kind == "choices":
            lines.append(speaker.say("sms.several"))
    if word.optional:
        lines.append(speaker.say("sms.optional"))
    question = _Piece(_clean("\n".join(lines)), "question")
    if word.hint is None:
        return [question]
    hint = _Piece(_clean(word.hint.for_text_message), "hint", _HINT)
    # A list of options is read last; a hint after it would hide what to choose from.
    return [question, hint] if isinstance(word, Ask) else [hint, question]


def _confirm(word: Confirm, speaker: _Speaker) -> _Piece:
    def around(rows: str) -> str:
        return _clean("\n".join((word.wording.for_text_message, rows, speaker.say("sms.confirm"))))

    return _Piece(around(_rows(word.rows, None)), "question", rows=word.rows, around=around)


def _rows(rows: Sequence[Row], longest: int | None) -> str:
    return "\n".join(
        f"{number} {row.label.for_text_message}: {_shorter(row.shown.for_text_message, longest)}"
        for number, row in enumerate(rows, start=1)
    )


def _shorter(text: str, longest: int | None) -> str:
    text = " ".join(text.split())
    if longest is None or len(text) <= longest:
        return text
    return text[: longest - 3].rstrip() + "..."


def _hand_over(word: HandOver, speaker: _Speaker) -> str:
    text = word.wording.for_text_message
    council = speaker.catalogue.council
    shown = council.phone_shown if word.phone == council.phone else word.phone
    if _digits(shown) in _digits(text):
        return _clean(text)
    return _clean(text + "\n" + speaker.say("sms.phone", phone=shown))


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())


def _clean(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", plain(sayable(text))).strip()


def _fit(pieces: list[_Piece], budget: int, dropped: list[Dropped]) -> list[_Piece]:
    while not _fits(pieces, budget) and any(piece.gives_way for piece in pieces):
        first = max(piece.gives_way for piece in pieces)
        at = max(index for index, piece in enumerate(pieces) if piece.gives_way == first)
        dropped.append(Dropped(pieces[at].what, "over_segment_budget"))
        del pieces[at]
    for at in reversed(range(len(pieces))):
        if pieces[at].cut and not _fits(pieces, budget):
            dropped.append(Dropped(pieces[at].what, "cut_to_segment_budget"))
            pieces = _cut(pieces, at, budget)
    for longest in _SHORTER_ROWS:
        if not _fits(pieces, budget):
            pieces = [_shortened(piece, longest) for piece in pieces]
    for piece in pieces:
        shown_whole = piece.around is None or piece.text == piece.around(_rows(piece.rows, None))
        if not shown_whole:
            dropped.append(Dropped("rows", "shortened_to_segment_budget"))
    return pieces


def _fits(pieces: Sequence[_Piece], budget: int) -> bool:
    return sum(count(part).segments for part in _parts([piece.text for piece in pieces])) <= budget


def _cut(pieces: list[_Piece], at: int, budget: int) -> list[_Piece]:
    """As many of the piece's first sentences as fit; without it where none does."""
    text = pieces[at].text
    ends = [match.start() for match in _SENTENCE_END.finditer(text)]
    for end in reversed(ends):
        shorter = [*pieces[:at], replace(pieces[at], text=text[:end].rstrip()), *pieces[at + 1 :]]
        if _fits(shorter, budget):
            return shorter
    return [*pieces[:at], *pieces[at + 1 :]]


def _shortened(piece: _Piece, longest: int) -> _Piece:
    if piece.around is None:
        return piece
    return replace(piece, text=piece.around(_rows(piece.rows, longest)))


def _parts(texts: Sequence[str]) -> list[str]:
    """One message, unless Twilio would refuse it for its length."""
    parts: list[str] = []
    for text in texts:
        for chunk in _chunks(text):
            if parts and len(parts[-1]) + len(_BETWEEN) + len(chunk) <= LONGEST_MESSAGE:
                parts[-1] += _BETWEEN + chunk
            else:
                parts.append(chunk)
    return parts


def _chunks(text: str) -> list[str]:
    chunks = []
    while len(text) > LONGEST_MESSAGE:
        at = max(text.rfind("\n", 1, LONGEST_MESSAGE), text.rfind(" ", 1, LONGEST_MESSAGE))
        at = at if at > 0 else LONGEST_MESSAGE
        chunks.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*chunks, text] if text else chunks
