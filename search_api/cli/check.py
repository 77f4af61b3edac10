"""tracuu check: whether library and index are sound."""

import click

from corpus.library import Library
from search_api.cli.options import common, settings
from search_api.cli.vietnamese import Command

__all__ = ["check"]


@click.command(cls=Command, options_metavar="[TÙY CHỌN]…")
def check() -> int:
    """Kiểm tra thư viện và chỉ mục; mã thoát 1 nếu có hư hỏng (sửa chỉ mục bằng rebuild)."""
    from indexer.checking import check as check_index

    with Library.open(settings().library) as library:
        problems = [*library.check(), *check_index(library)]
        count = len(library.contents())
    for problem in problems:
        click.echo(problem, err=True)
    if not problems and not common().quiet:
        click.echo(f"Thư viện và chỉ mục đều tốt ({count} văn bản).")
    return 1 if problems else 0
