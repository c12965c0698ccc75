"""The content, as values: Service, Guidance, Question, Phrase, Council.

Frozen, with no idea of files: `loading.py` makes them from YAML, `mistakes/` says what is wrong with that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.words import Language, Option, Source, Wording

ASPECTS = ("overview", "eligibility", "cost", "how", "documents", "time", "deadline", "contact")
"""What guidance is about. `overview` answers when no aspect was named."""

BASES = (
    "public_task",
    "legal_obligation",
    "consent",
    "contract",
    "vital_interests",
    "legitimate_interests",
)
"""The lawful bases of UK GDPR, Article 6(1)."""

ServiceKind = Literal["answer", "request", "request+payment", "request+location", "request+tell-us-once"]


@dataclass(frozen=True)
class Keep:
    """Why an answer is held (UK GDPR, Article 30): one for every question of every service."""

    purpose: Mapping[Language, str]
    basis: str
    controller: str
    recipients: tuple[str, ...]
    months: int
    """How long after the case is closed."""
    personal: bool = True


@dataclass(frozen=True)
class Question:
    """One thing a service asks. `only_if` maps an earlier question to the canonical values that open this one."""

    id: str
    kind: str
    ask: Mapping[Language, Wording]
    label: Mapping[Language, Wording]
    """Its name on the check-your-answers list ("Which bin")."""
    hint: Mapping[Language, Wording]
    """Empty where there is none."""
    options: tuple[tuple[str, Mapping[Language, Option]], ...]
    optional: bool
    only_if: Mapping[str, tuple[object, ...]]
    keep: Keep
    limits: Mapping[str, object] = field(default_factory=dict)
    """What the kind understands: `earliest`, `latest` (ISO date, `today`, or days such as `-14`), `most`,
    `least` (a number), `longest` (characters)."""
    examples: tuple[str, ...] = ()
    """Answers that must be accepted, one per way of saying it; the contract tests read them."""

    def options_in(self, language: Language) -> tuple[Option, ...]:
        return tuple(by_language[language] for _, by_language in self.options)


@dataclass(frozen=True)
class Guidance:
    """What a service publishes on one aspect."""

    aspect: str
    wording: Mapping[Language, Wording]
    source: Source
    demonstration: bool
    """True where the fact is Westmoor's, which does not exist."""


@dataclass(frozen=True)
class Destination:
    """Who receives a request, and of it just the fields named in `sends` (field of theirs → question of ours)."""

    recipient: str
    system: str
    sends: Mapping[str, str]
    settings: Mapping[str, str] = field(default_factory=dict)
    """What the case system needs to know of this service, such as Open311's `service_code`."""
    only_if: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    """The consent or the answer without which this recipient gets nothing."""


@dataclass(frozen=True)
class Service:
    """One service, whole."""

    id: str
    kind: ServiceKind
    owner: str
    contact: str
    """Who keeps the content right: an e-mail address."""
    version: int
    title: Mapping[Language, str]
    said: Mapping[Language, str]
    """The service in a person's words, fit for "Do you mean …?": "a missed bin"."""
    phrasings: Mapping[Language, Mapping[str, tuple[str, ...]]]
    """What people say: `request` or an aspect → sentences."""
    guidance: Mapping[str, Guidance]
    questions: tuple[Question, ...]
    destinations: tuple[Destination, ...]
    after: Mapping[Language, Wording]
    """What happens next, and by when."""
    links: Mapping[Language, str]
    """The page where the service can be used or read about."""
    related: tuple[str, ...] = ()

    @property
    def takes_requests(self) -> bool:
        return bool(self.questions)

    def question(self, question_id: str) -> Question:
        """Raises KeyError: a question that the service does not have."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)


@dataclass(frozen=True)
class Council:
    """Whose assistant this is. Westmoor's is demonstration data."""

    name: Mapping[Language, str]
    phone: str
    """E.164."""
    phone_shown: str
    text_number: str
    text_number_shown: str
    text_pence_per_segment: float
    reference_prefix: str
    """Two letters before every reference: whose it is."""
    hours: Mapping[Language, str]
    website: str
    demonstration: bool


@dataclass(frozen=True)
class Catalogue:
    """All the content that was loaded, on one day: amounts are those in force on `on`."""

    services: Mapping[str, Service]
    phrases: Mapping[str, Mapping[Language, Wording]]
    """Templates: `{name}` is filled by `phrase`."""
    hears: Mapping[str, Mapping[Language, tuple[str, ...]]]
    """Other names for the words that we all use: `yes`, `no`, `skip`, and the controls (`back`, `help`, ...)."""
    council: Council
    on: date
    fingerprint: str
    """SHA-256 of every content file: a model is stale when this changed."""

    def phrase(self, key: str, language: Language, **values: str) -> Wording:
        """A phrase, filled. Raises KeyError for a key that content lacks: a mistake of ours."""
        wording = self.phrases[key][language]
        if not values:
            return wording
        return Wording(
            wording.text.format(**values),
            None if wording.short is None else wording.short.format(**values),
            None if wording.spoken is None else wording.spoken.format(**values),
        )
