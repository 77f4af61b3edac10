"""Questions put to the product, its answers and how long they took."""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.library import StoredPassage
from evaluation.topics import Result, Topic
from search_api.engine import Engine
from search_api.ranking import Scored, rank
from search_api.settings import Weights
from search_api.types import Query

__all__ = ["Answers", "answers"]

DEPTH = 100
"""Results looked at: enough for R@100."""
_SHOWN = 10
"""Results on a page: what a person waits for is timed."""


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
    engines: Sequence[Engine],
    topics: Sequence[Topic],
    *,
    literal: bool = False,
    timed: int = 200,
    understood: dict[tuple[str, bool], Query] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Answers]:
    """Put every question to engines that differ only in weights, as `tracuu search` does.

    They have the same candidates, which are scored once and ranked by each. That ranking is the
    engine's own, without the highlights of a hundred passages that nobody looks at; for the
    questions timed it is held against what `Engine.ask` shows (AssertionError if it differs).
    About `timed` questions are, evenly spread.
    `understood` remembers readings of questions between calls over the same library.
    """
    understood = {} if understood is None else understood
    _forget_peak()
    for engine in engines:
        for topic in topics[:3]:
            engine.ask(topic.text, literal=literal)
    known = _Known(engines[0])
    results: list[dict[str, list[Result]]] = [{} for _ in engines]
    times: list[list[float]] = [[] for _ in engines]
    every = max(1, len(topics) // timed)
    for number, topic in enumerate(topics):
        asked = (topic.text, literal)
        if asked not in understood:
            understood[asked] = engines[0].understand(topic.text, literal=literal)
        scored = engines[0].score(understood[asked])
        for engine, found, taken in zip(engines, results, times, strict=True):
            found[topic.id] = known.ranked(scored, engine.settings.weights)
            if number % every == 0:
                started = time.perf_counter()
                shown = engine.ask(topic.text, k=_SHOWN, literal=literal).hits
                taken.append((time.perf_counter() - started) * 1000)
                same = [hit.stored.passage.id for hit in shown] == [r.id for r in found[topic.id][:_SHOWN]]
                assert same, f"{topic.id}: the ranking measured is not the one shown"
        if progress:
            progress(number + 1, len(topics))
    memory = _peak_mb()
    return [Answers(found, tuple(taken), memory) for found, taken in zip(results, times, strict=True)]


class _Known:
    """Results by passage, each text held once however many questions bring it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._results: dict[str, Result] = {}
        self._files: dict[str, str] = {}

    def ranked(self, scored: Scored, weights: Weights) -> list[Result]:
        """The best results, `DEPTH` at most."""
        order, _ = rank(scored, weights)
        best = [hit.stored for hit in scored.first] + [scored.stored[key] for key in order[:DEPTH]]
        return [self._result(stored) for stored in best[:DEPTH]]

    def _result(self, stored: StoredPassage) -> Result:
        passage = stored.passage
        if passage.id not in self._results:
            if stored.document_id not in self._files:
                self._files[stored.document_id] = self._engine.library.summary(stored.document_id).source
            self._results[passage.id] = Result(passage.id, passage.text, self._files[stored.document_id])
        return self._results[passage.id]


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
