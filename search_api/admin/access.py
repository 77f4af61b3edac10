"""Who may administer: a token, sessions made from it, and proof that a request came from our own pages.

On this computer alone no token is needed; then a page of somebody else in the same browser must
still be kept out, which the origin of a request and the proof in every form see to.
"""

import hashlib
import hmac
import os
import secrets
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import LibraryError
from search_api.errors import RefusedError

__all__ = ["COOKIE", "Access", "Session", "token_of"]

COOKIE = "tracuu_admin"
SESSION_SECONDS = 12 * 3600
"""A working day; then the token is asked for again."""

TOKEN_FILE = "admin-token"  # noqa: S105 - its name
_LEAST_LETTERS = 12
_MOST_WRONG, _WRONG_SECONDS = 5, 60.0
"""Wrong tokens from one address, and how long they count."""

_MOST_WRONG_TOGETHER = 50


@dataclass(frozen=True, slots=True)
class Session:
    """An administrator at work. `proof` must come back with every change made from a page."""

    proof: str
    by_token: bool
    """The request itself carried the token, as programs do: no page can have forged it."""


class Access:
    """Checks tokens and sessions; without a `token` everybody who can reach the server may administer."""

    def __init__(self, token: str | None) -> None:
        self._token = token
        # Of the token: a session outlives a restart of the server and dies with the token.
        self._key = hashlib.sha256(b"tracuu admin " + (token or secrets.token_hex(32)).encode()).digest()
        self._wrong: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    @property
    def needs_token(self) -> bool:
        """Whether one must log in."""
        return self._token is not None

    def log_in(self, typed: str, address: str) -> str:
        """The value of a session cookie for the right token.

        RefusedError: 401 for a wrong one, 429 after too many from this `address` or from all.
        """
        self.check_token(typed, address)
        until = f"{int(time.time()) + SESSION_SECONDS}.{secrets.token_hex(8)}"
        return f"{until}.{self._sign('session', until)}"

    def check_token(self, typed: str, address: str) -> None:
        """Compare in constant time, count what is wrong."""
        self._check_patience(address)
        right = self._token is not None and hmac.compare_digest(_digest(typed.strip()), _digest(self._token))
        if not right:
            self._note_wrong(address)
            raise RefusedError(401, "wrong_token", "Mã quản trị không đúng; hãy xem lại mã rồi nhập lại.")

    def session(self, cookie: str | None) -> Session | None:
        """The session that a cookie holds, None where it holds none that is valid still."""
        if self._token is None:
            return Session(self._sign("proof", "local"), by_token=False)
        until, _, signature = (cookie or "").rpartition(".")
        if not hmac.compare_digest(_digest(signature), _digest(self._sign("session", until))):
            return None
        seconds = until.partition(".")[0]
        if not seconds.isdecimal() or int(seconds) < time.time():
            return None
        return Session(self._sign("proof", until), by_token=False)

    def bearer(self, authorization: str, address: str) -> Session:
        """The session of a request with `Authorization: Bearer TOKEN`. RefusedError as for `log_in`."""
        # Headers are bytes, and reach us as if each were a letter.
        authorization = authorization.encode("latin-1", "replace").decode("utf-8", "replace")
        scheme, _, typed = authorization.partition(" ")
        self.check_token(typed if scheme.lower() == "bearer" else "", address)
        return Session("", by_token=True)

    def _sign(self, use: str, text: str) -> str:
        return hmac.new(self._key, f"{use} {text}".encode(), hashlib.sha256).hexdigest()

    def _check_patience(self, address: str) -> None:
        with self._lock:
            for key, most in ((address, _MOST_WRONG), ("", _MOST_WRONG_TOGETHER)):
                wrong = self._wrong.get(key, deque())
                while wrong and wrong[0] < time.monotonic() - _WRONG_SECONDS:
                    wrong.popleft()
                if len(wrong) >= most:
                    raise RefusedError(
                        429, "too_many", "Nhập sai mã quá nhiều lần; hãy đợi một phút rồi thử lại."
                    )

    def _note_wrong(self, address: str) -> None:
        with self._lock:
            if len(self._wrong) > 1_000:  # many addresses: the count of all together goes on
                self._wrong = {"": self._wrong.get("", deque())}
            for key in (address, ""):
                self._wrong.setdefault(key, deque(maxlen=_MOST_WRONG_TOGETHER)).append(time.monotonic())


def token_of(directory: Path, environment: str | None) -> tuple[str, Path | None]:
    """The administrator's token of a library: as the environment says, else from its file, made if needed.

    Returns it with the file it stands in (None: from the environment). LibraryError where the file
    can be neither read nor made, or the token is too short to be safe.
    """
    given = (environment or "").strip()
    path = directory / TOKEN_FILE
    if not given:
        try:
            with suppress(FileExistsError):
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "w", encoding="ascii") as file:
                    file.write(secrets.token_urlsafe(18) + "\n")
            path.chmod(0o600)
            given = path.read_text("ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise LibraryError(
                f"Không đọc được mã quản trị trong {path}; hãy đặt mã bằng biến TRACUU_ADMIN_TOKEN."
            ) from error
        if len(given) >= _LEAST_LETTERS:
            return given, path
    if len(given) < _LEAST_LETTERS:
        raise LibraryError(
            f"Mã quản trị quá ngắn; hãy đặt biến TRACUU_ADMIN_TOKEN ít nhất {_LEAST_LETTERS} ký tự."
        )
    return given, None


def _digest(text: str) -> bytes:
    """Of equal length whatever was typed, so that comparing tells nothing of it."""
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()
