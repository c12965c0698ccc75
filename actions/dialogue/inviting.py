"""When nothing is being asked: the welcome, "is there anything else?", and a call's menu.

A text or a chat is asked openly. A call can be answered on the keys at every point: a Welsh call on nothing
else, because Twilio has no Welsh ear, and an English one by whoever is not understood.
"""

from __future__ import annotations

from dataclasses import replace

from actions.conversation import State
from actions.dialogue.circumstances import Circumstances
from actions.dialogue.waiting import menus, offered, pick
from bot.words import Say, Words

Invitation = tuple[State, tuple[Words, ...]]


def welcome(state: State, at: Circumstances, phrase: str = "talk.welcome") -> Invitation:
    """Who we are and what can be said; and what the person left unfinished."""
    open_state = replace(state, asking=None, choices=())
    said = (at.say(phrase, state), *unfinished(state, at))
    if at.door == "voice" and state.language == "cy":
        after, words = menu(open_state, at)
        return after, (*said, *words)
    return open_state, said


def anything_else(state: State, at: Circumstances) -> Invitation:
    """ "Is there anything else?": on a call a question with keys, elsewhere an open one."""
    after = replace(state, asking="offer" if at.door == "voice" else None, choices=())
    question = offered(after, at) if after.asking == "offer" else None
    return after, (question,) if question is not None else (at.say("talk.anything_else", state),)


def menu(state: State, at: Circumstances) -> Invitation:
    """The first menu of services."""
    pages = menus(at)
    if not pages:
        return state, ()
    after = replace(state, asking="pick", choices=pages[0])
    return after, (pick(after, at),)


def next_menu(state: State, at: Circumstances) -> Invitation | None:
    """The menu after the one that is being asked; None after the last, or where no menu is."""
    pages = menus(at)
    place = pages.index(state.choices) + 1 if state.choices in pages else len(pages)
    if place >= len(pages):
        return None
    after = replace(state, choices=pages[place], failures=0)
    return after, (pick(after, at),)


def unfinished(state: State, at: Circumstances) -> tuple[Words, ...]:
    """A reminder of the request that was left, if there is one."""
    left = [one for one in (*state.aside, *([state.interview] if state.interview else [])) if one.answers]
    service = at.catalogue.services.get(left[-1].service) if left else None
    if service is None:
        return ()
    return (at.say("talk.unfinished", state, title=service.title[state.language]),)


def asked_openly(state: State) -> bool:
    """Whether we last put an open question, so that a bare yes or no answers it."""
    last = state.last[-1] if state.last else None
    return isinstance(last, Say) and last.wording.text.endswith("?")
