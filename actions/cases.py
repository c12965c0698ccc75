"""A Case, its Reference, and what becomes of it: the domain, with no framework and no table.

A reference is what a person writes down and reads out: eight characters without look-alikes and a check
character, in two groups, such as `WM-7K2P-9XQ4-6`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from actions.answers.kind import Value
from actions.conversation import Given
from bot.words import Language

ALPHABET = "23456789BCDFGHJKMNPQRTVWXZ"
"""No vowels, so no words by accident; of each pair that is misread (0 O, 1 I L, 5 S, V U, Y I) one at most."""

Status = Literal["received", "sent", "accepted", "in_progress", "closed", "failed"]
"""`received` by us; `sent` to the case system; `accepted` with its reference; then what it says; `failed`
means that a person must look: it was refused for good."""


@dataclass(frozen=True)
class Case:
    """A finished request."""

    reference: str
    service: str
    version: int
    language: Language
    door: str
    answers: Mapping[str, Given]
    taken_by: str
    """`person`, or `staff:<username>` who keyed it for a visitor."""
    consent: str | None
    """How the visitor agreed to staff keying it (`in_person`, `by_phone`, `written`); None for a person's own."""
    created: datetime


@dataclass(frozen=True)
class Delivery:
    """One recipient's part of a case, as the worker hands it to a case system: only the fields mapped to it.

    `key` is the outbox row's id, sent as the idempotency key: two calls with one key are one request.
    """

    key: str
    reference: str
    service: str
    service_title: str
    recipient: str
    system: str
    fields: Mapping[str, Value]
    """Field of theirs → canonical value."""
    shown: Mapping[str, str]
    """Field of theirs → the value as a person reads it, in English."""
    settings: Mapping[str, str] = field(default_factory=dict)
    created: datetime | None = None


@dataclass(frozen=True)
class Taken:
    """A case system took the request. `their_reference` may come later: then `token` says what to ask with."""

    their_reference: str | None = None
    token: str | None = None
    status: Status = "accepted"


@dataclass(frozen=True)
class NotTaken:
    """A case system did not. `ambiguous` is a call that may have arrived: it must be looked up, or the key
    honoured, before it is made again."""

    code: str
    retry: bool
    detail: str = ""
    ambiguous: bool = False


@dataclass(frozen=True)
class Progress:
    """What a case system says of a case that it has. `word` is its own; `status` is ours, or None for a word
    that we do not know (the old status is kept)."""

    status: Status | None
    word: str
    note: str | None = None
    their_reference: str | None = None


def new_reference(prefix: str = "WM") -> str:
    """A fresh reference from the system's random source."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{prefix}-{body[:4]}-{body[4:]}-{check_character(body)}"


def check_character(body: str) -> str:
    """The check character: Luhn's algorithm for an alphabet of N characters. It finds every single wrong
    character and nearly every swap of two neighbours.

    >>> check_character("7K2P9XQ4")
    '6'
    """
    factor, total, size = 2, 0, len(ALPHABET)
    for character in reversed(body):
        addend = factor * ALPHABET.index(character)
        total += addend // size + addend % size
        factor = 1 if factor == 2 else 2
    return ALPHABET[(size - total % size) % size]
