"""The command `tracuu serve`."""

import click

from search_api.cli.options import settings
from search_api.cli.types import Between
from web.serving import in_url, is_loopback, listen, run

__all__ = ["serve"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ĐỊA_CHỈ",
              help="Địa chỉ để nghe; 0.0.0.0 để các máy khác trong mạng cùng xem.")  # fmt: skip
@click.option("--port", default=8000, show_default=True, type=Between(0, 65535), metavar="CỔNG",
              help="Cổng để nghe; 0 để hệ thống chọn.")  # fmt: skip
def serve(host: str, port: int) -> None:
    """Mở trang web tra cứu trên máy này.

    Dừng bằng Ctrl-C. Trang và API chỉ đọc thư viện, không thay đổi gì.
    """
    listening = listen(host, port)
    try:
        from web.app import create_app
        from web.headers import LOOPBACK

        local = is_loopback(listening)
        hosts = LOOPBACK | {in_url(host).lower()} if local else None
        app = create_app(settings(), hosts=hosts)
        _announce(host, listening.getsockname()[1], local=local)
        run(app, listening)
    finally:
        listening.close()


def _announce(host: str, port: int, *, local: bool) -> None:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - compared, not bound
    address = f"http://{in_url(shown)}:{port}"
    click.echo(f"Tra Cứu đang chạy: {address}/")
    click.echo(f"Thử một câu hỏi:   {address}/search?q=nhiệm+vụ+của+Sở+Giáo+dục")
    if not local:
        click.echo("Các máy khác trong mạng cũng xem được thư viện qua địa chỉ của máy này.")
    click.echo("Dừng bằng Ctrl-C.")
