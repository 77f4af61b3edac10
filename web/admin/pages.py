"""The administrator's pages: each handler checks who asks, does one thing at the desk, shows or redirects."""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import quote

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from corpus.errors import TracuuError
from search_api.adding.receiving import ACCEPTED, MAX_FILE_BYTES
from search_api.admin.access import COOKIE, SESSION_SECONDS, Session
from search_api.admin.desk import Desk
from search_api.admin.guard import check_proof, session_of
from search_api.errors import RefusedError
from search_api.links import document_url
from web.admin.uploads import chunks_of, read_form, read_upload
from web.admin.views import FIELDS, edit_url, fields, file_view, lacking, work_line
from web.originals import Originals, picture_url
from web.templating import Templates
from web.wording import DATE_HELP, document_line, document_name, iso_date

__all__ = ["add_admin_pages"]

_HOME: Final = "/admin"
_MOST_LACKING = 50
_SAID: Final = {
    "saved": "Đã lưu; chỉ mục đang được cập nhật.",
    "same": "Không có gì thay đổi.",
    "removed": "Đã bỏ văn bản ra khỏi thư viện; có thể khôi phục ở “Văn bản đã bỏ”.",
    "restored": "Đã khôi phục văn bản.",
    "erased": "Đã xóa hẳn văn bản.",
    "given": "Đã nhận tệp; kết quả ở bảng dưới đây.",
}
"""What a page says after a change; an address can only choose among these."""

_Handler = Callable[[Request, Session], Awaitable[Response]]


class _AdminPages:
    """Handlers over one desk."""

    def __init__(self, desk: Desk, templates: Templates) -> None:
        self.desk = desk
        self.templates = templates
        self.originals = Originals(desk.library)

    # showing

    async def home(self, request: Request, session: Session) -> Response:
        """`/admin`: give files, watch them, see what lacks something."""
        return await run_in_threadpool(self._home, request, session)

    def _home(self, request: Request, session: Session) -> Response:
        found, in_all = self.desk.library.lacking(_MOST_LACKING)
        return self._page(
            request, session, "admin.html",
            lacking=list(map(lacking, found)), lacking_in_all=in_all, removed=len(self.desk.removed()),
            outdated=len(self.desk.library.outdated()),
            writable=self.desk.library.writable, directory=self.desk.library.directory,
            accepted=",".join(ACCEPTED), most_bytes=MAX_FILE_BYTES,
            leaves=self.desk.access.needs_token, **self._progress(),
        )  # fmt: skip

    async def progress(self, request: Request, session: Session) -> Response:
        """`/admin/progress`: the part of the page that changes while files are read."""
        values = await run_in_threadpool(self._progress)
        return self._page(request, session, "admin_progress.html", **values)

    def _progress(self) -> dict[str, object]:
        work = self.desk.work()
        files = [file_view(*pair) for pair in self.desk.files(100)]
        return {
            "files": files,
            "work": work,
            "work_line": work_line(work),
            "done": any(f.can_forget for f in files),
        }

    async def document(self, request: Request, session: Session) -> Response:
        """`/admin/documents/{id}`: what was read, to be corrected; to be removed."""
        return await run_in_threadpool(self._document, request, session)

    def _document(
        self, request: Request, session: Session, problem: str = "", typed: dict[str, str] | None = None
    ) -> HTMLResponse:
        document_id: str = request.path_params["document_id"]
        summary = self.desk.library.summary(document_id)
        return self._page(
            request, session, "admin_document.html", 422 if problem else 200,
            id=summary.id, name=document_name(summary.metadata, summary.source),
            line_parts=document_line(summary.metadata), url=document_url(summary.id),
            action=edit_url(summary.id), source=summary.source, pages=summary.pages,
            picture=picture_url(summary.id, 1, 800) if self.originals.pages(summary) else None,
            passages=summary.passages, warnings=summary.warnings, problem=problem, typed=typed or {},
            fields=fields(self.desk.library.corrections(summary.id)), writable=self.desk.library.writable,
        )  # fmt: skip

    async def removed(self, request: Request, session: Session) -> Response:
        """`/admin/removed`: what can be restored or erased."""
        found = await run_in_threadpool(self.desk.removed)
        rows = [
            (one.document.id, document_name(one.document.metadata, one.document.source),
             document_line(one.document.metadata), one.removed[:10])
            for one in found
        ]  # fmt: skip
        return self._page(request, session, "admin_removed.html", rows=rows)

    # changing

    async def give(self, request: Request, session: Session) -> Response:
        """Files from the form; one that is refused is listed with the reason like any other."""
        form = await read_upload(request)
        try:
            check_proof(request, session, str(form.get("proof", "")))
            for file in form.getlist("files"):
                if isinstance(file, UploadFile) and (file.filename or file.size):  # else nothing was chosen
                    await self._give_one(file)
        finally:
            await form.close()
        return _then(_HOME, "given")

    async def _give_one(self, file: UploadFile) -> None:
        name = file.filename or ""
        try:
            await self.desk.receive(name, chunks_of(file), file.size)
        except RefusedError as error:
            await run_in_threadpool(self.desk.note_refused, name, file.size or 0, str(error))

    async def reread(self, request: Request, session: Session) -> Response:
        """Everything that an earlier version of the program read, once more."""
        await self._form(request, session)
        await run_in_threadpool(self.desk.reread)
        return _then(_HOME, "given")

    async def correct(self, request: Request, session: Session) -> Response:
        """The form of the metadata."""
        form = await self._form(request, session)
        document_id: str = request.path_params["document_id"]
        if undo := form.get("undo"):
            await run_in_threadpool(self.desk.correct, document_id, {}, [undo])
            return _then(edit_url(document_id), "saved")
        changes: dict[str, str | None] = {name: form[name] for name in FIELDS if name in form}
        typed = (form.get("date") or "").strip()
        try:
            if typed and (date := iso_date(typed)) is None:
                raise RefusedError(
                    422, "invalid", f"Không hiểu ngày “{typed[:40]}”; hãy ghi như {DATE_HELP}."
                )
            if typed:
                changes["date"] = date
            await run_in_threadpool(self.desk.correct, document_id, changes)
        except TracuuError as error:
            return await run_in_threadpool(self._document, request, session, str(error), form)
        return _then(edit_url(document_id), "saved")

    async def remove(self, request: Request, session: Session) -> Response:
        """Take a document out."""
        await self._form(request, session)
        await run_in_threadpool(self.desk.remove, request.path_params["document_id"])
        return _then("/admin/removed", "removed")

    async def restore(self, request: Request, session: Session) -> Response:
        """Put a document back."""
        await self._form(request, session)
        document_id: str = request.path_params["document_id"]
        await run_in_threadpool(self.desk.restore, document_id)
        return _then(edit_url(document_id), "restored")

    async def erase(self, request: Request, session: Session) -> Response:
        """Delete a removed document for good, once that is confirmed."""
        form = await self._form(request, session)
        document_id: str = request.path_params["document_id"]
        if form.get("sure") != "yes":
            removed = await run_in_threadpool(self.desk.removed)
            one = next((o for o in removed if o.document.id == document_id), None)
            if one is None:
                raise RefusedError(404, "not_held", "Không có văn bản đã bỏ này; có thể nó đã được xóa hẳn.")
            name = document_name(one.document.metadata, one.document.source)
            line = document_line(one.document.metadata)
            return self._page(
                request, session, "admin_erase.html", id=document_id, name=name, line_parts=line
            )
        await run_in_threadpool(self.desk.erase, document_id)
        return _then("/admin/removed", "erased")

    async def retry(self, request: Request, session: Session) -> Response:
        """Read a file again."""
        await self._form(request, session)
        await run_in_threadpool(self.desk.retry, _key(request))
        return _then(_HOME)

    async def forget(self, request: Request, session: Session) -> Response:
        """Drop the report of one file, or of all that are done with."""
        await self._form(request, session)
        await run_in_threadpool(self.desk.forget, _key(request) if "key" in request.path_params else None)
        return _then(_HOME)

    # coming and going

    async def login(self, request: Request) -> Response:
        """`/admin/login`."""
        access = self.desk.access
        if not access.needs_token or access.session(request.cookies.get(COOKIE)):
            return RedirectResponse(_HOME, 303)
        if request.method != "POST":
            return self.templates.page("admin_login.html", problem="", said=None)
        typed = (await read_form(request)).get("token", "")
        try:
            cookie = access.log_in(typed, request.client.host if request.client else "")
        except RefusedError as error:
            return self.templates.page("admin_login.html", error.status, problem=str(error), said=None)
        response = RedirectResponse(_HOME, 303)
        secure = request.url.scheme == "https"
        response.set_cookie(
            COOKIE, cookie, max_age=SESSION_SECONDS, path="/", httponly=True, samesite="strict", secure=secure
        )
        return response

    async def logout(self, request: Request, session: Session) -> Response:
        """Forget the session on this computer."""
        await self._form(request, session)
        response = RedirectResponse("/", 303)
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
        return response

    async def _form(self, request: Request, session: Session) -> dict[str, str]:
        form = await read_form(request)
        check_proof(request, session, form.get("proof", ""))
        return form

    def _page(
        self, request: Request, session: Session, template: str, status: int = 200, /, **values: object
    ) -> HTMLResponse:
        said = _SAID.get(request.query_params.get("said", ""))
        return self.templates.page(template, status, proof=session.proof, said=said, **values)

    def guarded(self, handler: _Handler) -> Callable[[Request], Awaitable[Response]]:
        """`handler` for administrators; others are led to the login."""

        async def handle(request: Request) -> Response:
            try:
                session = session_of(request, self.desk.access)
            except RefusedError as error:
                if error.code == "log_in" and request.method == "GET":
                    return RedirectResponse("/admin/login", 303)
                raise
            return await handler(request, session)

        return handle


