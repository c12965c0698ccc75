"""A conversation opens to who holds its seal, and to nobody else."""

from __future__ import annotations

import pytest

from channels.webchat.keys import Keys

KEYS = Keys(b"secret", secure=True)


def test_a_cookie_of_ours_opens_its_conversation() -> None:
    conversation = KEYS.new_conversation()
    assert KEYS.conversation_in(KEYS.cookie_value(conversation)) == conversation


@pytest.mark.parametrize(
    "spoilt",
    [
        None,
        "",
        ".",
        "abc",
        lambda key: key,
        lambda key: f"{key}.",
        lambda key: f"{key}.{KEYS.csrf(key)}",
        lambda key: KEYS.cookie_value(key)[:-1],
        lambda key: KEYS.cookie_value(KEYS.new_conversation()).replace(".", "x."),
        lambda key: Keys(b"another", secure=True).cookie_value(key),
        lambda key: f"{key}.ŵ",
    ],
)
def test_any_other_cookie_opens_nothing(spoilt: object) -> None:
    value = spoilt(KEYS.new_conversation()) if callable(spoilt) else spoilt
    assert KEYS.conversation_in(value) is None


def test_keys_do_not_repeat_and_are_long() -> None:
    made = {KEYS.new_conversation() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(key) == 32 for key in made)


def test_a_turn_is_told_by_conversation_form_and_words() -> None:
    first = KEYS.provider_id("chat", "form", "yes")
    assert first == KEYS.provider_id("chat", "form", "yes")
    others = {
        KEYS.provider_id("other", "form", "yes"),
        KEYS.provider_id("chat", "later", "yes"),
        KEYS.provider_id("chat", "form", "no"),
        KEYS.provider_id("chat", "formyes", ""),
        Keys(b"another", secure=True).provider_id("chat", "form", "yes"),
    }
    assert len(others) == 5
    assert first not in others
    assert KEYS.provider_id("chat", "form", "\ud800")


def test_the_cookie_is_held_to_https_where_there_is_https() -> None:
    assert KEYS.cookie.startswith("__Host-")
    assert not Keys(b"secret", secure=False).cookie.startswith("__")
