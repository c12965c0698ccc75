"""Everything sealed, sealed again with the newest key, in small batches while the house is in use.

A value that somebody changed meanwhile is left as they wrote it: that was with the newest key. Once this has
run, the older keys can be dropped.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, LargeBinary, Table, and_, bindparam, select, tuple_, update
from sqlalchemy.orm import Session

from actions.records.database import Database, vault_of
from actions.records.tables import Base

BATCH = 200


def sealed_columns() -> dict[Table, list[Column[Any]]]:
    """Every column that holds something sealed: all bytes that we keep are."""
    return {
        table: columns
        for table in Base.metadata.sorted_tables
        if (columns := [c for c in table.columns if isinstance(c.type, LargeBinary)])
    }


def rotate(database: Database) -> int:
    """Seal everything with the newest key; gives how many values were under an older one. Raises KeyUnknown where
    none of the keys opens a value, and then everything before it is done: add the key, and run it again."""
    count = 0
    for table, columns in sealed_columns().items():
        after: tuple[Any, ...] | None = None
        while True:
            changed, after = database.run_now(_batch, table, columns, after)
            count += changed
            if after is None:
                break
    return count


def _batch(
    session: Session, table: Table, columns: list[Column[Any]], after: tuple[Any, ...] | None
) -> tuple[int, tuple[Any, ...] | None]:
    """One batch, in order of the primary key; gives where the next one begins, None at the end."""
    cipher, connection = vault_of(session).cipher, session.connection()
    keys = list(table.primary_key.columns)
    found = select(*keys, *columns).order_by(*keys).limit(BATCH)
    if after is not None:
        found = found.where(tuple_(*keys) > tuple_(*after))
    rows = connection.execute(found).all()
    changed = 0
    for row in rows:
        for position, column in enumerate(columns, start=len(keys)):
            sealed = row[position]
            if sealed is None or cipher.is_newest(sealed):
                continue
            here = [key == bindparam(f"key_{n}") for n, key in enumerate(keys)]
            statement = (
                update(table)
                .where(and_(*here, column == bindparam("before")))
                .values({column: bindparam("to")})
            )
            values = {f"key_{n}": row[n] for n in range(len(keys))}
            done = connection.execute(
                statement, {**values, "before": bytes(sealed), "to": cipher.rotate(sealed)}
            )
            changed += done.rowcount
    return changed, tuple(rows[-1][: len(keys)]) if len(rows) == BATCH else None
