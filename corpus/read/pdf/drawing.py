"""One page of a PDF or of scanned pictures, drawn to be looked at beside the text that was read from it.

Runs inside the limited process (see `corpus.read.sandbox`). Only what is printed is drawn: no
scripts run, no forms are filled, nothing embedded is opened.
"""

import base64
import ctypes
import io

import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageOps

from corpus.errors import ReadError
from corpus.read.pdf.pages import open_pdf
from corpus.read.sniff import PDF_START

__all__ = ["draw"]

_TALLEST = 3.0
"""Heights in widths that are drawn of a page; a longer one (a roll, a hostile one) is drawn narrower."""

_QUALITY = 82
_COLOURED = 24
"""How far the channels of a pixel lie apart where it is seen as coloured (a stamp, a signature)."""

_LEAST_COLOURED = 0.0005
"""Share of such pixels from which a picture keeps its colours, for three times the bytes."""


def draw(data: bytes, *, page: int, width: int) -> dict[str, object]:
    """Page number `page` (from 1), `width` pixels wide, as a JPEG in base64 under "picture".

    Raises `ReadError` where there is no such page or it cannot be drawn.
    """
    drawn = _page_of_pdf(data, page, width) if PDF_START in data[:1024] else _picture(data, page, width)
    return {"picture": base64.b64encode(drawn).decode("ascii")}


def _page_of_pdf(data: bytes, page: int, width: int) -> bytes:
    document = open_pdf(data)
    handle = pdfium.FPDF_LoadPage(document.handle, page - 1) if 1 <= page <= document.pages else None
    if not handle:
        raise ReadError("trang này không mở được; hãy tải tệp gốc về để xem.")
    wide, high = pdfium.FPDF_GetPageWidthF(handle), pdfium.FPDF_GetPageHeightF(handle)
    ratio = high / wide if wide > 1 and high > 1 else 1.414
    if ratio > _TALLEST:
        width = max(1, int(width * _TALLEST / ratio))
    height = max(1, round(width * ratio))
    bitmap = pdfium.FPDFBitmap_Create(width, height, 0)
    if not bitmap:
        raise ReadError("trang này quá lớn để vẽ; hãy tải tệp gốc về để xem.")
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
    pdfium.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    return _jpeg(Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", stride, 1))


def _picture(data: bytes, page: int, width: int) -> bytes:
    """A scanned picture; those that hold several pages (TIFF) are counted from 1."""
    try:
        image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
        image.seek(page - 1)
        upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, EOFError, ValueError, Image.DecompressionBombError) as error:
        raise ReadError("trang này không mở được; hãy tải tệp gốc về để xem.") from error
    height = min(round(width * upright.height / upright.width), round(width * _TALLEST))
    return _jpeg(upright.resize((width, max(1, height))))


def _jpeg(image: Image.Image) -> bytes:
    small = image.resize((max(1, image.width // 4), max(1, image.height // 4)))
    red, green, blue = small.split()
    coloured = max(
        sum(ImageChops.difference(*pair).histogram()[_COLOURED:]) for pair in ((red, green), (green, blue))
    )
    if coloured < _LEAST_COLOURED * small.width * small.height:
        image = image.convert("L")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
