"""data/ → Catalogue. Whatever is wrong with the content is said by file and line, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast

from bot.catalogue import files
from bot.catalogue.filling import Filler
from bot.catalogue.models import Catalogue, Council, Destination, Guidance, Keep, Question, Service
from bot.words import LANGUAGES, Language, Option, Source, Wording

OURS = Path(__file__).resolve().parents[2] / "data"


class ContentBroken(Exception):
    """Content that cannot be loaded at all: `doorstep check` says the same, and more."""

    def __init__(self, shown: str, line: int, reason: str) -> None:
        super().__init__(f"{shown}:{line} {reason}")
        self.shown, self.line, self.reason = shown, line, reason


def load(folder: Path = OURS, overlay: Path | None = None, *, on: date) -> Catalogue:
    """The catalogue in force on a day. Raises ContentBroken at the first file that cannot be used."""
    try:
        council_file = _one(folder, overlay, "council.yml")
        rates = [files.read(*item) for item in files.paths(folder, overlay, "rates/*.yml")]
        for file in (council_file, *rates):
            if not isinstance(file.data, Mapping):
                raise ContentBroken(file.shown, 1, "holds no keys with values")
        filler = Filler(council_file.data, [rate.data for rate in rates], on)
        services: dict[str, Service] = {}
        for path, shown in files.paths(folder, overlay, "services/*.yml"):
            file = files.read(path, shown)
            service = _load_one(file, filler)
            services[service.id] = service
        phrases: dict[str, Mapping[Language, Wording]] = {}
        hears: dict[str, Mapping[Language, tuple[str, ...]]] = {}
        for path, shown in files.paths(folder, overlay, "phrases/*.yml"):
            file = files.read(path, shown)
            try:
                for key, entry in (file.data.get("hears") or {}).items():
                    hears[key] = {language: tuple(entry[language]) for language in LANGUAGES}
                for key, entry in (file.data.get("phrases") or {}).items():
                    phrases[key] = _by_language(entry, filler)
            except (KeyError, TypeError, AttributeError, ValueError) as error:
                raise ContentBroken(shown, 1, f"cannot be read: {error!r}") from error
    except files.Unreadable as error:
        raise ContentBroken(error.shown, error.line, error.reason) from error
    return Catalogue(
        services=services,
        phrases=phrases,
        hears=hears,
        council=_council(council_file),
        on=on,
        fingerprint=files.fingerprint(folder, overlay),
    )


def _one(folder: Path, overlay: Path | None, name: str) -> files.ContentFile:
    for path, shown in files.paths(folder, overlay, name):
        return files.read(path, shown)
    raise ContentBroken(f"{folder.name}/{name}", 1, "is missing")


def _load_one(file: files.ContentFile, filler: Filler) -> Service:
    try:
        return service_from(file.data, filler)
    except KeyError as error:
        raise ContentBroken(file.shown, 1, f"lacks {error}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise ContentBroken(file.shown, 1, f"cannot be read: {error}") from error


def service_from(data: Mapping[str, Any], filler: Filler) -> Service:
    """One service from its file's data. Raises KeyError, TypeError or ValueError for data of another shape."""
    default_keep = data.get("keep") or {}
    links = data.get("link") or {}
    return Service(
        id=data["id"],
        kind=data["kind"],
        owner=data["owner"],
        contact=data["contact"],
        version=int(data.get("version", 1)),
        title={language: filler.fill(data["title"][language]) for language in LANGUAGES},
        said={language: data["said"][language] for language in LANGUAGES},
        phrasings={
            language: {key: tuple(lines) for key, lines in data["phrasings"][language].items()}
            for language in LANGUAGES
        },
        guidance={
            aspect: _guidance(aspect, entry, filler, data["owner"])
            for aspect, entry in data["guidance"].items()
        },
        questions=tuple(_question(entry, default_keep, filler) for entry in data.get("questions") or ()),
        destinations=tuple(
            Destination(
                recipient=entry["recipient"],
                system=entry["system"],
                sends=dict(entry["sends"]),
                settings={k: str(v) for k, v in (entry.get("settings") or {}).items()},
                only_if=_only_if(entry),
            )
            for entry in data.get("destinations") or ()
        ),
        after=_by_language(data["after"], filler) if data.get("after") else {},
        links={language: filler.fill(links[language]) for language in LANGUAGES if language in links},
        related=tuple(data.get("related") or ()),
    )


