"""TwiML, as Twilio would act on it: which texts go out, what a call says and then waits for."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring


class NotTwiML(ValueError):
    """A reply that Twilio could not act on: the message says why."""


@dataclass(frozen=True)
class Spoken:
    """One thing that the call says. `voice` and `language` are TwiML's."""

    text: str
    language: str
    voice: str


@dataclass(frozen=True)
class Gather:
    """What the call then listens for."""

    action: str
    hears_speech: bool
    hears_keys: bool
    language: str
    hints: str
    digits: int | None
    finish_on: str
    on_silence: bool
    """Whether the action is asked even when nothing was said or keyed."""


@dataclass(frozen=True)
class Heard:
    """One answer of ours to a call, in the order in which Twilio acts on it."""

    spoken: tuple[Spoken, ...]
    gather: Gather | None = None
    dials: str | None = None
    hangs_up: bool = False
    redirects: str | None = None


def texts(xml: str) -> tuple[str, ...]:
    """The texts of a messaging reply. Raises NotTwiML."""
    return tuple("".join(message.itertext()) for message in _verbs(xml) if message.tag == "Message")


def call(xml: str) -> Heard:
    """What a voice reply makes a call do. Raises NotTwiML."""
    spoken: list[Spoken] = []
    for verb in _verbs(xml):
        if verb.tag == "Say":
            spoken.append(_spoken(verb))
        elif verb.tag == "Gather":
            spoken += [_spoken(inner) for inner in verb if inner.tag == "Say"]
            return Heard(tuple(spoken), gather=_gather(verb))
        elif verb.tag == "Dial":
            return Heard(tuple(spoken), dials="".join(verb.itertext()).strip())
        elif verb.tag == "Redirect":
            return Heard(tuple(spoken), redirects=(verb.text or "").strip())
        elif verb.tag == "Hangup":
            break
        elif verb.tag != "Pause":
            raise NotTwiML(f"<{verb.tag}> is not a verb that these phones know")
    return Heard(tuple(spoken), hangs_up=True)


def _verbs(xml: str) -> list[Element]:
    try:
        root: Element = fromstring(xml)
    except ParseError as error:
        raise NotTwiML(f"the reply is not XML: {error}") from error
    if root.tag != "Response":
        raise NotTwiML(f"the reply begins with <{root.tag}>, and TwiML with <Response>")
    return list(root)


def _spoken(say: Element) -> Spoken:
    # SSML's pauses stand between pieces of text: a space each, as they are heard.
    text = " ".join(" ".join(say.itertext()).split())
    return Spoken(text, say.get("language", "en-US"), say.get("voice", ""))


def _gather(verb: Element) -> Gather:
    inputs = verb.get("input", "dtmf").split()
    digits = verb.get("numDigits")
    return Gather(
        action=verb.get("action", ""),
        hears_speech="speech" in inputs,
        hears_keys="dtmf" in inputs,
        language=verb.get("language", "en-US"),
        hints=verb.get("hints", ""),
        digits=int(digits) if digits else None,
        finish_on=verb.get("finishOnKey", "#"),
        on_silence=verb.get("actionOnEmptyResult", "false") == "true",
    )
