"""The outbox: rows that are due, taken under a lease, and what came of each.

    queued → sending → done        taken by the case system, or sent
       ↑        │   ↘ token → done  taken, its reference to be asked for
       └────────┘   ↘ failed        refused for good: staff see it

`next_at` says when the worker has something to do; a done case keeps one while its status is still to be
asked. A row whose lease ran out was held by a worker that died: what was `sending` may have arrived, and is
`unsure` from then on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from actions.cases import Delivery, NotTaken, Progress, Status, Taken
from actions.records import audit, cases
from actions.records.database import vault_of
from actions.records.tables import cases as case_rows
from actions.records.tables import deliveries


class DeliveryUnknown(KeyError):
    """No outbox row has this id."""


@dataclass(frozen=True)
class Held:
    """A row under our lease. `state` is what it was: `queued` (deliver it), `token` (ask for the reference) or
    `done` (ask how it goes)."""

    id: str
    kind: str
    system: str
    state: str
    unsure: bool
    attempts: int
    """With this one."""
    since: datetime
    """When we began to try."""
    their_reference: str | None
    token: str | None
    case_id: str | None
    message_id: str | None
    delivery: Delivery | None
    """What to hand over, for a case."""


@dataclass(frozen=True)
class Changed:
    """What recording an answer changed: worth telling the person, if it is either."""

    case_id: str
    reference: str
    service: str
    status: Status | None = None
    """The case's new status, where it is another than before."""
    their_reference: str | None = None
    """Where it was not known before."""


_d = deliveries.c
_is_due = and_(
    _d.next_at <= bindparam("now"), or_(_d.lease_until.is_(None), _d.lease_until <= bindparam("now"))
)
_due_systems = select(_d.system).where(_is_due).distinct()
_due = (
    select(deliveries)
    .where(_is_due, _d.system == bindparam("lane"))
    .order_by(_d.next_at, _d.id)
    .limit(1)
    # Two gateways on one PostgreSQL: each takes what the other has not. SQLite has no such clause and no need.
    .with_for_update(skip_locked=True)
)
_by_id = select(deliveries).where(_d.id == bindparam("row"))
_hold = (
    update(deliveries)
    .where(_d.id == bindparam("row"))
    .values(
        state=bindparam("now_is"),
        unsure=bindparam("doubt"),
        attempts=bindparam("tries"),
        lease_by=bindparam("holder"),
        lease_until=bindparam("until"),
    )
)
_renew = (
    update(deliveries)
    .where(_d.id == bindparam("row"), _d.lease_by == bindparam("holder"))
    .values(lease_until=bindparam("until"))
)
_release = (
    update(deliveries).where(_d.lease_by == bindparam("holder")).values(lease_until=None, lease_by=None)
)
_record = (
    update(deliveries)
    .where(_d.id == bindparam("row"))
    .values(
        state=bindparam("now_is"),
        unsure=bindparam("doubt"),
        attempts=bindparam("tries"),
        since=bindparam("began"),
        next_at=bindparam("next"),
        their_reference=bindparam("theirs"),
        token=bindparam("ticket"),
        status=bindparam("standing"),
        word=bindparam("said"),
        last_code=bindparam("why"),
        done_at=bindparam("done"),
        lease_by=None,
        lease_until=None,
    )
)
_case = select(case_rows.c.reference, case_rows.c.service, case_rows.c.status).where(
    case_rows.c.id == bindparam("case")
)
_hurry = (
    update(deliveries).where(_d.id == bindparam("row"), _d.state == "done").values(next_at=bindparam("now"))
)


def due_systems(session: Session, now: datetime) -> frozenset[str]:
    """The case systems and channels for which something is due."""
    return frozenset(session.connection().execute(_due_systems, {"now": now}).scalars())


def take_due(
    session: Session, now: datetime, worker: str, lease_seconds: float, *, system: str
) -> Held | None:
    """The row of this system that is longest due, now under our lease; None if there is none."""
    connection = session.connection()
    row = connection.execute(_due, {"now": now, "lane": system}).one_or_none()
    if row is None:
        return None
    sends = row.state in ("queued", "sending")
    unsure = row.unsure or row.state == "sending"
    connection.execute(
        _hold,
        {
            "row": row.id,
            "now_is": "sending" if sends else row.state,
            "doubt": unsure,
            "tries": row.attempts + 1,
            "holder": worker,
            "until": now + timedelta(seconds=lease_seconds),
        },
    )
    return Held(
        id=row.id,
        kind=row.kind,
        system=row.system,
        state="queued" if sends else row.state,
        unsure=unsure,
        attempts=row.attempts + 1,
        since=row.since,
        their_reference=row.their_reference,
        token=row.token,
        case_id=row.case_id,
        message_id=row.message_id,
        delivery=_opened(session, row) if row.kind == "case" else None,
    )


def renew(session: Session, delivery_id: str, worker: str, until: datetime) -> bool:
    """The heartbeat of a long call; False where the lease was lost to another worker."""
    done = session.connection().execute(_renew, {"row": delivery_id, "holder": worker, "until": until})
    return done.rowcount == 1


def release(session: Session, worker: str) -> int:
    """Let go of all that a worker holds, when it stops: what it was sending is taken again, as unsure."""
    return session.connection().execute(_release, {"holder": worker}).rowcount


def succeeded(session: Session, delivery_id: str, now: datetime) -> None:
    """A message was sent: nothing is left to do."""
    row = _row(session, delivery_id)
    _write(session, row, state="done", next_at=None, done_at=now, last_code=None)