def _guidance(aspect: str, entry: Mapping[str, Any], filler: Filler, owner: str) -> Guidance:
    source = entry["source"]
    return Guidance(
        aspect=aspect,
        wording=_by_language(entry, filler),
        source=Source(
            title=entry["title"],
            url=filler.fill(source),
            owner=entry.get("owner", owner),
            read=_day(entry["read"]).isoformat(),
        ),
        demonstration=bool(entry.get("demonstration", False)),
    )


def _question(entry: Mapping[str, Any], default_keep: Mapping[str, Any], filler: Filler) -> Question:
    keep = {**default_keep, **(entry.get("keep") or {})}
    options: list[tuple[str, Mapping[Language, Option]]] = []
    for option in entry.get("options") or ():
        options.append(
            (
                str(option["id"]),
                {
                    language: Option(
                        value=str(option["id"]),
                        label=_wording(option[language], filler),
                        hears=tuple(
                            option[language].get("hears", ()) if isinstance(option[language], Mapping) else ()
                        ),
                    )
                    for language in LANGUAGES
                },
            )
        )
    hints = {
        language: _wording(entry[language]["hint"], filler)
        for language in LANGUAGES
        if "hint" in entry[language]
    }
    return Question(
        id=entry["id"],
        kind=entry["kind"],
        ask={language: _asking(entry[language], filler) for language in LANGUAGES},
        label={language: _wording(entry[language]["label"], filler) for language in LANGUAGES},
        hint=hints,
        options=tuple(options),
        optional=bool(entry.get("optional", False)),
        only_if=_only_if(entry),
        keep=Keep(
            purpose={language: keep["purpose"][language] for language in LANGUAGES},
            basis=keep["basis"],
            controller=keep["controller"],
            recipients=tuple(keep["recipients"]),
            months=int(keep["months"]),
            personal=bool(keep.get("personal", True)),
        ),
        limits=dict(entry.get("limits") or {}),
        examples=tuple(str(example) for example in entry.get("examples") or ()),
    )


def _only_if(entry: Mapping[str, Any]) -> Mapping[str, tuple[object, ...]]:
    return {
        question: tuple(value) if isinstance(value, list) else (value,)
        for question, value in (entry.get("only_if") or {}).items()
    }


def _asking(entry: Mapping[str, Any], filler: Filler) -> Wording:
    return Wording(
        filler.fill(entry["ask"]),
        filler.fill(entry["short"]) if "short" in entry else None,
        filler.fill(entry["spoken"]) if "spoken" in entry else None,
    )


def _by_language(entry: Mapping[str, Any], filler: Filler) -> Mapping[Language, Wording]:
    return {language: _wording(entry[language], filler) for language in LANGUAGES}


def _wording(entry: Any, filler: Filler) -> Wording:
    if isinstance(entry, str):
        return Wording(filler.fill(entry).strip())
    return Wording(
        filler.fill(entry["text"]).strip(),
        filler.fill(entry["short"]).strip() if "short" in entry else None,
        filler.fill(entry["spoken"]).strip() if "spoken" in entry else None,
    )


def _council(file: files.ContentFile) -> Council:
    data = file.data
    try:
        return Council(
            name=cast("Mapping[Language, str]", data["name"]),
            phone=data["phone"],
            phone_shown=data["phone_shown"],
            text_number=data["text_number"],
            text_number_shown=data["text_number_shown"],
            text_pence_per_segment=float(data["text_pence_per_segment"]),
            reference_prefix=str(data["reference_prefix"]),
            hours=cast("Mapping[Language, str]", data["hours"]),
            website=data["website"],
            demonstration=bool(data.get("demonstration", False)),
        )
    except KeyError as error:
        raise ContentBroken(file.shown, 1, f"lacks {error}") from error
    except (TypeError, ValueError) as error:
        raise ContentBroken(file.shown, 1, f"cannot be read: {error}") from error


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
