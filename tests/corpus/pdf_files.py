"""PDF files for tests, written object by object so that every place on a page is known.

Every character of the one font is half as wide as its size; codes are Unicode, so any letter can be
printed. Coordinates are those of PDF: points from the lower left corner of an A4 page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

LEFT, RIGHT, TOP = 85.0, 540.0, 780.0
INDENT = 36.0
STEP = 18.0
SIZE = 13.0

_RANGES = "".join(
    f"{n} beginbfrange\n"
    + "".join(f"<{hi:02X}00> <{hi:02X}FF> <{hi:02X}00>\n" for hi in block)
    + "endbfrange\n"
    for block in (range(0, 100), range(100, 200), range(200, 216))
    for n in (len(block),)
)
_TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n" + _RANGES + "endcmap end end"
)


def width(text: str, size: float = SIZE) -> float:
    """How wide the font sets a text."""
    return len(text) * size / 2


@dataclass
class Sheet:
    """A page under construction; `y` is where the next line of `prose` goes."""

    ops: list[str] = field(default_factory=list)
    y: float = TOP
    box: tuple[float, float] = (595.0, 842.0)
    images: bool = False
    rotate: int = 0

    def text(self, x: float, y: float, text: str, *, size: float = SIZE, bold: bool = False,
             matrix: str = "1 0 0 1", mode: int = 0) -> None:  # fmt: skip
        """Print a text with its first letter at a place."""
        code = text.encode("utf-16-be").hex()
        font = "B" if bold else "R"
        self.ops.append(f"BT {mode} Tr /{font} {size} Tf {matrix} {x:.2f} {y:.2f} Tm <{code}> Tj ET")

    def centred(
        self, text: str, *, bold: bool = False, size: float = SIZE, middle: float | None = None
    ) -> None:
        """Print a line around the middle of the column and go on below."""
        middle = (LEFT + RIGHT) / 2 if middle is None else middle
        self.text(middle - width(text, size) / 2, self.y, text, bold=bold, size=size)
        self.y -= STEP

    def line(self, text: str, *, x: float = LEFT, right: float | None = None, bold: bool = False,
             size: float = SIZE) -> None:  # fmt: skip
        """Print a line; with `right` its words are spread up to there, each on its own."""
        words = text.split(" ")
        space = size / 2
        if right is not None and len(words) > 1:
            space = (right - x - sum(width(word, size) for word in words)) / (len(words) - 1)
        for word in words:
            self.text(x, self.y, word, bold=bold, size=size)
            x += width(word, size) + space
        self.y -= STEP

    def prose(self, text: str, *, indent: float = INDENT, left: float = LEFT, right: float = RIGHT,
              bold: bool = False, gap: float = 4.0, cut: bool = False) -> None:  # fmt: skip
        """Print a justified paragraph. `cut`: it goes on on the next page, so its last line is full."""
        lines = wrap(text, right - left, indent)
        for number, line in enumerate(lines):
            full = number + 1 < len(lines) or cut
            self.line(line, x=left + (0 if number else indent), right=right if full else None, bold=bold)
        self.y -= gap

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a line."""
        self.ops.append(f"0.5 w {x0} {y0} m {x1} {y1} l S")

    def table(self, rows: Sequence[Sequence[str]], xs: Sequence[float], height: float = 22.0) -> None:
        """Draw a table with lines around every cell; "\n" parts the lines of a cell."""
        top = self.y + 14
        y = top
        for row in rows:
            lines = max(cell.count("\n") + 1 for cell in row)
            for x, cell in zip(xs, row, strict=False):
                for number, part in enumerate(cell.split("\n")):
                    self.text(x + 4, y - 15 - number * 14, part, size=11)
            self.rule(xs[0], y, xs[-1], y)
            y -= height + 14 * (lines - 1)
        self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, top, x, y)
        self.y = y - STEP

    def picture(self, x: float, y: float, wide: float, high: float) -> None:
        """Draw the one picture there is."""
        self.images = True
        self.ops.append(f"q {wide} 0 0 {high} {x} {y} cm /I Do Q")


def wrap(text: str, room: float, indent: float, size: float = SIZE) -> list[str]:
    """Lines of a paragraph, filled word by word."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size) > room - (0 if lines else indent) and line:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def pdf(sheets: Iterable[Sheet], *, trailer: str = "", extra: Sequence[str] = (), catalog: str = "") -> bytes:
    """Bytes of a file with these pages. `extra` are whole objects after the pages'."""
    objects: list[bytes] = []

    def put(body: str | bytes) -> int:
        objects.append(body if isinstance(body, bytes) else body.encode("latin-1"))
        return len(objects)

    def stream(head: str, data: bytes) -> bytes:
        return f"<< {head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"

    put("")  # catalog
    put("")  # pages
    unicode = put(stream("", _TO_UNICODE.encode()))
    fonts = ""
    for key, name in (("R", "TimesNewRomanPSMT"), ("B", "TimesNewRomanPS-BoldMT")):
        weight = 700 if key == "B" else 400
        described = put(
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
            f"/Ascent 891 /Descent -216 /CapHeight 700 /StemV 80 /FontWeight {weight} >>"
        )
        child = put(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /FontDescriptor {described} 0 R "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>"
        )
        font = put(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            f"/DescendantFonts [{child} 0 R] /ToUnicode {unicode} 0 R >>"
        )
        fonts += f"/{key} {font} 0 R "
    grey = "/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    image = put(stream(f"/Type /XObject /Subtype /Image {grey}", b"\x80"))
    kids = []
    for sheet in sheets:
        content = put(stream("", "\n".join(sheet.ops).encode()))
        wide, high = sheet.box
        kids.append(put(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide} {high}] /Rotate {sheet.rotate} "
            f"/Contents {content} 0 R /Resources << /Font << {fonts}>> /XObject << /I {image} 0 R >> >> >>"
        ))  # fmt: skip
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>".encode()
    for body in extra:
        put(body)
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    out += (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return bytes(out)
