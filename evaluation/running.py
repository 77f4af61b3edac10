"""Questions put to the product, its answers and how long they took."""

import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.library import StoredPassage
from evaluation.collection import ARTICLES
from evaluation.configurations import Configuration
from evaluation.topics import Result, Topic
from search_api.engine import Engine
from search_api.ranking import Scored, rank
from search_api.settings import Weights
from search_api.types import Query

__all__ = ["Times", "answers", "timed", "where"]

DEPTH = 100
"""Results looked at: enough for R@100."""
_SHOWN = 10
"""Results on a page: what a person waits for is timed."""
_WARMING = 3
"""Questions asked before anything is timed."""


@dataclass(frozen=True, slots=True)
class Times:
    """What answering costs."""

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
    ways: Sequence[Configuration] = (),
    *,
    understood: dict[tuple[object, ...], Query] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[dict[str, list[Result]]]:
    """Results of every question, best first, `DEPTH` at most; once for each of `ways`.

    The ways have the same candidates and use the same parts, for which `engine` is set; where none are
    given, its own settings are one. What they read alike in a question is scored once and ranked by the
    weights of each. The ranking is the engine's, without the highlights of a hundred passages that
    nobody looks at; `timed` holds it against what is shown. `understood` remembers readings between calls.
    """
    understood = {} if understood is None else understood
    known = _Known(engine)
    settings = engine.settings
    each = ways or (Configuration("", settings.weights, settings.find_by, without=settings.without),)
    results: list[dict[str, list[Result]]] = [{} for _ in each]
    for number, topic in enumerate(topics):
        scored: dict[Query, Scored] = {}
        for one, found in zip(each, results, strict=True):
            asked = (topic.text, one.literal, one.without)
            if asked not in understood:
                engine.settings = replace(settings, without=one.without)
                query = engine.understand(topic.text, literal=one.literal)
                understood[asked] = replace(
                    query, literal=False
                )  # says how it came about, not what is searched
            query = understood[asked]
            if query not in scored:
                scored[query] = engine.score(query)
            found[topic.id] = known.ranked(scored[query], one.weights)
        if progress:
            progress(number + 1, len(topics))
    engine.settings = settings
    return results


def timed(
    engine: Engine,
    topics: Sequence[Topic],
    run: Mapping[str, Sequence[str]],
    *,
    literal: bool = False,
    most: int = 300,
    progress: Callable[[int, int], None] | None = None,
) -> Times:
    """Ask at most `most` of the questions, evenly spread, as `tracuu search` does, and take the time.

    What is shown is held against `run`, the passages that were measured: AssertionError if they differ.
    """
    some = topics[:: max(1, -(-len(topics) // most))]
    _forget_peak()
    for topic in some[:_WARMING]:
        engine.ask(topic.text, literal=literal)
    taken = []
    for number, topic in enumerate(some):
        started = time.perf_counter()
        shown = engine.ask(topic.text, k=_SHOWN, literal=literal).hits
        taken.append((time.perf_counter() - started) * 1000)
        same = [hit.stored.passage.id for hit in shown] == list(run[topic.id][:_SHOWN])
        assert same, f"{topic.id}: the ranking measured is not the one shown"
        if progress:
            progress(number + 1, len(some))
    return Times(tuple(taken), _peak_mb())


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
            file = self._files[stored.document_id]
            self._results[passage.id] = Result(
                passage.id, passage.text, file, where(file, stored.section_path)
            )
        return self._results[passage.id]


def where(file: str, headings: Sequence[str]) -> str:
    """The place of a passage in words: its file, unless that is one of ours, and the headings above it."""
    return " › ".join([*([] if file == ARTICLES else [file]), *headings])


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
