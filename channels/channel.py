"""What a channel must be.

A channel is how a person reaches us (a text, a call, a chat, the desk). It reads a provider's request into
values, and writes words as that provider wants them; both are pure. What can also send by itself is a
`Pushes`. Adding a channel touches its folder, one line of registry.py and its settings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Literal, NewType, Protocol, runtime_checkable

from bot.words import Language, Words

Manner = Literal["typed", "spoken", "keyed"]
Address = NewType("Address", str)
"""Where a person can be reached on this channel: E.164 for texts, a random key for a web chat."""
ProviderId = NewType("ProviderId", str)


@dataclass(frozen=True)
class Request:
    """A provider's request, as it came: `url` is the public one, which providers sign, query included."""

    method: str
    url: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes


@dataclass(frozen=True)
class Inbound:
    """One thing a person said.

    `conversation` is the channel's own key for the thread (a phone number, a call's id, a chat's key): it
    is hashed before it is stored, and the engine never sees it. `provider_id` is what makes a repeat a
    repeat. `reply_to` is None when nothing may be pushed to this person (a withheld caller, a web page).
    """

    provider_id: ProviderId
    conversation: str
    text: str
    manner: Manner = "typed"
    reply_to: Address | None = None
    language: Language | None = None
    """Set only where the person chose it by the act itself (a Welsh page, "2 am Gymraeg")."""
    media: int = 0
    """How many pictures or files came along."""
    control: str | None = None
    """A control the channel itself knows (`start`, `silence`, `opt_out`, `opt_in`, `hang_up`); else None."""


@dataclass(frozen=True)
class Status:
    """What became of a message that we sent."""

    provider_id: ProviderId
    state: Literal["sent", "delivered", "failed"]
    code: str | None = None


@dataclass(frozen=True)
class Ignored:
    """Something that came and asks for nothing: the reason is a code, logged without personal data."""

    reason: str
    provider_id: ProviderId | None = None


@dataclass(frozen=True)
class Dropped:
    """Something that this channel could not show."""

    what: str
    why: str


@dataclass(frozen=True)
class Rendered:
    """Words as the provider wants them. `parts` are what the person gets, in order (texts of a message,
    paragraphs of speech, HTML of a page); `body` is the reply to the provider's own request."""

    content_type: str
    body: str
    parts: tuple[str, ...]
    dropped: tuple[Dropped, ...] = ()
    extras: Mapping[str, object] = field(default_factory=dict)
    """What a developer wants to see: segments and encoding of a text, seconds of speech."""


@dataclass(frozen=True)
class Traits:
    """What a channel is good for."""

    spoken: bool
    links: bool
    longest_reply: int | None
    """In characters; None where there is no limit."""
    patience_seconds: float
    """How long the provider waits for our answer before it gives up."""


class Refused(Exception):
    """A request that is not to be believed or cannot be read: `status` is 403 for a signature that does not
    match, 400 for a body that is not what the provider sends. Nothing of it is stored."""

    def __init__(self, status: Literal[400, 403], reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Code(Enum):
    """Why a message could not be sent, whoever carries it."""

    OPTED_OUT = "opted_out"
    UNREACHABLE = "unreachable"
    NOT_A_NUMBER = "not_a_number"
    LANDLINE = "landline"
    BLOCKED = "blocked"
    RATE_LIMITED = "rate_limited"
    PROVIDER_DOWN = "provider_down"
    NOT_AUTHORISED = "not_authorised"
    UNRECOGNISED = "unrecognised"


class SendFailed(Exception):
    """A push that failed. `retry` says whether trying again can help; `detail` is the provider's own code."""

    def __init__(self, code: Code, *, retry: bool, detail: str = "") -> None:
        super().__init__(f"{code.value} {detail}".strip())
        self.code = code
        self.retry = retry
        self.detail = detail


class Channel(Protocol):
    """How people reach us. `read` raises Refused; `write` never fails, and names what it dropped."""

    name: str
    traits: Traits

    @property
    def webhooks(self) -> tuple[str, ...]:
        """The paths that the provider posts to; the gateway mounts them all alike. Empty for pages alone."""
        ...

    def read(self, request: Request) -> Sequence[Inbound | Status | Ignored]: ...

    def write(self, words: Sequence[Words], language: Language, answering: Inbound | None = None) -> Rendered:
        """The words as the provider wants them. `answering` is what they reply to; None for a push."""
        ...


@runtime_checkable
class Pushes(Channel, Protocol):
    """A channel that can also reach a person first."""

    async def send(self, rendered: Rendered, to: Address, *, key: str) -> ProviderId:
        """Send, or raise SendFailed. `key` is the delivery's id, passed on where the provider takes one."""
        ...


@dataclass(frozen=True)
class Reply:
    """What a turn gave: the words, the language they are in, and the turn's id."""

    turn: str
    words: tuple[Words, ...]
    language: Language


@dataclass(frozen=True)
class Exchange:
    """One turn of a thread, as it is shown again: what the person said, and the words that answered."""

    said: str
    words: tuple[Words, ...]
    language: Language
    at: datetime


class Turns(Protocol):
    """What the house offers to a channel that has pages of its own (web chat, the desk, the phones at /try)."""

    async def take(self, channel: Channel, inbound: Inbound) -> Reply:
        """One turn: never raises for what a person says, and never answers with silence."""
        ...

    async def history(self, channel: Channel, conversation: str) -> Sequence[Exchange]:
        """The turns of a thread so far, oldest first; empty for one that is not known."""
        ...
