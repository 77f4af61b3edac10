"""Front matter: letterhead, stamp, number, place and date, kind, title, addressee."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.clean import Line, is_caps
from corpus.numbers import blank_number, find_numbers
from corpus.structure.labels import readings
from corpus.structure.marks import (
    authority,
    is_recipients_head,
    opens_item,
    ends_open,
    head_parts,
    is_basis,
    is_body_name,
    is_note,
    is_separator,
    is_stamp,
    kind_line,
)  # fmt: skip
from corpus.text import fold
from corpus.types import MatterRole

__all__ = ["Front", "MatterLine", "read_front", "split_cells"]

_MOST_LINES = 60
"""No letterhead is longer than this."""

_LETTERHEAD_WITHIN = 9
"""So many lines after stray words on top the letterhead must come."""

_TITLE_LIMIT = 900


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A line, or part of one, that is front or back matter. `same`: goes on the matter before it."""

    role: MatterRole
    text: str
    page: int | None = None
    same: bool = False


@dataclass(slots=True)
class Front:
    """What stands before the body, and where the body begins."""

    matter: list[MatterLine] = field(default_factory=list)
    end: int = 0
    rest: Line | None = None
    """What is left of the last line where front matter and body share it."""

    def add(self, role: MatterRole, line: Line, text: str | None = None, *, same: bool = False) -> None:
        """Note `line`, or the part `text` of it, as front matter."""
        self.matter.append(MatterLine(role, text if text is not None else line.text, line.page, same))

    @property
    def last(self) -> MatterRole | None:
        """Role of the latest part."""
        return self.matter[-1].role if self.matter else None

    def has(self, *roles: MatterRole) -> bool:
        """Whether a part of one of these roles was seen."""
        return any(part.role in roles for part in self.matter)


def split_cells(lines: Sequence[Line]) -> list[Line]:
    """A letterhead or signature set in a table: its cells become lines of their own."""
    out: list[Line] = []
    for line in lines:
        if line.table_row and "|" in line.text:
            out.extend(
                replace(line, text=cell.strip(), table_row=False)
                for cell in line.text.split("|")
                if cell.strip()
            )
        else:
            out.append(line)
    return out


def read_front(lines: Sequence[Line]) -> Front:
    """Read the front matter at the start of `lines`."""
    front = Front()
    _read_head(lines, front)
    if front.has("kind"):
        _read_title(lines, front)
    elif front.end < len(lines) and not front.has("title") and (front.matter or _opens_with_title(lines)):
        _title_without_kind(lines, front)
    _read_addressee(lines, front)
    _mark_stamp(front)
    return front


def _read_head(lines: Sequence[Line], front: Front) -> None:
    """Letterhead lines up to and with the line that names the kind."""
    while front.end < min(len(lines), _MOST_LINES):
        line = lines[front.end]
        kind = (
            kind_line(line.text, marked=line.marked) if not (line.table_row or is_stamp(line.text)) else None
        )
        if kind is not None and (is_caps(line.text[: kind[1]]) or line.marked or front.end < 12):
            rest = line.text[kind[1] :].strip(" .:-–")
            front.add("kind", line, line.text[: kind[1]].strip() if rest else line.text)
            if rest:
                front.add("title", line, line.text[kind[1] :].strip())
            front.end += 1
            return
        if not _head_line(line, front) and not _above_letterhead(lines, front):
            return
        front.end += 1


def _head_line(line: Line, front: Front) -> bool:
    text = line.text
    if is_separator(text) and (front.matter or front.end == 0):
        front.add("separator", line)
    elif is_stamp(text):
        front.add("stamp", line)
    elif fold(text[:8]).startswith(("v/v", "ve viec")) and front.matter and len(text) < 400:
        front.add("title", line)
    elif (
        parts := head_parts(text, after_body=front.last == "letterhead")
    ) is not None and not line.table_row:
        for role, part in parts:
            front.add(role, line, part)
    elif front.last == "title" and front.matter and _goes_on(text) and len(text) < 200:
        front.add("title", line, same=True)
    else:
        return False
    return True


