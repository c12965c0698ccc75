"""English that is too hard to read.

GOV.UK writes for a reading age of 9. The Flesch-Kincaid grade puts our plainest texts higher than that, because
the names of services ("Council Tax Reduction") are long and nobody can change them, so the line is drawn at
grade 7, over texts long enough for the figure to mean something. Their sentences are judged one by one as well.
"""

from collections.abc import Iterator

from bot.catalogue.mistakes import readable
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found

GRADE = 7.0
SENTENCES, WORDS = 2, 15
"""A text of fewer is not measured."""
NOUNS = {"guidance", "question", "hint", "after", "phrase"}


def find(content: Content) -> Iterator[Found]:
    for said in content.said:
        form = said.form("text")
        if said.language != "en" or said.noun not in NOUNS or form is None:
            continue
        text = content.filled(form.text)
        split = readable.sentences(text)
        if len(split) < SENTENCES or sum(map(len, split)) < WORDS:
            continue
        grade = readable.grade(text)
        if grade > GRADE:
            yield form.found(
                f'"{said.name}" is too hard to read: grade {grade:.1f}, and may be {GRADE:.0f}',
                "Use shorter sentences and plainer words",
            )


CHECK = Check("wording:hard", find)
