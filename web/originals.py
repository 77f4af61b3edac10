"""Originals to look at: pages of a PDF drawn when first asked for, and the file itself to keep."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from corpus.errors import ReadError
from corpus.library import DocumentSummary, Library
from corpus.read.limits import shown
from corpus.read.sandbox import Parser, lent
from search_api.errors import RefusedError
from search_api.links import document_url
from web.errors import NotFoundError

__all__ = ["WIDTHS", "Originals", "content_disposition", "picture_url"]

WIDTHS: Final = (480, 800, 1200, 1800)
"""Pixels that a page is drawn wide: a few, so that each is kept once and nobody can ask for thousands."""

_DRAWN_BY = 1
"""Changes whenever the same page would be drawn otherwise."""

_KEEP_SECONDS = 3600
_AT_ONCE = 2
_MOST_WAITING, _WAIT_SECONDS = 12, 10.0
_TYPES: Final = {
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".zip": "application/zip",
}
"""By suffix; anything else, web pages above all, is only bytes to a browser."""


_DRAWING = Parser("corpus.read.pdf.drawing", "draw", "trang", "hãy tải tệp gốc về để xem", "pypdfium2", 30.0)


class Originals:
    """The originals of one library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._drawing: dict[tuple[str, int, int], threading.Lock] = {}
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(_AT_ONCE)
        self._waiting = 0

    def pages(self, summary: DocumentSummary) -> int:
        """How many pages of a document can be looked at: those of a PDF or of pictures, else none."""
        if not summary.pages:
            return 0
        is_pdf = PurePath(summary.source).suffix.lower() == ".pdf"
        return summary.pages if is_pdf or self.library.page_readings(summary.id) else 0

    def page(self, request: Request, summary: DocumentSummary) -> Response:
        """`/documents/{id}/pages/{page}?w=800`: one page as a picture."""
        page = request.path_params["page"]
        most = self.pages(summary)
        if not (page.isascii() and page.isdecimal() and len(page) < 7 and 1 <= int(page) <= most):
            raise NotFoundError("Tệp gốc không có trang này, hoặc không phải tệp PDF hay ảnh quét.")
        width = _width(request.query_params.get("w", ""))
        etag = f'"{summary.id}-{page}-{width}-{_DRAWN_BY}"'
        headers = {"ETag": etag, "Cache-Control": f"private, max-age={_KEEP_SECONDS}"}
        if etag in request.headers.get("If-None-Match", ""):
            return Response(status_code=304, headers=headers)
        picture = self._picture(summary, int(page), width)
        return Response(picture, media_type="image/jpeg", headers=headers)

    def file(self, summary: DocumentSummary) -> Response:
        """`/documents/{id}/original`: the file as it was given, to keep, never to run."""
        path = self.library.original(summary.id)
        name = PurePath(summary.source.replace("\\", "/")).name or summary.id
        return FileResponse(
            path,
            media_type=_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream"),
            headers={"Content-Disposition": content_disposition(name)},
        )

    def _picture(self, summary: DocumentSummary, page: int, width: int) -> bytes:
        kept = self.library.pictures.get(summary.id, page, width)
        if kept is not None:
            return kept
        key = (summary.id, page, width)
        with self._lock:
            alone = self._drawing.setdefault(key, threading.Lock())
        # Whoever asks for the same page at the same time waits for the one who draws it.
        with self._few_wait(), _held(alone), _held(self._slots):
            kept = self.library.pictures.get(summary.id, page, width)
            if kept is None:
                kept = _draw(self.library.original(summary.id), summary.source, page, width)
                self.library.pictures.put(summary.id, page, width, kept)
        with self._lock:
            self._drawing.pop(key, None)
        return kept

    @contextmanager
    def _few_wait(self) -> Iterator[None]:
        """Whoever waits here holds a thread that searches need: only so many may."""
        with self._lock:
            if self._waiting >= _MOST_WAITING:
                raise _busy()
            self._waiting += 1
        try:
            yield
        finally:
            with self._lock:
                self._waiting -= 1


@contextmanager
def _held(lock: "threading.Lock | threading.Semaphore") -> Iterator[None]:
    """Hold a lock; RefusedError where it cannot be had soon."""
    if not lock.acquire(timeout=_WAIT_SECONDS):
        raise _busy()
    try:
        yield
    finally:
        lock.release()


def _busy() -> RefusedError:
    return RefusedError(503, "busy", "Đang vẽ nhiều trang cùng lúc; hãy tải lại trang này sau giây lát.")


def picture_url(document_id: str, page: int, width: int) -> str:
    """Address of one page as a picture."""
    return f"{document_url(document_id)}/pages/{page}?w={width}"


def content_disposition(name: str) -> str:
    """Header value that saves a file under `name`, whatever is in it (RFC 6266, RFC 5987).

    Path separators, quotes and control characters never reach the header; old browsers get an
    ASCII name, others the true one.
    """
    clean = "".join(char for char in name if char.isprintable() and char not in '/\\"<>:|?*').strip(". ")
    clean = clean.encode("utf-8", "ignore").decode("utf-8")[:200] or "van-ban"
    plain = "".join(char if char.isascii() and char not in "%;" else "_" for char in clean)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"


def _width(asked: str) -> int:
    """The narrowest width offered that is at least as wide as asked."""
    least = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else WIDTHS[1]
    return next((width for width in WIDTHS if width >= least), WIDTHS[-1])


def _draw(path: Path, name: str, page: int, width: int) -> bytes:
    with lent(path.read_bytes(), shown(name)) as file:
        answer = file.ask(_DRAWING, arguments={"page": page, "width": width})
    try:
        return base64.b64decode(answer["picture"], validate=True)
    except (KeyError, ValueError, TypeError) as error:
        raise ReadError(f"{shown(name)}: trang {page} không vẽ được; hãy tải tệp gốc về để xem.") from error
