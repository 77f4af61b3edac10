"""Who may see the judging pages from another computer: whoever was given the address with the token."""

import asyncio
import hashlib
import hmac
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.templating import Templates

__all__ = ["LEAST_TOKEN", "TokenGate"]

LEAST_TOKEN = 12
_WAIT_SECONDS = 0.5
"""Before a wrong token is answered: guessing many takes long."""
_COOKIE = "tracuu_judging"
_DAYS_30 = 30 * 24 * 3600


class TokenGate:
    """Lets requests pass that bring the token, in the address once and in a cookie from then on.

    The cookie holds a hash of the token and nothing about the person.
    """

    def __init__(self, app: ASGIApp, token: str, templates: Templates) -> None:
        self.app = app
        self.token = token
        self.cookie = hashlib.sha256(f"tracuu judging\0{token}".encode()).hexdigest()
        self.templates = templates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or self._open(scope):
            await self.app(scope, receive, send)
            return
        given = Request(scope).query_params.get("token", "")
        if given and _same(given.strip(), self.token):
            await self._welcome(scope)(scope, receive, _with_cookie(send, self.cookie))
            return
        if given:
            await asyncio.sleep(_WAIT_SECONDS)
        answer: Response = self.templates.page("token.html", 401, wrong=bool(given))
        await answer(scope, receive, send)

    def _open(self, scope: Scope) -> bool:
        path: str = scope["path"]
        if path.startswith("/static/"):
            return True
        given = Request(scope).cookies.get(_COOKIE, "")
        return _same(given, self.cookie) and "token" not in Request(scope).query_params

    @staticmethod
    def _welcome(scope: Scope) -> Response:
        """To the same address without the token, so that it stays in no history or screenshot."""
        rest = urlencode(
            [pair for pair in parse_qsl(scope["query_string"].decode("latin-1")) if pair[0] != "token"]
        )
        url = Request(scope).url.path + (f"?{rest}" if rest else "")
        return RedirectResponse("/" + url.lstrip("/\\"), status_code=303)


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def _with_cookie(send: Send, value: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append(
                "Set-Cookie",
                f"{_COOKIE}={value}; Path=/; Max-Age={_DAYS_30}; HttpOnly; SameSite=Lax",
            )
        await send(message)

    return sending
