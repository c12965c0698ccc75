"""One turn, whatever becomes of the engine: repeats, two at once, silence, slowness, death, and what comes after."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actions.conversation import Understood
from actions.dialogue import MOVES
from actions.records import turns
from actions.records.database import Database
from actions.records.encryption import Cipher, new_key
from actions.records.messages import outbound
from actions.records.tables import cases, messages
from actions.runtime import Runtime
from actions.settings import Settings
from actions.steps import apply
from bot.catalogue import Catalogue
from bot.words import Choose, HandOver, Receipt, Say, Words, asked, to_json
from channels.channel import Address, Inbound, ProviderId, Reply
from channels.engine_client import Engine
from channels.sms.channel import SmsChannel
from channels.turn import TurnTaker
from channels.voice.channel import VoiceChannel
from tests.clock import Clock
from tests.peers.engine import EnginePeer

NUMBER = "+447700900123"
PATIENCE_SECONDS = 0.5
DONE_AND_LOST = ("breaks_after", "mute_after", "another_turn")


@dataclass
class House:
    """A gateway's inside, with one person who texts and calls."""

    taker: TurnTaker
    engine: EnginePeer
    runtime: Runtime
    clock: Clock
    sms: SmsChannel
    voice: VoiceChannel
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def text(self, said: str, *, sid: str = "", **more: Any) -> Reply:
        provider_id = ProviderId(sid or f"SM{next(self.ids)}")
        inbound = Inbound(provider_id, NUMBER, said, reply_to=Address(NUMBER), **more)
        return await self.taker.take(self.sms, inbound)

    async def say(self, said: str, **more: Any) -> Reply:
        inbound = Inbound(ProviderId(f"CA1:{next(self.ids)}"), "CA1", said, manner="spoken", **more)
        return await self.taker.take(self.voice, inbound)

    async def sweep(self, seconds: int = 60) -> int:
        self.clock.forward(seconds=seconds)
        return await self.taker.sweep([self.sms, self.voice])

    async def pushed(self) -> list[tuple[Words, ...]]:
        """What was queued to be sent by itself."""
        return await self.runtime.database.run(_pushed)

    async def unanswered(self) -> int:
        soon = self.clock() + timedelta(seconds=1)
        return len(await self.runtime.database.run(turns.unanswered, soon))


@pytest.fixture
async def house(catalogue: Catalogue, settings: Settings, tmp_path: Path) -> AsyncIterator[House]:
    clock = Clock()
    database = Database(f"sqlite:///{tmp_path / 'doorstep.sqlite3'}", Cipher([new_key()]))
    database.migrate()

    def step(intent: str, body: dict[str, Any]) -> dict[str, Any]:
        """What actions/steps/step.py does with a turn."""
        service = () if intent not in ("ask", "request") else (("missed_bin", 0.9),)
        meant = Understood(
            body["message"],
            intent,
            0.9,
            service,
            aspect="cost" if intent == "ask" else None,
            manner=body["metadata"]["manner"],
            media=body["metadata"]["media"],
        )
        said = database.run_now(
            apply,
            body["metadata"]["turn"],
            MOVES[intent],
            meant,
            catalogue=catalogue,
            today=clock().date(),
            now=clock(),
            destinations={},
        )
        turn = body["metadata"]["turn"]
        return {"words": to_json(said.words), "language": said.language, "turn": turn}

    async with httpx.AsyncClient() as http:
        runtime = Runtime(settings, database, catalogue, http, clock, {})
        with EnginePeer("token", step) as engine:
            taker = TurnTaker(runtime, Engine(http, engine.url, "token", PATIENCE_SECONDS))
            sms, voice = SmsChannel(settings, catalogue, http), VoiceChannel(settings, catalogue)
            yield House(taker, engine, runtime, clock, sms, voice)
    database.close()


def _pushed(session: Session) -> list[tuple[Words, ...]]:
    rows = session.connection().execute(select(messages.c.id).where(messages.c.direction == "outbound"))
    return [outbound(session, row.id).words for row in rows]


def _cases(session: Session) -> int:
    return session.connection().execute(select(func.count()).select_from(cases)).scalar_one()


def question(reply: Reply) -> str | None:
    found = asked(reply.words)
    return getattr(found, "question", "confirm") if found is not None else None


def apologised(reply: Reply) -> bool:
    return [w.reason for w in reply.words if isinstance(w, HandOver)] == ["engine_down"]


# Repeats and order


async def test_a_repeat_gets_the_same_words_and_changes_nothing(house: House) -> None:
    await house.text("report a missed bin")
    first = await house.text("recycling", sid="SM9")
    again = await house.text("recycling", sid="SM9")
    assert again == first
    assert len(house.engine.received) == 2
    assert question(await house.text("yesterday")) == "out_in_time"


