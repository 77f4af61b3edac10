"""Lines of a body put together into paragraphs: hard line breaks and page breaks mended."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.clean import UPPER, Line, is_caps
from corpus.structure.labels import Label, bullet_mark, readings
from corpus.structure.marks import ends_open, opens_item

__all__ = ["Unit", "mark_of", "split_merged_heads", "to_paragraphs"]

_CONNECTIVE = re.compile(
    r"(?:^|\s)(?:và|của|với|theo|cho|các|những|là|trong|về|đến|tại|từ|hoặc|do|để|bằng|trên|như|được|một|mọi|,|-|–)$",
    re.IGNORECASE,
)
# A head in capitals, then a first label and mixed case on the same line.
_MERGED = re.compile(
    rf"(?<=[{UPPER}:])\s*(?=(?:1|a|A|I)[.)]\s*(?:1\.\s*)?[^\W\d_][^\W\d_{UPPER}]|Điều 1\.\s)"
)
_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*/\s*\d{1,4})?$", re.IGNORECASE)


@dataclass(slots=True)
class Unit:
    """One paragraph of a body on its way to become heading or passage."""

    text: str
    block: int = -1
    page: int | None = None
    heading_level: int | None = None
    bold: bool = False
    bold_lead: int = 0
    list_item: bool = False
    table_row: bool = False
    centred: bool = False
    furniture: bool = False
    repairs: list[int] = field(default_factory=list)
    label: Label | None = None
    bullet: str = ""
    continues: bool = False
    """The layout proves that it goes on the block before."""
    parts: list[str] = field(default_factory=list)
    """Lines of the paragraph while it is being put together."""

    @property
    def rest(self) -> str:
        """The text after the label."""
        return self.text[self.label.end :] if self.label else self.text


def to_paragraphs(lines: Iterable[Line]) -> list[Unit]:
    """Join the lines of one paragraph; a join across blocks is noted as a repair."""
    units: list[Unit] = []
    parked: list[Unit] = []  # page numbers, which may stand between the halves of a paragraph
    for line in lines:
        unit = _unit(line)
        before = units[-1] if units else None
        if unit.furniture:
            parked.append(unit)
        elif (
            before is not None and before.block == unit.block and not parked and _same_paragraph(before, unit)
        ):
            _join(before, unit)
        elif before is not None and before.block != unit.block and _page_break(before, unit):
            before.repairs.append(sum(len(part) + 1 for part in before.parts))
            _join(before, unit)
        else:
            units.extend(parked)
            parked.clear()
            units.append(unit)
    units.extend(parked)
    for unit in units:
        unit.text = " ".join(unit.parts)
    return units


def _unit(line: Line) -> Unit:
    unit = Unit(
        line.text, line.block, line.page, line.heading_level, line.bold, line.bold_lead, line.list_item,
        line.table_row, line.aligned == "center", continues=line.continues, parts=[line.text],
    )  # fmt: skip
    unit.furniture = not line.table_row and len(line.text) < 14 and bool(_PAGE_NUMBER.match(line.text))
    return unit


def _join(before: Unit, unit: Unit) -> None:
    before.parts.append(unit.text)
    before.block = unit.block
    before.bold = before.bold and unit.bold


def _same_paragraph(before: Unit, unit: Unit) -> bool:
    """Two lines of one block: do they belong together?"""
    if before.table_row or unit.table_row:
        return True
    if opens_item(unit.text) or before.furniture:
        return False
    if is_caps(before.parts[-1]) != is_caps(unit.text):
        return False
    return ends_open(before.parts[-1]) or unit.text[:1].islower() or is_caps(unit.text)


def _page_break(before: Unit, unit: Unit) -> bool:
    """Two blocks that are one paragraph, cut in mid-sentence."""
    text, last = unit.text, before.parts[-1]
    if before.table_row or unit.table_row or before.furniture:
        return False
    if unit.continues:
        return True
    if unit.list_item or opens_item(text):
        return False
    if unit.heading_level is not None or not ends_open(last) or is_caps(last):
        return False
    if text[:1].islower():
        head = len(before.parts) == 1 and len(last) < 40 and bool(readings(last) or before.bold)
        return not unit.bold and (not head or bool(_CONNECTIVE.search(last[-12:])))
    # A name or number may begin the second half where the first plainly goes on.
    goes_on = last.endswith(",") or bool(_CONNECTIVE.search(last[-12:]))
    return goes_on and len(last) > 60 and not is_caps(text) and not unit.bold


def split_merged_heads(lines: Iterable[Line]) -> list[Line]:
    """Cut a head in capitals from the first head under it: "I. MỤC ĐÍCH, YÊU CẦU 1. Mục đích"."""
    out: list[Line] = []
    for line in lines:
        cut = _merged_at(line)
        if cut is None:
            out.append(line)
            continue
        for number, text in enumerate((line.text[:cut].strip(), line.text[cut:].strip())):
            out.append(
                Line(text, line.block, line.page, line.heading_level if not number else None, line.bold,
                     0, line.list_item, line.table_row, line.aligned)
            )  # fmt: skip
    return out


def _merged_at(line: Line) -> int | None:
    if line.table_row or len(line.text) > 400 or not readings(line.text):
        return None
    label = readings(line.text)[0]
    for match in _MERGED.finditer(line.text, label.end):
        head, after = line.text[label.end : match.start()], line.text[match.end() :]
        if is_caps(head) and len(head) > 3 and not is_caps(after) and readings(after):
            return match.end()
    return None


def mark_of(unit: Unit) -> str:
    """The bullet a paragraph begins with; "•" where only the file says that it is a list item."""
    return bullet_mark(unit.text) or ("•" if unit.list_item else "")
