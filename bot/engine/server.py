"""`python -m bot.engine.server --model PATH --host 127.0.0.1 --port N --actions URL`: Rasa, and nothing else.

Serves one webhook (channel.py) and `GET /health`, which answers only once the model is loaded. The token is
in DOORSTEP_ENGINE_TOKEN. None of Rasa's own HTTP interface is mounted. Ends on SIGTERM, and when the process
that started it is gone.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.engine import environment, patches, stand_ins

if TYPE_CHECKING:
    from sanic import Sanic

TOKEN = "DOORSTEP_ENGINE_TOKEN"  # noqa: S105 - the name of a variable
ENDPOINTS = Path(__file__).with_name("endpoints.yml")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. 2 when it cannot start, with a sentence that says why."""
    parser = argparse.ArgumentParser(prog="python -m bot.engine.server", description="Serve a trained model.")
    parser.add_argument("--model", type=Path, required=True, help="the model that bot.engine.train printed")
    parser.add_argument("--host", default="127.0.0.1", help="a loopback or private address")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--actions", required=True, help="the action server's URL, ending in /webhook")
    given = parser.parse_args(arguments)
    end_with(os.getppid())
    reason = _unfit(given.model)
    if reason:
        print(reason, file=sys.stderr)
        return 2
    serve(given.model, given.host, given.port, given.actions, os.environ[TOKEN])
    # Served to the end: there is nothing to put away, and taking Rasa's modules down takes a second.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _unfit(model: Path) -> str | None:
    if not os.environ.get(TOKEN):
        return f"{TOKEN} is not set: the engine answers nobody without it. The gateway's supervisor sets it."
    if not model.is_file():
        return f"There is no model at {model}. Train one: make train."
    try:
        patches.require_version()
    except patches.WrongRasa as error:
        return str(error)
    return None


def serve(model: Path, host: str, port: int, actions: str, token: str) -> None:
    """Load the model and serve until a signal."""
    environment.prepare()
    app = create_app(model, actions, token)
    app.run(host=host, port=port, workers=1, access_log=False, motd=False)


def create_app(model: Path, actions: str, token: str) -> Sanic:
    """The Sanic app: one webhook and the probe. The model is loaded when the server starts."""
    environment.prepare()
    stand_ins.leave_out()
    import rasa.core.agent
    from rasa.core.channels.channel import register
    from rasa.core.utils import AvailableEndpoints
    from sanic import Sanic, response

    from bot.engine.action_server import ActionServer
    from bot.engine.channel import DoorstepInput

    patches.apply()
    app = Sanic("doorstep-engine", configure_logging=False)
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 1.0
    app.config.KEEP_ALIVE_TIMEOUT = 75
    endpoints = AvailableEndpoints.read_endpoints(str(ENDPOINTS))
    endpoints.action = ActionServer(actions)
    register([DoorstepInput(token)], app, route="/webhooks/")

    @app.get("/health")
    async def health(_: Any) -> Any:
        return response.json({"status": "ok", "model": model.name})

    @app.before_server_start
    async def load(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        app.ctx.agent = await rasa.core.agent.load_agent(str(model), endpoints=endpoints, loop=loop)
        # Rasa logs why a model would not load, and goes on without one.
        if not app.ctx.agent.is_ready():
            raise SystemExit(f"The model at {model} could not be loaded: what is wrong stands above.")

    @app.after_server_stop
    async def close(_: Sanic, __: asyncio.AbstractEventLoop) -> None:
        await endpoints.action.close()

    return app


def end_with(parent: int) -> None:
    """End this process as soon as its parent is another one, which is how a dead parent shows. A signal on
    the parent's death (prctl) would come when a *thread* of it ends, and on Linux alone."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(3)

    threading.Thread(target=watch, daemon=True, name="end-with-parent").start()


if __name__ == "__main__":
    sys.exit(main())
