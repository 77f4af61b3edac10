"""Scores of every part for every candidate, collected once, so that weights can be tried in a moment.

What is collected is exactly what the engine fuses: `PartScores.order` with the engine's own weights
gives the order in which it answers (tested). Saved as plain arrays (npz without pickle).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from evaluation.topics import Result, Topic, discounted
from search_api.engine import Engine
from search_api.ranking import counting, reads_as
from search_api.settings import Weights

__all__ = ["PARTS", "PartScores", "collect", "load", "save", "tune"]

PARTS = tuple(field.name for field in fields(Weights))
"""Columns of the scores."""

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PartScores:
    """Candidates of all questions, one row each, the rows of a question together."""

    parts: Floats
    """(rows, PARTS): 0…1."""
    starts: Integers
    """(questions + 1): rows of question q are starts[q] … starts[q + 1]."""
    trusted: Floats
    """(questions): how far the words of the query can be trusted."""
    first: npt.NDArray[np.bool_]
    """(rows): a heading that stands before all passages, whatever the weights."""
    same: Integers
    """(rows): rows of a question with the same number read the same; only the best is shown."""
    brought: Integers
    """(n, 2): row, and the wanted item it brings (counted within the question)."""
    gains: Floats
    """What the wanted items of all questions are worth, question by question."""
    gain_starts: Integers
    """(questions + 1): items of question q are gain_starts[q] … gain_starts[q + 1]."""
    ids: npt.NDArray[np.str_]
    """(questions): ids."""
    kinds: npt.NDArray[np.str_]
    """(questions): kinds."""
    passages: npt.NDArray[np.str_]
    """(rows): passage ids."""

    def order(self, question: int, weights: Mapping[str, float]) -> Integers:
        """Rows of a question, best first, as the engine would show them; parts not named weigh 0."""
        rows = np.arange(self.starts[question], self.starts[question + 1])
        trusted = float(self.trusted[question])
        counts = counting(weights, trusted)
        chosen = np.array([counts.get(part, 0.0) for part in PARTS])
        scores = self.parts[rows].astype(np.float64) @ chosen
        scores[self.first[rows]] = np.inf
        rows = rows[np.argsort(-scores, kind="stable")]
        _, earliest = np.unique(self.same[rows], return_index=True)
        return np.asarray(rows[np.sort(earliest)], dtype=np.int64)

    def ndcg(self, weights: Mapping[str, float], k: int = 10) -> Floats:
        """nDCG@k of every question under `weights`."""
        brings: dict[int, list[int]] = {}
        for row, item in self.brought.tolist():
            brings.setdefault(row, []).append(item)
        found = np.zeros(len(self.ids), dtype=np.float32)
        for question in range(len(self.ids)):
            gains = self.gains[self.gain_starts[question] : self.gain_starts[question + 1]]
            credited: set[int] = set()
            got = []
            for row in self.order(question, weights)[:k].tolist():
                new = set(brings.get(row, ())) - credited
                credited |= new
                got.append(max((float(gains[item]) for item in new), default=0.0))
            best = discounted(sorted(gains.tolist(), reverse=True)[:k])
            found[question] = discounted(got) / best
        return found


def collect(engine: Engine, topics: Sequence[Topic]) -> PartScores:
    """Ask the engine for the candidates of every question."""
    rows: list[list[float]] = []
    first: list[bool] = []
    same: list[int] = []
    passages: list[str] = []
    brought: list[tuple[int, int]] = []
    starts, trusted = [0], []
    for topic in topics:
        scored = engine.score(engine.understand(topic.text))
        readings: dict[object, int] = {}

        def put(result: Result, values: list[float], reading: object, heading: bool) -> None:
            brought.extend((len(rows), item) for item in sorted(topic.judgement.brings(result)))  # noqa: B023
            rows.append(values)
            first.append(heading)
            same.append(readings.setdefault(reading, len(readings)))  # noqa: B023
            passages.append(result.id)

        for hit in scored.first:
            passage = hit.stored.passage
            put(Result(passage.id, passage.text, hit.document.source), [0.0] * len(PARTS), passage.id, True)
        sources: dict[str, str] = {}
        for key in sorted(scored.stored):  # equal scores stand in the order of keys
            stored = scored.stored[key]
            if stored.document_id not in sources:
                sources[stored.document_id] = engine.library.summary(stored.document_id).source
            result = Result(stored.passage.id, stored.passage.text, sources[stored.document_id])
            put(
                result,
                [scored.parts.get(part, {}).get(key, 0.0) for part in PARTS],
                reads_as(stored),
                False,
            )
        starts.append(len(rows))
        trusted.append(scored.trusted)
    gains = [topic.judgement.gains for topic in topics]
    return PartScores(
        parts=np.array(rows, dtype=np.float32).reshape(-1, len(PARTS)),
        starts=np.array(starts, dtype=np.int64),
        trusted=np.array(trusted, dtype=np.float32),
        first=np.array(first, dtype=np.bool_),
        same=np.array(same, dtype=np.int64),
        brought=np.array(brought, dtype=np.int64).reshape(-1, 2),
        gains=np.array([gain for some in gains for gain in some], dtype=np.float32),
        gain_starts=np.cumsum([0, *map(len, gains)], dtype=np.int64),
        ids=np.array([topic.id for topic in topics], dtype=np.str_),
        kinds=np.array([topic.kind for topic in topics], dtype=np.str_),
        passages=np.array(passages, dtype=np.str_),
    )


def save(scores: PartScores, path: Path) -> None:
    """Write the arrays as npz, with the names of the parts."""
    arrays: dict[str, Any] = {field.name: getattr(scores, field.name) for field in fields(scores)}
    np.savez_compressed(path, names=np.array(PARTS), **arrays)


def load(path: Path) -> PartScores:
    """Read what `save` wrote; columns are brought into the order of PARTS."""
    with np.load(path, allow_pickle=False) as arrays:
        names = arrays["names"].tolist()
        held = {field.name: arrays[field.name] for field in fields(PartScores)}
    columns = np.zeros((len(held["parts"]), len(PARTS)), dtype=np.float32)
    for at, part in enumerate(PARTS):
        if part in names:
            columns[:, at] = held["parts"][:, names.index(part)]
    return PartScores(**{**held, "parts": columns})


def tune(
    sets: Sequence[PartScores],
    start: Mapping[str, float],
    *,
    steps: Sequence[float] = (0.0, 0.5, 0.7, 0.85, 1.2, 1.4, 2.0),
    rounds: int = 3,
    least: float = 0.0003,
) -> tuple[dict[str, float], list[float]]:
    """Coordinate search: weights that raise the mean over `sets` of mean nDCG@10, and that of each set.

    Each part in turn has its weight multiplied by `steps` (or, at 0, set to .3); a change is kept if
    it gains at least `least`, so that weights do not wander within chance.
    """

    def measure(weights: Mapping[str, float]) -> list[float]:
        return [float(scores.ndcg(weights).mean()) for scores in sets]

    best = dict(start)
    reached = measure(best)
    for _ in range(rounds):
        before = sum(reached)
        for part in PARTS:
            for factor in steps:
                value = round(best.get(part, 0.0) * factor, 4) if best.get(part, 0.0) else 0.3
                trial = {**best, part: value}
                found = measure(trial)
                if sum(found) > sum(reached) + least * len(sets):
                    best, reached = trial, found
        if sum(reached) <= before:
            break
    return best, reached
