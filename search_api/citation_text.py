"""A passage with its full reference, as an official would write it in a report."""

import re

from corpus.library import DocumentSummary, StoredPassage
from corpus.types import Metadata

__all__ = ["citation_text", "document_line", "printed_date"]

# The label that opens a heading as `Document.path` writes it: "III.", "1.2.", "a)", "Điều 5."
_NAMED = re.compile(r"(Phần|Chương|Mục|Điều|Phụ lục)\s+((?:thứ\s+)?[\w.]*\w)", re.IGNORECASE)
_NUMBERED = re.compile(r"((?:[IVXLC]+|\d+|[A-ZĐ])(?:\.\d+)*)[.)](?:\s|$)|([a-zđ])[.)](?:\s|$)")
# Titles that read on after "của <cơ quan>" without "về".
_READS_ON = re.compile(
    r"(?:về|v/v|thực hiện|triển khai|ban hành|quy định|sửa đổi|phê duyệt|hướng dẫn|tổ chức thực hiện)\b",
    re.IGNORECASE,
)

_BULLET = re.compile(r"^\s*[-–—+•*]\s+")


def printed_date(date: str | None) -> str:
    """ISO date, maybe partial, as official documents print it: 'ngày 06/4/2026', 'tháng 4/2026'.

    Days below 10 and months 1 and 2 take a zero (Nghị định 30/2020/NĐ-CP, phụ lục I, II.4).
    """
    parts = (date or "").split("-")
    if not parts[0]:
        return ""
    if len(parts) == 1:
        return f"năm {parts[0]}"
    month = int(parts[1])
    shown = f"{month:02d}" if month < 3 else str(month)
    if len(parts) == 2:
        return f"tháng {shown}/{parts[0]}"
    return f"ngày {int(parts[2]):02d}/{shown}/{parts[0]}"


def document_line(metadata: Metadata, source: str = "") -> str:
    """'Kế hoạch số 64-KH/TU ngày 06/4/2026 của Ban Thường vụ Tỉnh ủy … về …', without what is missing."""
    if not (metadata.kind or metadata.number or metadata.title):
        return f"tệp {source}" if source else "Văn bản"
    said = [metadata.kind or "Văn bản"]
    if metadata.number:
        said.append(f"số {metadata.number}")
    said.append(printed_date(metadata.date))
    if metadata.issuer:
        said.append(f"của {metadata.issuer}")
    said.append(_title(metadata.title or ""))
    return " ".join(part for part in said if part)


def citation_text(stored: StoredPassage, document: DocumentSummary) -> str:
    """The passage verbatim in quotes (without a bullet's dash), then place, document and page."""
    place = [_place(stored), document_line(document.metadata, document.source)]
    if stored.passage.page is not None:
        place.append(f"tr. {stored.passage.page}")
    words = _BULLET.sub("", stored.passage.text).strip()
    return f"“{words}” ({', '.join(part for part in place if part)})"


def _title(title: str) -> str:
    words = title.split()
    if not words:
        return ""
    # A capital followed by a small letter in the next word is a sentence's, not a name's ("Hà Nội").
    sentence_case = len(words) > 1 and words[1][:1].islower() and words[0][1:].islower()
    reads_on = _READS_ON.match(title)
    if reads_on or sentence_case:
        title = title[0].lower() + title[1:]
    return title if reads_on else f"về {title}"


def _place(stored: StoredPassage) -> str:
    """Where in the document: 'mục III.1.2', 'điểm a khoản 2 Điều 5', 'Phụ lục II, mục 1'."""
    named: list[str] = []
    numbers: list[str] = []
    for label in (*stored.section_path, f"{stored.passage.label} "):
        if found := _NAMED.match(label):
            named.append(f"{found[1][:1].upper()}{found[1][1:].lower()} {found[2]}")
            numbers = []
        elif found := _NUMBERED.match(label):
            _extend(numbers, found[1] or found[2])
    if named and named[-1].startswith("Điều"):
        return " ".join([*_clauses(numbers), named[-1]])
    said = [name for name in named if not name.startswith("Điều")]
    if numbers:
        said.append("mục " + ".".join(numbers))
    return ", ".join(said)


def _extend(numbers: list[str], number: str) -> None:
    """Add a level; '1.2' under '1' already says its parent."""
    if numbers and number.startswith(numbers[-1] + "."):
        numbers[-1] = number
    else:
        numbers.append(number)


def _clauses(numbers: list[str]) -> list[str]:
    """What stands under an article, innermost first: digits are khoản, letters are điểm."""
    return [f"khoản {number}" if number[0].isdigit() else f"điểm {number}" for number in reversed(numbers)]
