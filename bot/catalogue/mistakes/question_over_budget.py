"""A question that costs more than three segments by text, with its numbered options and what goes with it."""

from collections.abc import Iterator

from bot.catalogue.mistakes import budget
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found, Part
from bot.words import LANGUAGES, Language

MOST = 3


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for question in service["questions"].items():
            for language in LANGUAGES:
                text = "\n".join(filter(None, _lines(content, question, language)))
                name = f"{question['id'].text}.{language}"
                yield from budget.over(question[language], text, MOST, name)


def _lines(content: Content, question: Part, language: Language) -> Iterator[str]:
    """What channels/sms sends of a question, line by line. A hint is not counted: it gives way."""
    kind = question["kind"].text
    yield content.filled(question[language]["short"].text or question[language]["ask"].text)
    for number, option in enumerate(question["options"].items(), 1):
        words = option[language]
        label = content.filled(words.text or words["short"].text or words["text"].text)
        line = content.phrase("sms.option", language) or "{number}. {label}"
        yield line.replace("{number}", str(number)).replace("{label}", label)
    for when, phrase in (
        (kind == "yes_no", "sms.yes_no"),
        (kind == "choices", "sms.several"),
        (question["optional"].value is True, "sms.optional"),
    ):
        if when:
            yield content.phrase(phrase, language)


CHECK = Check("question:over_budget", find)
