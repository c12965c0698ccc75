"""What may be spent on a text. The mistakes about it differ by what is said; this is what they share."""

from __future__ import annotations

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Content
from bot.catalogue.mistakes.part import Found, Part
from bot.segments import Segments, count, fits, plain


def over(part: Part, text: str, most: int, name: str) -> Iterator[Found]:
    """The mistake of a text, as it is sent, that takes more segments than it may."""
    if not fits(text, most):
        cost = count(plain(text))
        yield part.found(
            f'"{name}" takes {cost.segments} segments by text, and may take {most} ({_why(cost, most)})',
            "Give it a shorter short form",
        )


def said(content: Content, noun: str, most: int) -> Iterator[Found]:
    """The mistakes of every wording of a noun, in either language."""
    for said in content.said_by_services:
        if said.noun != noun:
            continue
        form = said.form("short")
        if form is not None:
            yield from over(form, content.filled(form.text), most, f"{said.name}.{said.language}")


def _why(cost: Segments, most: int) -> str:
    per_segment = (160, 153) if cost.encoding == "GSM-7" else (70, 67)
    room = per_segment[0] if most == 1 else per_segment[1] * most
    letters = "" if cost.encoding == "GSM-7" else ", because a letter such as ŵ or â is in it"
    return f"{cost.units} characters where {room} fit{letters}"
