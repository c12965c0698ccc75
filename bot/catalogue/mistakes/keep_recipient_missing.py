"""A destination gets an answer although the person is told that others receive it."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        asked = {question["id"].text: question for question in service["questions"].items()}
        for destination in service["destinations"].items():
            recipient = destination["recipient"]
            for field in destination["sends"].items():
                question = asked.get(field.text)
                if question is None or not recipient.text:
                    continue
                keep = question["keep"] if "recipients" in question["keep"] else service["keep"]
                told = [one.value for one in keep["recipients"].items()]
                if told and recipient.text not in told:
                    yield field.found(
                        f'"{recipient.text}" gets "{field.text}", and its keep.recipients does not say so',
                        f'Add "{recipient.text}" there, or do not send it',
                    )


CHECK = Check("keep:recipient_missing", find)
