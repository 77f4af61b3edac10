"""Where the picture of a page comes from: a page of a PDF drawn by pdfium, or a picture file.

Runs inside the limited process; pdfium and Pillow are imported there and nowhere else.
"""

import ctypes
import io
import math
from typing import Protocol

import numpy as np

from corpus.errors import ReadError
from corpus.read.scan.picture import Grey
from corpus.read.sniff import PDF_START

__all__ = ["DOTS_PER_INCH", "Canvas", "count_pictures", "open_canvas"]

DOTS_PER_INCH = 200.0
_LONGEST, _SHORTEST = 3_400, 1_700
"""Pixels of a page's longer side: A3 at 200 dots per inch; A4 at less than 150 cannot be read."""

_MOST_PIXELS = 80_000_000
"""Of a picture file, before it is made smaller: a camera takes 50 million."""

_MOST_PICTURES = 500
"""Pages of one .tif."""

_FORMATS = ("PNG", "JPEG", "TIFF")


class Canvas(Protocol):
    """A page that can be drawn turned by any angle."""

    dots_per_inch: float

    def draw(self, turn: float) -> Grey:
        """The page in grey on white, turned clockwise by so many degrees."""


def open_canvas(data: bytes, page: int) -> Canvas:
    """The page at `page` from 0. Raises `ReadError` where it cannot be opened."""
    return _PdfPage(data, page) if PDF_START in data[:1024] else _Picture(data, page)


class _PdfPage:
    """A page of a PDF."""

    def __init__(self, data: bytes, page: int) -> None:
        import pypdfium2.raw as pdfium

        from corpus.read.pdf.pages import open_pdf

        self._pdfium = pdfium
        self._document = open_pdf(data)
        self._page = pdfium.FPDF_LoadPage(self._document.handle, page)
        if not self._page:
            raise ReadError("trang hỏng, không mở được.")
        self._size = pdfium.FPDF_GetPageWidthF(self._page), pdfium.FPDF_GetPageHeightF(self._page)
        longest = max(self._size)
        if not 1 <= min(self._size) <= longest < math.inf:
            raise ReadError("trang có khổ giấy không vẽ ra được.")
        pixels = min(max(longest * DOTS_PER_INCH / 72, _SHORTEST), _LONGEST)
        self.dots_per_inch = 72 * pixels / longest

    def draw(self, turn: float) -> Grey:
        """The page, without notes and form fields.

        Drawn twice as large and averaged: pdfium picks single pixels of a turned picture, and accents
        get lost between them.
        """
        large = self._drawn(turn, 2 * self.dots_per_inch / 72)
        rows, columns = (size // 2 * 2 for size in large.shape)
        quarters = large[:rows, :columns].astype(np.uint16).reshape(rows // 2, 2, columns // 2, 2)
        small: Grey = ((quarters.sum(axis=(1, 3), dtype=np.uint16) + 2) // 4).astype(np.uint8)
        return small

    def _drawn(self, turn: float, scale: float) -> Grey:
        pdfium = self._pdfium
        wide, high = self._size
        cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        sideways = abs(sin) > 0.7
        columns, rows = (max(1, round(scale * side)) for side in ((high, wide) if sideways else (wide, high)))
        a, b, c, d = scale * cos, scale * sin, -scale * sin, scale * cos
        # Around its middle: what the turn moves out of the picture are the edges of the paper.
        e = columns / 2 - a * wide / 2 - c * high / 2
        f = rows / 2 - b * wide / 2 - d * high / 2
        bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, pdfium.FPDFBitmap_Gray, None, 0)
        if not bitmap:
            raise ReadError("trang có khổ giấy không vẽ ra được.")
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmapWithMatrix(
                bitmap, self._page, pdfium.FS_MATRIX(a, b, c, d, e, f),
                pdfium.FS_RECTF(0, 0, columns, rows), pdfium.FPDF_GRAYSCALE,
            )  # fmt: skip
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            buffer = pdfium.FPDFBitmap_GetBuffer(bitmap)
            raw = ctypes.string_at(buffer, stride * rows)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
        return np.frombuffer(raw, np.uint8).reshape(rows, stride)[:, :columns]


class _Picture:
    """A page of a picture file: .png, .jpg, .tif."""

    def __init__(self, data: bytes, page: int) -> None:
        from PIL import Image, ImageOps

        with _opened(data) as image:
            image.seek(page)
            image.draft("L", (_LONGEST, _LONGEST))
            upright = ImageOps.exif_transpose(image)
            if "A" in upright.getbands() or "transparency" in upright.info:
                paper = Image.new("RGBA", upright.size, "white")
                paper.alpha_composite(upright.convert("RGBA"))
                upright = paper
            grey = upright.convert("L")
        longest = max(grey.size)
        pixels = min(max(longest, _SHORTEST), _LONGEST)
        if pixels != longest:
            wide, high = (max(1, round(side * pixels / longest)) for side in grey.size)
            grey = grey.resize((wide, high))
        self._image = grey
        # What pictures say of their resolution is often wrong; pages are mostly A4.
        self.dots_per_inch = pixels / 11.69

    def draw(self, turn: float) -> Grey:
        """The picture."""
        from PIL import Image

        image = self._image
        if abs(turn) > 0.01:
            exact = turn % 90 == 0
            how = Image.Resampling.NEAREST if exact else Image.Resampling.BICUBIC
            image = image.rotate(-turn, how, expand=abs(math.sin(math.radians(turn))) > 0.7, fillcolor=255)
        return np.asarray(image, np.uint8)


def count_pictures(data: bytes) -> int:
    """How many pages a picture file has. Raises `ReadError` where it cannot be opened or is too large."""
    with _opened(data) as image:
        return min(int(getattr(image, "n_frames", 1)), _MOST_PICTURES)


def _opened(data: bytes):  # type: ignore[no-untyped-def]  # noqa: ANN202 - Pillow's own class, imported late
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # looked at right below, with a message of ours
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ReadError("tệp ảnh hỏng, không mở được; hãy quét hoặc chụp lại.") from error
    if image.width * image.height > _MOST_PIXELS:
        raise ReadError(
            f"ảnh quá lớn ({image.width} × {image.height} điểm ảnh); "
            "hãy thu nhỏ xuống dưới 80 triệu điểm ảnh."
        )
    return image
