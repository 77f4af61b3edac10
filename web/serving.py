"""Listening and answering: what the servers of this house have in common."""

import socket
from typing import TYPE_CHECKING

from corpus.errors import TracuuError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

__all__ = ["address_of", "is_loopback", "known_hosts", "listen", "run"]

_LONGEST_REQUEST = 256 * 1024
"""Bytes of a request's head: a query of 10,000 letters, percent-encoded, is some 90,000."""


class ServeError(TracuuError):
    """The server cannot listen where it was told to."""


def listen(host: str, port: int) -> socket.socket:
    """A socket bound before anything heavy is loaded, so that a taken port is said at once."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise ServeError(f"Không có địa chỉ “{host}” trên máy này; hãy dùng --host 127.0.0.1.") from error
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise ServeError(_why_not(host, port, error)) from error
    return listening


def _why_not(host: str, port: int, error: OSError) -> str:
    import errno

    if error.errno == errno.EADDRINUSE:
        return (
            f"Cổng {port} đang có chương trình khác dùng; hãy dừng chương trình đó hoặc chọn cổng khác, "
            f"ví dụ --port {port + 1 if port < 65535 else 8000}."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Không có quyền nghe ở cổng {port}; hãy chọn cổng từ 1024 trở lên, ví dụ --port 8000."
    return f"Không nghe được ở {host}, cổng {port} ({error.strerror}); hãy dùng --host 127.0.0.1."


def is_loopback(listening: socket.socket) -> bool:
    """Whether only this computer can reach it."""
    name = listening.getsockname()[0]
    return bool(name == "::1" or name.startswith("127."))


def known_hosts(host: str) -> frozenset[str]:
    """Names by which a server that only this computer reaches may be called."""
    from web.headers import LOOPBACK

    return LOOPBACK | {_in_url(host).lower()}


def address_of(host: str, listening: socket.socket) -> str:
    """Where a browser on this computer finds the server, without a slash at the end."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - compared, not bound
    return f"http://{_in_url(shown)}:{listening.getsockname()[1]}"


def _in_url(host: str) -> str:
    """A host as it stands in an address."""
    return f"[{host}]" if ":" in host else host


def run(app: "ASGIApp", listening: socket.socket) -> None:
    """Answer until interrupted."""
    import uvicorn

    from web.addresses import TypedAddresses

    config = uvicorn.Config(
        app,
        log_level="warning",
        server_header=False,
        http=TypedAddresses,
        h11_max_incomplete_event_size=_LONGEST_REQUEST,
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[listening])
