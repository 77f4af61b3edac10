"""One line of a letterhead cut into its parts, also where two columns were flattened into one line."""

import re

from corpus.clean import is_caps
from corpus.dates import DATE
from corpus.numbers import blank_number, find_numbers
from corpus.structure.labels import readings
from corpus.structure.marks import is_body_name, is_separator, kind_line
from corpus.text import fold
from corpus.types import MatterRole

__all__ = ["head_parts"]

_MOTTOS = re.compile(
    r"cong hoa xa hoi chu nghia viet nam|doc lap\s*[-–—.]?\s*tu do\s*[-–—.]?\s*hanh phuc"
    r"|dang cong san viet nam"
)
_NUMBER_LINE = re.compile(
    r"(?:(?:Luật|Nghị quyết|Pháp lệnh|LUẬT|NGHỊ QUYẾT)\s+)?S[ốỐ]\s*:?\s*", re.IGNORECASE
)
_LONE_NUMBER = re.compile(r"S[ốỐ]\s*:?\s*[\d.…_/\s-]*$")


def head_parts(text: str, *, after_body: bool = False) -> list[tuple[MatterRole, str]] | None:
    """Cut one line of a letterhead into its parts; None where it holds anything else.

    Two-column heads reach us flattened: "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".
    `after_body`: the line above was the name of a body, which may go on here ("VÀ ĐÀO TẠO").
    """
    if len(text) > 220:
        return None
    parts: list[tuple[MatterRole, str]] = []
    for role, piece in _cut(text):
        if role is None:
            found = _plain_part(piece, after_body=after_body or bool(parts))
            if found is None:
                return None
            parts.append((found, piece))
        else:
            parts.append((role, piece))
    return parts or None


def _cut(text: str) -> list[tuple[MatterRole | None, str]]:
    """Cut out motto, number and place with date; what is left between them has no role yet."""
    spans: list[tuple[int, int, MatterRole]] = [
        (match.start(), match.end(), "motto")
        for match in _MOTTOS.finditer(fold(text))
        if is_caps(match.group() and text[match.start() : match.end()]) or match.group().startswith("doc")
    ]
    number = _number_span(text)
    if number is not None:
        spans.append((*number, "number"))
    dated = _dated_span(text, number[1] if number else 0)
    if dated is not None:
        spans.append((*dated, "place_date"))
    cut: list[tuple[MatterRole | None, str]] = []
    at = 0
    for start, end, role in sorted(spans):
        if start < at:
            continue
        if text[at:start].strip():
            cut.append((None, text[at:start].strip()))
        cut.append((role, text[start:end].strip()))
        at = end
    if text[at:].strip():
        cut.append((None, text[at:].strip()))
    return cut


def _number_span(text: str) -> tuple[int, int] | None:
    for match in _NUMBER_LINE.finditer(text):
        if match.start() and text[match.start() - 1].isalnum():
            continue
        if match.start() and not is_caps(text[: match.start()]) and not is_separator(text[: match.start()]):
            return None
        for number in find_numbers(text[match.end() : match.end() + 60]):
            if number.span.start <= 2:
                return match.start(), match.end() + number.span.end
            break
        rest = text[match.start() :]
        if blank_number(rest):
            tail = DATE.search(rest)
            end = len(rest) if tail is None else _before_place(rest[: tail.start()])
            return match.start(), match.start() + end
        if _LONE_NUMBER.match(rest):
            return match.start(), len(text)
    lone = next(find_numbers(text), None)
    return (0, len(text)) if lone is not None and lone.span == (0, len(text)) else None


def _before_place(text: str) -> int:
    """Where the place begins at the end of "Số: /KH-UBND Đắk Lắk,"."""
    match = re.search(r"(?:\s[^\W\d_][^\W\d_]*){1,5}\s*,?\s*$", text)
    return match.start() if match else len(text)


def _dated_span(text: str, start: int) -> tuple[int, int] | None:
    match = DATE.search(text, start)
    if match is None or (match.end() < len(text) and text[match.end() :].strip(" .")):
        return None
    before = text[start : match.start()].rstrip()
    if not before:
        return (match.start(), len(text)) if match["y1"] else None
    if not before.endswith(","):
        place = re.search(r"(?:^|\s)((?:[^\W\d_]+\s?){1,4})$", before) if match["y1"] else None
        return (start, len(text)) if place and place.start() == 0 and before.istitle() else None
    place = re.search(r"(?:^|(?<=\s))(?:(?:TP|Tp)\.\s?)?[^\W\d_][^\W\d_]*(?:[\s-]+[^\W\d_]+){0,5},$", before)
    if place is None:
        return None
    words = place.group()
    # "TỈNH ỦY X Lai Châu, ngày…": the place begins at the first word in small letters.
    begin = place.start()
    if not is_caps(words):
        for word in re.finditer(r"\S+", words):
            if not is_caps(word.group()) or len(word.group()) < 2:
                break
            begin = place.start() + word.end() + 1
    return start + begin, len(text)


def _plain_part(text: str, *, after_body: bool) -> MatterRole | None:
    if is_separator(text):
        return "separator"
    if is_body_name(text):
        return "letterhead"
    if after_body and is_caps(text) and len(text) <= 60 and kind_line(text) is None and not readings(text):
        return "letterhead"
    return None
