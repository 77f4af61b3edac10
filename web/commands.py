"""The command `tracuu serve`."""

import socket
from typing import TYPE_CHECKING

import click

from corpus.errors import TracuuError
from search_api.cli.options import settings
from search_api.cli.types import Between

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["serve"]

_LONGEST_REQUEST = 256 * 1024
"""Bytes of a request's head: a query of 10,000 letters, percent-encoded, is some 90,000."""


class ServeError(TracuuError):
    """The server cannot listen where it was told to."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ĐỊA_CHỈ",
              help="Địa chỉ để nghe; 0.0.0.0 để các máy khác trong mạng cùng xem.")  # fmt: skip
@click.option("--port", default=8000, show_default=True, type=Between(0, 65535), metavar="CỔNG",
              help="Cổng để nghe; 0 để hệ thống chọn.")  # fmt: skip
def serve(host: str, port: int) -> None:
    """Mở trang web tra cứu trên máy này.

    Dừng bằng Ctrl-C. Trang và API chỉ đọc thư viện, không thay đổi gì.
    """
    listening = _listen(host, port)
    try:
        from web.app import create_app
        from web.headers import LOOPBACK

        local = _is_loopback(listening)
        hosts = LOOPBACK | {_in_url(host).lower()} if local else None
        app = create_app(settings(), hosts=hosts)
        _announce(host, listening.getsockname()[1], local=local)
        _run(app, listening)
    finally:
        listening.close()


def _listen(host: str, port: int) -> socket.socket:
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


def _is_loopback(listening: socket.socket) -> bool:
    name = listening.getsockname()[0]
    return bool(name == "::1" or name.startswith("127."))


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _announce(host: str, port: int, *, local: bool) -> None:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - compared, not bound
    address = f"http://{_in_url(shown)}:{port}"
    click.echo(f"Tra Cứu đang chạy: {address}/")
    click.echo(f"Thử một câu hỏi:   {address}/search?q=nhiệm+vụ+của+Sở+Giáo+dục")
    if not local:
        click.echo("Các máy khác trong mạng cũng xem được thư viện qua địa chỉ của máy này.")
    click.echo("Dừng bằng Ctrl-C.")


def _run(app: "FastAPI", listening: socket.socket) -> None:
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
