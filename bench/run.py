"""`make bench`: stock Rasa and Doorstep, one after the other, the same script; a table, a plot and a JSON file."""

from __future__ import annotations

import json
import platform
import shutil
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

import matplotlib

from bench import peers
from bench.measuring import Figures, measure, percentiles

OUT = Path("var/bench")

Result = tuple[peers.Peer, Figures]


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    results: list[Result] = []
    for start in (peers.stock, peers.doorstep):
        # Kept until the next run, so that its logs can be read.
        folder = (OUT / start.__name__).resolve()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        _tell(f"{start.__name__}: training and starting (this takes minutes)")
        with start(folder) as peer:
            results.append(
                (peer, measure(peer.say, peer.pid, lambda what, n=peer.name: _tell(f"{n}: {what}")))
            )
    table = as_table(*results)
    print(table)
    (OUT / "bench.md").write_text(table)
    (OUT / "bench.json").write_text(json.dumps(as_json(*results), indent=1))
    plot(results, OUT / "bench.svg")
    _tell(f"written: {OUT}/bench.md, bench.json, bench.svg")


def rows(peer: peers.Peer, figures: Figures) -> dict[str, float]:
    """The figures of one peer, by name: ms, turns a second, MB, seconds."""
    found: dict[str, float] = {}
    for name, values in (
        ("new conversation", figures.new),
        ("turns 1-20", figures.first_20),
        ("turns 181-200", figures.turn_181_to_200),
    ):
        found.update({f"{name}, {p} (ms)": value for p, value in percentiles(values).items()})
    found["8 at once (turns a second)"] = round(figures.throughput, 1)
    found["memory (MB)"] = round(figures.memory / 1e6)
    found["start (s)"] = round(peer.start_seconds, 1)
    found["training (s)"] = round(peer.training_seconds, 1)
    return found


def as_table(stock: Result, ours: Result) -> str:
    theirs, mine = rows(*stock), rows(*ours)
    lines = [
        f"Measured on {date.today().isoformat()}, {platform.machine()}, Python {platform.python_version()}.",
        "",
        f"| | {stock[0].name} | {ours[0].name} | ratio |",
        "|---|---:|---:|---:|",
    ]
    lines += [
        f"| {name} | {theirs[name]} | {mine[name]} | {mine[name] / theirs[name]:.2f} |" for name in theirs
    ]
    drift = mine["turns 181-200, p50 (ms)"] / mine["turns 1-20, p50 (ms)"]
    lines += ["", f"Doorstep's turns 181-200 take {drift:.2f} times as long as its turns 1-20.", ""]
    return "\n".join(lines)


def as_json(stock: Result, ours: Result) -> dict[str, object]:
    return {
        "on": date.today().isoformat(),
        "machine": platform.platform(),
        "peers": [
            {"name": peer.name, "figures": rows(peer, figures), "raw_ms": asdict(figures)["every_turn"]}
            for peer, figures in (stock, ours)
        ],
    }


def plot(results: list[Result], path: Path) -> None:
    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 3.5), layout="constrained")
    for peer, figures in results:
        median = [sorted(values)[len(values) // 2] for values in zip(*figures.every_turn, strict=True)]
        axes.plot(range(1, len(median) + 1), median, label=peer.name, linewidth=1.2)
    axes.set_xlabel("turn of one conversation")
    axes.set_ylabel("milliseconds, median of three")
    axes.set_ylim(bottom=0)
    axes.legend()
    figure.savefig(path)


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
