"""Front matter: letterhead, stamp, number, place and date, kind, title, addressee."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.clean import Line, is_caps
from corpus.numbers import blank_number, find_numbers
from corpus.structure.labels import readings
from corpus.structure.letterhead import head_parts
from corpus.structure.marks import is_body_name, is_separator, is_stamp, kind_line
from corpus.structure.matter import Front, MatterLine
from corpus.structure.title import read_lone_title, read_title
from corpus.text import fold

__all__ = ["read_front", "split_cells"]

_MOST_LINES = 60
"""No letterhead is longer than this."""

_LETTERHEAD_WITHIN = 9
"""So many lines after stray words on top the letterhead must come."""


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
        read_title(lines, front)
    else:
        read_lone_title(lines, front)
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
            # A body may be named in small letters; anything else is a running head.
            front.add("letterhead" if is_body_name(line.text.upper()) else "page_furniture", line)
            return True
        if len(after.text) > 120:
            return False
    return False


def _goes_on(text: str) -> bool:
    return text[:1].islower() and not readings(text)


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
    stamped = {at for at in numbers if _after_arrival(parts, at)}
    full = [at for at in numbers if at not in stamped and _has_symbol(parts[at].text)]
    anchor = full[-1] if full else None
    edge = -1
    if anchor is not None:
        edge = max([at for at in numbers if at < anchor] + [at for at in arrivals if at < anchor], default=-1)
    elif arrivals:
        edge = max([*arrivals, *stamped])
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


def _after_arrival(parts: Sequence[MatterLine], at: int) -> bool:
    """Whether a number goes on a stamp of receipt: no letterhead begins between the two."""
    for part in reversed(parts[:at]):
        if part.role in ("letterhead", "motto"):
            return False
        if part.role == "stamp" and _arrival(part.text):
            return True
    return False


def _arrival(text: str) -> bool:
    folded = fold(text)
    return "den" in folded.split() or "chuyen" in folded


def _has_symbol(text: str) -> bool:
    return next(find_numbers(text), None) is not None or blank_number(text) is not None
