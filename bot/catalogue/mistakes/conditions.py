"""What `only_if` can ask for: the answers that an earlier question can have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.catalogue.mistakes.part import Part


def answers(question: Part) -> frozenset[object] | None:
    """The canonical answers of a question that has a closed list of them, else None."""
    kind = question["kind"].text
    if kind == "yes_no":
        return frozenset({True, False})
    if kind in {"choice", "choices"}:
        return frozenset(option["id"].text for option in question["options"].items() if option["id"].text)
    return None


def values(condition: Part) -> list[Part]:
    """The answers that a condition names: one, or a list of which any will do."""
    return list(condition.items()) if isinstance(condition.value, list) else [condition]


def problems(
    only_if: Part, earlier: Mapping[str, Part], known: frozenset[str]
) -> Iterator[tuple[Part, str, str]]:
    """What is wrong with the conditions of a question or a destination: where, what, and what to do."""
    for condition in only_if.items():
        if condition.name not in earlier:
            if condition.name in known:
                yield condition, f'"{condition.name}" is not asked before this', "Ask it earlier"
            else:
                yield (
                    condition,
                    f'no question is called "{condition.name}"',
                    "Name an earlier question of this service",
                )
            continue
        possible = answers(earlier[condition.name])
        if possible is None:
            kind = earlier[condition.name]["kind"].text
            yield (
                condition,
                f'"{condition.name}" is a {kind}, and only a yes_no or a choice can open a question',
                "Make the condition another one",
            )
            continue
        if condition.value == []:
            yield condition, f'no answer to "{condition.name}" opens this', "Name one"
        for value in values(condition):
            # In Python True == 1: an answer of another type is another answer.
            if not any(type(value.value) is type(one) and value.value == one for one in possible):
                shown = ", ".join(sorted(_shown(one) for one in possible))
                yield value, f'"{condition.name}" can never be "{_shown(value.value)}"', f"Use one of {shown}"


def contradiction(question: Part, earlier: Mapping[str, Part]) -> str | None:
    """An earlier question that would need two answers at once for this one to be asked."""
    needed: dict[str, frozenset[object]] = {}
    waiting, done = [question], set[str]()
    while waiting:
        for condition in waiting.pop()["only_if"].items():
            wanted = frozenset(v.value for v in values(condition) if isinstance(v.value, str | bool))
            before = needed.get(condition.name, wanted)
            needed[condition.name] = before & wanted
            if before and wanted and not needed[condition.name] and not _several(earlier, condition.name):
                return condition.name
            if condition.name in earlier and condition.name not in done:
                done.add(condition.name)
                waiting.append(earlier[condition.name])
    return None


def _several(earlier: Mapping[str, Part], name: str) -> bool:
    """Whether a question takes more than one answer, so that no two of them contradict."""
    return name in earlier and earlier[name]["kind"].text == "choices"


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
