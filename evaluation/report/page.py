"""Records → the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evaluation.comparing import against_first, compared
from evaluation.files import write_text
from evaluation.measures import MEASURES
from evaluation.records import Record
from evaluation.report import plots
from evaluation.report.examples import moved, worst
from evaluation.report.facts import facts
from evaluation.report.wording import CLEAR, MEASURES_SAID, about, decimal, kind, signed, verdict, whole
from evaluation.showing import seen_in_words
from evaluation.statistics import Difference

__all__ = ["render", "write_report"]

_HERE = Path(__file__).resolve().parent
_SERIES = 4
"""Configurations that can be told apart by shape in one plot."""
_FEW = 3
"""Up to so many comparisons each question's difference is drawn."""


def write_report(path: Path, records: Sequence[Record]) -> None:
    """Write the page. TracuuError where it cannot be written."""
    write_text(path, render(records))


def render(records: Sequence[Record]) -> str:
    """One page on records over the same questions; the first is what the others are compared with."""
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    first, *others = records
    versus = against_first(records)
    return environment.get_template("report.html").render(
        style=Markup((_HERE / "report.css").read_text(encoding="utf-8")),  # noqa: S704 - ours
        dataset=first.dataset,
        base=first.name,
        lead=_lead(records, versus),
        rows=[_row(number, record, versus) for number, record in enumerate(records, start=1)],
        measures=MEASURES,
        said=MEASURES_SAID,
        seen=list(seen_in_words(records)),
        kinds=_kinds(records),
        plots=_plots(records, versus),
        worst=worst(records),
        moved=[(record.name, versus[record.name][0], moved(first, record)) for record in others],
        facts=facts(records),
        clear=decimal(CLEAR, 2),
        count=len(first.queries),
    )


