"""`python -m bot.engine.train --data data [--overlay DIR] --out DIR`: content → a model.

Prints how far it is, and last of all the model's path. Ends at once when a model of this very content is
there; keeps the newest three.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.catalogue import ContentBroken
from bot.engine import environment, patches, stand_ins
from bot.engine.fingerprint import CONFIG, fingerprint

KEPT = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. 0 when the model is there, 1 when content or training is at fault."""
    parser = argparse.ArgumentParser(prog="python -m bot.engine.train", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder of content")
    parser.add_argument("--overlay", type=Path, help="a council's own content, laid over it")
    parser.add_argument("--out", type=Path, required=True, help="the folder of models")
    given = parser.parse_args(arguments)
    try:
        print(train(given.data, given.overlay, given.out, tell), flush=True)
    except (ContentBroken, patches.WrongRasa, TrainingFailed) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


class TrainingFailed(Exception):
    """Rasa made no model: its own message stands above."""


def train(data: Path, overlay: Path | None, out: Path, say: Callable[[str], None]) -> Path:
    """The model of this content, trained if it is not there. Raises ContentBroken, WrongRasa, TrainingFailed."""
    patches.require_version()
    name = fingerprint(data, overlay)
    model = out / f"{name}.tar.gz"
    if model.exists():
        os.utime(model)  # in use: the oldest are pruned
        return model
    began = time.monotonic()
    say("Training the engine on the content. This takes under a minute.")
    say("1 of 3: loading Rasa")
    environment.prepare()
    stand_ins.leave_out()
    from rasa.model_training import train as train_model
    from rasa.shared.utils import cli

    patches.apply()
    # Rasa announces its success in colours; what it has to say otherwise goes to the log.
    cli.print_success = lambda *_, **__: None
    say("2 of 3: learning what people say")
    out.mkdir(parents=True, exist_ok=True)
    unfinished = out / f"unfinished-{os.getpid()}.tar.gz"
    paths = [str(data)] if overlay is None else [str(data), str(overlay)]
    try:
        result = train_model(
            domain=str(Path(__file__).with_name("domain.yml")),
            config=str(CONFIG),
            training_files=paths,
            output=str(out),
            force_training=True,
            fixed_model_name=unfinished.name,
        )
        if result.code != 0 or result.model is None:
            raise TrainingFailed("The model could not be trained.")
        # A model is there whole or not at all, whenever this process dies.
        Path(result.model).replace(model)
    finally:
        unfinished.unlink(missing_ok=True)
    prune(out, KEPT)
    say(f"3 of 3: done in {time.monotonic() - began:.0f} seconds")
    return model


def prune(out: Path, kept: int) -> None:
    """Delete all models but the newest."""
    models = sorted(out.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for model in models[kept:]:
        model.unlink(missing_ok=True)


def tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
