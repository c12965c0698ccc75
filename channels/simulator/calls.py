"""A call under way: each answer of ours, played to the end of what Twilio does with it by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from channels.simulator import twiml
from channels.simulator.provider import Answered, Call, Provider

MOST_REDIRECTS = 10


@dataclass(frozen=True)
class Played:
    """What the caller gets: `heard` is whole, `answered` is the last answer that made it so."""

    heard: twiml.Heard
    answered: Answered


async def play(provider: Provider, call: Call, answered: Answered) -> Played:
    """Follow what TwiML itself asks for, until the caller's turn or the end. Raises NotTwiML, Unreachable."""
    spoken: tuple[twiml.Spoken, ...] = ()
    for _ in range(MOST_REDIRECTS):
        heard = twiml.call(answered.xml)
        spoken += heard.spoken
        if heard.redirects is None:
            return Played(replace(heard, spoken=spoken), answered)
        answered = await provider.redirected(call, heard.redirects)
    raise twiml.NotTwiML(f"the call is sent on {MOST_REDIRECTS} times and never gets anywhere")
