"""Twilio's messaging webhooks: form → Inbound | Status | Ignored, and texts → TwiML.

Pages, read on 25 November 2026:
- what arrives: https://www.twilio.com/docs/messaging/guides/webhook-request
- STOP and START: https://help.twilio.com/articles/223134027
- OptOutType: https://help.twilio.com/articles/31560110671259
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from twilio.twiml.messaging_response import MessagingResponse  # type: ignore[import-untyped]

from channels.channel import Address, Ignored, Inbound, ProviderId, Refused, Status
from channels.providers.characters import sayable
from channels.providers.twilio import Form, can_be_texted, is_withheld, meaning

# Twilio acts on these by itself when they are the whole message, whatever the capitals.
OPT_OUT_WORDS = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"})
OPT_IN_WORDS = frozenset({"START", "UNSTOP"})
# YES opts in as well, and is also how people answer us: it is always passed on as an answer.
ANSWER_AND_OPT_IN = "YES"

_STATES: Mapping[str, Literal["sent", "delivered", "failed"]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
}
_ON_THE_WAY = frozenset({"accepted", "scheduled", "queued", "sending"})


def message(form: Form) -> Sequence[Inbound | Ignored]:
    """A text that a person sent. Raises Refused(400) for a form that Twilio does not send."""
    sid = ProviderId(form.needed("MessageSid"))
    sender = form.needed("From")
    if "Body" not in form:
        raise Refused(400, "no_Body")
    text = sayable(form["Body"])
    said = Inbound(
        provider_id=sid,
        # A withheld sender is nobody in particular: each of its texts is a conversation of its own.
        conversation=str(sid) if is_withheld(sender) else sender,
        text=text,
        reply_to=Address(sender) if can_be_texted(sender) else None,
        media=_media(form),
    )
    match _choice(form, text):
        case "opt_out":
            return [_with(said, "opt_out")]
        case "opt_in" if text.upper() == ANSWER_AND_OPT_IN:
            return [_with(said, "opt_in", ProviderId(f"{sid}:opt_in")), said]
        case "opt_in":
            return [_with(said, "opt_in")]
        case "help":
            return [Ignored("help_answered_by_twilio", sid)]
        case _:
            return [said]


def status(form: Form) -> Sequence[Status | Ignored]:
    """What became of a text that we sent. Raises Refused(400)."""
    sid = ProviderId(form.needed("MessageSid"))
    word = form.needed("MessageStatus").lower()
    state = _STATES.get(word)
    if state is None:
        return [Ignored("status_on_the_way" if word in _ON_THE_WAY else "status_unrecognised", sid)]
    code = form.get("ErrorCode", "") if state == "failed" else ""
    # Our meaning first, so that whoever reads it need not know Twilio; then Twilio's number.
    return [Status(sid, state, f"{meaning(code).code.value} {code}".strip() if state == "failed" else None)]


def reply(parts: Sequence[str]) -> str:
    """The TwiML that sends these texts back; an empty Response where there are none."""
    response = MessagingResponse()
    for part in parts:
        response.message(part)
    return str(response)


def _choice(form: Form, text: str) -> Literal["opt_out", "opt_in", "help"] | None:
    # Present only where a Messaging Service with Advanced Opt-Out answered the person by itself.
    match form.get("OptOutType", "").strip().upper():
        case "STOP":
            return "opt_out"
        case "START":
            return "opt_in"
        case "HELP":
            return "help"
    word = text.upper()
    if word in OPT_OUT_WORDS:
        return "opt_out"
    return "opt_in" if word in OPT_IN_WORDS else None


def _with(said: Inbound, control: str, provider_id: ProviderId | None = None) -> Inbound:
    return Inbound(
        provider_id=provider_id or said.provider_id,
        conversation=said.conversation,
        text=said.text,
        reply_to=said.reply_to,
        control=control,
    )


def _media(form: Form) -> int:
    number = form.get("NumMedia", "").strip() or "0"
    if not (number.isascii() and number.isdecimal()):
        raise Refused(400, "NumMedia")
    return int(number)
