"""Pages of a PDF taken out of pdfium: characters with their boxes, ruling lines, pictures.

Only its text and path functions are called: no scripts run, no forms are filled, nothing embedded
is opened. Runs inside the limited process (see `corpus.read.sandbox`).
"""

import ctypes
import math
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from corpus.errors import ReadError
from corpus.read.legacy import from_font
from corpus.read.pdf.glyphs import Frame, Glyph, Page, Rule, Turn, turned

__all__ = ["Pdf", "open_pdf", "read_page"]

_MOST_GLYPHS = 60_000
"""Of a page: a page of fine print has 8,000."""

_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 4_000
_Handle = Any
"""A pointer of pdfium's: document, page, text, object."""

_THIN = 3.0
"""A filled box thinner than this is a line, points."""

_SHORTEST = 4.0
_HEIGHT = 1.1
"""From the lowest to the highest stroke, in nominal sizes; what fonts say themselves varies."""

_LEAST_SIZE = 2.5
"""Nobody can read smaller letters: they are left-overs of the program that wrote the file."""

_PASSWORD = 4
_INVISIBLE_MODE = 3
_OLD_FONT = re.compile(rb"(?:[A-Z]{6}\+)?(\.Vn\w+|VNI-\w+)", re.IGNORECASE)
"""Fonts that draw Vietnamese letters for codes of Western ones (TCVN3, VNI)."""

_HYPHEN = 2
"""What pdfium gives for a hyphen at the end of a line."""


class Pdf:
    """An open document. pdfium reads on from `data`, which must live as long as the handle."""

    def __init__(self, data: bytes, handle: _Handle) -> None:
        self.data = data
        self.handle = handle

    @property
    def pages(self) -> int:
        """How many pages it says it has."""
        return int(pdfium.FPDF_GetPageCount(self.handle))


def open_pdf(data: bytes) -> Pdf:
    """Open the bytes of a PDF; it stays open as long as the process. Raises `ReadError`."""
    pdfium.FPDF_InitLibrary()
    handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if handle:
        return Pdf(data, handle)
    if pdfium.FPDF_GetLastError() == _PASSWORD:
        raise ReadError(
            "tệp PDF có mật khẩu; hãy mở bằng mật khẩu, in lại thành PDF không khóa rồi thêm lại."
        )
    raise ReadError("tệp PDF hỏng, không mở được; hãy mở bằng phần mềm khác, lưu lại rồi thêm lại.")


def read_page(document: Pdf, index: int) -> Page | None:
    """The page at `index` from 0; None where it cannot be loaded."""
    handle = pdfium.FPDF_LoadPage(document.handle, index)
    if not handle:
        return None
    text = pdfium.FPDFText_LoadPage(handle)
    try:
        box = _page_box(handle)
        rules, pictured = _drawn(handle, box)
        page = Page(index + 1, [], pictured)
        frames = _frames(text, box, page) if text else {}
        for turn, frame in frames.items():
            frame.rules = [Rule(*turned(turn, rule)) for rule in rules]
        page.frames = sorted(frames.values(), key=lambda frame: -len(frame.glyphs))
        return page
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(handle)


_Box = tuple[float, float, float, float]


