"""Pages for what went wrong: plain words and a way on. The API keeps its own JSON answers."""

import logging
from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple, cast

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import LibraryError, NotHeldError, TracuuError
from search_api.errors import RefusedError
from web.templating import Templates

__all__ = ["NotFoundError", "add_error_pages", "is_api"]

_log = logging.getLogger(__name__)

_Handler = Callable[[Request, Exception], Response | Awaitable[Response]]


class NotFoundError(TracuuError):
    """The address names something that is not here."""


class _Words(NamedTuple):
    title: str
    text: str


_WORDS: Final = {
    404: _Words(
        "Không có trang này",
        "Địa chỉ có thể đã gõ sai, hoặc văn bản đã được đưa ra khỏi thư viện.",
    ),
    400: _Words("Yêu cầu bị hỏng", "Hãy tải lại trang rồi thử lại."),
    401: _Words("Cần đăng nhập", "Hãy đăng nhập ở trang quản trị rồi thử lại."),
    403: _Words("Không được phép", "Hãy tải lại trang rồi thử lại."),
    413: _Words("Tệp quá lớn", "Hãy tách thành nhiều tệp nhỏ hơn rồi gửi lại."),
    415: _Words("Loại tệp không nhận", "Hãy gửi loại tệp khác."),
    429: _Words("Thử quá nhiều lần", "Hãy đợi một phút rồi thử lại."),
    405: _Words("Trang này chỉ để xem", "Hãy mở trang bằng một liên kết hoặc bằng ô tìm kiếm."),
    422: _Words("Chưa hiểu yêu cầu", "Một giá trị trong địa chỉ không đọc được."),
    500: _Words(
        "Có lỗi trong chương trình",
        "Thư viện vẫn nguyên vẹn. Hãy thử lại; nếu lỗi lặp lại, hãy báo người quản trị chạy lệnh "
        "`tracuu check` và xem nhật ký máy chủ.",
    ),
    503: _Words(
        "Thư viện tạm thời chưa dùng được",
        "Hãy thử lại sau ít phút; nếu vẫn vậy, hãy báo người quản trị chạy lệnh `tracuu check`.",
    ),
}


def is_api(request: Request) -> bool:
    """Whether the request is a program's, to be answered in JSON."""
    path = request.url.path
    return path in {"/health", "/openapi.json"} or path.startswith("/api/")


def add_error_pages(app: FastAPI, templates: Templates) -> None:
    """Answer errors of pages with a page, and leave those of the API to the handlers already there."""

    def page(status: int, text: str | None = None) -> Response:
        words = _WORDS.get(status) or _WORDS[500 if status >= 500 else 422]
        return templates.page("error.html", status, title=words.title, text=text or words.text, code=status)

    def explain(_: Request, error: Exception) -> Response:
        if isinstance(error, RefusedError):
            return page(error.status, str(error))
        if isinstance(error, NotFoundError | NotHeldError):
            return page(404, str(error))
        return page(503 if isinstance(error, LibraryError) else 422, str(error))

    own: tuple[tuple[type[Exception], _Handler], ...] = (
        (TracuuError, explain),
        (HTTPException, lambda _, error: page(cast(HTTPException, error).status_code)),
        (RequestValidationError, lambda _, error: page(422)),
        (Exception, lambda _, error: page(500)),
    )
    for kind, handler in own:
        app.add_exception_handler(kind, _by_path(handler, app.exception_handlers.get(kind)))
    app.add_middleware(_CrashPage, answer=app.exception_handlers[Exception])


def _by_path(own: _Handler, api: _Handler | None) -> _Handler:
    async def handle(request: Request, error: Exception) -> Response:
        chosen = api if api is not None and is_api(request) else own
        answer = chosen(request, error)
        return await answer if isinstance(answer, Awaitable) else answer

    return handle


class _CrashPage:
    """Answers what no handler caught. Starlette's own does so outside of every other middleware,
    where the answer would lack the security headers.
    """

    def __init__(self, app: ASGIApp, answer: _Handler) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if scope["type"] != "http" or started:
                raise
            _log.exception("%s %s", scope["method"], scope["path"])
            response = self.answer(Request(scope), error)
            await (await response if isinstance(response, Awaitable) else response)(scope, receive, send)
