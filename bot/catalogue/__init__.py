"""The catalogue of services: content in data/, read into values."""

from bot.catalogue.loading import ContentBroken, load
from bot.catalogue.models import (
    ASPECTS,
    BASES,
    Catalogue,
    Council,
    Destination,
    Guidance,
    Keep,
    Question,
    Service,
)

__all__ = [
    "ASPECTS",
    "BASES",
    "Catalogue",
    "ContentBroken",
    "Council",
    "Destination",
    "Guidance",
    "Keep",
    "Question",
    "Service",
    "load",
]
