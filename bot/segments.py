"""What a text costs on the wire. Pure; standard library only.

A text message carries 140 octets. In the GSM 7-bit default alphabet (3GPP TS 23.038, once GSM 03.38) that
is 160 septets; one character outside it turns the whole text into UCS-2, 70 code units. A text that needs
more is sent in segments that each give up 6 octets to a header: 153 septets or 67 code units.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Encoding = Literal["GSM-7", "UCS-2"]

# The table of TS 23.038, section 6.2.1, in its own order; 0x1B (escape) is not a character that can be said.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Section 6.2.1.1: each is sent as an escape and a second septet.
EXTENSION = frozenset("\f^{}\\[~]|€")
_ALPHABET = BASIC | EXTENSION

REPLACEMENTS = {
    "\u2018": "'",  # left single quotation mark
    "\u2019": "'",  # right single quotation mark, the apostrophe of most word processors
    "\u201a": "'",  # single low quotation mark
    "\u201b": "'",  # single high-reversed quotation mark
    "\u02bc": "'",  # modifier letter apostrophe
    "\u2032": "'",  # prime
    "\u201c": '"',  # left double quotation mark
    "\u201d": '"',  # right double quotation mark
    "\u201e": '"',  # double low quotation mark
    "\u2033": '"',  # double prime
    "\u00ab": '"',  # left-pointing guillemet
    "\u00bb": '"',  # right-pointing guillemet
    "\u2010": "-",  # hyphen
    "\u2011": "-",  # non-breaking hyphen
    "\u2012": "-",  # figure dash
    "\u2013": "-",  # en dash
    "\u2014": "-",  # em dash
    "\u2015": "-",  # horizontal bar
    "\u2212": "-",  # minus sign
    "\u2022": "-",  # bullet
    "\u00b7": "-",  # middle dot
    "\u2026": "...",  # horizontal ellipsis: one character in the file, three on the wire
    "\u00a0": " ",  # no-break space
    "\u202f": " ",  # narrow no-break space
    "\u2007": " ",  # figure space
    "\u2009": " ",  # thin space
    "\u200a": " ",  # hair space
    "\u00ad": "",  # soft hyphen
    "\u200b": "",  # zero width space
    "\u2060": "",  # word joiner
    "\ufeff": "",  # byte order mark
    "\t": " ",
}
"""What is replaced before a text is sent. Punctuation and spaces only: a letter never is, so that Welsh keeps
its ŵ and ŷ (and â, ê, î, ô, û), though one of them halves what a segment holds."""

_PLAIN = str.maketrans(REPLACEMENTS)


@dataclass(frozen=True)
class Segments:
    """The cost of a text. `units` are septets in GSM-7 and UTF-16 code units in UCS-2, as a text of that many
    segments carries them: headers are not counted."""

    encoding: Encoding
    units: int
    segments: int


def plain(text: str) -> str:
    """The text as it is sent: typographers' punctuation replaced by what the GSM alphabet has, and an accent
    that was typed as a character of its own joined to its letter.

    >>> plain("\u2018Tŷ\u2019 \u2013 wait\u2026")
    "'Tŷ' - wait..."
    """
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(_PLAIN)


def count(text: str) -> Segments:
    """The cost of a text exactly as it stands: give it what `plain` gave. An empty text costs one segment.

    >>> count("x" * 161)
    Segments(encoding='GSM-7', units=161, segments=2)
    >>> count("Tŷ")
    Segments(encoding='UCS-2', units=2, segments=1)
    """
    if _ALPHABET.issuperset(text):
        return _segments("GSM-7", [2 if character in EXTENSION else 1 for character in text], 160, 153)
    return _segments("UCS-2", [2 if ord(character) > 0xFFFF else 1 for character in text], 70, 67)


def fits(text: str, segments: int) -> bool:
    """Whether the text, once its punctuation is replaced, takes no more than so many segments.

    >>> fits("\u2026" * 53, 1), fits("\u2026" * 54, 1)
    (True, False)
    """
    return count(plain(text)).segments <= segments


def _segments(encoding: Encoding, sizes: list[int], alone: int, joined: int) -> Segments:
    units = sum(sizes)
    if units <= alone:
        return Segments(encoding, units, 1)
    # A character of two units (an escape and its septet, a surrogate pair) is never cut in two: one that does
    # not fit whole goes to the next segment, and the unit before it stays empty.
    segments, used = 1, 0
    for size in sizes:
        if used + size > joined:
            segments, used = segments + 1, 0
        used += size
    return Segments(encoding, units, segments)
