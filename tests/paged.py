"""A document whose original is a PDF of three coloured pages, to be looked at beside its text."""

import dataclasses
import hashlib
import io

from factories import make_document
from PIL import Image, ImageDraw

from corpus.library import Library
from corpus.types import Document, PageReading

__all__ = ["COLOURS", "add_paged", "long_text"]

COLOURS = ("#d04040", "#40a040", "#4040d0")
TEXT = """
    # I. MỤC ĐÍCH
    ^1
    Nâng cao chất lượng đọc sách trong nhà trường.
    # II. NHIỆM VỤ
    ^2
    Sở Giáo dục và Đào tạo mở thư viện lưu động tại các xã.
    ^3
    Bố trí kinh phí hằng năm theo phân cấp.
"""


def add_paged(
    library: Library, text: str = TEXT, *, source: str = "bản quét.pdf", **more: object
) -> Document:
    """Add a document of three pages, recognised from a scan but for the first."""
    pages = []
    for number, colour in enumerate(COLOURS, 1):
        page = Image.new("RGB", (620, 877), "white")
        draw = ImageDraw.Draw(page)
        draw.rectangle((60, 60, 560, 300), fill=colour)
        draw.text((80, 330), f"{number} {text[:40]!r}", fill="black")
        pages.append(page)
    data = io.BytesIO()
    pages[0].save(data, "PDF", save_all=True, append_images=pages[1:])
    sha256 = hashlib.sha256(data.getvalue()).hexdigest()
    readings = (PageReading(1, "text"), PageReading(2, "ocr", 93.4), PageReading(3, "ocr", 71.0))
    document = dataclasses.replace(
        make_document(text, source=source, **more),
        id=sha256[:16],
        sha256=sha256,
        pages=3,
        page_readings=readings,
    )
    library.add(document, data.getvalue(), reading_version="test")
    return document


def long_text(chapters: int = 6, articles: int = 20, points: int = 8) -> str:
    """The description of a document with so many passages, for `make_document`."""
    lines = []
    for chapter in range(1, chapters + 1):
        lines.append(f"# Chương {chapter}. QUY ĐỊNH {chapter}")
        for article in range(1, articles + 1):
            lines.append(f"## Điều {chapter * 100 + article}. Việc {chapter}-{article}")
            lines += [f"Nội dung {chapter}-{article}-{point} của điều này." for point in range(points)]
    return "\n".join(lines)
