"""Roles of paragraphs without a label: basis, note, closing formula, enacting line."""

import re
from collections.abc import Mapping, Sequence

from corpus.structure.marks import opens_item
from corpus.structure.outline import Node
from corpus.structure.paragraphs import Unit
from corpus.text import fold

__all__ = ["closing_from", "is_note_text"]

_NOTE = re.compile(
    r"(?:ghi chu|chu thich|luu y)\s*[:.(]|\[\d{1,3}\]|\(?(?:co|chi tiet"
    r"|noi dung chi tiet)\b.{0,60}(?:kem theo|dinh kem)"
)
_CLOSING = re.compile(
    r"tren day (?:la\b|,)"
    r"|(?:chi thi|nghi quyet|ke hoach|chuong trinh(?: hanh dong)?|huong dan|ket luan|quy dinh"
    r"|quyet dinh|thong tri|cong dien"
    r"|cong van|de an|thong bao|nghi dinh|thong tu|luat|quy che)\s+nay\s+(?:duoc|da|co hieu luc"
    r"|thay the|pho bien)"
)
# Under the last Điều "Quyết định này có hiệu lực…" is its content; only the note of adoption is not.
_CLOSING_OF_ARTICLES = re.compile(
    r"tren day (?:la\b|,)|(?:nghi quyet|luat|phap lenh|bo luat) nay (?:da )?duoc\b.{0,20}"
)
_CLOSING_TAIL = re.compile(
    r"(?:trong qua trinh|de nghi|yeu cau|nhan duoc|neu |dinh ky|moi vuong mac"
    r"|can cu (?:ke hoach|noi dung|chi thi|tinh hinh)|giao )"
)
_MOST_CLOSING = 6


def is_note_text(text: str) -> bool:
    """A note rather than text: "Ghi chú: …", "(Chi tiết tại Phụ lục kèm theo)", "[1] …"."""
    return bool(_NOTE.match(fold(text[:120])))


def closing_from(units: Sequence[Unit], labelled: Mapping[int, Node]) -> int:
    """Number of the first paragraph of the closing formula, `len(units)` where there is none.

    The formula ("Trên đây là Kế hoạch…") belongs to no section; what follows it does neither.
    """
    start = end = len(units)
    pattern = _CLOSING_OF_ARTICLES if any(node.style == "dieu" for node in labelled.values()) else _CLOSING
    while end > 0 and units[end - 1].furniture:
        end -= 1
    for number in range(end - 1, max(-1, end - 1 - _MOST_CLOSING), -1):
        unit = units[number]
        if number in labelled or unit.table_row or unit.furniture or opens_item(unit.text):
            break
        folded = fold(unit.text[:60])
        ends = number == end - 1 and unit.text.endswith("./.") and pattern is _CLOSING
        after_points = number - 1 in labelled and bool(_CLOSING_TAIL.match(folded))
        if pattern.match(folded) or (ends and (after_points or _CLOSING.search(fold(unit.text[-600:])))):
            start = number
        elif not (_CLOSING_TAIL.match(folded) or unit.text.endswith("./.")):
            break
    return start