def _page_box(handle: _Handle) -> _Box:
    values = [ctypes.c_float() for _ in range(4)]
    for get in (pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
        if get(handle, *values):
            left, bottom, right, top = (value.value for value in values)
            if right - left > 1 and top - bottom > 1:
                return left, bottom, right, top
    return 0.0, 0.0, 595.0, 842.0


def _frames(text: _Handle, box: _Box, page: Page) -> dict[Turn, Frame]:
    seen, unseen = _Collector(box), _Collector(box)
    broken = _collect(text, seen, unseen)
    page.hidden = unseen.letters > 4 * seen.letters
    taken = unseen if page.hidden else seen
    page.letters = taken.letters
    page.broken = broken / max(1, broken + taken.letters)
    return taken.frames


class _Collector:
    """Characters by direction."""

    def __init__(self, box: _Box) -> None:
        self.box = box
        self.frames: dict[Turn, Frame] = {}
        self.letters = 0

    def put(
        self, glyph: tuple[str, float, bool], turn: Turn, loose: _Box, origin: tuple[float, float]
    ) -> Glyph:
        """Take a character in; returns it as it stands in its frame."""
        text, size, bold = glyph
        left, _, right, _ = turned(turn, loose)
        _, base, _, _ = turned(turn, (*origin, *origin))
        frame = self.frames.get(turn)
        if frame is None:
            sides = turned(turn, self.box)
            frame = self.frames[turn] = Frame(turn, sides[1], sides[3], sides[0], sides[2])
        self.letters += text.isalnum()
        placed = Glyph(text, left, right, base, size, bold)
        frame.glyphs.append(placed)
        return placed


def _collect(text: _Handle, seen: _Collector, unseen: _Collector) -> int:
    """Sort all characters of a page; how many of them stand for no letter that can be told."""
    left_edge, bottom_edge, right_edge, top_edge = seen.box
    rect, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    known: dict[int, _Style] = {}
    broken = 0
    open_ = _Open()
    for index in range(min(pdfium.FPDFText_CountChars(text), _MOST_GLYPHS)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in (10, 13, 0xFFFE, 0xFFFF):
            continue
        if code == 32 and pdfium.FPDFText_IsGenerated(text, index):
            continue
        if code in (0, 0xFFFD) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            broken += 1
            continue
        broken += 0xE000 <= code < 0xF000 and not 0xF020 <= code <= 0xF0FF
        if not pdfium.FPDFText_GetLooseCharBox(text, index, rect):
            continue
        if not (left_edge - 5 < rect.left < right_edge + 5 and bottom_edge - 5 < rect.bottom < top_edge + 5):
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        item = pdfium.FPDFText_GetTextObject(text, index)
        name = ctypes.addressof(item.contents) if item else 0
        style = known.get(name)
        if style is None:
            style = known[name] = _style(text, index, item)
        bold, turn, hidden, size, font = style
        if size < _LEAST_SIZE:
            continue
        char = "-" if code == _HYPHEN else chr(code)
        box = (rect.left, rect.bottom, rect.right, rect.top)
        if font and open_.completed_by(char, font, box, turn):
            continue
        drawn = from_font(char, font) if font else char
        glyph = (unseen if hidden else seen).put((drawn, size, bold), turn, box, (x.value, y.value))
        open_.last = (char, glyph) if font else None
    return broken


class _Open:
    """The last letter in a VNI font, which the next character may complete: accents come after it there."""

    def __init__(self) -> None:
        self.last: tuple[str, Glyph] | None = None

    def completed_by(self, char: str, font: str, box: _Box, turn: Turn) -> bool:
        """Is the character only an accent of the letter before? Then it is put on."""
        if self.last is None or not font.lower().startswith("vni-"):
            return False
        raw, glyph = self.last
        both = from_font(raw + char, font)
        if len(both) != 1:
            return False
        glyph.text, glyph.right = both, max(glyph.right, turned(turn, box)[2])
        self.last = None
        return True


_Style = tuple[bool, Turn, bool, float, str]


def _style(text: _Handle, index: int, item: _Handle) -> _Style:
    """Boldness, direction, invisibility, size and old font of the text object that a character is in."""
    angle = math.degrees(pdfium.FPDFText_GetCharAngle(text, index)) % 360
    turn = int(angle / 90 + 0.5) % 4 * 90
    mode = pdfium.FPDFTextObj_GetTextRenderMode(item) if item else 0
    bold = pdfium.FPDFText_GetFontWeight(text, index) >= 600 or mode == 2
    old = ""
    if item:
        name = ctypes.create_string_buffer(128)
        pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(item), name, 128)
        bold = bold or any(word in name.value.lower() for word in (b"bold", b"black", b"heavy", b"demi"))
        found = _OLD_FONT.match(name.value)
        old = found[1].decode() if found else ""
    matrix = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    size = _HEIGHT * abs(pdfium.FPDFText_GetFontSize(text, index)) * math.hypot(matrix.c, matrix.d)
    return bold, turn, mode == _INVISIBLE_MODE, size if 0.5 < size < 1_000 else 12.0, old


def _drawn(handle: _Handle, box: _Box) -> tuple[list[_Box], float]:
    """Ruling lines of a page, and the share of it that its largest pictures cover."""
    rules: list[_Box] = []
    area = (box[2] - box[0]) * (box[3] - box[1])
    pictured = 0.0
    for at in range(min(pdfium.FPDFPage_CountObjects(handle), _MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(handle, at)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH and len(rules) < _MOST_OBJECTS:
            rules.extend(_rules(item, area))
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_SHADING):
            bounds = _bounds(item)
            if bounds is not None:
                width = min(bounds[2], box[2]) - max(bounds[0], box[0])
                height = min(bounds[3], box[3]) - max(bounds[1], box[1])
                pictured += max(0.0, width) * max(0.0, height) / area
    return rules, min(1.0, pictured)


def _bounds(item: _Handle) -> _Box | None:
    values = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *values):
        return None
    left, bottom, right, top = (value.value for value in values)
    return (left, bottom, right, top) if all(map(math.isfinite, (left, bottom, right, top))) else None


def _rules(item: _Handle, area: float) -> Iterator[_Box]:
    bounds = _bounds(item)
    if bounds is None:
        return
    left, bottom, right, top = bounds
    stroked, seen = _drawn_how(item)
    if not seen:
        return
    if top - bottom <= _THIN or right - left <= _THIN:
        yield from _line(left, bottom, right, top)
    elif stroked and (right - left) * (top - bottom) < 0.9 * area:
        points = list(_points(item))
        for (x0, y0), (x1, y1) in points:
            if abs(x0 - x1) < 1 or abs(y0 - y1) < 1:
                yield from _line(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _drawn_how(item: _Handle) -> tuple[bool, bool]:
    """Whether a path has an outline, and whether it can be seen: white boxes lie under many texts."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    get = pdfium.FPDFPageObj_GetStrokeColor if stroke.value else pdfium.FPDFPageObj_GetFillColor
    if not (stroke.value or fill.value):
        return False, False
    colours = [ctypes.c_uint() for _ in range(4)]
    white = bool(get(item, *colours)) and min(colour.value for colour in colours[:3]) > 245
    return bool(stroke.value), not white and colours[3].value > 0


def _line(left: float, bottom: float, right: float, top: float) -> Iterator[_Box]:
    """A thin box as the line through its middle."""
    if right - left >= max(top - bottom, _SHORTEST):
        middle = (bottom + top) / 2
        yield left, middle, right, middle
    elif top - bottom >= _SHORTEST:
        middle = (left + right) / 2
        yield middle, bottom, middle, top


_Point = tuple[float, float]


def _points(item: _Handle) -> Iterator[tuple[_Point, _Point]]:
    """Straight segments of a path, in coordinates of the page."""
    matrix = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    here = start = (0.0, 0.0)
    for number in range(min(pdfium.FPDFPath_CountSegments(item), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield here, point
        here = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield here, start
