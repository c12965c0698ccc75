"""Whatever comes, a kind gives a value or a Refusal; and a value it gave, shown back, is understood again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.answers import KINDS
from actions.answers.kind import Heard, Refusal
from bot.catalogue import Catalogue, Question

SAID = (
    "yes no skip na ie one un dau deg twenty double triple oh zero the a of o ar ail third first march mawrth may "
    "dydd last next ago in week wythnos today ddoe 3 31 12 2026 1,000 2.5 £ p pounds punt at dot com @ sam s e n q "
    "sierra for bravo plus +44 07700 900123 SE1 9GF AB123456C and a bin blue black not how what / - * # ' \" \n 99"
)
WORDS = SAID.split(" ")
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=12).map("".join),
    st.from_regex(r"[0-9*#+/., -]{0,40}", fullmatch=True),
    st.binary(max_size=60).map(lambda some: some.decode("latin-1")),
)


@pytest.mark.parametrize("kind", KINDS)
@given(
    text=TEXTS,
    manner=st.sampled_from(["typed", "spoken", "keyed"]),
    language=st.sampled_from(["en", "cy"]),
    optional=st.booleans(),
)
@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_nothing_that_comes_raises(
    kind: str,
    text: str,
    manner: str,
    language: str,
    optional: bool,
    asking: Callable[..., Question],
    heard: Callable[..., Heard],
    catalogue: Catalogue,
) -> None:
    """A value can be stored and shown, and understood again as itself; a refusal has words."""
    question = asking(kind, optional=optional)
    got = KINDS[kind].parse(heard(text, manner, language), question)
    if isinstance(got, Refusal):
        words = catalogue.phrase(got.phrase, "en", label="It", **got.values)
        assert words.text
        return
    assert json.loads(json.dumps(got)) == got
    shown = KINDS[kind].show(got, question, "cy" if language == "cy" else "en")
    assert shown.text
    if got is None:
        assert optional
        return
    again = KINDS[kind].parse(heard(str(got) if kind != "choices" else ", ".join(map(str, got))), question)  # type: ignore[arg-type]
    if KINDS[kind].exact:
        assert again == got
        assert KINDS[kind].parse(heard(shown.text, "typed", language), question) == got


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [
        "a " * 4_999,
        "one " * 60,
        "1/" * 140,
        "double " * 40,
        "@" * 299,
        "dydd " * 55,
        "naw deg " * 35,
        "12 pounds " * 28,
        "SE1 9GF " * 35,
    ],
)
def test_no_text_takes_long(
    kind: str, text: str, asking: Callable[..., Question], heard: Callable[..., Heard]
) -> None:
    """The worst that fits takes well under a turn's time."""
    question = asking(kind)
    KINDS[kind].parse(heard(text), question)
    started = time.perf_counter()
    KINDS[kind].parse(heard(text), question)
    assert time.perf_counter() - started < 0.1
