"""`/metrics`: how many requests, how they ended and how long they took, for Prometheus."""

from __future__ import annotations

import time
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from sanic import HTTPResponse, Request, Sanic


def count(app: Sanic[Any, Any]) -> None:
    """Count every request of an app by route and status, and serve the figures."""
    figures = CollectorRegistry()
    requests = Counter(
        "doorstep_requests", "Requests by route and status.", ["route", "status"], registry=figures
    )
    seconds = Histogram(
        "doorstep_request_seconds", "Seconds to the answer, by route.", ["route"], registry=figures
    )

    @app.on_request
    async def begin(request: Request) -> None:
        request.ctx.began = time.perf_counter()

    @app.on_response  # type: ignore[untyped-decorator]
    async def end(request: Request, response: HTTPResponse) -> None:
        route = request.route.path if request.route is not None else "none"
        requests.labels(route, str(response.status)).inc()
        began = getattr(request.ctx, "began", None)
        if began is not None:
            seconds.labels(route).observe(time.perf_counter() - began)

    @app.get("/metrics")
    async def metrics(_: Request) -> HTTPResponse:
        return HTTPResponse(generate_latest(figures), content_type=CONTENT_TYPE_LATEST)
