"""What a judgement may say; the same rules for what comes from a page and from a file."""

import unicodedata
from datetime import UTC, datetime

from corpus.errors import TracuuError
from evaluation.judging.types import FIELDS, GRADES, STATUSES, Field, Value

__all__ = ["LONGEST_NOTE", "PoolError", "check_time", "check_value", "judge_name"]

LONGEST_NOTE = 4_000
_LONGEST_NAME = 60


class PoolError(TracuuError):
    """A pool cannot be opened or written, or a judgement does not fit it."""


def judge_name(typed: str) -> str:
    """A judge's name on one line, composed. PoolError for one that is empty or too long."""
    name = unicodedata.normalize("NFC", typed)
    name = " ".join("".join(char if char.isprintable() else " " for char in name).split())
    if not name:
        raise PoolError("Chưa có tên người chấm; hãy nhập họ tên.")
    if len(name) > _LONGEST_NAME or name.startswith(".") or "/" in name:
        raise PoolError(f"Tên người chấm cần từ 1 đến {_LONGEST_NAME} chữ, không có dấu “/”; hãy sửa lại.")
    return name


def check_time(at: str) -> None:
    """PoolError unless `at` is written as pools write times: UTC, so that texts sort as times do."""
    try:
        written = datetime.fromisoformat(at).astimezone(UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError):
        written = ""
    if written != at:
        raise PoolError(f"Thời điểm “{at[:40]}” không đúng dạng; hãy dùng tệp do Tra Cứu xuất ra.")


def check_value(field: str, value: Value, *, passage: bool, length: int) -> Field:
    """The field, if `value` may stand in it. `length` is that of the passage's text."""
    fits = {
        "grade": passage and (value is None or (type(value) is int and value in GRADES)),
        "note": isinstance(value, str) and len(value) <= LONGEST_NOTE,
        "span": passage and (value is None or _is_span(value, length)),
        "status": not passage and value in STATUSES,
    }
    if field not in FIELDS or not fits[field]:
        raise PoolError(_WRONG.get(field, f"Không có mục “{field[:20]}” trong bản chấm; hãy tải lại trang."))
    return field  # type: ignore[return-value]


def _is_span(value: Value, length: int) -> bool:
    if not isinstance(value, tuple) or len(value) != 2:
        return False
    start, end = value
    return type(start) is int and type(end) is int and 0 <= start < end <= length


_WRONG = {
    "grade": "Điểm phải là 0, 1 hoặc 2 và thuộc về một đoạn; hãy chọn lại.",
    "note": f"Ghi chú dài quá {LONGEST_NOTE} chữ; hãy rút gọn.",
    "span": "Phần trích phải nằm trong đoạn văn; hãy bôi chọn lại.",
    "status": "Không rõ trạng thái của câu hỏi; hãy tải lại trang.",
}
