"""Characters that no provider's wire carries: taken away when a text arrives and before one is sent."""

from __future__ import annotations

import re

# What no person types: control characters but tab and line break, halves of surrogate pairs, and the mark
# left where bytes were not UTF-8. XML 1.0, and so TwiML, has no way at all to write most of them.
_UNSAYABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")


def sayable(text: str) -> str:
    """A text without what nobody typed, its line ends made alike and its edges trimmed.

    >>> sayable(" my\\x00 bin\\ufffd\\r\\nand more ")
    'my bin\\nand more'
    """
    return _UNSAYABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