async def test_the_same_message_twice_at_once_is_answered_once(house: House) -> None:
    first, second = await asyncio.gather(
        house.text("report a missed bin", sid="SM9"), house.text("report a missed bin", sid="SM9")
    )
    assert first == second
    assert len(house.engine.received) == 1


async def test_two_texts_at_once_are_answered_in_order(house: House) -> None:
    house.engine.mode = "stuck"
    first = asyncio.create_task(house.text("report a missed bin"))
    await asyncio.to_thread(house.engine.until, lambda: len(house.engine.received) == 1)
    second = asyncio.create_task(house.text("recycling"))
    async with asyncio.timeout(10):
        while await house.unanswered() < 2:  # noqa: ASYNC110 - the condition is a row of the database
            await asyncio.sleep(0.01)
    house.engine.release()
    assert question(await first) == "which_bin"
    assert question(await second) == "missed_on"
    assert [body["message"] for body in house.engine.received] == ["report a missed bin", "recycling"]


async def test_two_people_do_not_wait_for_each_other(house: House) -> None:
    house.engine.mode = "stuck"
    waiting = asyncio.create_task(house.text("report a missed bin"))
    await asyncio.to_thread(house.engine.until, lambda: len(house.engine.received) == 1)
    house.engine.mode = "well"
    assert question(await house.say("report a missed bin")) == "which_bin"
    house.engine.release()
    await waiting


async def test_yes_sent_twice_at_once_is_one_case(house: House) -> None:
    await house.text("report a missed bin")
    for said in ("recycling", "yesterday", "yes", "12 High Street", "SW1A 1AA", "no", "Sam Jones", "skip"):
        await house.text(said)
    sent, again = await asyncio.gather(house.text("yes", sid="SM90"), house.text("yes", sid="SM91"))
    assert [isinstance(reply.words[0], Receipt) for reply in (sent, again)] == [True, False]
    assert await house.runtime.database.run(_cases) == 1


# An engine that fails


@pytest.mark.parametrize("mode", ["silent", "broken", "malformed"])
async def test_when_the_engine_fails_people_get_an_apology_a_person_and_later_an_answer(
    house: House, mode: Any
) -> None:
    house.engine.mode = mode
    sorry = await house.text("report a missed bin")
    assert apologised(sorry)
    assert "as soon as we can" in sorry.words[0].wording.text  # type: ignore[union-attr]
    assert await house.pushed() == []
    house.engine.mode = "well"
    assert await house.sweep() == 1
    (late,) = await house.pushed()
    assert isinstance(asked(late), Choose)
    assert await house.sweep() == 0
    assert len(await house.pushed()) == 1
    assert question(await house.text("recycling")) == "missed_on"


async def test_a_dead_engine_is_apologised_for_and_the_form_is_kept(
    house: House,
) -> None:
    await house.text("report a missed bin")
    alive = house.taker
    house.taker = TurnTaker(
        house.runtime, Engine(house.runtime.http, "http://127.0.0.1:9", "token", PATIENCE_SECONDS)
    )
    assert apologised(await house.text("recycling"))
    assert await house.sweep() == 0
    house.taker = alive
    assert await house.sweep() == 1
    assert question(await house.text("yesterday")) == "out_in_time"


async def test_a_slow_engine_is_not_waited_for_and_its_late_work_is_sent_once(house: House) -> None:
    house.engine.mode = "stuck"
    assert apologised(await house.text("report a missed bin"))
    house.engine.release()
    await asyncio.to_thread(house.engine.until, lambda: house.engine.finished == 1)
    assert len(await house.pushed()) == 1
    assert await house.sweep() == 0
    assert len(await house.pushed()) == 1


@pytest.mark.parametrize("mode", DONE_AND_LOST)
async def test_what_a_step_did_before_the_engine_failed_is_said_and_not_done_again(
    house: House, mode: Any
) -> None:
    await house.text("report a missed bin")
    house.engine.mode = mode
    reply = await house.text("recycling")
    assert question(reply) == "missed_on"
    assert await house.sweep() == 0
    assert await house.pushed() == []


async def test_several_texts_of_one_person_are_answered_late_in_their_order(house: House) -> None:
    house.engine.mode = "silent"
    for said in ("report a missed bin", "recycling", "yesterday"):
        assert apologised(await house.text(said))
        house.clock.forward(seconds=1)
    house.engine.mode = "well"
    assert await house.sweep() == 3
    assert [getattr(asked(words), "question", None) for words in await house.pushed()] == [
        "which_bin",
        "missed_on",
        "out_in_time",
    ]


async def test_the_same_text_again_after_an_apology_is_answered_when_the_engine_is_back(house: House) -> None:
    house.engine.mode = "silent"
    assert apologised(await house.text("report a missed bin", sid="SM9"))
    house.engine.mode = "well"
    assert question(await house.text("report a missed bin", sid="SM9")) == "which_bin"
    assert await house.sweep() == 0


