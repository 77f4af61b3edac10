"""tracuu add: files and folders into the library, and the index brought up to date."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.library import Library
from search_api.cli.indexing import bring_up_to_date
from search_api.cli.options import common, settings
from search_api.cli.progress import progress
from search_api.cli.terminal import warn
from search_api.cli.vietnamese import Command

if TYPE_CHECKING:
    from corpus.ingest import IngestReport

__all__ = ["add"]

_MANY = 8
"""From this many paths' worth of files on, starting other processes pays."""


@click.command(cls=Command, options_metavar="[TÙY CHỌN]…")
@click.argument(
    "paths", nargs=-1, required=True, metavar="TỆP_HOẶC_THƯ_MỤC…", type=click.Path(path_type=Path)
)
def add(paths: tuple[Path, ...]) -> int:
    """Đọc tệp hoặc thư mục vào thư viện rồi lập chỉ mục; thư viện chưa có thì được tạo.

    Mỗi tệp lỗi được nêu kèm lý do, các tệp khác vẫn vào. Mã thoát 1 nếu có tệp lỗi.
    """
    from corpus.ingest import add_files, find_files

    jobs = min(os.cpu_count() or 1, 4) if len(find_files(paths)[0]) >= _MANY else 1
    with Library.open(settings().library, create=True) as library:
        with progress("Đọc văn bản") as told:
            report = add_files(library, paths, progress=told, jobs=jobs)
        # Also where nothing came in: an earlier run may have been killed before it indexed.
        bring_up_to_date(library)
    _say(report)
    nothing = not report.outcomes and bool(report.problems)
    return 1 if report.of("failed") or nothing else 0


def _say(report: "IngestReport") -> None:
    """Failures and warnings on stderr, counts on stdout."""
    for outcome in report.of("failed"):
        warn(f"Lỗi: {outcome.reason}")
    if common().quiet:
        return
    for problem in report.problems:
        warn(f"Lưu ý: {problem.reason}")
    for outcome in report.outcomes:
        for warning in outcome.warnings:
            warn(f"Lưu ý: {outcome.path.name}: {warning}")
        if outcome.status == "duplicate":
            warn(f"Trùng: {outcome.path.name} giống hệt {outcome.same_as} đã có.")
    counts = {
        "thêm": len(report.of("added")),
        "đọc lại": len(report.of("replaced")),
        "không đổi": len(report.of("unchanged")),
        "trùng": len(report.of("duplicate")),
        "lỗi": len(report.of("failed")),
    }
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count or name == "thêm")
    click.echo(f"Văn bản: {said}.")
