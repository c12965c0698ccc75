"""What a case system must be: it takes a delivery, and says what became of one."""

from __future__ import annotations

from typing import Protocol

from actions.cases import Delivery, NotTaken, Progress, Taken


class System(Protocol):
    """A case system. No method raises for what the other side does: failure is a value.

    `honours_key` is True where two deliveries with one key are sure to make one case. Where it is False, an
    ambiguous failure is followed by `look_up` before anything is sent again.
    """

    name: str
    honours_key: bool

    async def deliver(self, delivery: Delivery) -> Taken | NotTaken: ...

    async def look_up(self, delivery: Delivery) -> Taken | NotTaken | None:
        """The case that an earlier, ambiguous call made; None if there is none; NotTaken if nobody can tell."""
        ...

    async def redeem(self, token: str) -> Taken | NotTaken | None:
        """The reference behind a token; None while there is none yet."""
        ...

    async def progress(self, their_reference: str) -> Progress | NotTaken: ...
