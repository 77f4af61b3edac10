"""The HTTP API as routes to add to an application, and as an application of its own."""

import logging
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match

from corpus.errors import LibraryError, NotHeldError, TracuuError
from search_api.admin.desk import Desk
from search_api.admin.routes import admin_routes
from search_api.engine import Engine
from search_api.errors import RefusedError
from search_api.headers import SecurityHeaders
from search_api.routes import api_routes
from search_api.settings import Settings

__all__ = ["add_api", "create_app"]

_log = logging.getLogger(__name__)

_HTTP = {
    404: ("not_found", "Không có địa chỉ này; xem các địa chỉ trong /openapi.json."),
    405: ("method_not_allowed", "Địa chỉ này không nhận cách gọi như vậy."),
}


def add_api(app: FastAPI, engine: Engine, desk: Desk | None = None) -> None:
    """Register the routes under /api, /health and the exception handlers of the API on `app`.

    With a `desk`, also those of an administrator under /api/admin. The engine is kept as
    `app.state.engine`; whoever opened it closes it.
    """
    app.state.engine = engine
    app.include_router(api_routes(engine))
    if desk is not None:
        app.include_router(admin_routes(desk))
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(TracuuError, _failed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _crashed)


def create_app(settings: Settings) -> FastAPI:
    """An application with nothing but the API; closes its engine on shutdown.

    TracuuError where the library cannot be opened.
    """
    engine = Engine.open(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(engine.warm)
        yield
        engine.close()

    # FastAPI's own documentation pages fetch scripts from the internet; the schema itself stays.
    app = FastAPI(title="Tra Cứu", docs_url=None, redoc_url=None, lifespan=lifespan)
    add_api(app, engine)
    app.add_middleware(SecurityHeaders)
    return app


def _answer(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message}}, status, dict(headers or {}))


async def _failed(_: Request, error: Exception) -> JSONResponse:
    if isinstance(error, RefusedError):
        return _answer(error.status, error.code, str(error))
    if isinstance(error, NotHeldError):
        return _answer(404, "not_held", str(error))
    if isinstance(error, LibraryError):
        return _answer(503, "library_unavailable", str(error))
    return _answer(422, "invalid", str(error))


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return _answer(422, "invalid", " ".join(dict.fromkeys(map(_explain, error.errors()))))


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code, message = _HTTP.get(error.status_code, ("http_error", "Không xử lý được yêu cầu này."))
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = _allowed(request)
    return _answer(error.status_code, code, message, headers)


def _allowed(request: Request) -> str:
    """Methods of all routes of an address; the framework names only those of the first."""
    methods: set[str] = set()
    for route in _each(request.app.routes):
        if route.matches(request.scope)[0] != Match.NONE:
            methods |= getattr(route, "methods", None) or set()
    return ", ".join(sorted(methods))


def _each(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """The routes themselves: newer FastAPI keeps those of an included router behind one of their own."""
    for route in routes:
        router = getattr(route, "original_router", None)
        yield from _each(router.routes) if router is not None else (route,)


async def _crashed(request: Request, error: Exception) -> JSONResponse:
    _log.error("%s %s", request.method, request.url.path, exc_info=error)
    return _answer(500, "crashed", "Sự cố ngoài dự kiến; thư viện vẫn nguyên. Xem nhật ký máy chủ.")


def _explain(problem: Mapping[str, Any]) -> str:
    """One sentence for one finding of the validation."""
    name = str(problem["loc"][1]) if len(problem["loc"]) > 1 else "yêu cầu"
    limits = problem.get("ctx", {})
    said = {
        "missing": "là tham số bắt buộc",
        "int_parsing": "phải là một số nguyên",
        "int_parsing_size": "phải là một số nguyên",
        "int_from_float": "phải là một số nguyên",
        "bool_parsing": "phải là true hoặc false",
        "greater_than_equal": f"phải từ {limits.get('ge')} trở lên",
        "less_than_equal": f"phải không quá {limits.get('le')}",
        "string_too_short": "không được để trống",
        "string_too_long": f"không được dài quá {limits.get('max_length')} ký tự",
        "literal_error": f"phải là {limits.get('expected', '')}".replace(" or ", " hoặc "),
        "too_long": f"không được quá {limits.get('max_length')} giá trị",
    }.get(problem["type"])
    if problem["type"] == "string_pattern_mismatch":
        said = (
            "không được chỉ có khoảng trắng" if name == "q" else "phải viết như 2026-03-17, 2026-03 hoặc 2026"
        )
    return f"“{name}” {said or 'không hợp lệ'}."
