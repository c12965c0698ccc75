"""One move, applied to one turn, in one transaction.

Whoever calls twice (a retry, the sweep after a crash, an impatient engine) gets the first outcome again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

from actions import cases
from actions.conversation import Outcome, Understood
from actions.dialogue import Circumstances, Move
from actions.records import turns
from bot.catalogue import Catalogue
from bot.words import Language, Words


@dataclass(frozen=True)
class Said:
    """What a turn was answered with, and in which language the conversation goes on."""

    words: tuple[Words, ...]
    language: Language


def apply(
    session: Session,
    turn_id: str,
    move: Move,
    understood: Understood,
    *,
    catalogue: Catalogue,
    today: date,
    now: datetime,
    destinations: Mapping[str, str],
) -> Said:
    """The words that answer the turn. Raises KeyError for a turn that was never remembered."""
    turn = turns.load(session, turn_id)
    if turn.words is not None:
        return Said(turn.words, turn.language)
    at = Circumstances(
        catalogue, today, turn.channel, partial(cases.new_reference, catalogue.council.reference_prefix)
    )
    outcome = move(turn.state, understood, at)
    if understood.media and outcome.words and understood.text.strip():
        outcome = _with_media_noted(outcome, at)
    words = turns.settle(
        session, turn_id, outcome, catalogue=catalogue, now=now, destinations_override=destinations
    )
    return Said(words, outcome.state.language)


def _with_media_noted(outcome: Outcome, at: Circumstances) -> Outcome:
    return replace(outcome, words=(at.say("talk.media_too", outcome.state), *outcome.words))
