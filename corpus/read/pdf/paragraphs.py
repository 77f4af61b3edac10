"""Lines put together into paragraphs by how they are set: indents, gaps, filled lines, centring."""

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpus.clean import is_caps
from corpus.read.inline import boldness
from corpus.read.lines import is_item
from corpus.read.pdf.rows import Piece
from corpus.types import Block

__all__ = [
    "Habits",
    "Measure",
    "Paragraph",
    "goes_on_after",
    "habits_of",
    "joined",
    "measure_of",
    "paragraphs",
]

_ENDS = re.compile(r"[.;:!?…][\"”’»)\]]{0,2}$")
_CUT_NUMBER = re.compile(r"(?:^|[\s(])[^\s()]*\d[^\s()]*[/\-]$")
_DASH_IN_PROSE = re.compile(r"[-–—]\s+(?:[^\W\dA-ZĐ]|\d{4}\b)")
_DASH = re.compile(r"[-–—+*•]\s")
_CITED = re.compile(r"(?:Điều|Chương|Mục|Phần|Phụ lục)\s+[\dIVXL]+\s+[^\W\d_]|\d{1,3}(?:\.\d{3})+(?!\S*\.\s)")
"""A cited part, or an amount of money."""

_LONG = 20


@dataclass(frozen=True, slots=True)
class Measure:
    """Left and right edge of a column of text."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document sets its text. `leading`: from line to line, in heights of a character."""

    leading: float = 1.05
    indents: bool = True
    """Paragraphs begin with an indented line."""


@dataclass(slots=True)
class Paragraph:
    """Lines of one paragraph; `breaks`: they are lines of their own (a centred title)."""

    lines: list[Piece] = field(default_factory=list)
    aligned: Literal["center", "right"] | None = None
    breaks: bool = False

    @property
    def last(self) -> Piece:
        """Its last line."""
        return self.lines[-1]

    def block(self, page: int, *, continues: bool = False) -> Block:
        """What the reader gives for it."""
        text, flags = joined(self.lines, "\n" if self.breaks else " ")
        whole, lead = boldness(text, flags)
        return Block(text, page, bold=whole, bold_lead=lead, aligned=self.aligned, continues=continues)


def joined(lines: Sequence[Piece], glue: str = " ") -> tuple[str, bytes]:
    """Text of lines put together, and its flags; a number cut at its slash or hyphen gets no space."""
    text, flags = "", bytearray()
    for line in lines:
        if text and not (glue == " " and _CUT_NUMBER.search(text) and line.text[:1].isalnum()):
            text += glue
            flags += flags[-1:] or b"\0"
        text += line.text
        flags += line.flags
    return text, bytes(flags)


