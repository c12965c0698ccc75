"""The catalogue as Rasa's training data.

`rasa train --data data [overlay]` and our own train.py hand the content folders over as the paths of the
training data. Read are: the services' phrasings and the controls' words (through the catalogue), the
examples in data/rasa/nlu.yml and the rules in data/rasa/rules.yml. The domain stands beside this file and is
the same whatever the services are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.utils import story_graph_from_paths, training_data_from_paths
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import read_model_configuration

from bot.catalogue import Catalogue, Service, load
from bot.catalogue.files import paths
from bot.engine.labels import example
from bot.words import LANGUAGES

DOMAIN = Path(__file__).with_name("domain.yml")

CONTROLS = {
    "yes": "affirm", "no": "deny", "skip": "skip", "back": "back", "change": "change",
    "start_over": "start_over", "repeat": "repeat", "help": "help", "stop_for_now": "stop_for_now",
    "carry_on": "carry_on",
    "person": "person", "status": "status", "language": "language", "greet": "greet", "thank": "thank",
    "goodbye": "goodbye",
}  # fmt: skip
"""What the catalogue's `hears` call them → intent. Other words that content hears are not controls."""


class CatalogueImporter(TrainingDataImporter):
    """Everything that Rasa learns from, with the domain and the configuration."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        given = (
            [training_data_paths] if isinstance(training_data_paths, str) else training_data_paths or ["data"]
        )
        self._config_file = config_file
        self._folder = Path(given[0])
        self._overlay = Path(given[1]) if len(given) > 1 else None

    def get_domain(self) -> Domain:
        return Domain.load(str(DOMAIN))

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        return story_graph_from_paths(self._ours("rules"), self.get_domain(), exclusion_percentage)

    def get_config(self) -> dict[str, Any]:
        return read_model_configuration(self._config_file)

    def get_config_file_for_auto_config(self) -> str | None:
        return self._config_file

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        catalogue = load(self._folder, self._overlay, on=date.today())  # noqa: DTZ011 - amounts are not learnt
        written = training_data_from_paths(self._ours("nlu"), language)
        return TrainingData(list(examples(catalogue))).merge(written)

    def _ours(self, name: str) -> list[str]:
        return [str(path) for path, _ in paths(self._folder, self._overlay, f"rasa/{name}.yml")]


def examples(catalogue: Catalogue) -> Iterator[Message]:
    """What the catalogue teaches, in the order of the catalogue."""
    for name, intent in CONTROLS.items():
        for language in LANGUAGES:
            for words in catalogue.hears.get(name, {}).get(language, ()):
                yield example(words, intent, exact=True)
    for service in catalogue.services.values():
        yield from _of_service(service)


def _of_service(service: Service) -> Iterator[Message]:
    for language in LANGUAGES:
        for name in (service.title[language], service.said[language]):
            yield (
                example(name, "request", service=service.id)
                if service.takes_requests
                else example(name, "ask", service=service.id, aspect="overview")
            )
        for key, lines in service.phrasings[language].items():
            for line in lines:
                if key == "request":
                    yield example(line, "request", service=service.id)
                else:
                    yield example(line, "ask", service=service.id, aspect=key)
    for text in _published(service):
        yield example(text, "ask", service=service.id, published=True)
    for question in service.questions:
        for said in question.examples:
            yield example(said, "answer", question=f"{service.id}.{question.id}")


def _published(service: Service) -> Iterator[str]:
    """The lines that a service publishes and asks: its vocabulary, where nobody thought to say it."""
    for language in LANGUAGES:
        for guidance in service.guidance.values():
            yield from (line.lstrip("- ") for line in guidance.wording[language].text.splitlines() if line)
        for question in service.questions:
            yield question.ask[language].text
            yield question.label[language].text
            for option in question.options_in(language):
                yield from (option.label.text, *option.hears)
