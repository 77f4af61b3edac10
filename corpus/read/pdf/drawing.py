"""One page of a PDF drawn as a picture, to be looked at beside the text that was read from it.

Runs inside the limited process (see `corpus.read.sandbox`). Only what is printed is drawn: no
scripts run, no forms are filled, nothing embedded is opened.
"""

import base64
import ctypes
import io

import pypdfium2.raw as pdfium

from corpus.errors import ReadError
from corpus.read.pdf.pages import open_pdf

__all__ = ["draw_page"]

_TALLEST = 3.0
"""Heights in widths that are drawn of a page; a longer one (a roll, a hostile one) is drawn narrower."""

_QUALITY = 82
_COLOURED = 24
"""How far the channels of a pixel lie apart where it is seen as coloured (a stamp, a signature)."""


def draw_page(data: bytes, *, page: int, width: int) -> dict[str, object]:
    """Page number `page` (from 1), `width` pixels wide, as a JPEG in base64 under "picture".

    Raises `ReadError` where there is no such page or it cannot be drawn.
    """
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
    return {"picture": base64.b64encode(_jpeg(pixels, width, height, stride)).decode("ascii")}


def _jpeg(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    from PIL import Image, ImageChops

    image = Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", stride, 1)
    red, green, blue = image.resize((max(1, width // 4), max(1, height // 4))).split()
    apart = max(ImageChops.difference(*pair).getextrema()[1] for pair in ((red, green), (green, blue)))
    if apart < _COLOURED:
        image = image.convert("L")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
