"""What was measured, on what, with what: the facts without which figures say nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evaluation.records import Record
from evaluation.report.wording import decimal, whole
from evaluation.seen import PARTS

__all__ = ["facts"]


def facts(records: Sequence[Record]) -> list[tuple[str, str]]:
    """Pairs of a term and what there is to say of it."""
    return [*_data(records), *_models(records), *_means(records)]


def _data(records: Sequence[Record]) -> Iterator[tuple[str, str]]:
    first = records[0]
    count = whole(len(first.queries))
    left_out = f"; {first.unanswerable} câu không có lời đáp không tính điểm" if first.unanswerable else ""
    yield "Bộ câu hỏi", f"{first.dataset}: {count} câu{left_out}; mã băm {first.questions[:12]}"
    for data in dict.fromkeys(record.data for record in records):
        yield "Kho văn bản", f"mã băm {data[:12]}"
    for index in {str(record.index): record.index for record in records if record.index}.values():
        yield "Chỉ mục", _index(index)


def _index(index: Mapping[str, Any]) -> str:
    size = decimal(index["index_bytes"] / 1e6, 1)
    reading, seconds = (decimal(index[name], 1) for name in ("reading_seconds", "seconds"))
    said = f"{whole(index['passages'])} đoạn, {size} MB; "
    if index["cold"]:
        return f"{said}lập từ đầu: đọc dữ liệu {reading} giây, lập chỉ mục {seconds} giây"
    cold = index.get("cold_seconds")
    before = f"; từ đầu thì mất {decimal(cold, 1)} giây" if cold is not None else ""
    return f"{said}lập lại trong {seconds} giây, vì phần tách từ đã có sẵn{before}"


def _models(records: Sequence[Record]) -> Iterator[tuple[str, str]]:
    for model, origin in {record.model: record.trained_on for record in records if record.model}.items():
        yield "Mô hình nhúng", model
        said = "; ".join(map(_origin, origin))
        yield "Dữ liệu huấn luyện", said or "nhà làm mô hình không ghi"


def _origin(one: Mapping[str, Any]) -> str:
    part = PARTS.get(str(one.get("part")), "")
    about = ", ".join(str(value) for value in (part, one.get("note")) if value)
    return f"{one['name']} ({about})" if about else str(one["name"])


def _means(records: Sequence[Record]) -> Iterator[tuple[str, str]]:
    codes = dict.fromkeys(record.code or "không rõ" for record in records)
    changed = " (+ là có sửa đổi chưa ghi vào kho mã)" if any(code.endswith("+") for code in codes) else ""
    yield "Phiên bản mã", ", ".join(codes) + changed
    timed = [record.machine for record in records if record.latency_ms]
    for name in dict.fromkeys(map(_machine, timed)):
        loads = [one["load"] for one in timed if _machine(one) == name and one.get("load") is not None]
        yield "Máy", name + (f", tải máy lúc đo {_range(loads)}" if loads else "")
    times = sorted({record.at for record in records if record.at})
    yield "Lúc đo", " – ".join(dict.fromkeys([*times[:1], *times[-1:]])) or "không rõ"


def _machine(machine: Mapping[str, Any]) -> str:
    said = [f"{machine.get('cores')} lõi", machine.get("system"), f"Python {machine.get('python')}"]
    return ", ".join(str(one) for one in said if one)


def _range(values: Sequence[float]) -> str:
    return "–".join(dict.fromkeys([decimal(min(values), 1), decimal(max(values), 1)]))
