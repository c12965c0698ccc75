"""Insert unless it is there: both databases can, each in its own dialect of the statement.

On PostgreSQL a second writer waits for the first to commit, and then sees that the row is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


@dataclass(frozen=True)
class InsertOnce:
    """A prepared statement: `run` is True when the row was not there before."""

    by_dialect: Mapping[str, Any]

    def run(self, connection: Connection, values: Mapping[str, Any]) -> bool:
        return connection.execute(self.by_dialect[connection.dialect.name], values).first() is not None


def insert_once(table: Table, *unique: str) -> InsertOnce:
    """An insert that does nothing where a row with the same unique columns exists."""
    inserted = next(iter(table.primary_key))
    return InsertOnce(
        {
            dialect.__name__.rpartition(".")[2]: dialect.insert(table)
            .on_conflict_do_nothing(index_elements=unique)
            .returning(inserted)
            for dialect in (sqlite, postgresql)
        }
    )
