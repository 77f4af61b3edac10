"""Two runs side by side: differences with intervals, and who won where; and the gate built on that."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.errors import TracuuError
from evaluation.measures import MEASURES
from evaluation.outcomes import Shown
from evaluation.records import PerQuery, Question, Record
from evaluation.statistics import Difference, difference, holm

__all__ = [
    "Change",
    "against_first",
    "changed",
    "compare",
    "compared",
    "fallen",
    "gate",
    "pairs",
    "same_questions",
]

GATED = ("nDCG@10", "R@10")
"""Measures that a gate watches."""
TOLERANCE = 0.01
"""A fall up to this is let pass, whatever its interval."""
TOO_MUCH = 0.05
"""A fall from this on fails even if chance could explain it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One question whose nDCG@10 changed."""

    id: str
    question: Question
    before: PerQuery
    after: PerQuery
    first_before: Shown | None
    """What stood first."""
    first_after: Shown | None

    @property
    def by(self) -> float:
        """Change of nDCG@10."""
        return self.after.scores["nDCG@10"] - self.before.scores["nDCG@10"]


def compare(first: Record, second: Record) -> dict[str, Difference]:
    """Difference of every measure, second minus first, over the questions they share.

    TracuuError where they share none or were judged differently.
    """
    return {name: compared(first, second, name) for name in MEASURES}


def compared(first: Record, second: Record, measure: str) -> Difference:
    """The same of one measure."""
    shared = _shared(first, second)
    return difference(
        *([record.queries[id_].scores[measure] for id_ in shared] for record in (first, second))
    )


def changed(first: Record, second: Record) -> list[Change]:
    """Questions whose nDCG@10 changed, the greatest losses first."""
    changes = [
        Change(
            id_,
            second.asked[id_],
            first.queries[id_],
            second.queries[id_],
            _first(first, id_),
            _first(second, id_),
        )
        for id_ in _shared(first, second)
    ]
    return sorted((one for one in changes if abs(one.by) > 1e-4), key=lambda one: (one.by, one.id))


def _first(record: Record, id_: str) -> Shown | None:
    top = record.queries[id_].top
    return record.texts.get(top[0], Shown("", top[0])) if top else None


def against_first(records: Sequence[Record], measure: str = "nDCG@10") -> dict[str, tuple[Difference, float]]:
    """Every other record compared with the first: its difference, and p corrected for their number."""
    first, *others = records
    found = {record.name: compared(first, record, measure) for record in others}
    corrected = holm([one.p for one in found.values()])
    return {name: (one, p) for (name, one), p in zip(found.items(), corrected, strict=True)}


def pairs(first: Sequence[Record], second: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Records to be compared: those of the same name, or the only one of each file."""
    if len(first) == len(second) == 1:
        return [(first[0], second[0])]
    by_name = {record.name: record for record in second}
    found = [(record, by_name[record.name]) for record in first if record.name in by_name]
    if not found:
        raise TracuuError("Hai tệp kết quả không có cấu hình nào cùng tên để so sánh.")
    return found


def gate(reference: Iterable[Record], measured: Iterable[Record]) -> list[str]:
    """What has become worse than the reference, one Vietnamese line each; [] where the gate is passed.

    A measure fails if it fell by more than TOLERANCE and chance does not explain it (the whole 95%
    interval of the paired difference lies below 0), or if it fell by TOO_MUCH. TracuuError where the
    reference holds none of the configurations measured, or other questions.
    """
    held = {record.name: record for record in reference}
    failures = []
    met = 0
    for record in measured:
        before = held.get(record.name)
        if before is None:
            continue
        met += 1
        for name in GATED:
            found = compared(before, record, name)
            if fallen(found):
                failures.append(
                    f"{record.name}: {name} giảm {-found.mean:.3f} "
                    f"({before.figures[name]:.3f} → {record.figures[name]:.3f}), "
                    f"khoảng 95% [{found.low:+.3f}; {found.high:+.3f}], {found.losses} câu kém đi"
                )
    if not met:
        raise TracuuError("Tệp mốc không có cấu hình nào đang đo; hãy chọn --config như khi ghi mốc.")
    return failures


def fallen(found: Difference) -> bool:
    """Whether a measure fell by more than a gate lets pass."""
    return -found.mean >= TOO_MUCH or (-found.mean > TOLERANCE and found.high < 0)


def distinct(records: Sequence[tuple[str, Record]]) -> list[Record]:
    """Records with where each is from; those whose names meet are told by that, and by their number."""
    names = Counter(record.name for _, record in records)
    found: list[Record] = []
    for origin, record in records:
        name = f"{record.name} · {origin}" if names[record.name] > 1 and origin else record.name
        taken = sum(one.name.partition(" #")[0] == name for one in found)
        found.append(record.renamed(f"{name} #{taken + 1}" if taken else name))
    return found


def same_questions(records: Sequence[Record]) -> None:
    """TracuuError where not all of them were judged on the same questions."""
    for record in records[1:]:
        _shared(records[0], record)


def _shared(first: Record, second: Record) -> list[str]:
    shared = [id_ for id_ in first.queries if id_ in second.queries]
    if not shared or first.questions != second.questions:
        raise TracuuError(
            f"“{first.name}” và “{second.name}” được chấm trên câu hỏi khác nhau; "
            "hãy đo lại cả hai trên cùng bộ câu hỏi."
        )
    return shared
