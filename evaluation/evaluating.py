"""Judge: a judged set and ways to search → the product's answers → measures → records."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from evaluation.asking import Asker, asked, groups
from evaluation.collection import indexed
from evaluation.configurations import Configuration
from evaluation.judged_sets import JudgedSet
from evaluation.outcomes import Outcome
from evaluation.records import Record, questions_of, recorded
from evaluation.running import Times, timed
from evaluation.seen import seen, trained_on
from indexer.encoders import load_encoder
from indexer.update import Progress

__all__ = ["evaluated"]

Watch = Callable[[str], AbstractContextManager[Progress | None]]
"""Opens a progress bar with a label."""

_TIMED, _LEAST_TIMED = 1_000, 50
"""About so many questions are timed over all configurations, and for each at least."""


def evaluated(
    judged: JudgedSet,
    configurations: Sequence[Configuration],
    *,
    cache: Path,
    watch: Watch,
    model: str | None = None,
    jobs: int = 1,
    finished: Callable[[Record, Mapping[str, Sequence[str]]], None] | None = None,
) -> list[Record]:
    """Measure every configuration on `judged`; `model` is the encoder of those that name none.

    `jobs` processes ask at once; times are taken afterwards, one configuration at a time.
    `finished` is told each record with the ids of all its results.
    """
    records: dict[str, Record] = {}
    questions = questions_of(judged)
    every = max(_LEAST_TIMED, _TIMED // len(configurations))
    for spec, several in _by_model(configurations, model).items():
        encoder = load_encoder(spec)
        with watch("Lập chỉ mục") as told:
            directory, build = indexed(judged.collection, encoder, cache, progress=told)
        asker = Asker(directory, spec, judged.topics, encoder)
        with watch("Hỏi") as told:
            found = asked(asker, several, jobs=jobs, progress=told)
        origin = trained_on(spec)
        for group in several:
            for one in group:
                records[one.name] = recorded(
                    judged,
                    one.as_json(),
                    found[one.name],
                    asked=questions,
                    times=_times(asker, one, found[one.name], every, watch),
                    index=build.as_json(),
                    model=encoder.key,
                    trained_on=origin,
                    seen=seen(judged, origin) if one.weights.dense > 0 else (),
                )
                if finished:
                    finished(records[one.name], found[one.name].run)
    return [records[one.name] for one in configurations]


def _by_model(
    configurations: Sequence[Configuration], model: str | None
) -> dict[str | None, list[list[Configuration]]]:
    found: dict[str | None, list[list[Configuration]]] = {}
    for group in groups(configurations, model):
        found.setdefault(group[0].model or model, []).append(group)
    return found


def _times(asker: Asker, one: Configuration, outcome: Outcome, most: int, watch: Watch) -> Times:
    with watch(f"Đo thời gian: {one.name}") as told, asker.engine(one) as engine:
        return timed(engine, asker.topics, outcome.run, literal=one.literal, most=most, progress=told)
