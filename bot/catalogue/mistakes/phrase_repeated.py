"""A phrase that stands in two files: which one is said would hang on their names."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found, Part


def find(content: Content) -> Iterator[Found]:
    first: dict[tuple[str, str], Part] = {}
    for root in content.phrases:
        for kind in ("phrases", "hears"):
            for phrase in root[kind].items():
                other = first.setdefault((kind, phrase.name), phrase)
                if other.file is not phrase.file:
                    yield phrase.found(
                        f'"{phrase.name}" also stands at {other.file.shown}:{other.line}',
                        "Keep it in one file",
                    )


CHECK = Check("phrase:repeated", find)
