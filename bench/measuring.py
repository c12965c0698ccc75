"""One peer, measured: single turns, long conversations, eight at once, memory."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import psutil

from bench.script import turn

LONG_CONVERSATIONS = 3
NEW_CONVERSATIONS = 150
WARM_UP = 10
PARALLEL, TURNS_EACH = 8, 40

Say = Callable[[str, str, int], None]
"""Say a text in a conversation, as its turn N: returns when the answer is there, and raises without one."""


@dataclass(frozen=True)
class Figures:
    """Milliseconds of whole turns; turns a second; bytes."""

    new: list[float]
    first_20: list[float]
    turn_181_to_200: list[float]
    every_turn: list[list[float]]
    throughput: float
    memory: int


def measure(say: Say, pid: int, tell: Callable[[str], None]) -> Figures:
    """All figures of a peer that is up and answers. `pid` is the process whose whole tree counts as memory."""
    for number in range(1, WARM_UP + 1):
        say(f"warm-{number}", turn(number), 1)
    tell("new conversations")
    new = [_timed(say, f"new-{n}", turn(n), 1) for n in range(1, NEW_CONVERSATIONS + 1)]
    long: list[list[float]] = []
    for conversation in range(1, LONG_CONVERSATIONS + 1):
        tell(f"a conversation of 200 turns ({conversation} of {LONG_CONVERSATIONS})")
        long.append([_timed(say, f"long-{conversation}", turn(n), n) for n in range(1, 201)])
    tell(f"{PARALLEL} conversations at once")
    throughput = _throughput(say)
    return Figures(
        new=new,
        first_20=[value for one in long for value in one[:20]],
        turn_181_to_200=[value for one in long for value in one[180:200]],
        every_turn=long,
        throughput=throughput,
        memory=memory(pid),
    )


def percentiles(values: Iterable[float]) -> dict[str, float]:
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return {"p50": round(cuts[49], 2), "p95": round(cuts[94], 2), "p99": round(cuts[98], 2)}


def memory(pid: int) -> int:
    """Resident bytes of a process and all that it started."""
    process = psutil.Process(pid)
    return sum(p.memory_info().rss for p in (process, *process.children(recursive=True)))


def _timed(say: Say, conversation: str, text: str, number: int) -> float:
    began = time.perf_counter()
    say(conversation, text, number)
    return (time.perf_counter() - began) * 1000


def _throughput(say: Say) -> float:
    failures: list[BaseException] = []

    def one(conversation: str) -> None:
        try:
            for number in range(1, TURNS_EACH + 1):
                say(conversation, turn(number), number)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=one, args=(f"parallel-{n}",)) for n in range(PARALLEL)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    if failures:
        raise failures[0]
    return PARALLEL * TURNS_EACH / took
