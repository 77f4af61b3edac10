"""Records as the Markdown tables of the documentation."""

from collections.abc import Sequence

from evaluation.comparing import against_first
from evaluation.records import Record

__all__ = ["ablation_table", "kinds_table", "sets_table"]


def sets_table(several: Sequence[Sequence[Record]]) -> str:
    """One row per set: nDCG@10 of each of the first three ways, and the first one's other figures."""
    rows = [
        "| set | questions | nDCG@10 | 95% | RR@10 | R@10 | R@100 | p50 / p95 ms | MB | other ways |",
        "|---" * 10 + "|",
    ]
    for records in several:
        first = records[0]
        others = ", ".join(f"{one.name} {_figure(one.figures['nDCG@10'])}" for one in records[1:3])
        rest = " | ".join(_figure(first.figures[name]) for name in ("RR@10", "R@10", "R@100"))
        rows.append(
            f"| {first.dataset} | {len(first.queries):,} | {_figure(first.figures['nDCG@10'])} | "
            f"{_interval(first)} | {rest} | {_times(first)} | {first.memory_mb:.0f} | {others} |"
        )
    return "\n".join(rows)


def kinds_table(records: Sequence[Record]) -> str:
    """nDCG@10 of every way per kind of question."""
    first = records[0]
    heads = [f"{kind} ({row['queries']:.0f})" for kind, row in first.by_kind.items()]
    rows = [f"| {first.dataset} | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    for one in records:
        cells = " | ".join(_figure(one.by_kind[kind]["nDCG@10"]) for kind in first.by_kind)
        rows.append(f"| {one.name} | {cells} |")
    return "\n".join(rows)


def ablation_table(records: Sequence[Record]) -> str:
    """Every way with interval, difference from the first, corrected p, and latency."""
    first = records[0]
    versus = against_first(records)
    index = first.index
    warm = "" if index["cold"] else " (texts were segmented before)"
    rows = [
        f"{first.dataset}, {len(first.queries):,} questions; {index['passages']:,} passages, index of "
        f"{index['index_bytes'] / 1e6:.1f} MB built in {index['seconds']:.0f} s{warm}; "
        f"{first.code}, {first.at}, {first.machine['cores']} cores, load {first.machine['load']}.",
        "",
        f"| way | nDCG@10 | 95% | against {first.name} | p (Holm) | RR@10 | R@10 | R@100 | p50 / p95 ms |",
        "|---" * 9 + "|",
    ]
    for one in records:
        against = p = ""
        if one.name in versus:
            found, corrected = versus[one.name]
            against = f"{found.mean:+.3f} [{found.low:+.3f}; {found.high:+.3f}]".replace("-", "−")
            p = f"{corrected:.4f}"
        rest = " | ".join(_figure(one.figures[name]) for name in ("RR@10", "R@10", "R@100"))
        name = f"{one.name} ⚑" if one.seen else one.name
        rows.append(
            f"| {name} | {_figure(one.figures['nDCG@10'])} | {_interval(one)} | {against} | {p} | {rest} | "
            f"{_times(one)} |"
        )
    if any(one.seen for one in records):
        rows += ["", "⚑ the encoder was trained on texts of this collection (not on its questions)."]
    return "\n".join(rows)


def _figure(value: float) -> str:
    return f"{value:.3f}".lstrip("0") if value < 1 else f"{value:.3f}"


def _interval(record: Record) -> str:
    low, high = record.intervals["nDCG@10"]
    return f"{_figure(low)}–{_figure(high)}"


def _times(record: Record) -> str:
    times = record.latency_ms
    return f"{times['p50']:.0f} / {times['p95']:.0f}" if times else ""
