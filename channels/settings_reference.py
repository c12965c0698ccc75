"""The settings reference, from the settings themselves: docs/settings.md is this, and a test compares them."""

from __future__ import annotations

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from actions.settings import REQUIRED_SECRETS, Settings


def as_text() -> str:
    lines = []
    for name, field in Settings.model_fields.items():
        lines += [f"DOORSTEP_{name.upper()}  [{_default(name, field)}]", f"    {field.description}"]
    return "\n".join(lines) + "\n"


def as_markdown() -> str:
    head = "| setting | default | what it is |\n|---|---|---|\n"
    rows = [
        f"| `DOORSTEP_{name.upper()}` | {_default(name, field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return head + "\n".join(rows) + "\n"


def _default(name: str, field: FieldInfo) -> str:
    if name in REQUIRED_SECRETS:
        return "made in development, required in production"
    value = field.default
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    return "none" if value in ("", None) else str(value).lower() if isinstance(value, bool) else str(value)
