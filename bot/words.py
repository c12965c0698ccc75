"""What can be said, whatever the channel: a closed list of frozen values, to and from JSON.

Steps answer in these words; each channel renders them (segments for a text, speech for a call, GOV.UK
markup for the web). Nothing here knows a channel. Standard library only: both interpreters load it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Language = Literal["en", "cy"]
LANGUAGES: tuple[Language, ...] = ("en", "cy")


@dataclass(frozen=True)
class Wording:
    """One thing to say, in one language, in the forms that differ between channels.

    `text` is the full form (web and desk). `short` is for a text message, `spoken` for a voice; where one
    is missing the full form does. Each is plain text: paragraphs are separated by a blank line, and a line
    that starts with "- " is a list item.
    """

    text: str
    short: str | None = None
    spoken: str | None = None

    @property
    def for_text_message(self) -> str:
        return self.short if self.short is not None else self.text

    @property
    def for_speech(self) -> str:
        return self.spoken if self.spoken is not None else self.text


@dataclass(frozen=True)
class Source:
    """Where guidance comes from. `read` is the ISO date on which the page was last checked."""

    title: str
    url: str
    owner: str
    read: str


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen. `value` is what is kept; `hears` are other names people give it."""

    value: str
    label: Wording
    hears: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One answer, shown back. `question` is what to ask again when the person changes it; `shown` is how
    the answer reads, with the spoken form spelt out where it must be written down."""

    question: str
    label: Wording
    shown: Wording


@dataclass(frozen=True)
class Say:
    """Tell something. `source` is there when it is published guidance."""

    wording: Wording
    source: Source | None = None


@dataclass(frozen=True)
class Problem:
    """What was given cannot be used, and what to do instead. `code` is like `postcode:incomplete`."""

    wording: Wording
    code: str


@dataclass(frozen=True)
class Ask:
    """An open question. `kind` names a file in actions/answers; `hears` are words a recogniser should expect."""

    question: str
    kind: str
    wording: Wording
    hint: Wording | None = None
    hears: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Choose:
    """A question with a closed list of answers: numbered by text, keyed by phone, buttons on the web."""

    question: str
    kind: str
    wording: Wording
    options: tuple[Option, ...]
    hint: Wording | None = None
    optional: bool = False


@dataclass(frozen=True)
class Confirm:
    """Check your answers: the rows, then "is this right?". A row is changed by its number or its name.
    `options` are yes and change, as a Choose would have them."""

    wording: Wording
    rows: tuple[Row, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Link:
    """A page to go to. A voice channel drops it, and says so; the words before must make sense alone."""

    label: str
    url: str


@dataclass(frozen=True)
class Receipt:
    """A request was taken. `reference` is spelt out by voice, twice; `next` says what happens and by when."""

    reference: str
    title: str
    next: Wording
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class HandOver:
    """A person takes over. `phone` is E.164; a call is transferred to it, other channels show it.
    `reason` is a code (`asked`, `three_failures`, `engine_down`, ...)."""

    wording: Wording
    phone: str
    reason: str


@dataclass(frozen=True)
class End:
    """The last words of a call or a chat: a voice channel hangs up after them."""

    wording: Wording


Words = Union[Say, Problem, Ask, Choose, Confirm, Link, Receipt, HandOver, End]  # noqa: UP007 - get_args on 3.10
KINDS_OF_WORDS: tuple[type, ...] = get_args(Words)
_BY_NAME: dict[str, type] = {kind.__name__: kind for kind in KINDS_OF_WORDS}


class MalformedWords(ValueError):
    """JSON that is not words: the message names the place."""


def to_json(words: Iterable[Words]) -> list[dict[str, Any]]:
    """Words as JSON: `{"is": "Say", ...}`, without the keys that hold their default."""
    return [{"is": type(word).__name__, **_plain(word)} for word in words]


def from_json(data: Sequence[Mapping[str, Any]]) -> tuple[Words, ...]:
    """The words that `to_json` wrote. Raises MalformedWords."""
    return tuple(_word(item) for item in data)


def asked(words: Sequence[Words]) -> Ask | Choose | Confirm | None:
    """What these words ask the person, if anything: always the last question among them."""
    for word in reversed(words):
        if isinstance(word, Ask | Choose | Confirm):
            return word
    return None


def _word(item: Mapping[str, Any]) -> Words:
    kind = _BY_NAME.get(str(item.get("is")))
    if kind is None:
        raise MalformedWords(f"no kind of words is called {item.get('is')!r}")
    return _build(kind, {key: value for key, value in item.items() if key != "is"})  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        held = {f.name: (getattr(value, f.name), f.default) for f in fields(value)}
        return {name: _plain(v) for name, (v, default) in held.items() if v != default}
    return value


_HINTS: dict[type, dict[str, Any]] = {}


def _build(kind: type, data: Any) -> Any:
    hints = _HINTS.setdefault(kind, {}) or _HINTS[kind]
    if not hints:
        hints.update(get_type_hints(kind))
    if not isinstance(data, Mapping) or not set(data) <= set(hints):
        raise MalformedWords(f"{kind.__name__} cannot be built from {sorted(data)!r}")
    try:
        return kind(**{key: _value(hints[key], value) for key, value in data.items()})
    except TypeError as error:
        raise MalformedWords(f"{kind.__name__}: {error}") from error


def _value(hint: Any, value: Any) -> Any:
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return tuple(_value(inner, item) for item in value)
    options = [h for h in get_args(hint) if h is not type(None)] if get_args(hint) else [hint]
    target = options[0]
    if isinstance(target, type) and hasattr(target, "__dataclass_fields__") and value is not None:
        return _build(target, value)
    return value