def _above_letterhead(lines: Sequence[Line], front: Front) -> bool:
    """A running head or the like on top of the letterhead: "VĂN BẢN QUY PHẠM PHÁP LUẬT"."""
    line = lines[front.end]
    if front.has("motto", "number") or len(line.text) > 120 or line.table_row or readings(line.text):
        return False
    for after in lines[front.end + 1 : front.end + _LETTERHEAD_WITHIN]:
        parts = head_parts(after.text, after_body=True)
        if parts is not None and any(role in ("motto", "number") for role, _ in parts):
            front.add("page_furniture", line)
            return True
        if len(after.text) > 120:
            return False
    return False


def _goes_on(text: str) -> bool:
    return text[:1].islower() and not readings(text)


def _read_title(lines: Sequence[Line], front: Front) -> None:
    """The title under the kind, with separators, notes and the enacting body around it."""
    titled = front.has("title")
    length = 0
    open_note = False
    while front.end < len(lines) and front.end < _MOST_LINES + 20:
        line, text = lines[front.end], lines[front.end].text
        if open_note:
            front.add("attachment_note", line, same=True)
            open_note = ")" not in text and len(text) < 300
        elif is_separator(text):
            front.add("separator", line)
        elif is_note(text):
            front.add("attachment_note", line)
            open_note = text.startswith("(") and ")" not in text
        elif line.table_row:
            break
        elif is_stamp(text):
            front.add("stamp", line)
        elif not titled and fold(text[:4]) == "cua " and is_caps(text):
            front.add("kind", line)
        elif titled and _enacting(text):
            front.add("letterhead", line)
        elif (parts := _late_head(text)) is not None:
            for role, part in parts:
                front.add(role, line, part)
        elif not titled and _may_be_title(line):
            front.add("title", line)
            titled, length = True, len(text)
        elif titled and front.last == "title" and length < _TITLE_LIMIT and _title_goes_on(lines, front.end):
            front.add("title", line, same=True)
            length += len(text)
        else:
            break
        front.end += 1


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


def _title_goes_on(lines: Sequence[Line], at: int) -> bool:
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


def _title_without_kind(lines: Sequence[Line], front: Front) -> None:
    """A capital or centred title under a letterhead that names no kind."""
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


def _read_addressee(lines: Sequence[Line], front: Front) -> None:
    """ "Kính gửi: …" with its list."""
    if front.end >= len(lines) or not fold(lines[front.end].text[:9]).startswith("kinh gui"):
        return
    open_list = lines[front.end].text.rstrip().endswith(":")
    front.add("recipients", lines[front.end])
    front.end += 1
    while front.end < len(lines) and front.end < _MOST_LINES + 40:
        line = lines[front.end]
        listed = line.text[:1] in "-–+•*" or line.list_item
        if not (listed and len(line.text) < 200) and not (
            open_list and len(line.text) < 120 and line.text.endswith(";")
        ):
            return
        front.add("recipients", line)
        front.end += 1


def _mark_stamp(front: Front) -> None:
    """Turn what stands above the real letterhead and belongs to a stamp of receipt into stamp.

    The receiving body stamps its own name, number and date on top; the number that counts is the
    last one with a symbol, and the letterhead that counts is the one that leads up to it.
    """
    parts = front.matter
    numbers = [at for at, part in enumerate(parts) if part.role == "number"]
    arrivals = [at for at, part in enumerate(parts) if part.role == "stamp" and _arrival(part.text)]
    if len(numbers) < 2 and not arrivals:
        return
    full = [at for at in numbers if _has_symbol(parts[at].text)]
    anchor = full[-1] if full else None
    edge = -1
    if anchor is not None:
        edge = max([at for at in numbers if at < anchor] + [at for at in arrivals if at < anchor], default=-1)
    elif arrivals:
        edge = max(arrivals)
        anchor = next((at for at in range(edge + 1, len(parts)) if parts[at].role in ("motto", "kind")), None)
    if edge < 0:
        return
    # The stamp goes on with its own date and notes until a body name or motto begins the letterhead.
    while (
        edge + 1 < len(parts)
        and parts[edge + 1].role in ("stamp", "place_date", "separator")
        and (anchor is None or edge + 1 < anchor)
    ):
        edge += 1
    for at in range(edge + 1):
        if parts[at].role not in ("kind", "title"):
            parts[at] = replace(parts[at], role="stamp")


def _arrival(text: str) -> bool:
    folded = fold(text)
    return "den" in folded.split() or "chuyen" in folded


def _has_symbol(text: str) -> bool:
    return next(find_numbers(text), None) is not None or blank_number(text) is not None
