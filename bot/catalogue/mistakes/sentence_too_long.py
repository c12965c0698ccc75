"""A sentence of more than 25 words, in either language."""

from collections.abc import Iterator

from bot.catalogue.mistakes import readable
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found

# GOV.UK's style guide: "Do not use long sentences. Check sentences with more than 25 words."
MOST = 25


def find(content: Content) -> Iterator[Found]:
    for said in content.said:
        for name, form in said.forms:
            for words in readable.sentences(content.filled(form.text)):
                if len(words) > MOST:
                    yield form.found(
                        f'A sentence of "{said.name}.{said.language}" ({name}) has {len(words)} words, '
                        f'and may have {MOST}: "{" ".join(words[:6])} ..."',
                        "Make two sentences of it",
                    )


CHECK = Check("sentence:too_long", find)
