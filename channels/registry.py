"""The channels, listed: a new one is a line here."""

from __future__ import annotations

from collections.abc import Sequence

import httpx
from sanic import Blueprint

from actions.runtime import Runtime
from actions.settings import Settings
from bot.catalogue import Catalogue
from channels.channel import Channel, Turns
from channels.simulator import pages as simulator_pages
from channels.sms.channel import SmsChannel
from channels.staff import pages as staff_pages
from channels.staff.channel import StaffDesk
from channels.voice.channel import VoiceChannel
from channels.webchat import pages as webchat_pages
from channels.webchat.channel import WebChat


def channels(settings: Settings, catalogue: Catalogue, http: httpx.AsyncClient) -> list[Channel]:
    """Every channel of an installation, in the order in which the desk shows them."""
    return [
        SmsChannel(settings, catalogue, http),
        VoiceChannel(settings, catalogue),
        WebChat(settings, catalogue),
        StaffDesk(settings, catalogue),
    ]


def pages(channels: Sequence[Channel], turns: Turns, runtime: Runtime) -> list[Blueprint]:
    """The pages that channels offer beside their webhooks."""
    found: list[Blueprint] = []
    for channel in channels:
        if isinstance(channel, WebChat):
            found.append(webchat_pages.blueprint(channel, turns, runtime.catalogue, runtime.settings))
        if isinstance(channel, StaffDesk):
            found.append(staff_pages.blueprint(channel, turns, runtime))
    if runtime.settings.development:
        found.append(simulator_pages.blueprint(runtime.settings, runtime.catalogue))
    return found
