"""A delivery as a GeoReport request, and what the server says in our terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from actions.cases import Delivery, NotTaken, Progress, Status, Taken
from actions.systems.open311.client import MOST, Failure, GeoReport, Report

log = structlog.get_logger(__name__)

STATUSES: Mapping[str, Status] = {"open": "accepted", "closed": "closed"}
"""The only two that GeoReport v2 has. Another word keeps the old status."""

OWN = frozenset(
    {
        *("lat", "long", "address_string", "address_id"),
        *("email", "first_name", "last_name", "phone", "device_id", "account_id", "media_url"),
    }
)
"""GeoReport's own parameters. Any other field becomes a line of the description: only a service that says
`metadata: true` takes attributes, and then content names them as it wants them, `attribute[CODE]`."""

PLACES = ("location", "address", "place", "postcode")
"""Fields that serve as `address_string`, which or lat and long the server wants, where content names none."""


class Open311:
    """Implements actions.systems.system.System."""

    name = "open311"

    def __init__(self, client: GeoReport, *, honours_key: bool, now: Callable[[], datetime]) -> None:
        self._client, self.honours_key, self._now = client, honours_key, now

    async def deliver(self, delivery: Delivery) -> Taken | NotTaken:
        created = await self._client.create(to_form(delivery), key=delivery.key)
        if isinstance(created, Failure):
            return _not_taken(created)
        return _taken(created.request_id, created.token)

    async def look_up(self, delivery: Delivery) -> Taken | NotTaken | None:
        """Searches the requests of a service for our reference, which each description carries."""
        code = _service_code(delivery)
        kind = await self._client.service_type(code)
        if isinstance(kind, Failure):
            return _not_taken(kind)
        if kind != "realtime":
            # What waits for a token is on no list yet: its absence proves nothing.
            return NotTaken("open311:cannot_look_up", retry=False, detail=kind, ambiguous=True)
        now = self._now()
        start = (delivery.created or now) - timedelta(days=1)
        found = await self._client.between(
            code, max(start, now - timedelta(days=88)), now + timedelta(days=1)
        )
        if isinstance(found, Failure):
            return _not_taken(found)
        for report in found:
            if report.request_id and delivery.reference in report.description:
                return Taken(their_reference=report.request_id)
        if len(found) >= MOST:
            return NotTaken("open311:list_cut_off", retry=False, detail=str(len(found)), ambiguous=True)
        return None

    async def redeem(self, token: str) -> Taken | NotTaken | None:
        got = await self._client.redeem(token)
        if isinstance(got, Failure):
            # Servers say 404 of a token that has no request yet, as well as of one that they never gave.
            return None if got.code == "open311:http_404" else _not_taken(got)
        return None if got is None else Taken(their_reference=got, token=token)

    async def progress(self, their_reference: str) -> Progress | NotTaken:
        got = await self._client.report(their_reference)
        if isinstance(got, Failure):
            return _not_taken(got)
        return _progress(got)


def to_form(delivery: Delivery) -> dict[str, str]:
    """The parameters of a POST: the fields that content maps to this recipient, and our reference."""
    form = {"service_code": _service_code(delivery)}
    lines: list[str] = []
    for field, shown in delivery.shown.items():
        if field in OWN or field.startswith("attribute["):
            form[field] = _canonical(delivery, field)
        elif field == "description":
            lines.insert(0, shown)
        else:
            lines.append(f"{field.replace('_', ' ').capitalize()}: {shown}")
    if not {"address_string", "address_id", "lat"} & set(form):
        place = next((delivery.shown[field] for field in PLACES if field in delivery.shown), None)
        if place is not None:
            form["address_string"] = place
    lines.append(f"Reference {delivery.reference}")
    form["description"] = "\n".join(lines)
    return form


def _canonical(delivery: Delivery, field: str) -> str:
    """What a machine reads: the canonical value where it is one text, such as +44 of a number."""
    value = delivery.fields.get(field)
    return (
        value
        if isinstance(value, str) and field in ("phone", "email", "lat", "long")
        else delivery.shown[field]
    )


def _service_code(delivery: Delivery) -> str:
    return delivery.settings.get("service_code", delivery.service)


def _taken(request_id: str | None, token: str | None) -> Taken:
    return Taken(their_reference=request_id, token=token, status="accepted" if request_id else "sent")


def _not_taken(failure: Failure) -> NotTaken:
    return NotTaken(failure.code, failure.retry, failure.detail, ambiguous=failure.arrived is None)


def _progress(report: Report) -> Progress:
    status = STATUSES.get(report.status)
    if status is None:
        log.warning("open311.unknown_status", request=report.request_id, word=report.status)
    return Progress(status=status, word=report.status, note=report.notes, their_reference=report.request_id)