def taken(
    session: Session, delivery_id: str, answer: Taken, now: datetime, next_at: datetime | None
) -> Changed:
    """A case system took it. With a token and no reference yet, the token waits to be redeemed at `next_at`;
    else the status is asked then."""
    row = _row(session, delivery_id)
    theirs = answer.their_reference or row.their_reference
    waits = theirs is None and answer.token is not None
    # A status that we were told before is not undone by a late answer to the first call.
    status: Status = "sent" if waits else answer.status
    if cases.ORDER.index(row.status) > cases.ORDER.index(status):
        status = row.status
    _write(
        session,
        row,
        state="token" if waits else "done",
        attempts=0,
        since=now,
        next_at=next_at,
        their_reference=theirs,
        token=answer.token or row.token,
        status=status,
        last_code=None,
        done_at=row.done_at if waits else (row.done_at or now),
    )
    code = "sent" if waits else status
    return _told(session, row, now, code, theirs, detail=None if waits else theirs)


def failed(
    session: Session, delivery_id: str, failure: NotTaken, now: datetime, next_at: datetime | None
) -> Changed | None:
    """It was not taken, or nobody answered: tried again at `next_at`, or (None) failed for good."""
    row = _row(session, delivery_id)
    for_good = next_at is None
    asks_only = row.state in ("done", "token")
    state = (
        "failed" if for_good and row.state != "done" else ("queued" if row.state == "sending" else row.state)
    )
    _write(
        session,
        row,
        state=state,
        unsure=row.unsure or (failure.ambiguous and not asks_only),
        next_at=next_at,
        last_code=failure.code[:200],
        status="failed" if state == "failed" else row.status,
    )
    if row.case_id is None:
        return None
    if state == "failed":
        audit.add(session, by="worker", what="delivery:failed", subject=row.id, now=now, detail=failure.code)
        return _told(session, row, now, "failed", None, detail=_why(failure))
    if row.last_code != failure.code and not asks_only:
        cases.note(session, row.case_id, "retry", now, by="worker", detail=_why(failure))
    return None


def waiting_token(session: Session, delivery_id: str, next_at: datetime) -> None:
    """The token is good, and has no reference yet."""
    row = _row(session, delivery_id)
    _write(session, row, next_at=next_at, last_code=None)


def progressed(
    session: Session, delivery_id: str, answer: Progress, now: datetime, next_at: datetime | None
) -> Changed | None:
    """What the case system says of it; None where that is nothing new. An unknown word keeps the old status."""
    row = _row(session, delivery_id)
    status = row.status if answer.status is None else answer.status
    theirs = row.their_reference or answer.their_reference
    _write(
        session,
        row,
        attempts=0,
        next_at=next_at,
        their_reference=theirs,
        status=status,
        word=answer.word[:200],
        last_code=None,
    )
    if status == row.status and theirs == row.their_reference:
        return None
    return _told(session, row, now, status, theirs, detail=answer.note)


def hurry(session: Session, delivery_id: str, now: datetime) -> None:
    """Ask now how a delivered case goes: its system says that something changed."""
    session.connection().execute(_hurry, {"row": delivery_id, "now": now})


def try_again(session: Session, delivery_id: str, now: datetime, *, by: str) -> bool:
    """Staff send a failed delivery once more; False where it has not failed. Whether an earlier call arrived
    is still in doubt if it was."""
    row = _row(session, delivery_id)
    if row.state != "failed":
        return False
    # What gave a token was taken: only its reference is missing, and sending it again would make two.
    waits = row.token is not None and row.their_reference is None
    _write(
        session,
        row,
        state="token" if waits else "queued",
        attempts=0,
        since=now,
        next_at=now,
        status="sent" if waits else "received",
    )
    if row.case_id is not None:
        cases.note(session, row.case_id, "asked_again", now, by=by, detail=row.recipient)
        cases.restate(session, row.case_id, now)
    audit.add(session, by=by, what="delivery:try_again", subject=row.id, now=now)
    return True


def _row(session: Session, delivery_id: str) -> Any:
    row = session.connection().execute(_by_id, {"row": delivery_id}).one_or_none()
    if row is None:
        raise DeliveryUnknown(delivery_id)
    return row


def _write(session: Session, row: Any, **changes: Any) -> None:
    kept = {
        "now_is": changes.get("state", row.state),
        "doubt": changes.get("unsure", row.unsure),
        "tries": changes.get("attempts", row.attempts),
        "began": changes.get("since", row.since),
        "next": changes.get("next_at", row.next_at),
        "theirs": changes.get("their_reference", row.their_reference),
        "ticket": changes.get("token", row.token),
        "standing": changes.get("status", row.status),
        "said": changes.get("word", row.word),
        "why": changes.get("last_code", row.last_code),
        "done": changes.get("done_at", row.done_at),
    }
    session.connection().execute(_record, {"row": row.id, **kept})


def _told(
    session: Session, row: Any, now: datetime, code: str, theirs: str | None, *, detail: str | None
) -> Changed:
    before = session.connection().execute(_case, {"case": row.case_id}).one()
    shown = f"{row.recipient}: {detail}" if detail else row.recipient
    cases.note(session, row.case_id, code, now, by="worker", detail=shown)
    status = cases.restate(session, row.case_id, now)
    return Changed(
        case_id=row.case_id,
        reference=before.reference,
        service=before.service,
        status=status if status != before.status else None,
        their_reference=theirs if theirs != row.their_reference else None,
    )


def _why(failure: NotTaken) -> str:
    return f"{failure.code} {failure.detail}".strip()


def _opened(session: Session, row: Any) -> Delivery:
    payload = vault_of(session).open_json(row.sealed_payload)
    return Delivery(
        key=row.id,
        reference=payload["reference"],
        service=payload["service"],
        service_title=payload["service_title"],
        recipient=row.recipient,
        system=row.system,
        fields=payload["fields"],
        shown=payload["shown"],
        settings=payload["settings"],
        created=row.created_at,
    )
