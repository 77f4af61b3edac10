"""The command `tracuu serve`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import LibraryError
from search_api.cli.options import settings
from search_api.cli.types import Between
from web.serving import address_of, is_loopback, known_hosts, listen, run

if TYPE_CHECKING:
    from search_api.admin.access import Access

__all__ = ["serve"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ĐỊA_CHỈ",
              help="Địa chỉ để nghe; 0.0.0.0 để các máy khác trong mạng cùng xem.")  # fmt: skip
@click.option("--port", default=8000, show_default=True, type=Between(0, 65535), metavar="CỔNG",
              help="Cổng để nghe; 0 để hệ thống chọn.")  # fmt: skip
@click.option("--collect-feedback", is_flag=True, envvar="TRACUU_COLLECT_FEEDBACK",
              help="Cho người đọc đánh dấu kết quả hữu ích hay không, và giữ lại cùng câu hỏi "
                   "(hoặc biến TRACUU_COLLECT_FEEDBACK=1). Mặc định: không giữ gì.")  # fmt: skip
def serve(host: str, port: int, collect_feedback: bool) -> None:
    """Mở trang web tra cứu trên máy này.

    Dừng bằng Ctrl-C. Người quản trị nạp, sửa và bỏ văn bản ở trang /admin; nghe ngoài máy này thì trang đó
    cần mã quản trị (biến TRACUU_ADMIN_TOKEN, hoặc tệp admin-token của thư viện).
    """
    listening = listen(host, port)
    try:
        from web.app import create_app

        local = is_loopback(listening)
        hosts = known_hosts(host) if local else None
        access, told = _access(settings().library, local=local)
        app = create_app(settings(), hosts=hosts, access=access, collect_feedback=collect_feedback)
        _announce(address_of(host, listening), local=local)
        if collect_feedback:
            click.echo("Đang ghi nhận xét của người đọc; xem bằng: tracuu judge candidates")
        for line in (*told, "Dừng bằng Ctrl-C."):
            click.echo(line)
        run(app, listening)
    finally:
        listening.close()


def _announce(address: str, *, local: bool) -> None:
    click.echo(f"Tra Cứu đang chạy: {address}/")
    click.echo(f"Thử một câu hỏi:   {address}/search?q=nhiệm+vụ+của+Sở+Giáo+dục")
    if not local:
        click.echo("Các máy khác trong mạng cũng xem được thư viện qua địa chỉ của máy này.")


def _access(library: Path, *, local: bool) -> tuple["Access | None", list[str]]:
    """Who may administer (None: nobody), and what to print about it."""
    from search_api.admin.access import Access, token_of

    given = os.environ.get("TRACUU_ADMIN_TOKEN")
    if local and not given:
        return Access(None), []
    if not library.is_dir():  # whoever opens it says so
        return None, []
    try:
        token, path = token_of(library, given)
    except LibraryError as error:
        if given:
            raise
        return None, [f"Không mở trang quản trị: {error}"]
    if path is None:
        return Access(token), ["Trang quản trị /admin cần mã trong biến TRACUU_ADMIN_TOKEN."]
    return Access(token), [f"Mã quản trị (trang /admin): {token}", f"Mã được giữ trong tệp {path}."]
