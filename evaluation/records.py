"""Runs: what was measured, with what, on which data, question by question."""

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evaluation.judged_sets import JudgedSet
from evaluation.measures import MEASURES, by_kind, mean
from evaluation.outcomes import PAGE, Outcome, Shown, Wanted, wanted
from evaluation.running import Times
from evaluation.statistics import intervals

__all__ = ["PerQuery", "Question", "Record", "machine", "questions_of", "recorded", "revision", "rounded"]

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One judged question, for a reader."""

    text: str
    kind: str
    wanted: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class PerQuery:
    """What a run gave for one question."""

    scores: dict[str, float]
    top: tuple[str, ...] = ()
    """Ids of the first ten results."""
    right: tuple[int, ...] = ()
    """The grade of each of them, 0 where it brings nothing wanted."""


@dataclass(frozen=True, slots=True)
class Record:
    """One configuration measured on one judged set."""

    configuration: Json
    model: str
    """`Encoder.key`; "" for a run that was made elsewhere."""
    dataset: str
    data: str
    """Hash of the collection."""
    questions: str
    """Hash of questions and judgements."""
    figures: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    """95% bootstrap intervals of the figures."""
    by_kind: dict[str, dict[str, float]]
    unanswerable: int
    unjudged: float
    """Mean number of the first ten results that nobody has judged."""
    latency_ms: dict[str, float]
    """p50 and p95; {} where nothing was timed."""
    memory_mb: float
    index: Json
    """How the index came about; {} where there was none."""
    trained_on: tuple[Json, ...] = ()
    """What the encoder was trained on, as its maker says."""
    seen: tuple[str, ...] = ()
    """What of this very set the encoder has seen: "texts", "questions"."""
    code: str | None = None
    machine: Json = field(default_factory=dict)
    at: str = ""
    """When, UTC."""
    asked: Mapping[str, Question] = field(default_factory=dict)
    queries: dict[str, PerQuery] = field(default_factory=dict)
    texts: Mapping[str, Shown] = field(default_factory=dict)
    """By id, beginnings of the first results."""

    @property
    def name(self) -> str:
        """Name of the configuration."""
        return str(self.configuration["name"])

    def renamed(self, name: str) -> "Record":
        """The same under another name."""
        return replace(self, configuration={**self.configuration, "name": name})

    def summary(self) -> Json:
        """What `--json` prints: the figures at the top, no questions."""
        return {
            **rounded(self.figures),
            "latency_ms": self.latency_ms,
            "intervals": rounded(self.intervals),
            "by_kind": rounded(self.by_kind),
            "queries": len(self.queries),
            "unanswerable": self.unanswerable,
            "unjudged@10": rounded(self.unjudged),
            "memory_mb": self.memory_mb,
            "index": self.index,
            "model": self.model,
            "seen": list(self.seen),
        }


def recorded(
    judged: JudgedSet,
    configuration: Json,
    outcome: Outcome,
    *,
    asked: Mapping[str, Question],
    times: Times | None = None,
    index: Json | None = None,
    model: str = "",
    trained_on: Sequence[Json] = (),
    seen: Sequence[str] = (),
    code: str | None = None,
) -> Record:
    """The record of an outcome, with the machine as it is now and `code`, the `revision` that ran."""
    return Record(
        configuration=configuration,
        model=model,
        dataset=judged.name,
        data=judged.collection.data,
        questions=judged.questions,
        figures=mean(outcome.scores),
        intervals=intervals({name: [one[name] for one in outcome.scores.values()] for name in MEASURES}),
        by_kind=by_kind(judged.topics, outcome.scores),
        unanswerable=judged.unanswerable,
        unjudged=outcome.unjudged,
        latency_ms=times.latency if times else {},
        memory_mb=times.memory_mb if times else 0.0,
        index=index or {},
        trained_on=tuple(trained_on),
        seen=tuple(seen),
        code=code,
        machine=machine(),
        at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        asked=asked,
        queries={
            id_: PerQuery(scores, outcome.run[id_][:PAGE], outcome.right[id_])
            for id_, scores in outcome.scores.items()
        },
        texts=outcome.texts,
    )


def questions_of(judged: JudgedSet) -> dict[str, Question]:
    """The questions of a judged set with what each wants, for a reader."""
    wants = wanted(judged)
    return {topic.id: Question(topic.text, topic.kind, wants[topic.id]) for topic in judged.topics}


def machine() -> Json:
    """What of the machine decides about times."""
    try:
        cores, load = len(os.sched_getaffinity(0)), round(os.getloadavg()[0], 1)
    except (AttributeError, OSError):  # not everywhere
        cores, load = os.cpu_count() or 1, None
    return {
        "cores": cores,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load": load,
    }


def revision() -> str | None:
    """The checked-out commit, with "+" where files are changed; None outside a checkout."""
    root = Path(__file__).resolve().parent.parent
    if not (root / ".git").exists():
        return None
    try:
        commit = _git(root, "rev-parse", "--short=12", "HEAD")
        changed = _git(root, "status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.SubprocessError):
        return None
    return commit + ("+" if changed else "")


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout.strip()  # noqa: S603


def rounded(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """The same with five digits behind the point, however deep a number stands; tuples become lists."""
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(one) for one in value]
    return value
