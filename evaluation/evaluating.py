"""Judge: a judged set and ways to search → the product's answers → measures → records."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from evaluation.asking import Asker, alike, asked
from evaluation.collection import indexed
from evaluation.configurations import Configuration
from evaluation.judged_sets import JudgedSet
from evaluation.outcomes import Outcome
from evaluation.records import Record, questions_of, recorded, revision
from evaluation.running import Times, timed
from evaluation.seen import seen, trained_on
from indexer.encoders import load_encoder
from indexer.update import Progress

__all__ = ["evaluated"]

Watch = Callable[[str], AbstractContextManager[Progress | None]]
"""Opens a progress bar with a label."""

_TIMED, _LEAST_TIMED = 500, 40
"""About so many questions are timed over all configurations that are timed, and for each at least."""
_CHECKED = 5
"""Questions for which a configuration that is not timed itself is held against what is shown."""


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

    `jobs` processes ask at once; times are taken afterwards by this one alone, once for those that
    differ only in weights. `finished` is told each record with the ids of all its results.
    """
    records: dict[str, Record] = {}
    questions, code = questions_of(judged), revision()
    models: dict[str | None, list[Configuration]] = {}
    for one in configurations:
        models.setdefault(one.model or model, []).append(one)
    most = max(_LEAST_TIMED, _TIMED // len(alike(configurations)))
    for spec, several in models.items():
        encoder = load_encoder(spec)
        with watch("Lập chỉ mục") as told:
            directory, build = indexed(judged.collection, encoder, cache, progress=told)
        origin = trained_on(spec)
        with Asker(directory, spec, judged.topics, encoder) as asker:
            with watch("Hỏi") as told:
                found = asked(asker, several, jobs=jobs, progress=told)
            for ways in alike(several):
                times = _times(asker, ways, found, most, watch)
                for one in ways:
                    records[one.name] = recorded(
                        judged,
                        one.as_json(),
                        found[one.name],
                        asked=questions,
                        times=times,
                        index=build.as_json(),
                        model=encoder.key,
                        trained_on=origin,
                        code=code,
                        seen=seen(judged, origin) if one.weights.encoded else (),
                    )
                    if finished:
                        finished(records[one.name], found[one.name].run)
    return [records[one.name] for one in configurations]


def _times(
    asker: Asker, ways: Sequence[Configuration], found: Mapping[str, Outcome], most: int, watch: Watch
) -> Times:
    first, *others = ways
    with watch(f"Đo thời gian: {first.name}") as told:
        times = timed(
            asker.engine(first),
            asker.topics,
            found[first.name].run,
            literal=first.literal,
            most=most,
            progress=told,
        )
    for one in others:
        timed(asker.engine(one), asker.topics, found[one.name].run, literal=one.literal, most=_CHECKED)
    return times
