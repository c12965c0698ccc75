"""Cases: stored once with everything that belongs to them, found by reference, listed for staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Select, bindparam, func, insert, or_, select, update
from sqlalchemy.orm import Session

from actions.cases import Case, Status
from actions.conversation import Given
from actions.records import audit
from actions.records.database import vault_of
from actions.records.once import insert_once
from actions.records.tables import answers, case_events, cases, deliveries, messages, new_id
from actions.sending import Part, answered, parts
from bot.catalogue import Catalogue

PAGE = 25


class ReferenceTaken(Exception):
    """The reference belongs to another case."""


@dataclass(frozen=True)
class Progressing:
    """One recipient's part of a case, as staff see it."""

    id: str
    recipient: str
    system: str
    state: str
    """`queued`, `sending`, `token`, `done` or `failed`."""
    attempts: int
    their_reference: str | None
    status: Status
    word: str | None
    last_code: str | None
    next_at: datetime | None


@dataclass(frozen=True)
class StoredCase:
    """A case with what has become of it."""

    id: str
    case: Case
    status: Status
    updated: datetime
    deliveries: tuple[Progressing, ...]


@dataclass(frozen=True)
class Listed:
    """A case in a list."""

    reference: str
    service: str
    status: Status
    door: str
    taken_by: str
    created: datetime
    updated: datetime


