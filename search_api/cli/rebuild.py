"""tracuu rebuild: the index anew from the library."""

import click

from corpus.library import Library
from search_api.cli.indexing import bring_up_to_date
from search_api.cli.options import common, settings
from search_api.cli.vietnamese import Command

__all__ = ["rebuild"]


@click.command(cls=Command, options_metavar="[TÙY CHỌN]…")
def rebuild() -> None:
    """Dựng lại chỉ mục từ thư viện (khi chỉ mục hỏng hoặc đổi mô hình)."""
    with Library.open(settings().library) as library:
        bring_up_to_date(library, anew=True)
        count = len(library.contents())
    if not common().quiet:
        click.echo(f"Đã dựng lại chỉ mục của {count} văn bản.")
