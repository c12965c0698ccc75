"""TwiML, as Twilio would act on it: which texts go out, what a call says and then waits for.

Stricter than a browser is with HTML: what Twilio would refuse is refused here, so that it shows on this machine
and not on a citizen's telephone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

LONGEST_TEXT = 1600
"""Characters: https://www.twilio.com/docs/api/errors/21617, read on 25 November 2026."""
LONGEST_SAY = 4096
"""Characters: https://www.twilio.com/docs/voice/twiml/say, read on 25 November 2026."""
WAITS_SECONDS = 5
"""What a <Gather> waits when it does not say."""


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
    """The key that ends what is keyed; empty where every key is an answer."""
    on_silence: bool
    """Whether the action is asked even when nothing was said or keyed."""
    timeout: int = WAITS_SECONDS
    """Seconds of silence, or after the last key, before Twilio goes on."""


@dataclass(frozen=True)
class Heard:
    """One answer of ours to a call, in the order in which Twilio acts on it."""

    spoken: tuple[Spoken, ...]
    gather: Gather | None = None
    dials: str | None = None
    afterwards: tuple[Spoken, ...] = ()
    """What is said after the number that was dialled, to a caller who is still there."""
    hangs_up: bool = False
    redirects: str | None = None


def texts(xml: str) -> tuple[str, ...]:
    """The texts of a messaging reply. Raises NotTwiML."""
    found = []
    for verb in _verbs(xml):
        if verb.tag != "Message":
            raise NotTwiML(f"<{verb.tag}> is not a verb of texts that these phones know")
        text = "".join(verb.itertext())
        if not text or len(text) > LONGEST_TEXT:
            raise NotTwiML(f"a text has 1 to {LONGEST_TEXT} characters, and this one {len(text)}")
        found.append(text)
    return tuple(found)


def call(xml: str) -> Heard:
    """What a voice reply makes a call do. Raises NotTwiML."""
    spoken: list[Spoken] = []
    verbs = iter(_verbs(xml))
    for verb in verbs:
        if verb.tag == "Say":
            spoken.append(_spoken(verb))
        elif verb.tag == "Gather":
            spoken += _said(verb)
            return Heard(tuple(spoken), gather=_gather(verb))
        elif verb.tag == "Dial":
            return Heard(
                tuple(spoken), dials="".join(verb.itertext()).strip(), afterwards=tuple(_said(verbs))
            )
        elif verb.tag == "Redirect":
            return Heard(tuple(spoken), redirects=(verb.text or "").strip())
        elif verb.tag == "Hangup":
            break
        elif verb.tag != "Pause":
            raise NotTwiML(f"<{verb.tag}> is not a verb of calls that these phones know")
    return Heard(tuple(spoken), hangs_up=True)


def pretty(xml: str) -> str:
    """The reply laid out to be read; as it came where it is not XML."""
    try:
        root: Element = fromstring(xml)
    except (ParseError, DefusedXmlException):
        return xml
    indent(root)
    return tostring(root, encoding="unicode")


def _verbs(xml: str) -> list[Element]:
    try:
        root: Element = fromstring(xml)
    except (ParseError, DefusedXmlException) as error:
        raise NotTwiML(f"the reply is not XML: {error}") from error
    if root.tag != "Response":
        raise NotTwiML(f"the reply begins with <{root.tag}>, and TwiML with <Response>")
    return list(root)


def _said(verbs: Iterable[Element]) -> list[Spoken]:
    return [_spoken(verb) for verb in verbs if verb.tag == "Say"]


def _spoken(say: Element) -> Spoken:
    # SSML's pauses stand between pieces of text: a space each, as they are heard.
    text = " ".join(" ".join(say.itertext()).split())
    if len(text) > LONGEST_SAY:
        raise NotTwiML(f"a <Say> takes {LONGEST_SAY} characters, and this one has {len(text)}")
    return Spoken(text, say.get("language", "en-US"), say.get("voice", ""))


def _gather(verb: Element) -> Gather:
    inputs = verb.get("input", "dtmf").split()
    digits = _number(verb, "numDigits")
    return Gather(
        action=verb.get("action", ""),
        hears_speech="speech" in inputs,
        hears_keys="dtmf" in inputs,
        language=verb.get("language", "en-US"),
        hints=verb.get("hints", ""),
        digits=digits,
        finish_on=verb.get("finishOnKey", "#"),
        on_silence=verb.get("actionOnEmptyResult", "false") == "true",
        timeout=_number(verb, "timeout") or WAITS_SECONDS,
    )


def _number(verb: Element, name: str) -> int | None:
    written = verb.get(name)
    if written is None:
        return None
    if not (written.isascii() and written.isdecimal()):
        raise NotTwiML(f"{name} is a whole number, and not {written!r}")
    return int(written)
