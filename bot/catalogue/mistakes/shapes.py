"""What a file may hold: the keys of each kind of content file, and the type of each value.

A key that may be left out has a default here; what that means is the loader's business. Checks that need more
than a key and a type (that a name exists, that a budget holds) are files of their own.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Generic, TypeVar, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    create_model,
)

from bot.catalogue import models

T = TypeVar("T")


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


Words = Annotated[str, StringConstraints(min_length=1)]


class FullWording(_Shape):
    text: Words
    short: Words = ""
    spoken: Words = ""


def _in_full(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) and value else value


Wording = Annotated[FullWording, BeforeValidator(_in_full)]
"""`text`, `short` and `spoken`, or just the text."""


class Both(_Shape, Generic[T]):
    en: T
    cy: T


class Guidance(_Shape):
    en: Wording
    cy: Wording
    title: Words
    source: Words
    read: date
    owner: Words = ""
    demonstration: bool = False


class Asking(_Shape):
    ask: Words
    short: Words = ""
    spoken: Words = ""
    label: Wording
    hint: Wording = FullWording(text="none")


class FullOption(FullWording):
    hears: list[Words] = []


class Option(_Shape):
    id: Words
    en: Annotated[FullOption, BeforeValidator(_in_full)]
    cy: Annotated[FullOption, BeforeValidator(_in_full)]


class Keep(_Shape):
    """What is held, and why: each part stands at the service or at the question."""

    purpose: Both[Words] = Both(en="none", cy="none")
    basis: Words = ""
    controller: Words = ""
    recipients: list[Words] = []
    months: Annotated[int, Field(ge=0)] = 0
    personal: bool = True


class Question(_Shape):
    id: Words
    kind: Words
    en: Asking
    cy: Asking
    options: list[Option] = []
    optional: bool = False
    only_if: dict[str, Any] = {}
    keep: Keep = Keep()
    limits: dict[str, Any] = {}
    examples: list[Any] = []


class Destination(_Shape):
    recipient: Words
    system: Words
    sends: dict[str, Words]
    settings: dict[str, Any] = {}
    only_if: dict[str, Any] = {}


class Links(_Shape):
    """The page of the service; a language without one has none."""

    en: Words = ""
    cy: Words = ""


class Service(_Shape):
    id: Words
    kind: Words
    owner: Words
    contact: Words
    version: int = 1
    title: Both[Words]
    said: Both[Words]
    phrasings: Both[dict[str, list[Words]]]
    guidance: dict[str, Guidance]
    keep: Keep = Keep()
    questions: list[Question] = []
    destinations: list[Destination] = []
    after: Both[Wording] = Both(en=FullWording(text="none"), cy=FullWording(text="none"))
    link: Links = Links()
    related: list[Words] = []


class Phrases(_Shape):
    phrases: dict[str, Both[Wording]] = {}
    hears: dict[str, Both[list[Words]]] = {}


class _Open(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)


def _of_council() -> type[BaseModel]:
    """What the code asks of a council; the rest is for content to borrow, and its own business."""
    wanted: dict[str, Any] = {}
    for name, hint in get_type_hints(models.Council).items():
        if hint is bool:
            wanted[name] = (bool, False)
        else:
            wanted[name] = ({str: Words, float: float}.get(hint, Both[Words]), ...)
    return create_model("Council", __base__=_Open, **wanted)


Council = _of_council()


def _single(value: Any) -> Any:
    if isinstance(value, dict | list | bool | None):
        raise ValueError("a single value is wanted")
    return value


class Amount(_Shape):
    amount: Annotated[Any, AfterValidator(_single)]
    since: date = Field(alias="from")


class Rate(_Shape):
    amounts: Annotated[list[Amount], Field(min_length=1)]
    source: Words
    read: date
    title: Words = ""
    demonstration: bool = False
