"""Passwords of staff: argon2id, and as slow for a username that nobody has.

Each check costs tens of milliseconds, on purpose: call it outside the database's thread.
"""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXRoaW5nIHJhbmRvbQ$2NvPGzyZyQ8hYyTlF7kYVbWcK1bXwTzqS1m6cY2zYxA"
LEAST = 12
"""Characters: whoever has the password sees every visitor's answers. Length is what helps; rules about kinds of
characters do not."""


def hashed(password: str) -> str:
    """The string to store."""
    return _HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether it is the password. None, for a username that nobody has, is never, and takes as long."""
    try:
        _HASHER.verify(password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_old(password_hash: str) -> bool:
    """Whether argon2's parameters have moved on since: hash it again at the next login."""
    return _HASHER.check_needs_rehash(password_hash)
