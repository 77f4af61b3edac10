"""Originals to look at: pages of a PDF drawn when first asked for, and the file itself to keep."""

import base64
import threading
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from corpus.errors import ReadError
from corpus.library import DocumentSummary, Library
from corpus.read.limits import shown
from corpus.read.sandbox import Parser, lent
from search_api.links import document_url
from web.errors import NotFoundError

__all__ = ["WIDTHS", "Originals", "content_disposition", "picture_url"]

WIDTHS: Final = (480, 800, 1200, 1800)
"""Pixels that a page is drawn wide: a few, so that each is kept once and nobody can ask for thousands."""

_DRAWN_BY = 1
"""Changes whenever the same page would be drawn otherwise."""

_KEEP_SECONDS = 3600
_AT_ONCE = 2
_TYPES: Final = {
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
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
        pictures = self.library.pictures
        kept = pictures.get(summary.id, page, width)
        if kept is not None:
            return kept
        key = (summary.id, page, width)
        with self._lock:
            lock = self._drawing.setdefault(key, threading.Lock())
        with lock:  # who asks for the same page at the same time waits for the one drawing
            kept = pictures.get(summary.id, page, width)
            if kept is None:
                with self._slots:
                    kept = _draw(self.library.original(summary.id), summary.source, page, width)
                pictures.put(summary.id, page, width, kept)
        with self._lock:
            self._drawing.pop(key, None)
        return kept


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
