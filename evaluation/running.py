"""Questions put to the product, its answers and how long they took."""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evaluation.topics import Result, Topic
from search_api.engine import Engine

__all__ = ["Answers", "answers"]

DEPTH = 100
"""Results looked at: enough for R@100."""
_SHOWN = 10
"""Results on a page: what a person waits for is timed."""
_TIMED = 200
"""At most so many questions, evenly spread, are timed."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the product answered to each question, best first."""

    results: dict[str, list[Result]]
    milliseconds: tuple[float, ...]
    """Of `Engine.ask` for one page, once warm."""
    memory_mb: float
    """The most memory the process held while answering."""

    @property
    def latency(self) -> dict[str, float]:
        """Median and 95th percentile in milliseconds."""
        low, high = np.quantile(self.milliseconds, [0.5, 0.95])
        return {"p50": round(float(low), 1), "p95": round(float(high), 1)}


def answers(
    engine: Engine,
    topics: Sequence[Topic],
    *,
    literal: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Answers:
    """Ask the engine every question as `tracuu search` does."""
    _forget_peak()
    for topic in topics[:3]:
        engine.ask(topic.text, literal=literal)
    results: dict[str, list[Result]] = {}
    times: list[float] = []
    every = max(1, len(topics) // _TIMED)
    for number, topic in enumerate(topics):
        if number % every == 0:
            started = time.perf_counter()
            engine.ask(topic.text, k=_SHOWN, literal=literal)
            times.append((time.perf_counter() - started) * 1000)
        response = engine.ask(topic.text, k=DEPTH, literal=literal)
        results[topic.id] = [
            Result(hit.stored.passage.id, hit.stored.passage.text, hit.document.source)
            for hit in response.hits
        ]
        if progress:
            progress(number + 1, len(topics))
    return Answers(results, tuple(times), _peak_mb())


def _forget_peak() -> None:
    """Let the kernel count the highest memory anew from here (Linux)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak_mb() -> float:
    with suppress(OSError, StopIteration, ValueError):
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        peak = next(line for line in lines if line.startswith("VmHWM:"))
        return round(int(peak.split()[1]) / 1024, 1)
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1024**2, 1)
