"""What content borrows: values of the council, and amounts in force on the day."""

from datetime import date

import pytest

from bot.catalogue.filling import Filler

COUNCIL = {"name": {"en": "Westmoor Council"}, "phone_shown": "01632 960 100"}
RATES = [
    {
        "badge": {
            "fee": {
                "amounts": [
                    {"from": date(2026, 4, 1), "amount": "£12"},
                    {"from": date(2025, 4, 1), "amount": "£10"},
                ]
            }
        }
    }
]


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        (date(2025, 4, 1), "£10"),
        (date(2026, 3, 31), "£10"),
        (date(2026, 4, 1), "£12"),
        (date(2030, 1, 1), "£12"),
    ],
)
def test_the_amount_is_that_of_the_day(on: date, amount: str) -> None:
    assert Filler(COUNCIL, RATES, on).fill("It costs {rate.badge.fee}.") == f"It costs {amount}."


def test_a_day_before_every_amount_has_none() -> None:
    with pytest.raises(ValueError, match="no amount is in force on 2025-03-31"):
        Filler(COUNCIL, RATES, date(2025, 3, 31)).fill("{rate.badge.fee}")


def test_the_councils_own_words_are_filled_in() -> None:
    filled = Filler(COUNCIL, RATES, date(2026, 1, 1)).fill(
        "Phone {council.name.en} on {council.phone_shown}."
    )
    assert filled == "Phone Westmoor Council on 01632 960 100."


def test_what_is_filled_when_it_is_said_is_left_alone() -> None:
    text = "Your reference is {reference}, {name}."
    assert Filler(COUNCIL, RATES, date(2026, 1, 1)).fill(text) == text


@pytest.mark.parametrize(
    "name",
    [
        "council.fax",
        "council.name.fr",
        "council.phone_shown.en",
        "rate.badge",
        "rate.fee",
        "rate.badge.fee.en",
    ],
)
def test_a_name_that_content_does_not_have_is_named(name: str) -> None:
    with pytest.raises(ValueError, match=name.replace(".", r"\.")):
        Filler(COUNCIL, RATES, date(2026, 1, 1)).fill(f"{{{name}}}")
