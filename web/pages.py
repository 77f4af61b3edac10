"""The pages: each handler reads an address, asks the engine or the library, and fills one template."""

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Final
from urllib.parse import quote

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from corpus.errors import NotHeldError
from corpus.library import DocumentSummary
from search_api.citation_text import citation_text
from search_api.engine import Engine
from search_api.links import document_url
from web.asking import Asked, read
from web.assets import Assets
from web.errors import NotFoundError
from web.facts import cited, citing, facts, mentions, notes
from web.reading import lay_out
from web.shelf import ORDERS, holdings, read_listed, shelf
from web.templating import Templates
from web.views import Link, results_view
from web.wording import document_line, document_name

__all__ = ["add_pages"]

_TYPES: Final = {
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}


class _Pages:
    """Handlers over one engine."""

    def __init__(
        self, engine: Engine, templates: Templates, assets: Assets, is_sample: Callable[[str], bool]
    ) -> None:
        self.engine = engine
        self.templates = templates
        self.assets = assets
        self.is_sample = is_sample

    def start(self, request: Request) -> Response:
        """`/`: the box, examples, what the library holds."""
        summaries = self.engine.library.documents()
        held = holdings(summaries, self.is_sample)
        return self.templates.page(
            "start.html",
            held=held,
            examples=_examples(summaries),
            directory=self.engine.settings.library,
            sample=held.has_sample,
        )

    def search(self, request: Request) -> Response:
        """`/search`: ranked passages grouped by section."""
        asked, problems = read(request.query_params)
        if problems:
            return self.templates.page("unread.html", 422, q=asked.q, asked=asked, problems=problems)
        if not asked.q:
            return RedirectResponse("/", status_code=303)
        response = self.engine.ask(asked.q, k=asked.k, filters=asked.filters, literal=asked.literal)
        results = results_view(asked, response, self._title, self.is_sample)
        return self.templates.page("results.html", q=asked.q, r=results, sample=results.has_sample)

    def documents(self, request: Request) -> Response:
        """`/documents`: everything held, to filter and sort."""
        listed = read_listed(request.query_params)
        view = shelf(self.engine.library.documents(), listed, self.is_sample)
        return self.templates.page(
            "documents.html", shelf=view, orders=ORDERS, directory=self.engine.settings.library,
            sample=view.has_sample,
        )  # fmt: skip

    def document(self, request: Request) -> Response:
        """`/documents/{id}`: one document to read, with what it cites and what cites it."""
        summary = self._summary(request)
        document = self.engine.library.document(summary.id)
        cites = self.engine.library.cites(summary.id)
        wanted = request.query_params.get("passage", "")
        reading = lay_out(document, marked=wanted, links=mentions(cites))
        lost = bool(wanted) and not reading.marked
        citation = citation_text(self.engine.passage(wanted), summary) if reading.marked else None
        metadata = document.metadata
        q = request.query_params.get("q", "")
        return self.templates.page(
            "document.html",
            q=q,
            back=Link(q, Asked(q=q).url) if q else None,
            id=summary.id,
            name=document_name(metadata, document.source),
            line_parts=document_line(metadata),
            source=document.source,
            pages=document.pages,
            passages=len(document.passages),
            added=summary.added[:10],
            facts=facts(metadata),
            notes=notes(document, reading),
            reading=reading,
            wanted=wanted,
            lost=lost,
            citation=citation,
            cited=cited(document, cites),
            citing=citing(self.engine.library.cited_by(summary.id)),
            versions=[
                Link(other.source, document_url(other.id))
                for other in self.engine.library.versions(summary.id)
                if other.id != summary.id
            ],
            sample=self.is_sample(summary.id),
        )

    def original(self, request: Request) -> Response:
        """`/documents/{id}/original`: the file as it was given, to keep, never to run."""
        summary = self._summary(request)
        path = self.engine.library.original(summary.id)
        name = PurePath(summary.source.replace("\\", "/")).name or summary.id
        return FileResponse(
            path,
            media_type=_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream"),
            headers={"Content-Disposition": content_disposition(name)},
        )

    def static(self, request: Request) -> Response:
        """`/static/<name>.<hash>.<suffix>`."""
        response = self.assets.response(request.path_params["address"])
        if response is None:
            raise NotFoundError("Không có tệp này. Hãy tải lại trang.")
        return response

    def favicon(self, request: Request) -> Response:
        """Browsers ask for this address by themselves."""
        return RedirectResponse(self.assets.url("favicon.svg"), status_code=308)

    def _summary(self, request: Request) -> DocumentSummary:
        document_id: str = request.path_params["document_id"]
        try:
            return self.engine.library.summary(document_id)
        except NotHeldError as error:
            raise NotFoundError(
                "Không có văn bản này trong thư viện. Có thể nó đã được đưa ra, hoặc địa chỉ đã gõ sai."
            ) from error

    def _title(self, document_id: str) -> str:
        try:
            summary = self.engine.library.summary(document_id)
        except NotHeldError:
            return document_id
        return document_name(summary.metadata, summary.source)


def add_pages(
    app: FastAPI, engine: Engine, templates: Templates, assets: Assets, is_sample: Callable[[str], bool]
) -> None:
    """Register the pages on `app`. `is_sample` tells by id whether a document is one of our fictions."""
    pages = _Pages(engine, templates, assets, is_sample)
    for path, handler in (
        ("/", pages.start),
        ("/search", pages.search),
        ("/documents", pages.documents),
        ("/documents/{document_id}", pages.document),
        ("/documents/{document_id}/original", pages.original),
        ("/static/{address}", pages.static),
        ("/favicon.ico", pages.favicon),
    ):
        app.add_route(path, handler, include_in_schema=False)


def content_disposition(name: str) -> str:
    """Header value that saves a file under `name`, whatever is in it (RFC 6266, RFC 5987).

    Path separators, quotes and control characters never reach the header; old browsers get an
    ASCII name, others the true one.
    """
    clean = "".join(char for char in name if char.isprintable() and char not in '/\\"<>:|?*').strip(". ")
    clean = clean.encode("utf-8", "ignore").decode("utf-8")[:200] or "van-ban"
    plain = "".join(char if char.isascii() and char not in "%;" else "_" for char in clean)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"


def _examples(summaries: Sequence[DocumentSummary]) -> tuple[tuple[Link, str], ...]:
    """Questions that show what can be typed; the number is one that this library holds."""
    found = [
        ("nhiệm vụ của Sở Giáo dục", "hỏi như nói"),
        ("chuyen doi so trong truong hoc", "gõ không dấu"),
        ("UBND xã báo cáo định kỳ", "viết tắt"),
        ('"người đứng đầu"', "đúng nguyên cụm"),
    ]
    number = next((s.metadata.number for s in reversed(summaries) if s.metadata.number), None)
    if number:
        found.append((number, "theo số văn bản"))
    return tuple((Link(q, Asked(q=q).url), hint) for q, hint in found)
