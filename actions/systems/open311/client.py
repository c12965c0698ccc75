"""GeoReport v2 as it is spoken: requests out, reports in. Knows nothing of cases.

The specification is at https://wiki.open311.org/GeoReport_v2 (read 2026-01-12). We write what it says, and read
more than it says: servers answer a bare object where it wants an array, numbers where it wants strings, and
errors in several shapes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx

TIMEOUT = httpx.Timeout(15.0, connect=5.0)
MOST = 1000
"""A server may cut a list of requests off here."""


@dataclass(frozen=True)
class Failure:
    """A call that gave nothing. `arrived` is None where nobody knows whether the server acted on it."""

    code: str
    retry: bool
    arrived: bool | None
    detail: str = ""


@dataclass(frozen=True)
class Created:
    """What a POST gave: an id, or a token to ask for the id with."""

    request_id: str | None
    token: str | None


@dataclass(frozen=True)
class Report:
    """A service request as the server tells it."""

    request_id: str
    status: str
    notes: str | None
    description: str


class GeoReport:
    """One server. `url` is its base, up to and including the version; nothing is sent until a method is called."""

    def __init__(
        self, url: str, http: httpx.AsyncClient, *, api_key: str = "", jurisdiction: str = ""
    ) -> None:
        self._url, self._http = url.rstrip("/"), http
        self._api_key, self._jurisdiction = api_key, jurisdiction

    async def service_type(self, service_code: str) -> str | Failure:
        """`realtime`, `batch` or `blackbox`: whether a request gets its id at once, later, or never."""
        got = await self._call("GET", "services.json")
        if isinstance(got, Failure):
            return got
        for service in got:
            if str(service.get("service_code")) == service_code:
                return str(service.get("type") or "realtime").lower()
        return Failure("open311:no_such_service", retry=False, arrived=False, detail=service_code)

    async def create(self, fields: Mapping[str, str], *, key: str) -> Created | Failure:
        """POST a request, as a form: the specification takes no JSON."""
        form = {**({"api_key": self._api_key} if self._api_key else {}), **fields}
        got = await self._call("POST", "requests.json", form=form, headers={"Idempotency-Key": key})
        if isinstance(got, Failure):
            return got
        created = Created(_text(got, "service_request_id"), _text(got, "token"))
        if created.request_id is None and created.token is None:
            return Failure("open311:unreadable", retry=True, arrived=None, detail="neither id nor token")
        return created

    async def redeem(self, token: str) -> str | Failure | None:
        """The id behind a token; None while there is none."""
        got = await self._call("GET", f"tokens/{quote(token, safe='')}.json")
        return got if isinstance(got, Failure) else _text(got, "service_request_id")

    async def report(self, request_id: str) -> Report | Failure:
        """One request by its id."""
        got = await self._call("GET", f"requests/{quote(request_id, safe='')}.json")
        if isinstance(got, Failure):
            return got
        for item in got:
            # Not every server leaves out the others.
            if _text([item], "service_request_id") in (request_id, None):
                return _report(item, request_id)
        return Failure("open311:not_found", retry=False, arrived=False, detail=request_id)

    async def between(self, service_code: str, start: datetime, end: datetime) -> Sequence[Report] | Failure:
        """The requests of one service that were made in a window of at most 90 days."""
        got = await self._call(
            "GET",
            "requests.json",
            query={
                "service_code": service_code,
                "start_date": _moment(start),
                "end_date": _moment(end),
            },
        )
        if isinstance(got, Failure):
            return got
        return [_report(item, _text([item], "service_request_id") or "") for item in got]

    async def _call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> list[dict[str, Any]] | Failure:
        params = dict(query or {})
        if self._jurisdiction and form is None:
            params["jurisdiction_id"] = self._jurisdiction
        data = None if form is None else dict(form)
        if data is not None and self._jurisdiction:
            data["jurisdiction_id"] = self._jurisdiction
        try:
            response = await self._http.request(
                method,
                f"{self._url}/{path}",
                params=params or None,
                data=data,
                headers={"Accept": "application/json", **(headers or {})},
                timeout=TIMEOUT,
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            return Failure("open311:unreachable", retry=True, arrived=False, detail=type(error).__name__)
        except httpx.TransportError as error:
            return Failure("open311:no_answer", retry=True, arrived=None, detail=type(error).__name__)
        return _read(response)


def _read(response: httpx.Response) -> list[dict[str, Any]] | Failure:
    if not response.is_success:
        return _refused(response)
    try:
        body = response.json()
    except ValueError:
        return Failure("open311:unreadable", retry=True, arrived=None, detail="not JSON")
    items = _items(body)
    if items is None:
        return Failure("open311:unreadable", retry=True, arrived=None, detail="not an array of objects")
    # Some answer an error with 200: an array of it, and no request.
    if items and all("code" in item and "description" in item for item in items):
        return Failure("open311:refused", retry=False, arrived=False, detail=_said(items))
    return items


def _refused(response: httpx.Response) -> Failure:
    status = response.status_code
    try:
        detail = _said(_items(response.json()) or [])
    except ValueError:
        detail = ""
    if status in (408, 429, 503):
        return Failure(f"open311:http_{status}", retry=True, arrived=False, detail=detail)
    if status >= 500:
        # It, or what stands before it, failed on the way: perhaps after the request was stored.
        return Failure(f"open311:http_{status}", retry=True, arrived=None, detail=detail)
    return Failure(f"open311:http_{status}", retry=False, arrived=False, detail=detail)


def _items(body: Any) -> list[dict[str, Any]] | None:
    if isinstance(body, Mapping):
        for wrapper in ("service_requests", "services", "errors", "requests"):
            if isinstance(body.get(wrapper), list):
                return _items(body[wrapper])
        return [dict(body)]
    if isinstance(body, list) and all(isinstance(item, Mapping) for item in body):
        return [dict(item) for item in body]
    return None


def _said(errors: Sequence[Mapping[str, Any]]) -> str:
    """What the server says of its refusal, at most 200 characters: it may quote what it was sent."""
    return "; ".join(f"{e.get('code', '')} {e.get('description', '')}".strip() for e in errors)[:200]


def _text(items: Sequence[Mapping[str, Any]], key: str) -> str | None:
    for item in items:
        value = item.get(key)
        if value not in (None, ""):
            return str(value)
    return None


def _report(item: Mapping[str, Any], request_id: str) -> Report:
    return Report(
        request_id=request_id,
        status=str(item.get("status") or "").strip().lower(),
        notes=_text([item], "status_notes"),
        description=str(item.get("description") or ""),
    )


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
