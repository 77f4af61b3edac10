"""Pages that are pictures of text: recognised one by one, several at the same time.

The outside: it hands pages to limited processes and gathers what they say. Only those import pdfium,
Pillow and numpy, and only they start Tesseract.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from typing import Any

from corpus.cores import cores
from corpus.errors import ReadError
from corpus.read.sandbox import Lent, Parser, lent, source_of
from corpus.read.scan.program import NoRecogniserError, tesseract
from corpus.types import SourceText

__all__ = ["PageProgress", "read_picture", "recognise"]

PageProgress = Callable[[int, int], None]
"""Told how many pages of a file were recognised, and of how many. May raise to stop the reading."""

_PAGE_SECONDS = 90.0
"""Wall clock for one page, which takes two to six; a busy machine needs three times as much."""

_GIVE_UP_AFTER = 4
"""Pages in a row that could not be recognised, after which a file is not looked at further."""

_ADVICE = "hãy quét lại rõ hơn, 200–300 điểm mỗi inch, rồi thêm lại"
_PAGE = Parser("corpus.read.scan.page", "recognise_page", "bản quét", _ADVICE, "numpy", _PAGE_SECONDS)
_COUNT = Parser("corpus.read.scan.page", "count_pages", "ảnh", _ADVICE, "numpy")
_PICTURES = Parser("corpus.read.pdf.parse", "parse_pictures", "ảnh", _ADVICE, "pypdfium2")
_UNREAD = "nhận dạng không được (trang quá nặng hoặc hỏng); " + _ADVICE + "."


def recognise(
    file: Lent, pages: Sequence[int], told: PageProgress | None = None
) -> tuple[dict[str, Any], str]:
    """What was recognised on these pages (from 1), by number, and why others could not be ("" if none).

    Never raises for want of a recogniser or for a bad page; what `told` raises goes through.
    """
    try:
        program = tesseract()
    except NoRecogniserError as error:
        return {}, str(error)
    arguments = {"command": program.command, "tessdata": program.tessdata}
    found: dict[str, Any] = {}
    failed = done = 0
    pool = ThreadPoolExecutor(min(cores(), len(pages)), thread_name_prefix="scan")
    try:
        if told:
            told(0, len(pages))
        waiting: dict[Future[dict[str, Any]], int] = {
            pool.submit(file.ask, _PAGE, arguments=arguments | {"page": page - 1}): page for page in pages
        }
        for future in as_completed(waiting):
            done += 1
            try:
                found[str(waiting[future])] = future.result()
                failed = 0
            except ReadError:
                failed += 1
            if failed >= _GIVE_UP_AFTER:
                break
            if told:
                told(done, len(pages))
    finally:
        pool.shutdown(cancel_futures=True)
    return found, "" if len(found) == len(pages) else _UNREAD


def read_picture(data: bytes, name: str, told: PageProgress | None = None) -> SourceText:
    """Read a picture of text (.png, .jpg, .tif with any number of pages). Raises `ReadError`."""
    with lent(data, name) as file:
        count = int(file.ask(_COUNT)["count"])
        recognised, without = recognise(file, range(1, count + 1), told)
        if not recognised and without:
            raise ReadError(f"{name}: đây là ảnh chụp trang giấy; {without}")
        arguments = {"count": count, "recognised": recognised, "without": without}
        return source_of(file.ask(_PICTURES, arguments=arguments), name, _PICTURES)
