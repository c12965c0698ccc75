"""The kinds of answer: how each is understood, shown and asked for."""

from actions.answers import (
    address,
    choice,
    choices,
    date,
    date_of_birth,
    email,
    integer,
    location,
    long_text,
    money,
    name,
    nino,
    phone,
    postcode,
    text,
    yes_no,
)
from actions.answers.kind import FormField, Heard, Kind, Refusal, Value
from actions.answers.showing import skippable

KINDS: dict[str, Kind] = {
    module.KIND.name: skippable(module.KIND)
    for module in (
        text,
        long_text,
        name,
        yes_no,
        choice,
        choices,
        integer,
        money,
        date,
        date_of_birth,
        postcode,
        address,
        location,
        phone,
        email,
        nino,
    )
}
"""Name, as content writes it, to the kind."""

__all__ = ["KINDS", "FormField", "Heard", "Kind", "Refusal", "Value"]