def _lead(records: Sequence[Record], versus: dict[str, tuple[Difference, float]]) -> list[str]:
    """The findings in sentences."""
    first = records[0]
    low, high = first.intervals["nDCG@10"]
    found = [
        f"{first.name} đạt nDCG@10 {decimal(first.figures['nDCG@10'])} "
        f"(khoảng 95% {decimal(low)}–{decimal(high)}); "
        f"kết quả đúng đứng đầu ở {whole(100 * first.figures['Success@1'])}% số câu, "
        f"mười kết quả đầu chứa {whole(100 * first.figures['R@10'])}% số đoạn cần tìm."
    ]
    for word, text in (("hơn rõ", "Hơn rõ"), ("kém rõ", "Kém rõ")):
        names = [name for name, (one, p) in versus.items() if verdict(one, p) == word]
        if names:
            found.append(f"{text} so với {first.name}: {', '.join(names)}.")
    if versus and len(found) == 1:
        found.append(
            f"Không cách tìm nào khác rõ so với {first.name}: ngẫu nhiên cũng cho chênh lệch như vậy."
        )
    if first.unjudged >= 1:
        found.append(
            f"Trong mười kết quả đầu, trung bình {decimal(first.unjudged, 1)} đoạn chưa ai chấm, "
            "được tính là không đúng."
        )
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of configurations, as text."""

    number: int
    name: str
    about: str
    figures: dict[str, str]
    interval: str
    difference: str
    p: str
    verdict: str
    p50: str
    p95: str
    memory: str
    unjudged: str
    seen: bool


def _row(number: int, record: Record, versus: dict[str, tuple[Difference, float]]) -> Row:
    low, high = record.intervals["nDCG@10"]
    compared = versus.get(record.name)
    difference = p = ""
    said = "mốc"
    if compared:
        one, corrected = compared
        difference = f"{signed(one.mean)} [{signed(one.low)}; {signed(one.high)}]"
        p, said = decimal(corrected, 4), verdict(one, corrected)
    times = record.latency_ms
    return Row(
        number,
        record.name,
        about(record.configuration),
        {name: decimal(record.figures[name]) for name in MEASURES},
        f"{decimal(low)}–{decimal(high)}",
        difference,
        p,
        said,
        decimal(times["p50"], 1) if times else "–",
        decimal(times["p95"], 1) if times else "–",
        whole(record.memory_mb) if record.memory_mb else "–",
        decimal(record.unjudged, 1),
        bool(record.seen),
    )


def _kinds(records: Sequence[Record]) -> dict[str, Any] | None:
    kinds = records[0].by_kind
    if not kinds:
        return None
    return {
        "heads": [(kind(name), int(row["queries"])) for name, row in kinds.items()],
        "rows": [
            (record.name, [decimal(record.by_kind[name]["nDCG@10"]) for name in kinds]) for record in records
        ],
    }


def _plots(
    records: Sequence[Record], versus: dict[str, tuple[Difference, float]]
) -> list[tuple[str, str, Markup]]:
    """Title, what to see in it, the drawing."""
    first, *others = records
    drawn = [_intervals(records)]
    if first.by_kind:
        drawn.append(_by_kind(records[:_SERIES]))
    points = [
        plots.Point(
            str(number),
            record.latency_ms["p50"],
            record.figures["nDCG@10"],
            f"{record.name}: {decimal(record.latency_ms['p50'], 1)} ms, {decimal(record.figures['nDCG@10'])}",
        )
        for number, record in enumerate(records, start=1)
        if record.latency_ms
    ]
    if len(points) > 1:
        title = "Chất lượng và thời gian"
        drawing = plots.scatter(title, points, "p50, mili giây", "nDCG@10")
        drawn.append(
            (title, "Số là số thứ tự trong bảng; càng lên cao càng đúng, càng sang trái càng nhanh.", drawing)
        )
    if others:
        title = f"Số câu hơn và kém so với {first.name}"
        rows = [(name, one.wins, one.losses) for name, (one, _) in versus.items()]
        drawn.append(
            (title, "Theo nDCG@10 của từng câu; các câu còn lại bằng nhau.",
             plots.wins_and_losses(title, rows, len(first.queries)))
        )  # fmt: skip
    if len(others) <= _FEW:
        drawn += [_each(first, other) for other in others]
    return drawn


def _intervals(records: Sequence[Record]) -> tuple[str, str, Markup]:
    title = "nDCG@10 với khoảng tin cậy 95%"
    rows = [
        plots.Span(one.name, one.intervals["nDCG@10"][0], one.figures["nDCG@10"], one.intervals["nDCG@10"][1])
        for one in records
    ]
    base = records[0].figures["nDCG@10"] if len(records) > 1 else None
    note = f"Vạch đứt là {records[0].name}." if base is not None else ""
    return title, note, plots.spans(title, rows, base)


def _by_kind(records: Sequence[Record]) -> tuple[str, str, Markup]:
    title = "nDCG@10 theo loại câu hỏi"
    rows = []
    for name, row in records[0].by_kind.items():
        marks = [
            plots.Mark(
                series, one.by_kind[name]["nDCG@10"], f"{one.name}: {decimal(one.by_kind[name]['nDCG@10'])}"
            )
            for series, one in enumerate(records)
        ]
        rows.append((f"{kind(name)} ({row['queries']:.0f})", marks))
    return title, "Trong ngoặc là số câu.", plots.groups(title, rows, [one.name for one in records])


def _each(first: Record, other: Record) -> tuple[str, str, Markup]:
    title = f"{other.name} so với {first.name}, từng câu"
    values = [
        other.queries[id_].scores["nDCG@10"] - one.scores["nDCG@10"]
        for id_, one in first.queries.items()
        if id_ in other.queries
    ]
    found = compared(first, other, "nDCG@10")
    equal = len(values) - found.wins - found.losses
    note = f"Mỗi cột là một câu, từ kém đi nhiều nhất đến khá lên nhiều nhất; {equal} câu bằng nhau."
    return title, note, plots.differences(title, values)
