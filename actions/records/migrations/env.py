"""Alembic's entry: runs the migrations in the transaction that `migrating.upgrade` opened."""

from __future__ import annotations

from alembic import context

from actions.records.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
