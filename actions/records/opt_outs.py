"""Addresses that asked us not to write first. Only their keyed hash is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from actions.records.database import vault_of
from actions.records.once import insert_once
from actions.records.tables import opt_outs

_add = insert_once(opt_outs, "address_hash")
_remove = delete(opt_outs).where(opt_outs.c.address_hash == bindparam("address"))
_find = select(opt_outs.c.at).where(opt_outs.c.address_hash == bindparam("address"))


def set(session: Session, channel: str, address: str, out: bool, now: datetime) -> None:
    """Opt an address out of a channel, or in again."""
    hashed = vault_of(session).fingerprint(channel, address)
    if out:
        _add.run(session.connection(), {"address_hash": hashed, "channel": channel, "at": now})
    else:
        session.connection().execute(_remove, {"address": hashed})


def is_out(session: Session, channel: str, address: str) -> bool:
    hashed = vault_of(session).fingerprint(channel, address)
    return session.connection().execute(_find, {"address": hashed}).first() is not None
