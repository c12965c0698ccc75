"""The gateway: a Sanic app that mounts the channels, and beside it the steps that the engine calls."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any

import structlog
from rasa_sdk import endpoint
from rasa_sdk.executor import ActionExecutor
from sanic import HTTPResponse, Sanic
from sanic import Request as SanicRequest
from sanic.response import json, raw, text

from actions.records import messages
from actions.runtime import Runtime, opened
from actions.settings import Settings
from actions.steps import steps
from actions.systems import registry as systems
from bot.catalogue import load
from channels import counting, registry
from channels.assets import pages as assets
from channels.channel import Channel, Ignored, Inbound, Refused, Request, Status
from channels.engine_client import Engine
from channels.serving import close, listen, quieten
from channels.simulator.standing_in import stand_in
from channels.turn import TurnTaker
from channels.worker import Worker

log = structlog.get_logger(__name__)

App = Sanic[Any, Any]
Handler = Callable[[SanicRequest], Coroutine[Any, Any, HTTPResponse]]

LARGEST_BODY = 1_000_000
"""Bytes. A provider's form is a few kilobytes; files have their own road."""
SWEEP_EVERY_SECONDS = 10.0
PATIENCE_SECONDS = 1.0
"""How long a request that is being answered may take once we are told to stop."""


def create_app(runtime: Runtime, channels: Sequence[Channel], turns: TurnTaker, engine: Engine) -> App:
    """The app: each channel's webhooks, each page's blueprint, the probes."""
    app: App = Sanic("doorstep", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_BODY
    quieten(app)
    app.config.PROXIES_COUNT = runtime.settings.proxies
    app.config.FALLBACK_ERROR_FORMAT = "text"
    for channel in channels:
        for path in channel.webhooks:
            app.add_route(_webhook(channel, turns, runtime), path, methods=["POST"], name=_name(path))
    app.blueprint(assets.blueprint(runtime.settings))
    for blueprint in registry.pages(channels, turns, runtime):
        app.blueprint(blueprint)
    _probes(app, runtime, engine)
    counting.count(app)
    return app


def _name(path: str) -> str:
    return path.strip("/").replace("/", "_")


def _webhook(channel: Channel, turns: TurnTaker, runtime: Runtime) -> Handler:
    async def handle(request: SanicRequest) -> HTTPResponse:
        try:
            things = channel.read(ours(request, runtime.settings.address))
        except Refused as refused:
            log.warning("webhook.refused", channel=channel.name, status=refused.status, reason=refused.reason)
            return text(refused.reason, status=refused.status)
        rendered = channel.write((), "en")
        for thing in things:
            match thing:
                case Inbound():
                    reply = await turns.take(channel, thing)
                    rendered = channel.write(reply.words, reply.language, thing)
                    for dropped in rendered.dropped:
                        log.info(
                            "rendering.dropped", channel=channel.name, what=dropped.what, why=dropped.why
                        )
                case Status():
                    await runtime.database.run(
                        messages.status, thing.provider_id, thing.state, thing.code, runtime.now()
                    )
                case Ignored():
                    log.info("webhook.ignored", channel=channel.name, reason=thing.reason)
        return raw(rendered.body.encode(), content_type=rendered.content_type)

    return handle


def ours(request: SanicRequest, address: str) -> Request:
    """A request as our channels read it: with the URL that the provider signed, not the one that a proxy made."""
    query = f"?{request.query_string}" if request.query_string else ""
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Request(request.method, f"{address}{request.path}{query}", headers, request.body)


def _probes(app: App, runtime: Runtime, engine: Engine) -> None:
    @app.get("/health")
    async def health(_: SanicRequest) -> HTTPResponse:
        return json({"status": "ok"})

    @app.get("/ready")
    async def ready(_: SanicRequest) -> HTTPResponse:
        database = await runtime.database.reachable()
        understands = await engine.ready()
        status = 200 if database and understands else 503
        return json({"database": database, "engine": understands}, status=status)

    @app.get("/")
    async def root(_: SanicRequest) -> HTTPResponse:
        return HTTPResponse(
            status=302, headers={"location": "/try" if runtime.settings.development else "/chat"}
        )


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT: the app, the steps, and the worker, in one process and one loop."""
    async with opened(stand_in(settings)) as runtime:
        settings = runtime.settings
        engine = Engine(
            runtime.http,
            settings.engine_url,
            settings.engine_token.get_secret_value(),
            settings.engine_timeout_seconds,
        )
        channels = registry.channels(settings, runtime.catalogue, runtime.http)
        usable = systems.systems(settings, runtime.database, runtime.http)
        systems.check(runtime.catalogue, runtime.destinations, usable)
        worker = Worker(runtime.database, usable, channels, runtime.catalogue, settings, runtime.now)
        turns = TurnTaker(runtime, engine, worker.nudge)
        app = create_app(runtime, channels, turns, engine)
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        servers = [
            await listen(app, settings.host, settings.port),
            await listen(_action_app(runtime), "127.0.0.1", settings.actions_port),
        ]
        background: list[asyncio.Task[Any]] = [
            asyncio.create_task(worker.run(), name="worker"),
            asyncio.create_task(_sweep(turns, channels, engine), name="sweep"),
            asyncio.create_task(outlived(runtime), name="outlived"),
        ]
        log.info("gateway.listening", address=settings.address)
        stopped: asyncio.Task[Any] = asyncio.create_task(stop.wait())
        done, _ = await asyncio.wait([stopped, *background], return_when=asyncio.FIRST_COMPLETED)
        # The pages first: what they are answering needs the steps to the end.
        for server in servers:
            await close(server, PATIENCE_SECONDS)
        for task in background:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for task in done - {stopped}:
            task.result()


def _action_app(runtime: Runtime) -> App:
    executor = ActionExecutor()
    for step in steps(runtime):
        executor.register_action(step)
    app = endpoint.create_app(executor, cors_origins=[])
    quieten(app)
    app.config.KEEP_ALIVE_TIMEOUT = 3600
    return app


async def outlived(runtime: Runtime, look_every_seconds: float = 30.0) -> None:
    """Returns once a new day brought other content (a fee that rises in April): whoever keeps us running
    starts us again with it, and nothing said is lost in between."""
    looked = runtime.catalogue.on
    while True:
        await asyncio.sleep(look_every_seconds)
        today = runtime.today()
        if today == looked:
            continue
        fresh = await asyncio.to_thread(load, overlay=runtime.settings.content, on=today)
        if (fresh.services, fresh.phrases) != (runtime.catalogue.services, runtime.catalogue.phrases):
            log.info("gateway.content_changed", on=today.isoformat())
            return
        looked = today


async def _sweep(turns: TurnTaker, channels: Sequence[Channel], engine: Engine) -> None:
    while True:
        await asyncio.sleep(SWEEP_EVERY_SECONDS)
        if await engine.ready():
            await turns.sweep(channels)