@dataclass(frozen=True)
class Listing:
    """One page of cases; `page` counts from 1."""

    cases: tuple[Listed, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Event:
    """One thing that happened to a case. `code` is `received`, `sent`, `accepted`, `in_progress`, `closed`,
    `retry`, `failed`, `asked_again`, ...; `by` is `person`, `staff:<username>` or `worker`."""

    at: datetime
    code: str
    detail: str | None
    by: str


_k = cases.c
_new_case = insert_once(cases, "reference")
_new_answers = insert(answers)
_new_deliveries = insert(deliveries)
_new_event = insert(case_events)
_whose = select(_k.turn_id, _k.service, _k.taken_by).where(_k.reference == bindparam("ref"))
_case = select(cases).where(_k.reference == bindparam("ref"))
_answers = select(answers).where(answers.c.case_id == bindparam("case")).order_by(answers.c.position)
_deliveries = select(deliveries).where(deliveries.c.case_id == bindparam("case")).order_by(deliveries.c.id)
_events = (
    select(case_events)
    .join(cases, case_events.c.case_id == _k.id)
    .where(_k.reference == bindparam("ref"))
    .order_by(case_events.c.id)
)
_statuses = select(deliveries.c.status).where(deliveries.c.case_id == bindparam("case"))
_set_status = (
    update(cases)
    .where(_k.id == bindparam("case"))
    .values(status=bindparam("is_now"), updated_at=bindparam("now"))
)
_conversation = (
    select(messages.c.conversation_id)
    .join(cases, _k.turn_id == messages.c.id)
    .where(_k.id == bindparam("case"))
)


def store(
    session: Session,
    case: Case,
    catalogue: Catalogue,
    *,
    now: datetime,
    turn_id: str | None = None,
    override: Mapping[str, str] | None = None,
) -> bool:
    """Store a case, its answers, its first event, its audit entry and one outbox row per destination, all in
    this transaction. False where the same case was stored before (a form that was sent twice), and then
    nothing changes. Raises ReferenceTaken where the reference is another's."""
    vault, connection = vault_of(session), session.connection()
    service = catalogue.services[case.service]
    case_id = new_id()
    is_new = _new_case.run(
        connection,
        {
            "id": case_id,
            "reference": case.reference,
            "turn_id": turn_id,
            "service": case.service,
            "version": case.version,
            "language": case.language,
            "door": case.door,
            "taken_by": case.taken_by,
            "consent": case.consent,
            "status": "received",
            "created_at": case.created,
            "updated_at": now,
        },
    )
    if not is_new:
        whose = connection.execute(_whose, {"ref": case.reference}).one()
        if (whose.turn_id, whose.service, whose.taken_by) != (turn_id, case.service, case.taken_by):
            raise ReferenceTaken(case.reference)
        return False
    kept = answered(service, case.answers)
    if kept:
        connection.execute(
            _new_answers,
            [
                {
                    "case_id": case_id,
                    "question": question,
                    "position": position,
                    "sealed_value": vault.seal_json(given.value),
                    "author": given.author,
                }
                for position, (question, given) in enumerate(kept.items())
            ],
        )
    rows = [
        _delivery(case_id, case, part, vault.seal_json(_payload(case, service.title["en"], part)), now)
        for part in parts(case, service, override or {})
    ]
    if rows:
        connection.execute(_new_deliveries, rows)
    note(session, case_id, "received", now, by=case.taken_by)
    audit.add(
        session, by=case.taken_by, what="case:stored", subject=case.reference, now=now, detail=case.consent
    )
    return True


def by_reference(session: Session, reference: str) -> StoredCase | None:
    """A case by the reference that its receipt carries, however it is typed."""
    connection = session.connection()
    row = connection.execute(_case, {"ref": tidy(reference)}).one_or_none()
    if row is None:
        return None
    vault = vault_of(session)
    given = {
        answer.question: Given(vault.open_json(answer.sealed_value), answer.author)
        for answer in connection.execute(_answers, {"case": row.id})
    }
    return StoredCase(
        id=row.id,
        case=Case(
            reference=row.reference,
            service=row.service,
            version=row.version,
            language=row.language,
            door=row.door,
            answers=given,
            taken_by=row.taken_by,
            consent=row.consent,
            created=row.created_at,
        ),
        status=row.status,
        updated=row.updated_at,
        deliveries=tuple(_progressing(d) for d in connection.execute(_deliveries, {"case": row.id})),
    )


def listing(
    session: Session,
    query: str = "",
    status: str | None = None,
    service: str | None = None,
    page: int = 1,
) -> Listing:
    """Cases, newest first. `query` is the beginning of our reference, or a whole reference of theirs."""
    connection = session.connection()
    found = _filtered(select(cases), query, status, service)
    total = connection.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    rows = connection.execute(
        found.order_by(_k.created_at.desc(), _k.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    )
    return Listing(
        cases=tuple(
            Listed(r.reference, r.service, r.status, r.door, r.taken_by, r.created_at, r.updated_at)
            for r in rows
        ),
        total=total,
        page=page,
        pages=pages,
    )


def history(session: Session, reference: str) -> tuple[Event, ...]:
    """What happened to a case, oldest first; empty where there is no such case."""
    vault = vault_of(session)
    rows = session.connection().execute(_events, {"ref": tidy(reference)})
    return tuple(
        Event(r.at, r.code, None if r.sealed_detail is None else vault.open(r.sealed_detail), r.by)
        for r in rows
    )


def note(
    session: Session, case_id: str, code: str, now: datetime, *, by: str, detail: str | None = None
) -> None:
    """Add to a case's history."""
    session.connection().execute(
        _new_event,
        {
            "case_id": case_id,
            "at": now,
            "code": code,
            "sealed_detail": None if detail is None else vault_of(session).seal(detail),
            "by": by,
        },
    )


def restate(session: Session, case_id: str, now: datetime) -> Status:
    """Bring a case's status in line with those of its deliveries, and give it: the furthest behind counts,
    and one that failed for good is the whole case's failure."""
    connection = session.connection()
    status = overall([row.status for row in connection.execute(_statuses, {"case": case_id})])
    connection.execute(_set_status, {"case": case_id, "is_now": status, "now": now})
    return status


ORDER: tuple[Status, ...] = ("failed", "received", "sent", "accepted", "in_progress", "closed")


def overall(statuses: list[Status]) -> Status:
    """
    >>> overall(["closed", "accepted"])
    'accepted'
    """
    return min(statuses, key=ORDER.index, default="received")


def conversation_of(session: Session, case_id: str) -> str | None:
    """The conversation in which a case was taken; None for one that staff keyed on a form."""
    found: str | None = session.connection().execute(_conversation, {"case": case_id}).scalar_one_or_none()
    return found


def tidy(reference: str) -> str:
    """
    >>> tidy(" wm-7k2p 9xq4 6 ")
    'WM-7K2P-9XQ4-6'
    """
    plain = "".join(c for c in reference.upper() if c.isalnum())
    if len(plain) != 11:
        return reference.strip().upper()
    return f"{plain[:2]}-{plain[2:6]}-{plain[6:10]}-{plain[10:]}"


def _filtered(found: Select[Any], query: str, status: str | None, service: str | None) -> Select[Any]:
    if status:
        found = found.where(_k.status == status)
    if service:
        found = found.where(_k.service == service)
    if query.strip():
        theirs = select(deliveries.c.case_id).where(deliveries.c.their_reference == query.strip())
        found = found.where(or_(_k.reference.startswith(tidy(query), autoescape=True), _k.id.in_(theirs)))
    return found


def _payload(case: Case, title: str, part: Part) -> dict[str, Any]:
    return {
        "reference": case.reference,
        "service": case.service,
        "service_title": title,
        "fields": dict(part.fields),
        "shown": dict(part.shown),
        "settings": dict(part.settings),
    }


def _delivery(case_id: str, case: Case, part: Part, sealed: bytes, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "kind": "case",
        "case_id": case_id,
        "recipient": part.recipient,
        "system": part.system,
        "sealed_payload": sealed,
        "state": "queued",
        "unsure": False,
        "attempts": 0,
        "since": now,
        "next_at": now,
        "status": "received",
        "created_at": case.created,
    }


def _progressing(row: Row[Any]) -> Progressing:
    return Progressing(
        id=row.id,
        recipient=row.recipient,
        system=row.system,
        state=row.state,
        attempts=row.attempts,
        their_reference=row.their_reference,
        status=cast("Status", row.status),
        word=row.word,
        last_code=row.last_code,
        next_at=row.next_at,
    )
