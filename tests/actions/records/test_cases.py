"""Cases as staff look for them."""

from __future__ import annotations

import pytest

from actions.cases import Case, check_character, new_reference
from actions.records import cases
from actions.records.database import Database
from bot.catalogue import Catalogue
from tests import sample
from tests.clock import Clock


def key_in(database: Database, catalogue: Catalogue, clock: Clock, reference: str) -> None:
    case = Case(
        reference=reference,
        service="pothole",
        version=3,
        language="en",
        door="staff",
        answers=sample.answers(),
        taken_by="staff:ana",
        consent="in_person",
        created=clock(),
    )
    assert database.run_now(cases.store, case, catalogue, now=clock())


@pytest.fixture
def references(database: Database, catalogue: Catalogue, clock: Clock) -> list[str]:
    made = [new_reference() for _ in range(27)]
    for reference in made:
        key_in(database, catalogue, clock, reference)
        clock.forward(minutes=1)
    return made


def test_the_list_is_newest_first_in_pages(database: Database, references: list[str]) -> None:
    first = database.run_now(cases.listing)
    assert (first.total, first.pages, len(first.cases)) == (27, 2, 25)
    assert [case.reference for case in first.cases] == references[:1:-1]
    second = database.run_now(cases.listing, page=2)
    assert [case.reference for case in second.cases] == [references[1], references[0]]
    assert database.run_now(cases.listing, page=99).page == 2


def test_a_case_is_found_by_its_reference_however_it_is_typed(
    database: Database, references: list[str]
) -> None:
    wanted = references[3]
    for typed in (wanted, wanted.lower(), wanted.replace("-", " "), wanted.replace("-", ""), f" {wanted} "):
        assert [c.reference for c in database.run_now(cases.listing, typed).cases] == [wanted]
        found = database.run_now(cases.by_reference, typed)
        assert found is not None
        assert found.case.consent == "in_person"
    assert database.run_now(cases.listing, "%").total == 0
    assert database.run_now(cases.by_reference, "WM-") is None
    assert database.run_now(cases.history, "nonsense") == ()


def test_the_list_is_narrowed_by_status_and_service(database: Database, references: list[str]) -> None:
    assert database.run_now(cases.listing, status="received").total == 27
    assert database.run_now(cases.listing, status="closed").total == 0
    assert database.run_now(cases.listing, service="pothole").total == 27
    assert database.run_now(cases.listing, service="missed_bin").total == 0


def test_the_furthest_behind_counts_and_a_failure_counts_most() -> None:
    assert cases.overall([]) == "received"
    assert cases.overall(["closed", "in_progress"]) == "in_progress"
    assert cases.overall(["closed", "closed"]) == "closed"
    assert cases.overall(["closed", "failed"]) == "failed"


def test_a_reference_carries_its_check_character() -> None:
    reference = new_reference()
    plain = reference.replace("-", "")
    assert check_character(plain[2:10]) == plain[10]
