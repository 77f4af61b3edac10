"""Handlers of the judging pages. What changes something is a form, answered by a way on (303).

The script of the page sends the very same forms and asks for JSON.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import quote, urlencode

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from corpus.errors import TracuuError
from evaluation.judging import results, views
from evaluation.judging.deeds import deed
from evaluation.judging.exchange import FORMATS, exported
from evaluation.judging.store import Pool
from evaluation.judging.types import PoolQuery
from evaluation.judging.wording import figure, reading
from web.errors import NotFoundError
from web.forms import read_form
from web.templating import Templates

__all__ = ["add_pages"]

_TYPES: Final = {
    "json": "application/json",
    "quotes": "application/x-ndjson; charset=utf-8",
    "qrels": "text/plain; charset=utf-8",
}
_Form = Mapping[str, str]
_NOT_KEPT: Final = {"Cache-Control": "no-store"}
"""Going back must show what was judged since, not the page as it was."""


class _Pages:
    """Handlers over one pool."""

    def __init__(self, pool: Pool, templates: Templates, secret: str) -> None:
        self.pool = pool
        self.templates = templates
        self.secret = secret

    def start(self, request: Request) -> Response:
        """`/`: who judges, how far they are, and a field for the name."""
        pooled = self.pool.pooled()
        return self._page(
            "start_judging.html",
            judges=views.judge_lines(self.pool),
            queries=len(pooled),
            passages=sum(map(len, pooled.values())),
        )

    def join(self, request: Request, form: _Form) -> Response:
        """`POST /judges`: take part under a name."""
        return _to(views.judge_url(self.pool.join(form.get("name", ""))))

    def judge(self, request: Request) -> Response:
        """`/judges/{judge}`: all queries with the judge's progress."""
        judge = self._judge(request)
        lines = views.query_lines(self.pool, judge)
        open_ = [line for line in lines if not line.done]
        fresh = [line for line in open_ if line.status != "skipped"]
        return self._page(
            "judge.html",
            judge=judge,
            lines=lines,
            open=len(open_),
            following=next(iter(fresh or open_), None),
        )

    def query(self, request: Request) -> Response:
        """`/judges/{judge}/{number}`: one query with its passages, or their state as JSON."""
        judge, number, queries = self._place(request)
        if _wants_json(request):
            state = views.query_state(self.pool, judge, queries[number - 1])
            return JSONResponse(state, headers=_NOT_KEPT)
        view = views.query_view(self.pool, judge, number, queries, self._about()["seed"])
        return self._page("query.html", view=view, names=views.GRADE_NAMES)

    def judged(self, request: Request, form: _Form) -> Response:
        """`POST /judges/{judge}/{number}`: grade, note, quote, status or undo."""
        judge, number, queries = self._place(request)
        query = queries[number - 1]
        where = deed(self.pool, judge, query.id, form)
        if _wants_json(request):
            state = views.query_state(self.pool, judge, query)
            return JSONResponse({**state, "passage": where}, headers=_NOT_KEPT)
        view = views.query_view(self.pool, judge, number, queries, self._about()["seed"])
        if form.get("do") == "skip" and view.next:
            return _to(view.next)
        places = [card.id for card in view.cards]
        if form.get("grade") and where in places:
            following = places.index(where) + 1
            where = places[following] if following < len(places) else ""
            return _to(f"{view.url}#{f'doan-{where}' if where else 'het'}")
        return _to(f"{view.url}#doan-{where}" if where else view.url)

    def agreement(self, request: Request) -> Response:
        """`/agreement`: figures and disagreements."""
        found, settled = results.of(self.pool)
        typed = request.query_params.get("page", "")
        page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
        return self._page(
            "agreement.html",
            view=views.agreement_view(self.pool, found, settled, page),
            names=views.GRADE_NAMES,
            by=" ".join(request.query_params.get("by", "").split())[:60],
            figure=figure,
            reading=reading,
        )

    def settle(self, request: Request, form: _Form) -> Response:
        """`POST /agreement`: a final grade."""
        grade = form.get("grade", "")
        self.pool.settle(
            form.get("by", ""),
            form.get("query", ""),
            form.get("passage", ""),
            int(grade) if grade in ("0", "1", "2") else None,
            form.get("note", "").strip()[:1000],
        )
        # The open ones come first: the next to be settled now stands at the head of the list.
        return _to(f"/agreement?{urlencode({'by': form.get('by', '')})}#khac-nhau")

    def export(self, request: Request) -> Response:
        """`/export/{form}`: the judgements as a file."""
        form = request.path_params["form"]
        if form not in FORMATS:
            raise NotFoundError("Không có dạng xuất này. Hãy chọn một dạng ở trang đầu.")
        name = f"{self._about().get('name', 'bo-cham')}-{FORMATS[form]}"
        return Response(
            exported(self.pool, form),
            media_type=_TYPES[form],
            headers={
                "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
                **_NOT_KEPT,
            },
        )

    def _page(self, template: str, /, **values: object) -> Response:
        about = self._about()
        page = self.templates.page(
            template, token=self.secret, about=about, short_name=about.get("name", ""), **values
        )
        page.headers.update(_NOT_KEPT)
        return page

    def _about(self) -> dict[str, str]:
        return self.pool.about()

    def _judge(self, request: Request) -> str:
        judge: str = request.path_params["judge"]
        if judge not in self.pool.judges():
            raise NotFoundError("Chưa có người chấm nào tên như vậy. Hãy về trang đầu để ghi tên.")
        return judge

    def _place(self, request: Request) -> tuple[str, int, list[PoolQuery]]:
        judge, queries = self._judge(request), self.pool.queries()
        number: str = request.path_params["number"]
        if not (
            number.isascii() and number.isdigit() and len(number) < 7 and 1 <= int(number) <= len(queries)
        ):
            raise NotFoundError("Bộ chấm không có câu hỏi số này. Hãy chọn trong danh sách câu hỏi.")
        return judge, int(number), queries


def add_pages(app: FastAPI, pool: Pool, templates: Templates, secret: str) -> None:
    """Register the pages on `app`. `secret` is what forms must bring along."""
    pages = _Pages(pool, templates, secret)
    for path, handler in (
        ("/", pages.start),
        ("/judges/{judge}", pages.judge),
        ("/judges/{judge}/{number}", pages.query),
        ("/agreement", pages.agreement),
        ("/export/{form}", pages.export),
    ):
        app.add_route(path, handler, include_in_schema=False)
    for path, change in (
        ("/judges", pages.join),
        ("/judges/{judge}/{number}", pages.judged),
        ("/agreement", pages.settle),
    ):
        app.add_route(path, _changing(change, secret), methods=["POST"], include_in_schema=False)


def _changing(
    handle: Callable[[Request, _Form], Response], secret: str
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that reads a form of ours and lets `handle` write in a thread of its own."""

    async def endpoint(request: Request) -> Response:
        try:
            return await run_in_threadpool(handle, request, await read_form(request, secret))
        except TracuuError as error:
            if not _wants_json(request):
                raise
            return JSONResponse({"error": str(error)}, status_code=422, headers=_NOT_KEPT)

    return endpoint


def _wants_json(request: Request) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _to(url: str) -> Response:
    return RedirectResponse(url, status_code=303)
