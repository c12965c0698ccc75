"""A thread as its page shows it: the entries of the log, and the question that still waits. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from bot.words import Ask, Choose, Confirm, Language, Problem, Words, asked
from channels.assets.pages import Pages
from channels.channel import Exchange
from channels.webchat.rendering import Rendering, question_id

Waiting = Ask | Choose | Confirm


@dataclass(frozen=True)
class Entry:
    """One entry of the log. `by` is `us` or `you`; `digest` changes when a late answer takes its place."""

    id: str
    by: str
    heading: str
    html: Markup
    language: Language
    digest: str


@dataclass(frozen=True)
class Thread:
    """A thread so far, oldest first."""

    exchanges: tuple[Exchange, ...]

    @property
    def language(self) -> Language | None:
        """The language that the conversation has come to; None before it began."""
        return self.exchanges[-1].language if self.exchanges else None

    @property
    def seen(self) -> str:
        """What the page has shown: the last exchange's id."""
        return exchange_id(self.exchanges[-1]) if self.exchanges else ""

    @property
    def waiting(self) -> Waiting | None:
        return asked_in(self.exchanges)

    @property
    def problem(self) -> Problem | None:
        """What is wrong with the last answer."""
        found = (word for exchange in self._open for word in exchange.words if isinstance(word, Problem))
        return next(found, None)

    @property
    def typed(self) -> str:
        """What was typed and could not be used, to be put right rather than typed again."""
        return self._open[0].said if self.problem is not None else ""

    @property
    def _open(self) -> tuple[Exchange, ...]:
        return self.exchanges[_waiting_at(self.exchanges) :]

    def position(self, seen: str) -> int:
        """Where the exchange stands that a page saw last; -1 if it is not known."""
        # From the end: a page is rarely more than a turn behind, and a thread may be long.
        for index in range(len(self.exchanges) - 1, -1, -1):
            if exchange_id(self.exchanges[index]) == seen:
                return index
        return -1

    def stale(self, seen: str, text: str) -> bool | None:
        """Whether a form answers a question that no longer waits: None if the same answer was already taken
        (the form was sent twice), True if something else was, False if the form is as good as new."""
        at = self.position(seen)
        later = [exchange for exchange in self.exchanges[at + 1 :] if exchange.said]
        if at < 0 or not later:
            return False
        was, now = asked_in(self.exchanges[: at + 1]), self.waiting
        if question_id(was) == question_id(now) and type(was) is type(now):
            return False
        return None if later[0].said == text else True


def exchange_id(exchange: Exchange) -> str:
    """An id for the page: its moment, because a long thread's earliest exchanges are no longer shown."""
    return f"m{exchange.at:%Y%m%d%H%M%S%f}"


def asked_in(exchanges: Sequence[Exchange]) -> Waiting | None:
    """The question that waits after these. A push that asks nothing leaves the one before it waiting."""
    index = _waiting_at(exchanges)
    return asked(exchanges[index].words) if index < len(exchanges) else None


def _waiting_at(exchanges: Sequence[Exchange]) -> int:
    for index in range(len(exchanges) - 1, -1, -1):
        if exchanges[index].said or asked(exchanges[index].words) is not None:
            return index
    return len(exchanges)


def entries(
    exchanges: Sequence[Exchange], rendering: Rendering, pages: Pages, start: int = 0
) -> Iterator[Entry]:
    """The log, from an exchange on: what was said, the reply, and each question once it has its answer. What
    still waits stands in the form below, and so does what is wrong with the last answer."""
    waiting_at = _waiting_at(exchanges)
    for index, exchange in enumerate(exchanges[start:], start):
        language = exchange.language
        basics = pages.basics(language)
        ours = basics["t"]("web.we_said", council=basics["council_name"])
        name = exchange_id(exchange)
        if exchange.said:
            html = Markup('<p class="govuk-body app-entry__said">{}</p>').format(_lines(exchange.said))
            yield _entry(f"{name}-said", "you", basics["t"]("web.you_said"), html, language)
        for part, words in _parts(exchange.words, waits=index >= waiting_at):
            html = Markup("\n").join(Markup(rendering.said(word, language)) for word in words)  # noqa: S704
            yield _entry(f"{name}-{part}", "us", ours, html, language)


def mark(exchanges: Sequence[Exchange], made: Sequence[Entry]) -> str:
    """Changes whenever the log does."""
    last = exchange_id(exchanges[-1]) if exchanges else ""
    digest = hashlib.sha256("".join(entry.digest for entry in made[-6:]).encode()).hexdigest()
    return f"{last}.{digest[:12]}"


def _parts(words: Sequence[Words], *, waits: bool) -> Iterator[tuple[str, Sequence[Words]]]:
    question = asked(words)
    reply = [word for word in words if not isinstance(word, Problem) and word is not question]
    if reply:
        yield "reply", reply
    if waits:
        return
    problems = [word for word in words if isinstance(word, Problem)]
    if problems:
        yield "problem", problems
    if question is not None:
        yield "asked", [question]


def _entry(name: str, by: str, heading: str, html: Markup, language: Language) -> Entry:
    digest = hashlib.sha256(html.encode()).hexdigest()[:12]
    return Entry(name, by, heading, html, language, digest)


def _lines(said: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in said.splitlines())
