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

KINDS: dict[str, Kind] = {
    "text": text.KIND,
    "long_text": long_text.KIND,
    "name": name.KIND,
    "yes_no": yes_no.KIND,
    "choice": choice.KIND,
    "choices": choices.KIND,
    "integer": integer.KIND,
    "money": money.KIND,
    "date": date.KIND,
    "date_of_birth": date_of_birth.KIND,
    "postcode": postcode.KIND,
    "address": address.KIND,
    "location": location.KIND,
    "phone": phone.KIND,
    "email": email.KIND,
    "nino": nino.KIND,
}
"""Name, as content writes it, to the kind."""

__all__ = ["KINDS", "FormField", "Heard", "Kind", "Refusal", "Value"]
