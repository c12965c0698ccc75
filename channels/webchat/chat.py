"""A chat, for its pages: opened, spoken to, and shown; over the turns that the house offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.catalogue import Catalogue
from bot.words import Language, Problem
from channels.channel import Inbound, Reply, Turns
from channels.webchat.channel import WebChat
from channels.webchat.thread import Thread, entries, mark


@dataclass(frozen=True)
class Aside:
    """What a page says beside the conversation itself. `status` is its HTTP status."""

    status: int = 200
    problem: str | None = None
    notice: str | None = None
    typed: str | None = None


NOTHING = Aside()


class Chat:
    """The chats of one installation."""

    def __init__(self, channel: WebChat, turns: Turns, catalogue: Catalogue) -> None:
        self.channel = channel
        self._turns = turns
        self._catalogue = catalogue

    async def thread(self, conversation: str) -> Thread:
        return Thread(tuple(await self._turns.history(self.channel, conversation)))

    async def opened(self, conversation: str, language: Language | None) -> Thread:
        """A thread that has begun, and that is in the language asked for: both are turns of their own, each
        taken once however often the page is loaded."""
        thread = await self.thread(conversation)
        if not thread.exchanges:
            await self._start(conversation, "start", language)
        elif language is not None and language != thread.language:
            await self._start(conversation, f"language {thread.seen}", language)
        else:
            return thread
        return await self.thread(conversation)

    async def take(self, inbound: Inbound) -> Reply:
        return await self._turns.take(self.channel, inbound)

    async def objection(self, thread: Thread, text: str, seen: str) -> Aside | None:
        """Why a message is not taken, said so that nothing is lost; None where it is as it should be."""
        language = thread.language or "en"
        if not text.strip():
            key = "web.nothing_said" if thread.waiting is None else "web.nothing_given"
            return Aside(422, problem=self.phrase(key, language))
        stale = thread.stale(seen, text)
        if stale:
            return Aside(409, notice=self.phrase("web.moved_on", language, said=text))
        return NOTHING if stale is None else None

    def phrase(self, key: str, language: Language, **values: str) -> str:
        return self._catalogue.phrase(key, language, **values).text

    def shown(
        self, conversation: str, thread: Thread, aside: Aside = NOTHING, *, start: int = 0, query: str = ""
    ) -> dict[str, Any]:
        """What chat.html and the script are given: the log from an exchange on, and the form below it."""
        language = thread.language or "en"
        keys, problem = self.channel.keys, _problem(thread, aside)
        log = tuple(entries(thread.exchanges, self.channel.rendering, self.channel.pages, start))
        form = self.channel.rendering.form(
            thread.waiting,
            language,
            action=f"/chat{query}",
            csrf=keys.csrf(conversation),
            turn=keys.new_turn(),
            seen=thread.seen,
            problem=problem,
            notice=aside.notice,
            typed=thread.typed if aside.typed is None else aside.typed,
        )
        return {
            "conversation": conversation,
            "csrf": keys.csrf(conversation),
            "entries": log,
            "form": Markup(form),  # noqa: S704 - rendered by our own template, which escapes
            "mark": mark(thread.exchanges, log),
            "problem": problem,
            "query": query,
            "language": language,
        }

    async def _start(self, conversation: str, turn: str, language: Language | None) -> None:
        await self.take(self.channel.inbound(conversation, "", turn, control="start", language=language))


def _problem(thread: Thread, aside: Aside) -> str | None:
    if aside.problem is not None:
        return aside.problem
    # A notice says why nothing was taken: what was wrong before is not what matters now.
    found: Problem | None = None if aside.notice is not None else thread.problem
    return None if found is None else found.wording.text
