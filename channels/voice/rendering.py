"""Words → what is said on a call, and what the call does then. Pure, and knows no provider.

A reference is said before the call listens again, so that no noise on the line can cut it short; all else is
said while it listens, so that whoever knows the way need not wait.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from actions.answers import KINDS
from bot.catalogue import Catalogue
from bot.words import (
    LANGUAGES,
    Ask,
    Choose,
    Confirm,
    End,
    HandOver,
    Language,
    Link,
    Problem,
    Receipt,
    Say,
    Words,
    asked,
)
from channels.channel import Dropped
from channels.providers.characters import sayable
from channels.voice.keypad import NOTHING_KEYED, Keys, keys_for
from channels.voice.speech import Utterance, spell, utter

_NOT_BY_VOICE = "not_on_this_channel"
_MOST_HINTS = 100
_LONGEST_HINT = 100
"""Characters of one hint: https://www.twilio.com/docs/voice/twiml/gather, read on 25 November 2026."""


@dataclass(frozen=True)
class Listen:
    """The call waits for an answer."""

    keys: Keys
    hints: tuple[str, ...]
    speech: bool
    """False in Welsh: Twilio has a Welsh voice and no Welsh ear."""


@dataclass(frozen=True)
class PutThrough:
    """The call goes to a person; `afterwards` is for a caller whom nobody answered."""

    phone: str
    afterwards: Utterance


@dataclass(frozen=True)
class HangUp:
    """The call ends."""


@dataclass
class Script:
    """What is said before listening, what is said while listening, and what happens then; None: nothing."""

    before: list[Utterance] = field(default_factory=list)
    prompt: list[Utterance] = field(default_factory=list)
    then: Listen | PutThrough | HangUp | None = None
    dropped: list[Dropped] = field(default_factory=list)

    @property
    def utterances(self) -> list[Utterance]:
        return [*self.before, *self.prompt]


def script(words: Sequence[Words], language: Language, catalogue: Catalogue) -> Script:
    """The words as a script. No words, no call: what is over stays over."""
    result = Script()
    speaker = _Speaker(catalogue, language)
    for index, word in enumerate(words):
        _say(word, speaker, result)
        if isinstance(word, HandOver):
            result.then = PutThrough(word.phone, speaker.utter("voice.nobody_answered"))
        elif isinstance(word, End):
            result.then = HangUp()
        else:
            continue
        late = words[index + 1 :]
        result.dropped.extend(Dropped(type(word).__name__.lower(), "after_the_last_words") for word in late)
        return result
    if words:
        _listen(words, speaker, result)
    return result


@dataclass(frozen=True)
class _Speaker:
    catalogue: Catalogue
    language: Language

    def text(self, phrase: str, /, **values: str) -> str:
        return self.catalogue.phrase(phrase, self.language, **values).for_speech

    def utter(self, phrase: str, /, **values: str) -> Utterance:
        return utter(self.text(phrase, **values), self.language)


def _say(word: Words, speaker: _Speaker, result: Script) -> None:
    language = speaker.language
    match word:
        case Say():
            result.prompt.append(utter(word.wording.for_speech, language))
            if word.source is not None:
                result.dropped.append(Dropped("source", _NOT_BY_VOICE))
        case Problem() | End() | HandOver():
            result.prompt.append(utter(word.wording.for_speech, language))
        case Ask() | Choose():
            result.prompt.extend(_question(word, speaker))
            if word.hint is not None and word.hint.spoken is None:
                result.dropped.append(Dropped("hint", "written_to_be_read"))
        case Confirm():
            rows = "\n".join(f"{row.label.for_speech}: {row.shown.for_speech}" for row in word.rows)
            result.prompt.append(utter(f"{word.wording.for_speech}\n{rows}", language))
            result.prompt.append(speaker.utter("voice.confirm"))
        case Link():
            result.dropped.append(Dropped("link", _NOT_BY_VOICE))
        case Receipt():
            result.dropped.extend(Dropped(f"row:{row.question}", _NOT_BY_VOICE) for row in word.rows)
            spelt = spell(word.reference, language)
            result.before.extend(result.prompt)
            result.before.append(speaker.utter("voice.receipt", title=word.title))
            result.before.extend((spelt, speaker.utter("voice.receipt_again"), spelt))
            result.prompt = [utter(word.next.for_speech, language)]
        case _:
            assert_never(word)


