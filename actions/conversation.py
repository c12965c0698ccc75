"""Where a conversation stands: all of it, in one frozen value that is stored between turns.

The database row is the truth. The engine's tracker holds nothing that we could not lose, so a restarted
engine goes on where the person was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from actions.answers.kind import Value
from bot.words import Language, Words, from_json, to_json

Asking = Literal["question", "review", "change", "offer", "pick", "language"]
"""What a reply would answer: a question of the service, "is this right?", "which answer?", "shall we start
it?", "which of these do you mean?", "which language?"."""


@dataclass(frozen=True)
class Given:
    """One answer: the canonical value, and who gave it (`person`, or `staff:<username>`)."""

    value: Value
    author: str = "person"


@dataclass(frozen=True)
class Interview:
    """A request under way: pure data, moved on by actions/interview.py."""

    service: str
    version: int
    answers: Mapping[str, Given] = field(default_factory=dict)
    """In the order in which they were given; going back takes the last away from the path, not from here."""
    at: str | None = None
    """The question that waits for an answer; None while the answers are checked."""
    changing: bool = False
    """True while one answer is being changed: afterwards the check-your-answers list comes back."""


@dataclass(frozen=True)
class State:
    """A conversation between two turns."""

    language: Language = "en"
    asking: Asking | None = None
    interview: Interview | None = None
    service: str | None = None
    """The service last talked about, so that "how much is it?" has a subject."""
    choices: tuple[str, ...] = ()
    """What `pick` and `offer` can mean: service ids, in the order shown."""
    later: tuple[str, ...] = ()
    """Services asked for in the middle of another request and still to be taken, in order."""
    aside: tuple[Interview, ...] = ()
    """Requests that were left for another one, the latest last: their answers are kept."""
    last: tuple[Words, ...] = ()
    """What was said last, for "say that again"."""
    said_in: Language | None = None
    """The language of `last`: a page may have changed the conversation's own since."""
    failures: int = 0
    """Turns in a row that were not understood or not usable."""


Label = Literal[
    "answered",
    "asked_back",
    "declined",
    "safe_route",
    "control",
    "form_answer",
    "form_refusal",
    "digression",
    "started",
    "finished",
    "language",
    "person",
    "silence",
    "apology",
]
"""Why a turn went the way it did: a closed list, stored with every turn and counted."""


@dataclass(frozen=True)
class Understood:
    """What the engine made of a text. `services` are (id, confidence), best first."""

    text: str
    intent: str
    confidence: float
    services: tuple[tuple[str, float], ...] = ()
    aspect: str | None = None
    manner: Literal["typed", "spoken", "keyed"] = "typed"
    media: int = 0
    """How many pictures or files came with the text."""


@dataclass(frozen=True)
class Outcome:
    """What a turn came to. `finished` is a request that the person has just confirmed, under `reference`."""

    state: State
    words: tuple[Words, ...]
    label: Label
    finished: Interview | None = None
    reference: str | None = None


def to_plain(state: State) -> dict[str, Any]:
    """JSON for the store."""
    return {**asdict(state), "last": to_json(state.last)}


def from_plain(data: Mapping[str, Any]) -> State:
    """The state that `to_plain` wrote."""
    interview = data.get("interview")
    return State(
        language=data.get("language", "en"),
        asking=data.get("asking"),
        interview=None if interview is None else _interview(interview),
        service=data.get("service"),
        choices=tuple(data.get("choices", ())),
        later=tuple(data.get("later", ())),
        aside=tuple(_interview(left) for left in data.get("aside", ())),
        last=from_json(data.get("last", ())),
        said_in=data.get("said_in"),
        failures=data.get("failures", 0),
    )


def _interview(data: Mapping[str, Any]) -> Interview:
    return Interview(
        service=data["service"],
        version=data["version"],
        answers={key: Given(**given) for key, given in data["answers"].items()},
        at=data["at"],
        changing=data["changing"],
    )
