"""A key that nothing reads: often a slip of the hand, and what stands there is lost."""

from collections.abc import Iterator
from difflib import get_close_matches

from bot.catalogue.mistakes import shapes
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found

_KNOWN = sorted(
    {
        key
        for shape in (
            shapes.Service, shapes.Question, shapes.Asking, shapes.FullOption, shapes.Option, shapes.Guidance,
            shapes.Keep, shapes.Destination, shapes.Phrases, shapes.Rate, shapes.Links,
        )
        for key in shape.model_fields
    }
)  # fmt: skip


def find(content: Content) -> Iterator[Found]:
    for difference in content.differences:
        if difference.how == "unknown":
            near = get_close_matches(difference.key, _KNOWN, n=1)
            do = f'Write "{near[0]}" if that is meant, or take it away' if near else "Take it away"
            yield difference.part.found(f'Nothing reads "{difference.key}" in {difference.where}', do)


CHECK = Check("key:unknown", find)