def add_admin_pages(app: FastAPI, desk: Desk, templates: Templates) -> None:
    """Register the administrator's pages on `app`."""
    pages = _AdminPages(desk, templates)
    app.add_route("/admin/login", pages.login, methods=["GET", "POST"], include_in_schema=False)
    for method, path, handler in (
        ("GET", "/admin", pages.home),
        ("GET", "/admin/progress", pages.progress),
        ("POST", "/admin/files", pages.give),
        ("POST", "/admin/reread", pages.reread),
        ("POST", "/admin/files/{key}/retry", pages.retry),
        ("POST", "/admin/files/{key}/forget", pages.forget),
        ("POST", "/admin/files/forget", pages.forget),
        ("GET", "/admin/documents/{document_id}", pages.document),
        ("POST", "/admin/documents/{document_id}", pages.correct),
        ("POST", "/admin/documents/{document_id}/remove", pages.remove),
        ("GET", "/admin/removed", pages.removed),
        ("POST", "/admin/removed/{document_id}/restore", pages.restore),
        ("POST", "/admin/removed/{document_id}/erase", pages.erase),
        ("POST", "/admin/logout", pages.logout),
    ):
        app.add_route(path, pages.guarded(handler), methods=[method], include_in_schema=False)


def _then(url: str, said: str = "") -> RedirectResponse:
    return RedirectResponse(url + (f"?said={quote(said)}" if said else ""), 303)


def _key(request: Request) -> int:
    key = request.path_params["key"]
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise RefusedError(404, "not_held", "Không có tệp này trong danh sách nạp.")
    return int(key)