async def test_a_failed_sweep_is_tried_again(house: House) -> None:
    house.engine.mode = "broken"
    await house.text("report a missed bin")
    assert await house.sweep() == 0
    house.engine.mode = "well"
    assert await house.sweep() == 1


async def test_a_call_is_put_through_and_nobody_answers_it_later(house: House) -> None:
    house.engine.mode = "broken"
    reply = await house.say("report a missed bin")
    assert apologised(reply)
    house.engine.mode = "well"
    assert await house.sweep() == 0
    assert await house.unanswered() == 0


async def test_a_day_later_nobody_is_texted_an_answer(house: House) -> None:
    house.engine.mode = "broken"
    await house.text("report a missed bin")
    house.engine.mode = "well"
    assert await house.sweep(seconds=25 * 3600) == 0
    assert await house.pushed() == []


async def test_a_wrong_token_is_a_failure_like_any_other(house: House) -> None:
    house.taker = TurnTaker(house.runtime, Engine(house.runtime.http, house.engine.url, "wrong", 1.0))
    assert apologised(await house.text("hello"))


# What needs no engine


@pytest.mark.parametrize(
    ("said", "media", "phrase"),
    [
        ("", 0, "talk.empty"),
        ("", 1, "talk.media"),
        ("🙂🙂", 0, "talk.no_words"),
        ("a" * 10_000, 0, "talk.too_long"),
        ("мой мусор не вывезли", 0, "talk.other_script"),
    ],
)
async def test_what_cannot_be_read_is_answered_even_when_the_engine_is_down(
    house: House, catalogue: Catalogue, said: str, media: int, phrase: str
) -> None:
    await house.text("report a missed bin")
    house.engine.mode = "broken"
    reply = await house.text(said, media=media)
    assert isinstance(reply.words[0], Say)
    assert reply.words[0].wording.text.startswith(catalogue.phrases[phrase]["en"].text.split("{")[0])
    assert question(reply) == "which_bin"


async def test_words_with_a_picture_are_answered_and_the_picture_is_named(
    house: House, catalogue: Catalogue
) -> None:
    reply = await house.text("report a missed bin", media=1)
    assert reply.words[0] == Say(catalogue.phrase("talk.media_too", "en"))
    assert question(reply) == "which_bin"


async def test_a_call_begins_and_is_silent_without_the_engine(house: House) -> None:
    house.engine.mode = "broken"
    assert question(await house.say("", control="start")) == "language"
    assert question(await house.say("", control="silence")) == "language"
    assert house.engine.received == []


# Opting out, and languages


async def test_who_opted_out_gets_no_words_until_they_opt_in(house: House) -> None:
    await house.text("report a missed bin")
    await house.text("recycling")
    assert (await house.text("STOP", control="opt_out")).words == ()
    asked_before = len(house.engine.received)
    assert (await house.text("hello?")).words == ()
    assert len(house.engine.received) == asked_before
    back = await house.text("START", control="opt_in")
    assert back.words
    assert question(await house.text("carry on")) == "missed_on"


async def test_who_opts_out_after_an_apology_is_never_answered_late(house: House) -> None:
    house.engine.mode = "broken"
    await house.text("report a missed bin")
    await house.text("STOP", control="opt_out")
    house.engine.mode = "well"
    await house.sweep()
    assert [words for words in await house.pushed() if words] == []


async def test_a_language_that_the_act_chose_holds_at_once(house: House) -> None:
    reply = await house.text("report a missed bin", language="cy")
    assert reply.language == "cy"
    assert "Pa fin" in reply.words[-1].wording.text  # type: ignore[union-attr]
    assert (await house.text("ailgylchu")).language == "cy"


async def test_an_apology_is_in_the_persons_language(house: House) -> None:
    await house.text("cymraeg")
    house.engine.mode = "broken"
    reply = await house.text("report a missed bin")
    assert reply.language == "cy"
    assert "Mae'n ddrwg" in reply.words[0].wording.text  # type: ignore[union-attr]


# What the engine is told


async def test_the_engine_is_told_what_is_asked_and_never_who_asks(house: House) -> None:
    await house.text("report a missed bin")
    await house.text("recycling")
    await house.text("blue bananas")
    nothing, choice, date = (body["metadata"]["asking"] for body in house.engine.received)
    assert nothing is None
    assert choice == {"what": "question", "kind": "choice", "exact": True, "fits": True}
    assert date == {"what": "question", "kind": "date", "exact": True, "fits": False}
    assert "7700900123" not in str(house.engine.received)
    assert len({body["sender"] for body in house.engine.received}) == 1


async def test_history_shows_the_thread_as_it_went(house: House) -> None:
    await house.text("report a missed bin")
    house.engine.mode = "broken"
    await house.text("recycling")
    thread = await house.taker.history(house.sms, NUMBER)
    assert [exchange.said for exchange in thread] == ["report a missed bin", "recycling"]
    assert isinstance(thread[1].words[0], HandOver)
