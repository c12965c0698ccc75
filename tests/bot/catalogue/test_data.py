"""The content that we publish: it has no mistake, and it loads."""

from datetime import date
from pathlib import Path

from actions.answers import KINDS
from actions.systems.registry import NAMES
from bot.catalogue import load
from bot.catalogue.check import check
from bot.catalogue.loading import OURS

TODAY = date.today()  # the content must be right on the day that it is published, not on one of ours


def test_the_content_has_no_mistakes() -> None:
    mistakes = check(OURS, None, kinds=list(KINDS), systems=NAMES, on=TODAY)
    assert not mistakes, "\n".join(["The content has mistakes:", *map(str, mistakes)])


def test_the_content_loads_and_every_service_answers_in_both_languages() -> None:
    catalogue = load(on=TODAY)
    for service in catalogue.services.values():
        for guidance in service.guidance.values():
            assert guidance.wording["en"].text
            assert guidance.wording["cy"].text


def test_every_service_stands_in_the_list_of_services() -> None:
    """A service has one file, of its own name."""
    catalogue = load(on=TODAY)
    assert set(catalogue.services) == {path.stem for path in Path(OURS, "services").glob("*.yml")}
