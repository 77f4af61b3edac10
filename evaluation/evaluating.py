"""Judge: a judged set and ways to search → the product's answers → measures → records."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from corpus.library import Library
from evaluation.collection import indexed
from evaluation.configurations import Configuration
from evaluation.judged_sets import JudgedSet
from evaluation.measures import MEASURES, by_kind, mean, measured, unjudged
from evaluation.records import PerQuery, Record, machine, revision
from evaluation.running import Answers, answers
from evaluation.statistics import intervals
from evaluation.topics import Result
from indexer.encoders import Encoder, load_encoder
from indexer.update import Progress
from search_api.engine import Engine
from search_api.types import Query

__all__ = ["evaluated"]

Watch = Callable[[str], AbstractContextManager[Progress | None]]
"""Opens a progress bar with a label."""

_BEGINNING = 160
"""Characters of the first result that are kept to be read."""
_TIMED, _LEAST_TIMED = 1_000, 50
"""About so many questions are timed over all configurations, and for each at least."""


def evaluated(
    judged: JudgedSet,
    configurations: Sequence[Configuration],
    *,
    cache: Path,
    watch: Watch,
    model: str | None = None,
    finished: Callable[[Record, Mapping[str, Sequence[Result]]], None] | None = None,
) -> list[Record]:
    """Measure every configuration on `judged`; `model` is the encoder of those that name none.

    `finished` is told each record as it stands, with the results behind it.
    """
    encoders: dict[str | None, Encoder] = {}
    timed = max(_LEAST_TIMED, _TIMED // len(configurations))
    understood: dict[tuple[str, bool], Query] = {}
    records: dict[str, Record] = {}
    for group in _groups(configurations, model):
        spec = group[0].model or model
        if spec not in encoders:
            encoders[spec] = load_encoder(spec)
        encoder = encoders[spec]
        with watch("Lập chỉ mục") as told:
            directory, build = indexed(judged.collection, encoder, cache, progress=told)
        with ExitStack() as stack:
            engines = [
                stack.enter_context(Engine(Library.open(directory), one.settings(directory, spec), encoder))
                for one in group
            ]
            told = stack.enter_context(watch(f"Hỏi: {', '.join(one.name for one in group)}"))
            all_answered = answers(
                engines,
                judged.topics,
                literal=group[0].literal,
                timed=timed,
                understood=understood,
                progress=told,
            )
        for one, answered in zip(group, all_answered, strict=True):
            records[one.name] = _record(judged, one, encoder, answered, build.as_json())
            if finished:
                finished(records[one.name], answered.results)
    return [records[one.name] for one in configurations]


def _groups(configurations: Sequence[Configuration], model: str | None) -> list[list[Configuration]]:
    """Configurations that have the same candidates and parts, and differ only in weights, together."""
    groups: dict[object, list[Configuration]] = {}
    for one in configurations:
        find_by = None if one.find_by is None else tuple(one.find_by.items())
        uses = (one.weights.dense > 0, one.weights.syllables > 0)
        groups.setdefault((one.model or model, find_by, one.literal, uses), []).append(one)
    return list(groups.values())


def _record(
    judged: JudgedSet,
    configuration: Configuration,
    encoder: Encoder,
    answered: Answers,
    index: dict[str, object],
) -> Record:
    scores = measured(judged.topics, answered.results)
    return Record(
        configuration=configuration.as_json(),
        model=encoder.key,
        dataset=judged.name,
        data=judged.collection.data,
        questions=judged.questions,
        figures=mean(scores),
        intervals=intervals({name: [one[name] for one in scores.values()] for name in MEASURES}),
        by_kind=by_kind(judged.topics, scores),
        unanswerable=judged.unanswerable,
        unjudged=unjudged(judged.topics, answered.results),
        latency_ms=answered.latency,
        memory_mb=answered.memory_mb,
        index=index,
        code=revision(),
        machine=machine(),
        queries={
            topic.id: PerQuery(
                topic.text,
                topic.kind,
                scores[topic.id],
                tuple(result.id for result in answered.results[topic.id][:10]),
                next((result.text[:_BEGINNING] for result in answered.results[topic.id]), ""),
            )
            for topic in judged.topics
        },
    )