def measure_of(lines: Iterable[Piece]) -> Measure | None:
    """Edges of a column from its lines: where full lines begin and end. None without lines."""
    lines = list(lines)
    if not lines:
        return None
    long = [line for line in lines if len(line.text) >= _LONG] or lines
    rights = sorted(line.right for line in long)
    right = rights[min(len(rights) - 1, len(rights) * 19 // 20)]
    full = [line for line in long if line.right >= right - 0.5 * line.size]
    lefts = Counter(round(line.left) for line in full)
    usual = max(count for count in lefts.values())
    left = min(at for at, count in lefts.items() if count * 5 >= usual)
    exact = [line.left for line in full if round(line.left) == left]
    return Measure(statistics.median(exact), right)


def habits_of(columns: Sequence[tuple[Sequence[Piece], Measure]], known: Habits | None = None) -> Habits:
    """Habits of a document from its columns of lines; those of one page where the document's are `known`."""
    steps: Counter[int] = Counter()
    indented = flush = 0
    for lines, measure in columns:
        for before, line in itertools.pairwise(lines):
            step = (line.base - before.base) / max(line.size, 1.0)
            if 0.7 < step < 2.6:
                steps[round(step * 20)] += 1
            if _ENDS.search(before.text) and before.right < measure.right - 4 * line.size:
                if line.left > measure.left + 0.8 * line.size:
                    indented += 1
                else:
                    flush += 1
    if not steps or (known is not None and steps.total() < 6):
        return known or Habits()
    most = max(steps.values())
    leading = min(step for step, count in steps.items() if count * 3 >= most) / 20
    return Habits(leading, indented >= flush if known is None else known.indents)


def paragraphs(lines: Sequence[Piece], measure: Measure, habits: Habits) -> list[Paragraph]:
    """Paragraphs of one column on one page."""
    out: list[Paragraph] = []
    for line in lines:
        aligned = _aligned(line, measure)
        if out and _same(out[-1], line, aligned, measure, habits):
            last = out[-1].last
            centred = "center" in (aligned, out[-1].aligned) or (
                line.bold and last.bold and _about_one_middle(last, line)
            )
            out[-1].breaks = out[-1].breaks or centred
            out[-1].lines.append(line)
        else:
            out.append(Paragraph([line], aligned))
    return out


def _aligned(line: Piece, measure: Measure) -> Literal["center", "right"] | None:
    width = measure.right - measure.left
    left, right = line.left - measure.left, measure.right - line.right
    if left < 1.2 * line.size or width <= 0:
        return None
    shown = line.bold or is_caps(line.text) or len(line.text) < 12
    enough = 1.2 if shown and right > 1.2 * line.size else 4.0
    if abs(left - right) < max(0.03 * width, 0.6 * line.size) and left > enough * line.size:
        return "center"
    return "right" if left > 0.45 * width and right < 1.5 * line.size else None


def _same(before: Paragraph, line: Piece, aligned: str | None, measure: Measure, habits: Habits) -> bool:
    last = before.last
    step = (line.base - last.base) / line.size
    if not 0.82 < line.size / last.size < 1.22 or not 0.3 < step < 2.4:
        return False
    usual = habits.leading
    if len(before.lines) > 1:
        usual = (last.base - before.lines[-2].base) / last.size
    spaced = step > usual + 0.11
    full = last.right + line.first_width + 0.25 * line.size > measure.right
    if _about_one_middle(last, line) and not full:
        same = line.bold == last.bold and is_caps(line.text) == is_caps(last.text)
        return same and step < usual + 0.45 and not is_item(line.text) and (line.bold or aligned == "center")
    if "center" in (aligned, before.aligned):
        if aligned == before.aligned:
            same = line.bold == last.bold and is_caps(line.text) == is_caps(last.text)
            return same and step < usual + 0.45 and not is_item(line.text)
        alike = line.bold and last.bold and is_caps(line.text) == is_caps(last.text)
        return alike and not spaced and not is_item(line.text) and (full or before.aligned == "center")
    return _runs_on(before, line, measure, habits, full=full, spaced=spaced)


def _about_one_middle(last: Piece, line: Piece) -> bool:
    """Two lines centred on one another, wherever they stand."""
    middle = abs((last.left + last.right) - (line.left + line.right)) < 0.8 * line.size
    return middle and abs(last.left - line.left) > 0.6 * line.size


def _runs_on(  # noqa: PLR0911 - one rule a line
    before: Paragraph, line: Piece, measure: Measure, habits: Habits, *, full: bool, spaced: bool
) -> bool:
    last, near = before.last, 0.6 * line.size
    ended = bool(_ENDS.search(last.text))
    small = not ended and (line.text[:1].islower() or line.text[:1].isdigit())
    if is_item(line.text):
        flush = line.left < (last.left if len(before.lines) > 1 else measure.left) + near
        return full and not (ended or spaced) and _only_looks_like_item(line, habits, flush=flush)
    if not full:
        return small and not spaced
    if spaced and (ended or not small):
        # Where first lines are set in, one that is not goes on, a little lower than usual or not.
        return (
            not ended
            and habits.indents
            and line.left < measure.left + near
            and last.left > measure.left + near
        )
    if len(before.lines) > 1:
        return line.left < last.left + near or small
    if line.left > last.left + near:  # a hanging indent, or the first line of the next paragraph
        return is_item(last.text) or small
    if line.left < last.left - near:
        return True  # the indent of a first line is over
    set_in = last.left > measure.left + 0.8 * line.size
    return not (set_in and habits.indents) or small


def _only_looks_like_item(line: Piece, habits: Habits, *, flush: bool) -> bool:
    """A line that begins like an item but stands in mid-sentence: "theo khoản 2" / "Điều 5 Thông tư này"."""
    if _DASH_IN_PROSE.match(line.text) or _CITED.match(line.text):
        return flush
    return flush and habits.indents and not _DASH.match(line.text)


def goes_on_after(
    before: Paragraph, measure_before: Measure, line: Piece, measure: Measure, habits: Habits
) -> bool:
    """Does the first line of a page prove to go on the last paragraph of the page before?"""
    last = before.last
    if before.aligned is not None or _aligned(line, measure) is not None:
        return False
    if not 0.82 < line.size / last.size < 1.22:
        return False
    ended = bool(_ENDS.search(last.text))
    small = not ended and (line.text[:1].islower() or line.text[:1].isdigit())
    if last.right + line.first_width + 0.25 * line.size <= measure_before.right:
        return small and not is_item(line.text) and line.left < measure.left + line.size
    if is_item(line.text):
        flush = line.left < measure.left + 0.6 * line.size
        return not ended and _only_looks_like_item(line, habits, flush=flush)
    set_in = line.left - measure.left > 0.6 * line.size
    if len(before.lines) > 1:
        set_in = line.left - measure.left > last.left - measure_before.left + 0.6 * line.size
    if set_in:
        return small
    return not ended or line.text[:1].islower() or (habits.indents and len(last.text) > _LONG)
