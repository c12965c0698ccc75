"""What every case system promises, asked of each one in the registry's list.

A system without a bench here fails: add one, with a peer that behaves (tests/peers/).
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from actions.cases import Delivery, NotTaken, Progress, Taken
from actions.records.database import Database
from actions.records.encryption import Cipher, new_key
from actions.records.tables import new_id
from actions.settings import Settings
from actions.systems import registry
from actions.systems.register import entries
from actions.systems.system import System
from tests.clock import Clock
from tests.peers.open311 import API_KEY, JURISDICTION, Open311Peer
from tests.sample import PHONE, PLACE


@dataclass
class Bench:
    """A system with its other side: `held` is all that it has, one text for each case."""

    system: System
    held: Callable[[], list[str]]
    break_down: Callable[[], None]
    recover: Callable[[], None]


def settings(**more: Any) -> Settings:
    return Settings(_env_file=None, **more)


@asynccontextmanager
async def register_bench(tmp_path: Path) -> AsyncIterator[Bench]:
    clock = Clock()
    database = Database(f"sqlite:///{tmp_path / 'register.sqlite3'}", Cipher([new_key()]))
    database.migrate()
    async with httpx.AsyncClient() as http:
        system = registry.systems(settings(), database, http, clock)["register"]

        def rename(to: str, was: str) -> None:
            database.run_now(lambda s: s.connection().exec_driver_sql(f"ALTER TABLE {was} RENAME TO {to}"))

        yield Bench(
            system,
            lambda: [json.dumps(e.fields) for e in database.run_now(entries.listing)],
            lambda: rename("elsewhere", "register_entries"),
            lambda: rename("register_entries", "elsewhere"),
        )
    database.close()


@asynccontextmanager
async def open311_bench(tmp_path: Path, *, honours_key: bool) -> AsyncIterator[Bench]:
    clock = Clock()
    database = Database("sqlite://", Cipher([new_key()]))
    with Open311Peer(honours_key=honours_key, now=clock).listening() as peer:
        async with httpx.AsyncClient() as http:
            given = settings(
                open311_url=peer.url,
                open311_api_key=SecretStr(API_KEY),
                open311_jurisdiction=JURISDICTION,
                open311_honours_key=honours_key,
            )
            system = registry.systems(given, database, http, clock)["open311"]
            yield Bench(
                system,
                lambda: [json.dumps(stored.form) for stored in peer.requests],
                lambda: setattr(peer, "out_of_order", True),
                lambda: setattr(peer, "out_of_order", False),
            )
    database.close()


BENCHES: dict[str, Callable[[Path], Any]] = {
    "register": register_bench,
    "open311": lambda tmp_path: open311_bench(tmp_path, honours_key=True),
    "open311, no keys": lambda tmp_path: open311_bench(tmp_path, honours_key=False),
}


@pytest.fixture(params=BENCHES)
async def bench(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Bench]:
    async with BENCHES[request.param](tmp_path) as made:
        yield made


@pytest.fixture
def delivery() -> Delivery:
    fields = {"address_string": PLACE, "description": "As deep as a dinner plate", "phone": PHONE}
    return Delivery(
        key=new_id(),
        reference="WM-7K2P-9XQ4-6",
        service="pothole",
        service_title="Report a pothole",
        recipient="roads team",
        system="",
        fields=fields,
        shown={**fields, "phone": "07700 900123"},
        settings={"service_code": "pothole"},
        created=Clock()(),
    )


def test_every_case_system_of_the_list_has_a_bench() -> None:
    assert {name.partition(",")[0] for name in BENCHES} == set(registry.NAMES)


async def test_it_takes_a_delivery_and_says_under_which_reference(bench: Bench, delivery: Delivery) -> None:
    taken = await bench.system.deliver(delivery)
    assert isinstance(taken, Taken)
    assert taken.their_reference
    assert len(bench.held()) == 1


async def test_what_it_gets_is_what_the_data_map_names(bench: Bench, delivery: Delivery) -> None:
    await bench.system.deliver(delivery)
    (held,) = bench.held()
    assert PLACE in held
    assert "dinner plate" in held
    other = replace(delivery, key=new_id(), fields={}, shown={"address_string": PLACE})
    await bench.system.deliver(other)
    without = next(text for text in bench.held() if text != held)
    for told in ("dinner plate", PHONE, "07700"):
        assert told not in without


async def test_one_key_is_one_case_where_it_says_so(bench: Bench, delivery: Delivery) -> None:
    first = await bench.system.deliver(delivery)
    second = await bench.system.deliver(delivery)
    if bench.system.honours_key:
        assert first == second
        assert len(bench.held()) == 1
    else:
        assert len(bench.held()) == 2, "that is why it is looked up first"


async def test_two_keys_are_two_cases(bench: Bench, delivery: Delivery) -> None:
    first = await bench.system.deliver(delivery)
    second = await bench.system.deliver(replace(delivery, key=new_id()))
    assert isinstance(first, Taken)
    assert isinstance(second, Taken)
    assert first.their_reference != second.their_reference


async def test_what_arrived_is_found_and_what_did_not_is_not(bench: Bench, delivery: Delivery) -> None:
    assert await bench.system.look_up(delivery) is None
    taken = await bench.system.deliver(delivery)
    found = await bench.system.look_up(delivery)
    assert isinstance(taken, Taken)
    assert isinstance(found, Taken)
    assert found.their_reference == taken.their_reference
    # A neighbour's case must not be taken for ours.
    stranger = replace(delivery, key=new_id(), reference="WM-2222-2222-2")
    assert await bench.system.look_up(stranger) is None


async def test_out_of_order_is_a_value_that_says_try_again(bench: Bench, delivery: Delivery) -> None:
    taken = await bench.system.deliver(delivery)
    assert isinstance(taken, Taken)
    bench.break_down()
    answers = [
        await bench.system.deliver(delivery),
        await bench.system.look_up(delivery),
        await bench.system.progress(taken.their_reference or ""),
    ]
    bench.recover()
    assert [isinstance(answer, NotTaken) and answer.retry for answer in answers] == [True] * 3
    assert isinstance(await bench.system.progress(taken.their_reference or ""), Progress)


async def test_it_says_how_a_case_goes_and_not_of_one_that_it_never_had(
    bench: Bench, delivery: Delivery
) -> None:
    taken = await bench.system.deliver(delivery)
    assert isinstance(taken, Taken)
    progress = await bench.system.progress(taken.their_reference or "")
    assert isinstance(progress, Progress)
    assert progress.status == "accepted"
    assert progress.word
    for unknown in ("no-such-reference", "", "9999999", "../services"):
        answer = await bench.system.progress(unknown)
        assert isinstance(answer, NotTaken)
        assert not answer.retry


async def test_a_token_that_it_never_gave_has_no_reference(bench: Bench) -> None:
    assert not isinstance(await bench.system.redeem("no such token"), Taken)


async def test_anything_a_person_can_say_arrives_as_they_said_it(bench: Bench, delivery: Delivery) -> None:
    said = 'Tŷ Mawr & "Sons" <b>50%</b>\n+1=2; 🚧'
    taken = await bench.system.deliver(replace(delivery, shown={**delivery.shown, "description": said}))
    assert isinstance(taken, Taken)
    assert json.dumps(said)[1:-1] in bench.held()[0]
