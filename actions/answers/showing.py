"""Saying back an answer that was not given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from actions.answers.kind import Kind, Value
from bot.catalogue import Question
from bot.words import Language, Wording

NOT_GIVEN: Mapping[Language, Wording] = {"en": Wording("Not given"), "cy": Wording("Heb ei roi")}


def skippable(kind: Kind) -> Kind:
    """The kind, which also shows None: an optional question that was skipped."""

    def show(value: Value, question: Question, language: Language) -> Wording:
        return NOT_GIVEN[language] if value is None else kind.show(value, question, language)

    return replace(kind, show=show)
