"""Runs and comparisons as text for the terminal, in Vietnamese."""

from collections.abc import Iterator, Sequence

from evaluation.comparing import Change, against_first
from evaluation.measures import MEASURES
from evaluation.outcomes import Shown, Wanted
from evaluation.records import Record
from evaluation.seen import PARTS
from evaluation.statistics import Difference

__all__ = ["changes", "comparison", "seen_in_words", "tables"]

_SHOWN = 10


def tables(records: Sequence[Record]) -> Iterator[str]:
    """Lines: the set, a row per configuration, rows per kind, differences from the first."""
    first = records[0]
    width = max(len(record.name) for record in records) + 2
    left_out = f", {first.unanswerable} câu không có lời đáp không tính" if first.unanswerable else ""
    index = next((_index(record) for record in records if record.index), "")
    yield f"{first.dataset}: {len(first.queries)} câu hỏi{left_out}{index}"
    names = ("nDCG@10", "95%", *MEASURES[1:], "p50 ms", "p95 ms", "RAM MB", "chưa chấm@10")
    yield "".ljust(width) + "  ".join(name.rjust(max(7, len(name))) for name in names)
    for record in records:
        low, high = record.intervals["nDCG@10"]
        times = [f"{record.latency_ms[name]:.1f}" if record.latency_ms else "–" for name in ("p50", "p95")]
        cells = [
            f"{record.figures['nDCG@10']:.4f}", f"{low:.3f}–{high:.3f}",
            *(f"{record.figures[name]:.4f}" for name in MEASURES[1:]),
            *times, f"{record.memory_mb:.0f}" if record.memory_mb else "–", f"{record.unjudged:.1f}",
        ]  # fmt: skip
        row = record.name.ljust(width) + "  ".join(
            cell.rjust(max(7, len(name))) for cell, name in zip(cells, names, strict=True)
        )
        yield row + ("  *" if record.seen else "")
    yield from (f"* {line}" for line in seen_in_words(records))
    yield from _kinds(records, width)
    if len(records) > 1:
        yield ""
        yield f"So với {first.name} (nDCG@10; p theo phép hoán vị, đã hiệu chỉnh Holm):"
        for name, (found, p) in against_first(records).items():
            yield f"  {name.ljust(width)}{_difference(found)}  p {p:.4f}"


def _index(record: Record) -> str:
    build, size = record.index, record.index["index_bytes"] / 1e6
    return f"; {build['passages']} đoạn, lập chỉ mục {build['seconds']:.0f} s, {size:.0f} MB"


def seen_in_words(records: Sequence[Record]) -> Iterator[str]:
    """For each model that has seen something of the set that it is measured on, a sentence on what."""
    for model, parts in {record.model: record.seen for record in records if record.seen}.items():
        what = " và ".join(PARTS[part] for part in parts)
        yield f"Mô hình {model} đã được huấn luyện trên {what} của bộ này: số đo có thể đẹp hơn thực tế."


def _kinds(records: Sequence[Record], width: int) -> Iterator[str]:
    kinds = records[0].by_kind
    if not kinds:
        return
    yield ""
    yield "nDCG@10 theo loại câu hỏi"
    columns = [(kind, f"{kind} ({row['queries']:.0f})") for kind, row in kinds.items()]
    yield "".ljust(width) + "  ".join(label for _, label in columns)
    for record in records:
        yield record.name.ljust(width) + "  ".join(
            f"{record.by_kind[kind]['nDCG@10']:.3f}".rjust(len(label)) for kind, label in columns
        )


def comparison(first: Record, second: Record, found: dict[str, Difference]) -> Iterator[str]:
    """Lines: each measure before and after, with the difference."""
    yield f"{first.name} ({first.code or '?'}) → {second.name} ({second.code or '?'}), bộ {first.dataset}"
    if first.data != second.data:
        yield "Lưu ý: kho văn bản (hoặc cách đọc văn bản) của hai lần đo khác nhau."
    yield from (f"* {line}" for line in seen_in_words((first, second)))
    for name, one in found.items():
        yield (
            f"  {name.ljust(10)}{first.figures[name]:.4f} → {second.figures[name]:.4f}  "
            f"{_difference(one)}  p {one.p:.4f}"
        )
    before, after = first.latency_ms, second.latency_ms
    if before and after:
        yield f"  p50/p95 ms  {before['p50']:.1f}/{before['p95']:.1f} → {after['p50']:.1f}/{after['p95']:.1f}"


def changes(found: Sequence[Change]) -> Iterator[str]:
    """Lines: the questions that lost and won most, with what is wanted and the first result of each run."""
    losses = [one for one in found if one.by < 0]
    wins = [one for one in reversed(found) if one.by > 0]
    for label, some in (("Kém đi", losses), ("Khá lên", wins)):
        if some:
            yield ""
            yield f"{label}: {len(some)} câu" + (f", {_SHOWN} câu đầu:" if len(some) > _SHOWN else ":")
        for one in some[:_SHOWN]:
            before, after = one.before.scores["nDCG@10"], one.after.scores["nDCG@10"]
            yield f"  {one.id}  {before:.2f} → {after:.2f}  {one.question.text}"
            for wanted in one.question.wanted[:1]:
                yield f"      cần:   {_line(wanted)}"
            if one.before.top[:1] != one.after.top[:1]:
                yield f"      trước: {_line(one.first_before)}"
                yield f"      nay:   {_line(one.first_after)}"


def _line(one: Shown | Wanted | None) -> str:
    if one is None:
        return "(không có kết quả)"
    return f"[{one.where}] {one.text}" if one.where else one.text


def _difference(found: Difference) -> str:
    return f"{found.mean:+.4f} [{found.low:+.4f}; {found.high:+.4f}]  hơn {found.wins}, kém {found.losses}"
