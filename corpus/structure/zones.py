"""Lines cut into zones in reading order: front matter, body, back matter, attachments."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.clean import Line, is_caps
from corpus.structure.back import opens_back, read_back
from corpus.structure.front import read_front, split_cells
from corpus.structure.labels import bullet_mark, readings
from corpus.structure.letterhead import head_parts
from corpus.structure.marks import (
    attachment_label,
    authority,
    is_body_name,
    is_note,
    is_recipients_head,
    is_separator,
    kind_line,
)  # fmt: skip
from corpus.structure.matter import MatterLine

__all__ = ["Attachment", "Body", "MatterZone", "Zone", "cut_zones"]


@dataclass(frozen=True, slots=True)
class MatterZone:
    """Lines of front or back matter."""

    matter: tuple[MatterLine, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """Lines of headings and text."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """The head of an attachment. `text` is what stands in the section's own words (label, title).

    `title` may instead stand in the matter that follows, where a note parts it from the label.
    """

    label: str
    title: str
    text: str
    page: int | None


Zone = MatterZone | Body | Attachment

_TABLE_HEAD = 14
"""Table rows among so many first lines may be a letterhead set in a table."""


def cut_zones(lines: Sequence[Line]) -> list[Zone]:
    """Cut all lines of a document into zones; nothing is left out."""
    lines = _open_tables(lines)
    front = read_front(lines)
    zones: list[Zone] = [MatterZone(tuple(front.matter))] if front.matter else []
    at = front.end
    body: list[Line] = []
    signed = False
    while at < len(lines):
        attached = _read_attachment(lines, at, signed=signed and not body)
        if attached is not None:
            _close(zones, body)
            zones.extend(attached[0])
            at, signed = attached[1], False
        elif signed and not body and (head := _second_letterhead(lines[at])) is not None:
            zones.append(head)
            at += 1
        elif opens_back(lines, at):
            _close(zones, body)
            back = read_back(lines, at)
            if not back.matter:  # cannot happen while both agree; never loop on it
                body.append(lines[at])
                at += 1
                continue
            zones.append(MatterZone(tuple(back.matter)))
            at, signed = back.end, True
        else:
            body.append(lines[at])
            at += 1
    _close(zones, body)
    return zones


def _second_letterhead(line: Line) -> MatterZone | None:
    """The letterhead that a regulation or appendix repeats above its own name."""
    parts = None if line.table_row else head_parts(line.text)
    return MatterZone(tuple(MatterLine(role, text, line.page) for role, text in parts)) if parts else None


def _close(zones: list[Zone], body: list[Line]) -> None:
    if body:
        zones.append(Body(tuple(body)))
        body.clear()


def _open_tables(lines: Sequence[Line]) -> list[Line]:
    """Turn table rows that hold a letterhead into lines of their own."""
    out: list[Line] = []
    for number, line in enumerate(lines):
        if line.table_row and number < _TABLE_HEAD:
            cells = split_cells([line])
            known = [head_parts(cell.text, after_body=True) or kind_line(cell.text) for cell in cells]
            sure = any(parts and any(role in ("motto", "number", "place_date") for role, _ in parts)
                       for cell in cells if (parts := head_parts(cell.text)))  # fmt: skip
            if (sure or (known and all(known) and len(cells) > 1)) and any(known):
                out.extend(cells)
                continue
        out.append(line)
    return out


def _read_attachment(lines: Sequence[Line], at: int, *, signed: bool) -> tuple[list[Zone], int] | None:
    """The head of an attachment at line `at`, with the line after it; None where there is none.

    `signed`: a signature or the recipients stand right before, so that a kind alone ("ĐỀ CƯƠNG",
    "QUY CHẾ") opens an attachment too.
    """
    line = lines[at]
    if line.table_row or bullet_mark(line.text):
        return None
    size = attachment_label(line.text)
    if size is None and not (signed and _kind_opens(lines, at)):
        return None
    label = line.text[: size or 0].strip()
    rest = line.text[size or 0 :].strip(" .:-–")
    titles, notes, end = _attachment_title(
        lines, at + 1, has_title=size is not None and bool(rest) and not is_note(rest), first=line
    )
    if size is None:
        label, rest = "", line.text
    if size is not None and not rest and not titles and not notes and not _stands_alone(lines, at):
        return None
    title = " ".join(part for part in [rest, *(one.text for one in titles)] if part)
    zones: list[Zone] = []
    if not notes or notes[0] > at + len(titles):
        text = "\n".join([line.text, *(one.text for one in titles)])
        zones.append(Attachment(label, title, text, line.page))
        matter = [MatterLine("attachment_note", lines[note].text, lines[note].page) for note in notes]
    else:
        zones.append(Attachment(label, title, line.text, line.page))
        matter = [
            MatterLine(
                "attachment_note" if number in notes else "title", lines[number].text, lines[number].page
            )
            for number in range(at + 1, end)
        ]
    if matter:
        zones.append(MatterZone(tuple(matter)))
    return zones, end


def _attachment_title(
    lines: Sequence[Line], at: int, *, has_title: bool, first: Line
) -> tuple[list[Line], list[int], int]:
    """Title lines and numbers of note lines after the label of an attachment, and where they end."""
    titles: list[Line] = []
    notes: list[int] = []
    open_note = False
    while at < len(lines) and len(titles) + len(notes) < 12:
        line, text = lines[at], lines[at].text
        if open_note:
            notes.append(at)
            open_note = ")" not in text
        elif line.table_row:
            break
        elif is_note(text) or (text.startswith("(") and text.endswith(")") and notes):
            notes.append(at)
            open_note = text.startswith("(") and ")" not in text
        elif _is_title_line(line, first, titles, has_title=has_title, lines=lines, at=at):
            titles.append(line)
        else:
            break
        at += 1
    return titles, notes, at


def _is_title_line(
    line: Line, first: Line, titles: list[Line], *, has_title: bool, lines: Sequence[Line], at: int
) -> bool:
    text = line.text
    if readings(text) or bullet_mark(text) or text.endswith((".", ";", ":")) or len(text) > 400:
        return False
    if (
        attachment_label(text) is not None
        or authority(text)
        or is_recipients_head(text)
        or is_separator(text)
    ):
        return False
    if is_caps(text) or line.block == first.block:
        return True
    if titles or has_title:
        before = titles[-1] if titles else first
        return text[:1].islower() or (line.marked and before.marked and before.bold == line.bold)
    if line.marked:
        return True
    after = lines[at + 1].text if at + 1 < len(lines) else ""
    return len(text) < 200 and bool(
        is_note(after) or readings(after) or (lines[at + 1 : at + 2] and lines[at + 1].table_row)
    )


def _kind_opens(lines: Sequence[Line], at: int) -> bool:
    """A kind in capitals after the signature, or any capitals with a note "(Kèm theo…)" below."""
    line = lines[at]
    if not (is_caps(line.text) or line.marked) or readings(line.text) or is_body_name(line.text):
        return False
    if kind_line(line.text, marked=line.marked) is not None:
        return True
    return is_caps(line.text) and any(is_note(after.text) for after in lines[at + 1 : at + 5])


def _stands_alone(lines: Sequence[Line], at: int) -> bool:
    """A bare "Phụ lục 1" without title must be followed by something that a section could hold."""
    return at + 1 < len(lines)
