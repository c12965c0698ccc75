"""A file that nothing reads, because of its name or its folder."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found

READ = ("council.yml", "services/NAME.yml", "rates/NAME.yml", "phrases/NAME.yml", "rasa/NAME.yml")


def find(content: Content) -> Iterator[Found]:
    for root in content.roots:
        inside = root.file.shown.partition("/")[2]
        folder, _, name = inside.rpartition("/")
        if inside == "council.yml" or (folder in {"services", "rates", "phrases"} and name.endswith(".yml")):
            continue
        if folder.split("/")[0] != "rasa":
            yield root.found("Nothing reads this file", f"Give it one of these names: {', '.join(READ)}")


CHECK = Check("file:unused", find)
