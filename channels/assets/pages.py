"""How a page is made and served: Jinja, the council's words, the built assets and the security headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from jinja2.loaders import ChoiceLoader
from markupsafe import Markup, escape
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw

from actions.settings import Settings
from bot.catalogue import Catalogue
from bot.words import Language
from channels.assets.build import BUILT, HERE

TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"


class AssetsMissing(Exception):
    """The assets were never built: the message says how to."""


def security_headers(frame_ancestors: str = "'none'") -> dict[str, str]:
    """The headers of every page: nothing from elsewhere, no script in the markup, no guessing of types."""
    policy = (
        "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; "
        f"frame-ancestors {frame_ancestors}"
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


@dataclass(frozen=True)
class Block:
    """A paragraph or a list, as lines."""

    is_list: bool
    lines: tuple[str, ...]


def blocks(text: str) -> Iterator[Block]:
    """The paragraphs and lists of plain words: a blank line parts them, "- " begins an item.

    >>> [(block.is_list, block.lines) for block in blocks("Bring:\\n- a card\\n- a form\\n\\nThank you.")]
    [(False, ('Bring:',)), (True, ('a card', 'a form')), (False, ('Thank you.',))]
    """
    for paragraph in text.strip().split("\n\n"):
        lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
        for is_list, group in groupby(lines, key=lambda line: line.startswith("- ")):
            yield Block(is_list, tuple(line.removeprefix("- ") for line in group))


class Pages:
    """Makes pages of the shared layout and of the templates in `folders`.

    A template has `language`, `t(key, **values)` (a phrase of data/phrases in that language, as text), `t_with`
    (the same, filled with markup), `council`, `council_name`, `phone_shown`, `text_number`, `catalogue` and
    `asset(name)`. Everything is escaped.
    """

    def __init__(self, catalogue: Catalogue, settings: Settings, *folders: Path) -> None:
        self._catalogue = catalogue
        self._built = _stamp()
        self._secure = settings.address.startswith("https:")
        self.environment = Environment(
            loader=ChoiceLoader(
                [
                    PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
                    FileSystemLoader([*folders, HERE]),
                ]
            ),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            # The macros of GOV.UK Frontend look at options that a caller may leave out.
            undefined=ChainableUndefined,
        )
        self.environment.filters["blocks"] = lambda text: list(blocks(text))

    def render(self, template: str, language: Language, **values: object) -> str:
        """A template as text."""
        return self.environment.get_template(template).render({**self.basics(language), **values})

    def basics(self, language: Language) -> dict[str, Any]:
        """What every template has."""
        council = self._catalogue.council

        def t(key: str, /, **given: str) -> str:
            return self._catalogue.phrase(key, language, **given).text

        def t_with(key: str, /, **given: str) -> Markup:
            # The phrase itself is escaped; what fills it is, too, unless it is markup of ours (a link).
            return escape(self._catalogue.phrases[key][language].text).format(**given)

        return {
            "language": language,
            "t": t,
            "t_with": t_with,
            "catalogue": self._catalogue,
            "council": council,
            "council_name": council.name[language],
            "phone_shown": council.phone_shown,
            "text_number": council.text_number_shown,
            "asset": self.asset,
        }

    def asset(self, name: str) -> str:
        """The address of a built file: it changes with its content, so browsers may keep it for good."""
        return f"/assets/{self._built}/{name}"

    def html(
        self,
        template: str,
        language: Language,
        *,
        status: int = 200,
        frame_ancestors: str = "'none'",
        headers: Mapping[str, str] | None = None,
        **values: object,
    ) -> HTTPResponse:
        """A page. It is never kept by a browser or a proxy: other people use the same library computer."""
        held = {
            **security_headers(frame_ancestors),
            "Cache-Control": "no-store",
            "Content-Language": language,
            **(headers or {}),
        }
        if self._secure:
            held["Strict-Transport-Security"] = "max-age=31536000"
        return HTTPResponse(
            self.render(template, language, **values),
            status=status,
            headers=held,
            content_type="text/html; charset=utf-8",
        )


def blueprint(settings: Settings) -> Blueprint:
    """`/assets/…`: the built files. In development they are read again each time, so that a build shows at once."""
    files = Files(live=settings.development)
    made = Blueprint("assets")

    @made.get("/assets/<stamp:str>/<name:str>")
    async def asset(request: Request, stamp: str, name: str) -> HTTPResponse:
        return files.serve(request, name, FOREVER if stamp == files.stamp else "no-cache")

    return made


class Files:
    """The built files, in memory; each also squeezed, because many people come on a slow telephone."""

    def __init__(self, *, live: bool = False) -> None:
        self.stamp = "" if live else _stamp()
        self._live = live
        self._held = self._read()

    def serve(self, request: Request, name: str, cache_control: str) -> HTTPResponse:
        """One file, or 404. The name is looked up among those read, so it can lead nowhere else."""
        held = self._read() if self._live else self._held
        content_type = TYPES.get(Path(name).suffix)
        if content_type is None or name not in held:
            return empty(404)
        headers = {
            "Cache-Control": cache_control,
            "X-Content-Type-Options": "nosniff",
            "Vary": "Accept-Encoding",
        }
        body = held[name]
        if "gzip" in request.headers.get("accept-encoding", ""):
            body = held[f"{name}.gz"]
            headers["Content-Encoding"] = "gzip"
        return raw(body, headers=headers, content_type=content_type)

    @staticmethod
    def _read() -> dict[str, bytes]:
        _stamp()
        return {path.name: path.read_bytes() for path in BUILT.iterdir()}


def _stamp() -> str:
    stamp = BUILT / "fingerprint"
    if not stamp.exists():
        raise AssetsMissing("The pages' assets are not built: run `python -m channels.assets.build`.")
    return stamp.read_text(encoding="ascii")[:12]
