"""Judge: a judged set and ways to search → the product's answers → measures → records."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from corpus.library import Library
from evaluation.collection import indexed
from evaluation.configurations import Configuration
from evaluation.judged_sets import JudgedSet
from evaluation.measures import MEASURES, by_kind, mean, measured, unjudged
from evaluation.records import PerQuery, Record, machine, revision
from evaluation.running import Answers, answers
from evaluation.statistics import interval
from evaluation.topics import Result
from indexer.encoders import Encoder, load_encoder
from indexer.update import Progress
from search_api.engine import Engine

__all__ = ["evaluated"]

Watch = Callable[[str], AbstractContextManager[Progress | None]]
"""Opens a progress bar with a label."""

_BEGINNING = 160


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
    records = []
    for configuration in configurations:
        spec = configuration.model or model
        if spec not in encoders:
            encoders[spec] = load_encoder(spec)
        encoder = encoders[spec]
        with watch("Lập chỉ mục") as told:
            directory, build = indexed(judged.collection, encoder, cache, progress=told)
        settings = configuration.settings(directory, spec)
        with (
            Engine(Library.open(directory), settings, encoder) as engine,
            watch(f"Hỏi: {configuration.name}") as told,
        ):
            answered = answers(engine, judged.topics, literal=configuration.literal, progress=told)
        record = _record(judged, configuration, encoder, answered, build.as_json())
        records.append(record)
        if finished:
            finished(record, answered.results)
    return records


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
        intervals={name: interval([one[name] for one in scores.values()]) for name in MEASURES},
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
