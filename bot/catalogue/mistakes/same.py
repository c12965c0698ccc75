"""When two texts are the same to a person who types or says them."""

import re
import unicodedata

_BESIDE = re.compile(r"[^\w\s]|_")


def key(text: str) -> str:
    """What is left of a text when case, punctuation and spacing do not count.

    >>> key("  Where's my BIN?") == key("wheres my bin")
    True
    """
    return " ".join(_BESIDE.sub("", unicodedata.normalize("NFC", text)).casefold().split())
