"""The pages: each handler reads an address, asks the engine or the library, and fills one template."""

from collections.abc import Callable, Sequence

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from corpus.errors import NotHeldError
from corpus.library import DocumentSummary
from search_api.engine import Engine
from web.asking import Asked, read
from web.document_page import DocumentPage
from web.errors import NotFoundError
from web.originals import Originals
from web.shelf import ORDERS, holdings, read_listed, shelf
from web.templating import Templates
from web.views import Link, results_view
from web.wording import document_name

__all__ = ["add_pages"]


class _Pages:
    """Handlers over one engine."""

    def __init__(self, engine: Engine, templates: Templates, is_sample: Callable[[str], bool]) -> None:
        self.engine = engine
        self.templates = templates
        self.is_sample = is_sample
        self.originals = Originals(engine.library)
        self.document_page = DocumentPage(engine, self.originals, templates, is_sample)

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
        results = results_view(
            asked, response, self._title, self.is_sample, self.engine.library.page_readings
        )
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
        return self.document_page.show(request, self._summary(request))

    def page_of_original(self, request: Request) -> Response:
        """`/documents/{id}/pages/{page}`: a page of the original as a picture."""
        return self.originals.page(request, self._summary(request))

    def original(self, request: Request) -> Response:
        """`/documents/{id}/original`: the file as it was given, to keep, never to run."""
        return self.originals.file(self._summary(request))

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


def add_pages(app: FastAPI, engine: Engine, templates: Templates, is_sample: Callable[[str], bool]) -> None:
    """Register the pages on `app`. `is_sample` tells by id whether a document is one of our fictions."""
    pages = _Pages(engine, templates, is_sample)
    for path, handler in (
        ("/", pages.start),
        ("/search", pages.search),
        ("/documents", pages.documents),
        ("/documents/{document_id}", pages.document),
        ("/documents/{document_id}/original", pages.original),
        ("/documents/{document_id}/pages/{page}", pages.page_of_original),
    ):
        app.add_route(path, handler, include_in_schema=False)


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
