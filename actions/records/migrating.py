"""Moves the schema to the newest version, with the migrations that are packaged beside this file.

Each change takes two steps, `NNNN_before_…` and, a release later, `NNNN_after_…`: between them the last
release and the new one both run on the schema.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

# Any number, as long as nothing else in the same PostgreSQL database takes it.
_LOCK = 3_110_011


def upgrade(engine: Engine) -> None:
    """To the newest version, one process at a time: SQLite's write lock, or an advisory one, sees to it."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def configuration() -> Config:
    """Alembic's, without a file: the migrations are packaged."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
