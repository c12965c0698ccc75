"""The `doorstep` command."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import structlog
import typer
import uvloop

from actions.settings import SecretMissing, Settings, load

if TYPE_CHECKING:
    from actions.records.database import Database

app = typer.Typer(
    help="Doorstep: one assistant, four front doors.", no_args_is_help=True, add_completion=False
)
staff = typer.Typer(help="Who may use the staff desk.", no_args_is_help=True)
keys = typer.Typer(help="The keys that encrypt what people tell us.", no_args_is_help=True)
app.add_typer(staff, name="staff")
app.add_typer(keys, name="keys")


@app.command()
def run() -> None:
    """Start everything: train if content changed, then the engine and the gateway, and keep both running."""
    from channels.supervisor import supervise

    settings = _settings()
    model = _train(settings)
    typer.echo(f"Doorstep starts at {settings.address} (Ctrl-C stops it). The engine takes about 20 seconds.")
    if settings.development:
        typer.echo(f"  Phones to try it with:  {settings.address}/try")
        typer.echo(f"  Web chat:               {settings.address}/chat")
        typer.echo(f"  Staff desk:             {settings.address}/staff   (first: doorstep staff add NAME)")
    asyncio.run(supervise(settings, model))


@app.command(hidden=True)
def gateway() -> None:
    """The gateway alone: `run` starts it."""
    from channels.gateway import serve
    from channels.supervisor import end_with_parent

    settings = _settings()
    end_with_parent()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(settings))


@app.command()
def train() -> None:
    """Train the engine on the content, unless a model of this very content is there."""
    typer.echo(_train(_settings()))


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder of content; the project's own if left out.")
    ] = None,
) -> None:
    """Find every mistake in the content, by file and line."""
    from actions.answers import KINDS
    from actions.systems.registry import NAMES
    from bot.catalogue.check import check as find
    from bot.catalogue.loading import OURS

    overlay = Settings().content if folder is None else None
    mistakes = find(folder or OURS, overlay, kinds=list(KINDS), systems=NAMES, on=date.today())  # noqa: DTZ011
    for mistake in mistakes:
        typer.echo(str(mistake))
    if mistakes:
        typer.echo(f"{len(mistakes)} to put right.", err=True)
        raise typer.Exit(1)
    typer.echo("The content is as it should be.")


@app.command()
def settings(
    markdown: Annotated[bool, typer.Option(help="As the table in docs/settings.md.")] = False,
) -> None:
    """List every setting, what it means and its default."""
    from channels.settings_reference import as_markdown, as_text

    typer.echo(as_markdown() if markdown else as_text(), nl=False)


@app.command()
def talk(
    door: Annotated[str, typer.Option(help="sms, voice or webchat.")] = "sms",
    json: Annotated[
        bool, typer.Option("--json", help="The whole rendering, one JSON object a turn.")
    ] = False,
    number: Annotated[
        str, typer.Option(help="Who texts or calls: one of Ofcom's drama numbers.")
    ] = "+447700900123",
    url: Annotated[
        str, typer.Option(help="Where Doorstep runs; the address of the settings if left out.")
    ] = "",
) -> None:
    """Talk to a running Doorstep from the terminal: a line in, the reply out, through the real webhooks."""
    from channels.simulator.provider import Unreachable
    from channels.simulator.talk import converse

    settings = _settings()
    try:
        asyncio.run(
            converse(settings, door, number, sys.stdin, sys.stdout, as_json=json, url=url or settings.address)
        )
    except Unreachable as error:
        _stop(str(error))


Username = Annotated[str, typer.Argument(help="What they sign in with.")]
Password = Annotated[
    str,
    typer.Option(
        envvar="DOORSTEP_STAFF_PASSWORD",
        help="Asked for if left out.",
        prompt=True,
        hide_input=True,
        confirmation_prompt=True,
        show_default=False,
    ),
]


@staff.command("add")
def staff_add(
    username: Username,
    password: Password,
    name: Annotated[str, typer.Option(help="Their name, as it stands on receipts.")] = "",
) -> None:
    """Let someone use the staff desk."""
    from actions.runtime import now
    from channels.staff import members

    with _desk() as database:
        members.add(database, username, name, password, now())
    typer.echo(f"{username} can sign in at {_settings().address}/staff.")


@staff.command("password")
def staff_password(username: Username, password: Password) -> None:
    """Give someone a new password, and sign them out everywhere."""
    from actions.runtime import now
    from channels.staff import members

    with _desk() as database:
        members.set_password(database, username, password, now())
    typer.echo(f"{username} has a new password.")


@staff.command("disable")
def staff_disable(
    username: Username,
    undo: Annotated[bool, typer.Option("--undo", help="Let them in again.")] = False,
) -> None:
    """Keep someone out, and sign them out everywhere. What they did stays on record."""
    from actions.runtime import now
    from channels.staff import members

    with _desk() as database:
        members.set_disabled(database, username, not undo, now())
    typer.echo(f"{username} can sign in again." if undo else f"{username} can no longer sign in.")


@staff.command("list")
def staff_list() -> None:
    """List who may use the staff desk."""
    from channels.staff import members

    with _desk() as database:
        lines = list(members.listed(database))
    typer.echo("\n".join(lines) if lines else "Nobody yet: doorstep staff add NAME")


@contextmanager
def _desk() -> Iterator[Database]:
    """The database, for a command about staff; what is refused stops the command with its reason."""
    from actions.records.staff import StaffRefused
    from actions.runtime import open_database

    database = open_database(_settings())
    try:
        yield database
    except StaffRefused as error:
        _stop(str(error))
    finally:
        database.close()


@keys.command("new")
def keys_new() -> None:
    """Print a fresh key: put it first in DOORSTEP_ENCRYPTION_KEYS, keep the old ones behind it."""
    from cryptography.fernet import Fernet

    typer.echo(Fernet.generate_key().decode())


@keys.command("rotate")
def keys_rotate() -> None:
    """Encrypt everything again with the first key of DOORSTEP_ENCRYPTION_KEYS; then the old ones can go."""
    from actions.records.rotation import rotate
    from actions.runtime import open_database

    database = open_database(_settings())
    try:
        count = rotate(database)
    finally:
        database.close()
    typer.echo(f"{count} values are encrypted with the first key.")


def _settings() -> Settings:
    try:
        settings = load()
    except SecretMissing as error:
        _stop(str(error))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(settings.log_level))
    return settings


def _train(settings: Settings) -> Path:
    from channels.supervisor import ROOT, engine_python

    if not engine_python().exists():
        _stop("The engine's environment is not there yet: run make run, or make setup.")
    command = [
        str(engine_python()),
        "-m",
        "bot.engine.train",
        "--data",
        "data",
        "--out",
        str(settings.var.resolve() / "models"),
    ]
    if settings.content is not None:
        command += ["--overlay", str(settings.content.resolve())]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ)
    last = ""
    for line in process.stdout or ():
        last = line.strip()
        if not last.endswith(".tar.gz"):
            typer.echo(last)
    if process.wait() != 0 or not last.endswith(".tar.gz"):
        _stop("The model could not be trained: what is wrong stands above.")
    return Path(last)


def _stop(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    app(prog_name="doorstep")
