"""What cannot be read as words: each has its own reply, and the waiting question is put again."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from actions.conversation import Outcome, State, Understood
from actions.dialogue.circumstances import Circumstances
from actions.dialogue.waiting import waiting_words

LONGEST = 2000
"""Characters of one message. A long answer's own limit is the question's, and is lower."""


def kind_of(text: str, media: int) -> str | None:
    """The move for a text that need not be understood (`empty`, `no_words`, `too_long`, ...); None if it reads."""
    stripped = text.strip()
    if not stripped:
        return "media" if media else "empty"
    if len(stripped) > LONGEST:
        return "too_long"
    letters = [c for c in stripped if c.isalpha()]
    if not letters and not any(c.isdigit() for c in stripped) and stripped not in "*#":
        return "no_words"
    foreign = sum(1 for c in letters if not unicodedata.name(c, "LATIN").startswith(_READ_SCRIPTS))
    if letters and foreign > len(letters) / 2:
        return "other_script"
    return None


_READ_SCRIPTS = ("LATIN", "FULLWIDTH LATIN", "FEMININE", "MASCULINE", "MODIFIER")


def empty(state: State, understood: Understood, at: Circumstances) -> Outcome:
    return _told("talk.empty", state, at)


def no_words(state: State, understood: Understood, at: Circumstances) -> Outcome:
    return _told("talk.no_words", state, at)


def too_long(state: State, understood: Understood, at: Circumstances) -> Outcome:
    return _told("talk.too_long", state, at, most=str(LONGEST))


def media(state: State, understood: Understood, at: Circumstances) -> Outcome:
    return _told("talk.media", state, at)


def other_script(state: State, understood: Understood, at: Circumstances) -> Outcome:
    return _told("talk.other_script", state, at)


def _told(key: str, state: State, at: Circumstances, **values: str) -> Outcome:
    words = (at.say(key, state, **values), *waiting_words(state, at))
    return Outcome(replace(state, last=words), words, "form_refusal" if state.asking else "declined")
