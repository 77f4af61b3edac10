"""Runs made up for tests: no engine, any size."""

import random

from evaluation.measures import MEASURES, by_kind, mean
from evaluation.outcomes import Shown, Wanted
from evaluation.records import PerQuery, Question, Record
from evaluation.statistics import intervals
from evaluation.topics import ByPassage, Topic

__all__ = ["made_record"]


def made_record(
    name: str = "hybrid", *, shift: float = 0.0, count: int = 30, seed: int = 1, text: str = "Sở Y tế làm gì"
) -> Record:
    """A run over `count` questions of two kinds; `shift` is added to what its seed gives each."""
    draw = random.Random(seed)
    scores = {
        f"q{n}": {measure: min(1.0, max(0.0, draw.random() + shift)) for measure in MEASURES}
        for n in range(count)
    }
    kinds = ("natural", "typo")
    topics = [Topic(id_, text, kinds[n % 2], ByPassage({"p0": 1})) for n, id_ in enumerate(scores)]
    return Record(
        configuration={"name": name},
        model="model:1",
        dataset="bộ thử",
        data="d" * 64,
        questions="e" * 64,
        figures=mean(scores),
        intervals=intervals({one: [row[one] for row in scores.values()] for one in MEASURES}),
        by_kind=by_kind(topics, scores),
        unanswerable=2,
        unjudged=3.5,
        latency_ms={"p50": 10.0 + seed, "p95": 20.0},
        memory_mb=120.0,
        index={
            "passages": 484, "seconds": 3.0, "reading_seconds": 1.0, "index_bytes": 987507, "cold": True,
        },
        code="0123456789ab",
        machine={"cores": 2, "system": "Linux x86_64", "python": "3.11.7", "load": 0.5},
        at="2026-11-25T09:00Z",
        asked={
            topic.id: Question(topic.text, topic.kind, (Wanted("p0", "a.txt", "đoạn cần tìm", 2),))
            for topic in topics
        },
        queries={
            id_: PerQuery(one, (f"p{seed}", "p0", "p9"), (0, 2, 0)) for id_, one in scores.items()
        },
        texts={f"p{seed}": Shown("b.txt › I. Mục", text), "p0": Shown("a.txt", "đoạn cần tìm")},
    )  # fmt: skip
