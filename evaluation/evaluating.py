"""Judge: a judged set and ways to search → the product's answers → measures → records."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from evaluation.asking import Asker, asked, groups
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

_TIMED, _LEAST_TIMED = 600, 50
"""About so many questions are timed over all groups of configurations, and for each at least."""
_BY_ENCODER = ("dense", "near", "asked")
"""Parts that the encoder gives."""
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
    models = _by_model(configurations, model)
    most = max(_LEAST_TIMED, _TIMED // sum(map(len, models.values())))
    for spec, several in models.items():
        encoder = load_encoder(spec)
        with watch("Lập chỉ mục") as told:
            directory, build = indexed(judged.collection, encoder, cache, progress=told)
        origin = trained_on(spec)
        with Asker(directory, spec, judged.topics, encoder) as asker:
            with watch("Hỏi") as told:
                found = asked(asker, several, jobs=jobs, progress=told)
            for group in several:
                times = _times(asker, group, found, most, watch)
                for one in group:
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
                        seen=seen(judged, origin) if _encodes(one) else (),
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


def _encodes(one: Configuration) -> bool:
    """Whether the encoder has a part in the order."""
    return any(getattr(one.weights, part, 0.0) > 0 for part in _BY_ENCODER)


def _times(
    asker: Asker, group: Sequence[Configuration], found: Mapping[str, Outcome], most: int, watch: Watch
) -> Times:
    first, *others = group
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