def _question(word: Ask | Choose, speaker: _Speaker) -> Iterator[Utterance]:
    language = speaker.language
    keys = keys_for(word, language)
    lines = [word.wording.for_speech]
    if word.hint is not None and word.hint.spoken is not None:
        lines.append(word.hint.spoken)
    if word.kind == "yes_no":
        lines.append(speaker.text("voice.yes_no"))
    elif isinstance(word, Choose) and word.kind == "choice" and word.question != "language":
        lines.append(speaker.text("voice.choose"))
    elif isinstance(word, Ask):
        lines.extend(_how_to_key(word, speaker))
    yield utter("\n".join(lines), language)
    if isinstance(word, Choose) and word.kind != "yes_no":
        yield from _options(word, speaker)
        if word.kind == "choices":
            yield speaker.utter("keypad.choices")
    if word.optional:
        yield speaker.utter("voice.skip_at_once" if keys.at_once else "voice.skip_entry")


def _options(word: Choose, speaker: _Speaker) -> Iterator[Utterance]:
    """Each option with its key. A language is offered in itself, by its own voice."""
    for number, option in enumerate(word.options, start=1):
        language = next((known for known in LANGUAGES if known == option.value), speaker.language)
        own = _Speaker(speaker.catalogue, language)
        yield own.utter("voice.option", label=option.label.for_speech, number=str(number))


def _how_to_key(word: Ask, speaker: _Speaker) -> list[str]:
    kind = KINDS.get(word.kind)
    if kind is not None and kind.keypad != NOTHING_KEYED:
        return [speaker.text(f"keypad.{kind.keypad}")]
    return [speaker.text("voice.cannot_hear_welsh")] if speaker.language == "cy" else []


def _listen(words: Sequence[Words], speaker: _Speaker, result: Script) -> None:
    question = asked(words)
    if question is None:
        # "How can we help?" is question enough.
        last = result.utterances[-1].text if result.utterances else ""
        if speaker.language == "cy":
            result.prompt.append(speaker.utter("voice.only_keys_in_welsh"))
        elif "?" not in last:
            result.prompt.append(speaker.utter("voice.go_on"))
    result.then = Listen(
        keys=keys_for(question, speaker.language),
        hints=tuple(_hints(question, speaker.catalogue)),
        speech=speaker.language == "en",
    )


def _hints(question: Ask | Choose | Confirm | None, catalogue: Catalogue) -> list[str]:
    """What a caller is likely to say, likeliest first, as far as the recogniser takes it."""
    expected: list[str] = []
    if isinstance(question, Ask):
        expected.extend(question.hears)
    if isinstance(question, Choose):
        for option in question.options:
            expected.extend((option.label.text, *option.hears))
    if isinstance(question, Confirm):
        expected.extend(row.label.for_speech for row in question.rows)
        expected.extend(_heard(catalogue, "change", 2))
    if question is None:
        expected.extend(service.said["en"] for service in catalogue.services.values())
        expected.extend(service.title["en"] for service in catalogue.services.values())
    if isinstance(question, Confirm) or (question is not None and question.kind == "yes_no"):
        expected.extend((*_heard(catalogue, "yes", 6), *_heard(catalogue, "no", 6)))
    optional = question is not None and not isinstance(question, Confirm) and question.optional
    for control in ("back", "repeat", "person", "help", *(("skip",) if optional else ())):
        expected.extend(_heard(catalogue, control, 3))
    # A comma would end the hint; one with no letter ("0") says nothing to a recogniser.
    hints = (" ".join(sayable(hint).replace(",", " ").split()) for hint in expected)
    usable: dict[str, str] = {}
    for hint in hints:
        if len(hint) <= _LONGEST_HINT and any(character.isalnum() for character in hint):
            usable.setdefault(hint.lower(), hint)
    return list(usable.values())[:_MOST_HINTS]


def _heard(catalogue: Catalogue, key: str, most: int) -> tuple[str, ...]:
    return tuple(word for word in catalogue.hears.get(key, {}).get("en", ()) if word[0].isalpha())[:most]
