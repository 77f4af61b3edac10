"""Light markup taken off: emphasis, inline tags, links, escapes. What it said is kept beside.

Plans that reach us as .txt are often exports with Markdown marks in them, so this serves both .txt
and .md. It is conservative: a mark that has no partner stays, because official texts use asterisks,
number signs and underscores of their own ("(*) Ghi chú", "*" under a Party letterhead, "____" in a
form).
"""

import itertools
import re
from dataclasses import dataclass

__all__ = ["BREAK", "LABEL", "PART", "Marked", "heading", "raised", "strip_marks", "unquoted"]

BREAK = "\v"
"""Stands for an explicit line break (`<br>`) in the text that `strip_marks` returns."""

PART = "\x1e"
"""Stands where two bold spans touch and the second opens with a label: two heads on one line."""

LABEL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|[IVXLC]{1,7}[.)]|[a-zđ]\)|Điều\s+\d+)\s*\S")

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(?=[^\s#])")
_QUOTE = re.compile(r" {0,3}(?:> ?)+(?=[^\W\d_]|[*#“\"(-])")
_HEADING_END = re.compile(r" #+$")
_BREAK_TAG = re.compile(r"[ \t]*<br\s*/?>[ \t]*", re.IGNORECASE)
_SUPERSCRIPT = re.compile(r"<sup>([^<]{0,200})</sup>", re.IGNORECASE)
_PAIRED_TAG = re.compile(
    r"<(sub|b|i|u|em|strong|span|font|center|mark|small|p|div)(?:\s[^<>]{0,200})?>([^<>]*)</\1\s*>",
    re.IGNORECASE,
)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^()\s]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\((?:https?://|www\.|mailto:|\.{0,2}/|#)[^()\s]{0,2000}\)")
_NOTE_MARK = re.compile(r"\[\^(\w{1,20})\](:?)")
_ENTITY = re.compile(r"&(nbsp|amp|lt|gt|quot|#39|#160);")
_ENTITIES = {"nbsp": " ", "amp": "&", "lt": "<", "gt": ">", "quot": '"', "#39": "'", "#160": " "}
_ESCAPE = re.compile(r"\\([*_#`\[\]()<>~|\\+.!{}-])")
_RUN = re.compile(r"\*+|(?<!\w)_{1,2}(?=[^\W_]|[“\"(*])|(?<=[^\s_])_{1,2}(?!\w)")
_UNIT = re.compile(r"(?:\d|(?<!\w)(?:m|km|cm|dm|mm|hm|dam))$")

_LONGEST_SPAN = 5_000
_MOST_OPEN = 32  # both keep the search for a partner linear on hostile text

# Escaped marks are hidden from the scan as private-use characters and come back at the end.
_HIDE = 0xE000
_HIDDEN = {_HIDE + code: chr(code) for code in range(0x21, 0x7F)}


@dataclass(frozen=True, slots=True)
class Marked:
    """Text without its marks; `bold[i]` says whether character i was inside bold.

    `joined` holds the offsets of those line ends ("\\n") that lie inside one bold span.
    """

    text: str
    bold: bytes
    joined: frozenset[int]


def heading(line: str) -> tuple[int | None, str]:
    """Take a Markdown heading mark off a line: '### **III.** …' → (3, '**III.** …')."""
    match = _HEADING.match(line)
    if not match:
        return None, line
    return len(match[1]), _HEADING_END.sub("", line[match.end() :].rstrip())


def unquoted(line: str) -> str:
    """Take a Markdown quotation mark off a line: '> Điều 5' → 'Điều 5', but '> 50%' stays."""
    mark = _QUOTE.match(line)
    return line[mark.end() :] if mark else line


def strip_marks(text: str) -> Marked:
    """Take the marks off the lines of one chunk of text. The number of line ends stays the same."""
    if not re.search(r"[*_<\\&\[]", text):
        return Marked(text, bytes(len(text)), frozenset())
    text = _ESCAPE.sub(lambda match: chr(_HIDE + ord(match[1])), text)
    text = _uncommented(text)
    text = _BREAK_TAG.sub(BREAK, text)
    text = _SUPERSCRIPT.sub(_superscript, text)
    text = _tags(text)
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _NOTE_MARK.sub(r"[\1]", text)
    text = _ENTITY.sub(lambda match: _ENTITIES[match[1]], text)
    return _assemble(text, _pairs(text))


def _uncommented(text: str) -> str:
    """Take out `<!-- … -->`, keeping the line ends inside; one that is never closed stays."""
    pieces: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        pieces += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return "".join([*pieces, text[at:]])


def _superscript(match: re.Match[str]) -> str:
    return raised(match[1], match.string[max(0, match.start() - 4) : match.start()])


def raised(inside: str, before: str) -> str:
    """Plain form of superscript text that follows `before`.

    'm' + '2' → '2', a note mark 'chữ' + '1' → '[1]', 'CVTH' + 'Hậu' → ' Hậu'.
    """
    inside = inside.strip()
    if inside.isdigit():
        return inside if _UNIT.search(before) else f"[{inside}]"
    return f" {inside}" if len(inside) > 2 and before[-1:].isalnum() else inside


def _tags(text: str) -> str:
    for _ in range(4):  # innermost first; nobody nests deeper
        if "<" not in text:
            break
        text = _PAIRED_TAG.sub(_untagged, text)
    return text


def _untagged(match: re.Match[str]) -> str:
    inside = match[2]
    strong = match[1].lower() in ("b", "strong") and inside.strip()
    return f"**{inside.strip()}**" if strong else inside


@dataclass(slots=True)
class _Mark:
    """A piece of a run of asterisks or underscores that opens or closes a span."""

    start: int
    size: int


@dataclass(frozen=True, slots=True)
class _Pair:
    opening: _Mark
    closing: _Mark

    @property
    def bold(self) -> bool:
        return self.opening.size >= 2


def _pairs(text: str) -> list[_Pair]:
    """Match opening with closing marks; what finds no partner is left out and so stays text."""
    pairs: list[_Pair] = []
    stack: list[_Mark] = []
    for match in _RUN.finditer(text):
        start, size = match.start(), len(match[0])
        if size > 6:
            continue
        while size and (partner := _partner(text, stack, start, size)) is not None:
            mark = _Mark(start, stack[partner].size)
            pairs.append(_Pair(stack[partner], mark))
            del stack[partner:]
            start, size = start + mark.size, size - mark.size
        if size and _opens(text, match.start(), start, size):
            stack.append(_Mark(start, size))
            del stack[:-_MOST_OPEN]
    return pairs


def _partner(text: str, stack: list[_Mark], start: int, size: int) -> int | None:
    """Position in `stack` of the mark that a run at `start` closes."""
    before, after = text[start - 1 : start], text[start + size : start + size + 1]
    if before in ("", "\n") or before in "([“":
        return None
    for position in range(len(stack) - 1, -1, -1):
        mark = stack[position]
        if start - mark.start > _LONGEST_SPAN:
            return None
        if text[mark.start] != text[start] or mark.size > size:
            continue
        if mark.start + mark.size == start:  # nothing between them
            return None
        if mark.size == 1 and (before.isspace() or after.isalnum() or "\n" in text[mark.start : start]):
            continue  # bold is forgiven a space inside ("**Điều 1. **Phạm vi"): converters write that
        return position
    return None


def _opens(text: str, run: int, start: int, size: int) -> bool:
    if size > 3:
        return False
    after, before = text[start + size : start + size + 1], text[run - 1 : run] if run else "\n"
    if after == " " and size > 1:
        return before == "\n"
    if not after or after.isspace() or after in ").,;:!?]”%/":
        return False
    return size > 1 or not before.isalnum()


def _assemble(text: str, pairs: list[_Pair]) -> Marked:
    """Build the text without the matched marks, and note what was bold."""
    cuts: dict[int, int] = {}
    depth: dict[int, int] = {}
    seams: set[int] = set()
    closings = {pair.closing.start + pair.closing.size for pair in pairs if pair.bold}
    for pair in pairs:
        cuts[pair.opening.start] = pair.opening.size
        cuts[pair.closing.start] = pair.closing.size
        if pair.bold:
            inside = pair.opening.start + pair.opening.size
            depth[inside] = depth.get(inside, 0) + 1
            depth[pair.closing.start] = depth.get(pair.closing.start, 0) - 1
            if pair.opening.start in closings:
                seams.add(pair.opening.start)
    out: list[str] = []
    bold = bytearray()
    joined: set[int] = set()
    level = 0
    points = sorted({0, *cuts, *(start + length for start, length in cuts.items()), len(text)})
    for start, end in itertools.pairwise(points):
        level += depth.get(start, 0)
        if start in seams:
            seam = _seam(text, start, start + cuts[start])
            out.append(seam)
            bold += b"\0" * len(seam)
        if start in cuts:
            continue
        piece = text[start:end]
        if level:
            joined.update(len(bold) + offset for offset, char in enumerate(piece) if char == "\n")
        out.append(piece)
        bold += (b"\1" if level else b"\0") * len(piece)
    clean = "".join(out)
    return Marked(clean.translate(_HIDDEN), bytes(bold), frozenset(joined))


def _seam(text: str, closing_end: int, opening_end: int) -> str:
    """What stands between two bold spans that touch ('YÊU CẦU****1. Mục đích')."""
    if LABEL.match(text, opening_end):
        return PART
    before = text[:closing_end].rstrip("*")[-1:]
    return " " if before.isalnum() and text[opening_end : opening_end + 1].isalnum() else ""
