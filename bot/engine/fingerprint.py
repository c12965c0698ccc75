"""What a model was made of, as one name: content, configuration, domain, and the code that learns."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.catalogue import files

HERE = Path(__file__).resolve().parent
CONFIG = HERE.parents[1] / "config.yml"


def fingerprint(data: Path, overlay: Path | None) -> str:
    """32 hexadecimal digits that change with any file that a model is made of."""
    digest = hashlib.sha256(files.fingerprint(data, overlay).encode())
    code = [path for path in HERE.rglob("*") if path.suffix in (".py", ".yml")]
    for path in [CONFIG, *sorted(code)]:
        digest.update(path.relative_to(CONFIG.parent).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:32]
