"""One library asked in several ways, in this process or in several at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from corpus.library import Library
from evaluation.configurations import Configuration
from evaluation.outcomes import Outcome, outcome
from evaluation.running import answers
from evaluation.topics import Topic
from indexer.encoders import Encoder, load_encoder
from indexer.update import Progress
from search_api.engine import Engine
from search_api.types import Query

__all__ = ["Asker", "alike", "asked", "together"]


@dataclass(slots=True)
class Asker:
    """Puts questions to one library with one encoder."""

    directory: Path
    spec: str | None
    topics: Sequence[Topic]
    encoder: Encoder
    _understood: dict[tuple[object, ...], Query] = field(default_factory=dict)
    _engine: Engine | None = None

    def __enter__(self) -> "Asker":
        return self

    def __exit__(self, *_: object) -> None:
        if self._engine is not None:
            self._engine.close()

    def engine(self, one: Configuration) -> Engine:
        """The product set as a configuration says: one engine that is set anew, opened when first asked."""
        settings = one.settings(self.directory, self.spec)
        if self._engine is None:
            self._engine = Engine(Library.open(self.directory), settings, self.encoder)
        self._engine.settings = settings
        return self._engine

    def outcomes(self, ways: Sequence[Configuration], progress: Progress | None = None) -> list[Outcome]:
        """Of configurations that have the same candidates and use the same parts (`together`)."""
        engine = self.engine(ways[0])
        results = answers(engine, self.topics, ways, understood=self._understood, progress=progress)
        return [outcome(self.topics, found) for found in results]


def together(configurations: Sequence[Configuration]) -> list[list[Configuration]]:
    """Those that have the same candidates and use the same parts: what they read alike is scored once."""
    return _grouped(configurations, _candidates)


def alike(configurations: Sequence[Configuration]) -> list[list[Configuration]]:
    """Those that differ in nothing but weights of the same parts: they do the same work."""
    return _grouped(configurations, lambda one: (*_candidates(one), one.literal, one.without))


def _candidates(one: Configuration) -> tuple[object, ...]:
    find_by = None if one.find_by is None else tuple(one.find_by.items())
    return one.model, find_by, one.weights.encoded, one.weights.syllables > 0


def _grouped(
    configurations: Sequence[Configuration], key: Callable[[Configuration], object]
) -> list[list[Configuration]]:
    found: dict[object, list[Configuration]] = {}
    for one in configurations:
        found.setdefault(key(one), []).append(one)
    return list(found.values())


def asked(
    asker: Asker,
    configurations: Sequence[Configuration],
    *,
    jobs: int = 1,
    progress: Progress | None = None,
) -> dict[str, Outcome]:
    """Outcomes by the names of configurations, `jobs` processes at once, each with its own engine."""
    # What takes longest goes first, so that no process is left with it at the end.
    several = sorted(together(configurations), key=lambda ways: -(len(ways) + ways[0].weights.encoded))
    found: list[list[Outcome]] = []
    total = len(several) * len(asker.topics)

    def told(done: int, _: int = 0) -> None:
        if progress:
            progress(len(found) * len(asker.topics) + done, total)

    if min(jobs, len(several)) <= 1:
        for ways in several:
            found.append(asker.outcomes(ways, told))  # noqa: PERF401 - the bar counts what was found
    else:
        start = (asker.directory, asker.spec, asker.topics)
        with ProcessPoolExecutor(min(jobs, len(several)), get_context("spawn"), _start, start) as pool:
            for outcomes in pool.map(_ask, several):
                found.append(outcomes)
                told(0)
    return {
        one.name: outcome
        for ways, outcomes in zip(several, found, strict=True)
        for one, outcome in zip(ways, outcomes, strict=True)
    }


_HERE: list[Asker] = []
"""The asker of a process that was started to ask."""


def _start(directory: Path, spec: str | None, topics: Sequence[Topic]) -> None:
    _HERE[:] = [Asker(directory, spec, topics, load_encoder(spec))]


def _ask(ways: Sequence[Configuration]) -> list[Outcome]:
    return _HERE[0].outcomes(ways)
