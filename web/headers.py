"""Response headers that keep a page from running or showing anything but our own files.

Pure ASGI, so that a download streams through untouched.
"""

from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LOOPBACK", "KnownHosts", "SecurityHeaders"]

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})

_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
# A file of the library may be anything: if a browser shows it at all, it runs nothing in it.
_FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"

_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class SecurityHeaders:
    """Adds the headers to every response; sets `Cache-Control` where the answer has none.

    Pages may be kept for going back but are asked for again (`no-cache`); originals, API answers
    and errors are never stored, because office computers are shared.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers[name] = value
                is_file = "attachment" in headers.get("Content-Disposition", "")
                headers["Content-Security-Policy"] = _FILE_POLICY if is_file else _POLICY
                if _is_admin(scope["path"]):  # a form must say where it came from; see search_api.admin.guard
                    headers["Referrer-Policy"] = "same-origin"
                headers.setdefault("Cache-Control", _cache(scope["path"], message["status"], is_file))
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _cache(path: str, status: int, is_file: bool) -> str:
    if is_file or status >= 400 or path == "/health" or path.startswith("/api/") or _is_admin(path):
        return "no-store"
    return "private, no-cache"


def _is_admin(path: str) -> bool:
    return path == "/admin" or path.startswith("/admin/")


class KnownHosts:
    """Refuses requests that name another host than `hosts`.

    A server on this computer is safe from other people's pages only if a name of theirs that they
    point at 127.0.0.1 (DNS rebinding) is not answered.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and _host(Headers(scope=scope).get("Host", "")) not in self.hosts:
            response = PlainTextResponse(
                "Máy chủ này chỉ trả lời trên chính máy đang chạy nó. Hãy mở địa chỉ mà lệnh mở nó đã in ra.",
                status_code=421,
            )
            await response(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _host(header: str) -> str:
    """The name in a Host header without its port."""
    name = header.lower().rstrip(".")
    if name.startswith("["):
        return name[: name.find("]") + 1]
    return name.partition(":")[0]
