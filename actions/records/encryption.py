"""Personal data at rest: sealed with the newest key, opened with any, addresses known by a keyed hash.

The pepper of the hash is itself sealed and kept in the database, so that it survives a change of keys:
were it derived from a key, a rotation would make every known phone number a stranger.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class KeyUnknown(Exception):
    """Data that none of the keys opens: the key that sealed it was dropped before `doorstep keys rotate`."""


class Cipher:
    """Fernet keys, newest first."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Raises ValueError where there is no key, or one that is not 32 bytes of base64."""
        fernets = [Fernet(key.strip().encode("ascii")) for key in keys if key.strip()]
        if not fernets:
            raise ValueError("There is no encryption key: set DOORSTEP_ENCRYPTION_KEYS.")
        self._newest = fernets[0]
        self._all = MultiFernet(fernets)

    def encrypt(self, text: str) -> bytes:
        return self._newest.encrypt(text.encode("utf-8"))

    def decrypt(self, sealed: bytes) -> str:
        """Raises KeyUnknown."""
        try:
            return self._all.decrypt(bytes(sealed)).decode("utf-8")
        except InvalidToken as error:
            raise KeyUnknown("No key of DOORSTEP_ENCRYPTION_KEYS opens this record.") from error

    def is_newest(self, sealed: bytes) -> bool:
        """Whether the newest key sealed this."""
        try:
            self._newest.decrypt(bytes(sealed))
        except InvalidToken:
            return False
        return True

    def rotate(self, sealed: bytes) -> bytes:
        """The same data under the newest key, with the time of its first sealing. Raises KeyUnknown."""
        try:
            return self._all.rotate(bytes(sealed))
        except InvalidToken as error:
            raise KeyUnknown("No key of DOORSTEP_ENCRYPTION_KEYS opens this record.") from error


def cipher_from(setting: str) -> Cipher:
    """The cipher of `DOORSTEP_ENCRYPTION_KEYS`: keys separated by commas, newest first."""
    return Cipher(setting.split(","))


def new_key() -> str:
    """A key for the front of the list."""
    return Fernet.generate_key().decode("ascii")


class Vault:
    """A cipher and the pepper of one database: what the functions over the tables seal and hash with."""

    def __init__(self, cipher: Cipher) -> None:
        self.cipher = cipher
        self._pepper: bytes | None = None

    def learn_pepper(self, pepper: str) -> None:
        self._pepper = bytes.fromhex(pepper)

    def seal(self, text: str) -> bytes:
        return self.cipher.encrypt(text)

    def open(self, sealed: bytes) -> str:
        """Raises KeyUnknown."""
        return self.cipher.decrypt(sealed)

    def seal_json(self, data: Any) -> bytes:
        return self.cipher.encrypt(json.dumps(data, ensure_ascii=False, separators=(",", ":")))

    def open_json(self, sealed: bytes) -> Any:
        """Raises KeyUnknown."""
        return json.loads(self.cipher.decrypt(sealed))

    def fingerprint(self, *parts: str) -> str:
        """What an address is found by: HMAC-SHA256 in hexadecimal. A bare hash of a phone number is undone in
        minutes by trying all of them."""
        if self._pepper is None:
            raise RuntimeError("The database has not been migrated: its pepper is not known.")
        return hmac.new(self._pepper, "\0".join(parts).encode("utf-8"), hashlib.sha256).hexdigest()


def new_pepper() -> str:
    return secrets.token_hex(32)
