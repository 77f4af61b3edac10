"""Is this request an administrator's, and did it come from our own pages? Answered from its headers."""

from urllib.parse import urlsplit

from starlette.requests import Request

from search_api.admin.access import COOKIE, Access, Session
from search_api.errors import RefusedError

__all__ = ["PROOF_HEADER", "check_proof", "session_of"]

PROOF_HEADER = "X-Tracuu-Proof"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via")
"""A proxy on this computer passes on requests from others: then being local proves nothing."""


def session_of(request: Request, access: Access) -> Session:
    """The session of a request. RefusedError: 401 without one, 403 for a change asked by another site."""
    if request.method not in _READING:
        _check_origin(request)
    address = request.client.host if request.client else ""
    if access.needs_token and (authorization := request.headers.get("Authorization")):
        return access.bearer(authorization, address)
    if not access.needs_token and any(name in request.headers for name in _PASSED_ON):
        raise RefusedError(
            403, "passed_on", "Máy chủ đứng sau một máy chủ khác; hãy đặt mã bằng biến TRACUU_ADMIN_TOKEN."
        )
    session = access.session(request.cookies.get(COOKIE))
    if session is None:
        raise RefusedError(401, "log_in", "Cần mã quản trị; hãy mở /admin để đăng nhập.")
    return session


def check_proof(request: Request, session: Session, proof: str | None = None) -> None:
    """RefusedError (403) where a browser asks for a change without the proof that our pages carry.

    `proof` is that of a form; a script sends the header `X-Tracuu-Proof`. Programs that are no
    browser send neither cookie nor origin, and a token that no other site knows.
    """
    from hmac import compare_digest

    if session.by_token:
        return
    is_browser = (
        "Origin" in request.headers or "Sec-Fetch-Site" in request.headers or COOKIE in request.cookies
    )
    given = proof if proof is not None else request.headers.get(PROOF_HEADER, "")
    if (is_browser or proof is not None) and not compare_digest(given.encode(), session.proof.encode()):
        raise RefusedError(403, "stale", "Trang đã cũ hoặc yêu cầu không từ trang này; hãy tải lại trang.")


def _check_origin(request: Request) -> None:
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    host = request.headers.get("Host", "")
    elsewhere = origin is not None and (urlsplit(origin).netloc.lower() != host.lower() or origin == "null")
    if elsewhere or site not in {"same-origin", "none"}:
        raise RefusedError(403, "other_site", "Yêu cầu đến từ một trang khác nên không được thực hiện.")
