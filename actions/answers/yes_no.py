"""Yes or no."""

from __future__ import annotations

import re
from collections.abc import Mapping

from actions.answers.hearing import FILLERS, asks, fold, hear, names, own_words, refuse, skipped
from actions.answers.kind import FormField, Heard, Kind, Refusal, Value
from actions.answers.lexicon import word_set
from actions.answers.numerals import misheard, runs
from bot.catalogue import Question
from bot.words import Language, Wording

LABELS: Mapping[Language, tuple[str, str]] = {"en": ("Yes", "No"), "cy": ("Ie", "Na")}
"""How true and false are shown back; the other names for them are content (`hears`)."""
# "I do", "it wasn't": an answer that names neither word. Folded, so without apostrophes.
_ECHO = re.compile(
    r"(?:yes |no )?(?:i|we|it|he|she|they|you|that|there) "
    r"(?:am|is|are|was|were|do|does|did|have|has|had|can|could|will|would|should)(?P<no> not|)"
    r"|(?:no )?(?:i|we|it|he|she|they|you|that|there) (?P<nt>am not|isnt|arent|wasnt|werent|dont|doesnt|didnt|havent|"
    r"hasnt|hadnt|cant|cannot|couldnt|wont|wouldnt|shouldnt)"
    r"|im (?P<im>not)|its (?P<its>not)|theyre (?P<theyre>not)"
)
# Words for yes and no that also begin something else: "Right, there is a hole", and in Welsh a question, "Oes
# angen llun?". They answer alone, or with no more than thanks.
_ALONE = word_set("right fine ok okay sure wrong correct iawn cywir do oes ydw ydy ydi ydyn gwir true pass")
_YES = frozenset({"true", "yes", "ie"})
_NO = frozenset({"false", "no", "na"})


def parse(heard: Heard, question: Question) -> Value | Refusal:
    """Yes or no, by word, by number (1 is yes, 2 is no) or at the head of a sentence.

    >>> parse(typed("Yes please"), question), parse(keyed("2"), question), parse(typed("Nac oes"), question)
    (True, False, False)
    >>> parse(spoken("no I don't think so"), question), parse(spoken("it was"), question)
    (False, True)
    >>> parse(typed("yes and no"), question).code
    'yes_no:both'
    >>> parse(typed("3"), question).code
    'yes_no:unclear'
    """
    text = hear(heard, question, skippable=False)
    if text is None or isinstance(text, Refusal):
        return text
    said, yes, no = fold(text), _YES | names(heard.hears, "yes"), _NO | names(heard.hears, "no")
    if said in yes or said in no:
        return said in yes
    skip = skipped(text, heard, question)
    if skip is not False:
        return skip
    words = [misheard(said)] if " " not in said else said.split()
    numbers = runs(words)
    if len(numbers) == 1 and set(words[: numbers[0][0]]) <= {"option", "number", "opsiwn", "rhif", "press"}:
        _, end, value = numbers[0]
        if end == len(words) and value in (1, 2):
            return value == 1
        return refuse(question, "unclear")
    if echo := _ECHO.fullmatch(said):
        return not any(echo.groupdict().values())
    return _sentence(text, words, yes, no, question)


def _sentence(
    text: str, words: list[str], yes: frozenset[str], no: frozenset[str], question: Question
) -> bool | Refusal:
    """Yes or no at the head of what is not a question, nor much longer than an answer is."""
    asking = any(asks([word]) for word in words if word not in ("do", "can"))
    if len(words) > 15 or asking or asks(words) or (text.endswith("?") and len(words) > 3):
        return refuse(question, "unclear")
    idle = FILLERS | own_words(question)
    for length in (4, 3, 2, 1):
        head = " ".join(words[:length])
        if len(words) <= length or (head not in yes and head not in no):
            continue
        opposite = no if head in yes else yes
        if any(word in opposite and word in _YES | _NO for word in words[length:]):
            return refuse(question, "both")
        more = sum(1 for word in words[length:] if word not in idle)
        if more > (0 if head in _ALONE else 4):
            break
        return head in yes
    return refuse(question, "unclear")


def show(value: Value, question: Question, language: Language) -> Wording:
    return Wording(LABELS[language][0 if value else 1])


def hears(question: Question, language: Language) -> tuple[str, ...]:
    return tuple(label.lower() for label in LABELS[language])


KIND = Kind("yes_no", parse, show, keypad="yes_no", keys=1, hears=hears, fields=(FormField("", "radios"),))
