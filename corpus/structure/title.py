"""The title of a document (trích yếu) and what stands around it, from the line of the kind to the body."""

import re
from collections.abc import Sequence

from corpus.clean import UPPER, Line, is_caps
from corpus.structure.labels import readings
from corpus.structure.letterhead import head_parts
from corpus.structure.marks import (
    authority,
    ends_open,
    is_basis,
    is_body_name,
    is_note,
    is_recipients_head,
    is_separator,
    is_stamp,
    opens_item,
)  # fmt: skip
from corpus.structure.matter import Front
from corpus.text import fold
from corpus.types import MatterRole

__all__ = ["read_lone_title", "read_title"]

_MOST_LINES = 80
"""The body begins before this line."""

_OF_BODY = re.compile(rf"(CỦA [{UPPER} ,]{{4,80}}?)\s+((?:về|Về)\s.*)$")
"""The issuing body under the kind with the title behind it: "CỦA BAN BÍ THƯ về tăng cường…"."""

_TITLE_LIMIT = 900
"""No title has more characters."""


def read_title(lines: Sequence[Line], front: Front) -> None:
    """The title under the kind, with separators, notes and the enacting body around it."""
    length = 0
    open_note = False
    while front.end < len(lines) and front.end < _MOST_LINES:
        line, text = lines[front.end], lines[front.end].text
        titled = front.has("title")
        if open_note:
            front.add("attachment_note", line, same=True)
            open_note = ")" not in text and len(text) < 300
        elif is_note(text):
            front.add("attachment_note", line)
            open_note = text.startswith("(") and ")" not in text
        elif _beside_title(line, front, titled=titled):
            pass
        elif not titled and _may_be_title(line):
            of = _OF_BODY.match(text)
            if of:
                front.add("kind", line, of[1])
            front.add("title", line, of[2] if of else text)
            length = len(text)
        elif titled and front.last == "title" and length < _TITLE_LIMIT and _title_goes_on(lines, front.end):
            front.add("title", line, same=True)
            length += len(text)
        else:
            return
        front.end += 1


def _beside_title(line: Line, front: Front, *, titled: bool) -> bool:
    """Note a line around the title that is none: separator, mark of urgency, body, number, date."""
    text = line.text
    if line.table_row:
        return False
    if is_separator(text):
        front.add("separator", line)
    elif is_stamp(text):
        front.add("stamp", line)
    elif not titled and fold(text[:4]) == "cua " and is_caps(text):
        front.add("kind", line)  # "CHỈ THỊ" / "CỦA BAN BÍ THƯ"
    elif titled and _enacting(text):
        front.add("letterhead", line)
    elif (parts := _late_head(text)) is not None:
        for role, part in parts:
            front.add(role, line, part)
    else:
        return False
    return True


def _late_head(text: str) -> list[tuple[MatterRole, str]] | None:
    """Number or date printed below the kind."""
    parts = head_parts(text)
    if parts and all(role in ("number", "place_date", "motto", "separator") for role, _ in parts):
        return parts
    return None


def _enacting(text: str) -> bool:
    """The body that enacts, between title and basis: "HỘI ĐỒNG NHÂN DÂN TỈNH X", "KHÓA XV, KỲ HỌP THỨ 5"."""
    return is_body_name(text) and len(text) < 100


def _may_be_title(line: Line) -> bool:
    text = line.text
    if readings(text) or len(text) > _TITLE_LIMIT or fold(text[:9]).startswith("kinh gui"):
        return False
    if text.endswith((";", ":", "./.")):
        return False
    return line.marked or is_caps(text) or not text.endswith(".") or len(text) < 120


def _title_goes_on(lines: Sequence[Line], at: int) -> bool:  # noqa: PLR0911 - one rule a line
    line, before = lines[at], lines[at - 1]
    text = line.text
    if readings(text) or text.endswith((";", ":")) or fold(text[:9]).startswith("kinh gui"):
        return False
    if line.block == before.block:
        return True
    if not ends_open(before.text):
        return False
    if text[:1].islower() or text[:1] in "(-–":
        return len(text) < 300 and not readings(text)
    if is_caps(before.text):
        return is_caps(text)
    after = lines[at + 1].text if at + 1 < len(lines) else ""
    if ends_open(text) and len(text) < 200 and not is_basis(text) and (is_basis(after) or _enacting(after)):
        return True
    same = (line.bold, line.aligned, line.heading_level) == (
        before.bold,
        before.aligned,
        before.heading_level,
    )
    return line.marked and same and ends_open(text) and not (is_basis(text) and len(text) > 100)


def _opens_with_title(lines: Sequence[Line]) -> bool:
    """A file that has no letterhead but a title of its own on top."""
    first = lines[0]
    if (
        len(lines) < 3
        or len(first.text.split()) < 3
        or opens_item(first.text)
        or is_recipients_head(first.text)
        or authority(first.text)
    ):
        return False
    return is_caps(first.text) or first.heading_level == 1 or (first.bold and first.aligned == "center")


def read_lone_title(lines: Sequence[Line], front: Front) -> None:
    """A capital or centred title that no kind announces, under a letterhead or on top of the file."""
    if front.end >= len(lines) or front.has("title") or not (front.matter or _opens_with_title(lines)):
        return
    while front.end < min(len(lines), _MOST_LINES):
        line = lines[front.end]
        text = line.text
        first = not front.has("title")
        if (
            (is_caps(text) or (line.marked and first))
            and not readings(text)
            and not text.endswith((".", ";", ":"))
        ):
            front.add("title", line, same=not first)
        elif is_note(text) and not first:
            front.add("attachment_note", line)
        elif is_separator(text):
            front.add("separator", line)
        else:
            return
        front.end += 1
