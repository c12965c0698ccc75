"""A house that behaves: takes turns as the real one does, over a small conversation about a missed bin.

A turn with a provider's id that was seen before gives the stored reply again and changes nothing. What is
asked in the middle of a request is answered, and the question put again. Everything is in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.words import (
    Ask,
    Choose,
    Confirm,
    End,
    HandOver,
    Language,
    Link,
    Option,
    Problem,
    Receipt,
    Row,
    Say,
    Source,
    Wording,
    Words,
)
from channels.channel import Channel, Exchange, Inbound, Reply

SOURCE = Source(
    "GOV.UK: Rubbish collection day", "https://www.gov.uk/rubbish-collection-day", "GDS", "2026-11-25"
)
WELCOME = {
    "en": 'Hello. Tell us what you need, in your own words.\n\nFor example, "my bin was missed".',
    "cy": 'Helo. Dywedwch beth sydd ei angen arnoch.\n\nEr enghraifft, "methwyd fy min".',
}
YES_NO = (Option("true", Wording("Yes")), Option("false", Wording("No")))
OFFER = Choose("offer", "yes_no", Wording("Do you want to report a missed bin now?"), YES_NO)
BINS = (
    Option("rubbish", Wording("Black bin (rubbish)")),
    Option("recycling", Wording("Blue bin (recycling)")),
)
WHICH_BIN = {
    "en": Choose("which_bin", "choice", Wording("Which bin did we miss?"), BINS, Wording("Choose one.")),
    "cy": Choose("which_bin", "choice", Wording("Pa fin na chafodd ei gasglu?"), BINS),
}
POSTCODE = Ask("postcode", "postcode", Wording("What is your postcode?"), Wording("For example, SW1A 1AA."))
DETAILS = Ask("details", "long_text", Wording("Is there anything the crew should know?"), optional=True)
LARGE = Choose(
    "items",
    "choices",
    Wording("What else was left?"),
    (Option("a", Wording("A bag")), Option("b", Wording("A box")), Option("c", Wording("A sofa"))),
)
RECEIPT = Receipt(
    "WM-7K2P-9XQ4-6",
    "Report sent",
    Wording("We come back for your bin within 3 working days.\n\n- Leave it out.\n- Keep the lid shut."),
    (Row("which_bin", Wording("Which bin"), Wording("Black bin (rubbish)")),),
)
PERSON = HandOver(
    Wording("You can speak to a person, Monday to Friday, 9am to 5pm."), "+441632960100", "asked"
)
COST = Say(Wording("It is free to report a missed bin."), SOURCE)
SORRY = HandOver(
    Wording("Sorry, we have a problem at our end. We have kept what you said."),
    "+441632960100",
    "engine_down",
)


@dataclass
class _Talk:
    exchanges: list[Exchange] = field(default_factory=list)
    step: str = "open"
    language: Language = "en"
    answers: dict[str, str] = field(default_factory=dict)


class ScriptedTurns:
    """Implements channels.channel.Turns."""

    def __init__(self) -> None:
        self.talks: dict[str, _Talk] = {}
        self.taken: list[Inbound] = []
        self._replies: dict[str, Reply] = {}
        self._now = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

    async def take(self, channel: Channel, inbound: Inbound) -> Reply:
        """One turn; a repeat gives the reply that it gave before."""
        if inbound.provider_id in self._replies:
            return self._replies[inbound.provider_id]
        self.taken.append(inbound)
        talk = self.talks.setdefault(inbound.conversation, _Talk())
        if inbound.language is not None:
            talk.language = inbound.language
        words = tuple(self._answer(talk, inbound))
        self._note(talk, inbound.text, words)
        reply = Reply(f"turn-{len(self.taken)}", words, talk.language)
        self._replies[inbound.provider_id] = reply
        return reply

    async def history(self, channel: Channel, conversation: str) -> Sequence[Exchange]:
        talk = self.talks.get(conversation)
        return () if talk is None else tuple(talk.exchanges)

    def push(self, conversation: str, *words: Words) -> None:
        """Something that we say first: a status, or an answer that comes late."""
        self._note(self.talks[conversation], "", words)

    def answer_late(self, conversation: str, *words: Words) -> None:
        """The apology that stood last gives way to the answer."""
        talk = self.talks[conversation]
        last = talk.exchanges[-1]
        talk.exchanges[-1] = Exchange(last.said, words, last.language, last.at)

    def _note(self, talk: _Talk, said: str, words: tuple[Words, ...]) -> None:
        self._now += timedelta(seconds=1)
        talk.exchanges.append(Exchange(said, words, talk.language, self._now))

    def _answer(self, talk: _Talk, inbound: Inbound) -> list[Words]:
        said = inbound.text.strip().lower()
        waiting = self._waiting(talk)
        if inbound.control == "start":
            return waiting or [Say(Wording(WELCOME[talk.language]))]
        if len(said) > 2000:
            return [
                Say(
                    Wording("That message is too long for us to read. Please use fewer than 2000 characters.")
                ),
                *waiting,
            ]
        if said == "person":
            return [PERSON, *waiting]
        if "cost" in said:
            return [COST, Link("Missed bins", "https://www.gov.uk/rubbish-collection-day"), *waiting]
        if said == "break":
            return [SORRY]
        if said == "bye":
            return [End(Wording("Thank you. Goodbye."))]
        if said == "back" and talk.step == "postcode":
            talk.step = "which_bin"
            return [Say(Wording("We have gone back one question.")), *self._waiting(talk)]
        return self._by_step(talk, inbound.text.strip(), said)

    def _by_step(self, talk: _Talk, text: str, said: str) -> list[Words]:
        match talk.step:
            case "open" if "bin" in said:
                talk.step = "offer"
                return [COST, OFFER]
            case "offer" if said == "yes":
                talk.step = "which_bin"
                return [
                    Say(Wording("Report a missed bin.\n\nWe will ask some questions.")),
                    *self._waiting(talk),
                ]
            case "which_bin" if "bin" in said:
                talk.answers["which_bin"] = text
                talk.step = "review" if "postcode" in talk.answers else "postcode"
                return self._waiting(talk)
            case "postcode" if any(c.isdigit() for c in said) and len(said) > 4:
                talk.answers["postcode"] = text.upper()
                talk.step = "items"
                return self._waiting(talk)
            case "postcode":
                return [
                    Problem(Wording("Enter a full postcode, like SW1A 1AA"), "postcode:incomplete"),
                    POSTCODE,
                ]
            case "items":
                talk.answers["items"] = text
                talk.step = "details"
                return self._waiting(talk)
            case "details":
                talk.answers["details"] = text
                talk.step = "review"
                return self._waiting(talk)
            case "review" if said == "yes":
                talk.step = "open"
                return [RECEIPT, Say(Wording("Is there anything else we can help with?"))]
            case "review" if said == "which bin":
                talk.step = "which_bin"
                return self._waiting(talk)
        return [
            Say(Wording("Sorry, we did not understand that. Please say it another way.")),
            *self._waiting(talk),
        ]

    def _waiting(self, talk: _Talk) -> list[Words]:
        match talk.step:
            case "offer":
                return [OFFER]
            case "which_bin":
                return [WHICH_BIN[talk.language]]
            case "postcode":
                return [POSTCODE]
            case "items":
                return [LARGE]
            case "details":
                return [DETAILS]
            case "review":
                labels = {
                    "which_bin": "Which bin",
                    "postcode": "Postcode",
                    "items": "Left",
                    "details": "Details",
                }
                rows = tuple(
                    Row(key, Wording(label), Wording(talk.answers[key])) for key, label in labels.items()
                )
                options = (Option("true", Wording("Yes")), Option("false", Wording("Change an answer")))
                return [Confirm(Wording("Is this right?"), rows, options)]
        return []
