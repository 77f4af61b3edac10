"""tracuu check: whether library and index are sound."""

import click

from corpus.library import Library
from search_api.cli.indexing import bring_up_to_date
from search_api.cli.options import common, settings
from search_api.cli.terminal import warn
from search_api.cli.vietnamese import Command

__all__ = ["check"]


@click.command(cls=Command, options_metavar="[TÙY CHỌN]…")
@click.option(
    "--mend", is_flag=True, help="Đưa lại vào thư viện những tệp gốc không thuộc văn bản nào, dọn tệp ghi dở."
)
def check(mend: bool) -> int:
    """Kiểm tra thư viện và chỉ mục; mã thoát 1 nếu có hư hỏng (sửa chỉ mục bằng rebuild)."""
    from indexer.checking import check as check_index

    with Library.open(settings().library) as library:
        if mend:
            _mend(library)
        problems = [*library.check(), *check_index(library)]
        count = len(library.contents())
        orphans = len(library.orphans())
    for problem in problems:
        click.echo(problem, err=True)
    if orphans and not common().quiet:  # left by a killed process: no damage, only space
        warn(f"Lưu ý: {orphans} tệp gốc không thuộc văn bản nào; sửa bằng `tracuu check --mend`.")
    if not problems and not common().quiet:
        click.echo(f"Thư viện và chỉ mục đều tốt ({count} văn bản).")
    return 1 if problems else 0


def _mend(library: Library) -> None:
    """Add whole originals that no document refers to, delete broken ones; nothing that is whole is lost."""
    from corpus.ingest import add_files

    if strays := library.strays():
        report = add_files(library, strays)
        click.echo(f"Đã đưa lại vào thư viện {len(report.of('added'))} tệp gốc.")
        for outcome in report.of("failed"):
            warn(f"Lỗi: {outcome.reason}")
        bring_up_to_date(library)
    if swept := library.sweep(broken_only=True):
        click.echo(f"Đã dọn {swept} tệp ghi dở.")
    library.pictures.clear()
