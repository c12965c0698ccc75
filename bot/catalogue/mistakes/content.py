"""All the content that is checked together, and the shape of a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.catalogue.files import ContentFile, Unreadable
from bot.catalogue.filling import Filler
from bot.catalogue.mistakes import shapes
from bot.catalogue.mistakes.differences import Difference, differences, of_rates
from bot.catalogue.mistakes.part import Found, Part
from bot.catalogue.mistakes.wordings import Said, of_phrases, of_service
from bot.words import Language


@dataclass(frozen=True)
class Check:
    """A kind of mistake: its code (`noun:adjective`), and what finds it in content."""

    code: str
    find: Callable[[Content], Iterable[Found]]


@dataclass(frozen=True)
class Content:
    """All the content that is checked together, and what it may name."""

    files: tuple[ContentFile, ...]
    unreadable: tuple[Unreadable, ...]
    council_shown: str
    """How council.yml is called, whether or not there is one."""
    kinds: frozenset[str]
    systems: frozenset[str]
    on: date

    @cached_property
    def roots(self) -> tuple[Part, ...]:
        return tuple(Part(file, (), file.data) for file in self.files)

    def under(self, folder: str) -> tuple[Part, ...]:
        """The files of a folder of content."""
        return tuple(r for r in self.roots if _folder(r.file) == folder and r.file.shown.endswith(".yml"))

    @cached_property
    def services(self) -> tuple[Part, ...]:
        return self.under("services")

    @cached_property
    def rates(self) -> tuple[Part, ...]:
        return self.under("rates")

    @cached_property
    def phrases(self) -> tuple[Part, ...]:
        return self.under("phrases")

    @cached_property
    def council(self) -> Part | None:
        return next((root for root in self.roots if _inside(root.file) == "council.yml"), None)

    @cached_property
    def service_ids(self) -> frozenset[str]:
        """The services that there are; one whose file cannot be read goes by the name of the file."""
        unread = {broken.shown.rpartition("/")[2].removesuffix(".yml") for broken in self.unreadable}
        return frozenset(service["id"].text for service in self.services) | unread

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Where the files are not of their shape."""
        found = [d for root in self.services for d in differences(root, shapes.Service)]
        found += [d for root in self.phrases for d in differences(root, shapes.Phrases)]
        found += [d for root in self.rates for d in of_rates(root)]
        if self.council:
            found += differences(self.council, shapes.Council)
        return tuple(found)

    @cached_property
    def said_by_services(self) -> tuple[Said, ...]:
        return tuple(said for service in self.services for said in of_service(service))

    @cached_property
    def said_in_phrases(self) -> tuple[Said, ...]:
        return tuple(said for root in self.phrases for said in of_phrases(root))

    @property
    def said(self) -> tuple[Said, ...]:
        """Every wording."""
        return self.said_by_services + self.said_in_phrases

    def phrase(self, key: str, language: Language) -> str:
        """A phrase as a text message says it; nothing where there is none of that name."""
        said = self._phrases.get((key, language))
        form = said.form("short") if said else None
        return self.filled(form.text) if form else ""

    @cached_property
    def _phrases(self) -> dict[tuple[str, Language], Said]:
        return {(said.name, said.language): said for said in self.said_in_phrases}

    @cached_property
    def _filler(self) -> Filler:
        council = self.council.value if self.council and isinstance(self.council.value, Mapping) else {}
        return Filler(
            council, [rate.value for rate in self.rates if isinstance(rate.value, Mapping)], self.on
        )

    def filled(self, text: str) -> str:
        """The text with what it borrows, or as it stands where that cannot be had: another check says so."""
        if "{" not in text:
            return text.strip()
        try:
            return self._filler.fill(text).strip()
        except (ValueError, KeyError, TypeError, AttributeError):
            return text.strip()


def _inside(file: ContentFile) -> str:
    return file.shown.partition("/")[2]


def _folder(file: ContentFile) -> str:
    return _inside(file).rpartition("/")[0]
