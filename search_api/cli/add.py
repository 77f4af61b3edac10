"""tracuu add: files and folders into the library, and the index brought up to date."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.library import Library
from search_api.cli.indexing import bring_up_to_date
from search_api.cli.options import common, settings
from search_api.cli.progress import file_progress
from search_api.cli.terminal import brief, warn
from search_api.cli.vietnamese import Command

if TYPE_CHECKING:
    from corpus.ingest import IngestReport, Outcome

__all__ = ["add"]

_MOST_NAMED = 200
"""Documents that are named one by one; of more only the counts are told."""


@click.command(cls=Command, options_metavar="[TÙY CHỌN]…")
@click.argument(
    "paths", nargs=-1, required=True, metavar="TỆP_HOẶC_THƯ_MỤC…", type=click.Path(path_type=Path)
)
def add(paths: tuple[Path, ...]) -> int:
    """Đọc tệp hoặc thư mục vào thư viện rồi lập chỉ mục; thư viện chưa có thì được tạo.

    Mỗi tệp lỗi được nêu kèm lý do, các tệp khác vẫn vào. Mã thoát 1 nếu có tệp lỗi.
    """
    from corpus.ingest import add_files

    jobs = min(os.cpu_count() or 1, 4)
    with Library.open(settings().library, create=True) as library:
        with file_progress("Đọc văn bản") as told:
            files, pages = told or (None, None)
            report = add_files(library, paths, progress=files, pages=pages, jobs=jobs)
        # Also where nothing came in: an earlier run may have been killed before it indexed.
        bring_up_to_date(library)
        _say(report, library)
    nothing = not report.outcomes and bool(report.problems)
    return 1 if report.of("failed") or nothing else 0


def _say(report: "IngestReport", library: Library) -> None:
    """Failures, what was read and warnings on stderr; counts on stdout."""
    for outcome in report.of("failed"):
        warn(f"Lỗi: {outcome.reason}")
    if common().quiet:
        return
    for problem in report.problems:
        warn(f"Lưu ý: {problem.reason}")
    read = [*report.of("added"), *report.of("replaced")]
    if len(read) <= _MOST_NAMED:
        for outcome in read:
            warn(f"Đã đọc: {_line(outcome, library)}")
    for outcome in report.outcomes:
        for warning in outcome.warnings:
            warn(f"Lưu ý: {outcome.name}: {warning}")
        if outcome.status == "duplicate":
            warn(f"Trùng: {outcome.name} giống hệt {outcome.same_as} đã có nên không thêm lần nữa.")
        if outcome.twin:
            warn(
                f"Trùng nội dung: {outcome.name} có cùng nội dung với {outcome.twin} đã có; nếu thừa, "
                f"bỏ bằng `tracuu remove {outcome.document_id}`."
            )
    counts = {
        "thêm": len(report.of("added")),
        "đọc lại": len(report.of("replaced")),
        "không đổi": len(report.of("unchanged")),
        "trùng": len(report.of("duplicate")),
        "lỗi": len(report.of("failed")),
    }
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count or name == "thêm")
    click.echo(f"Văn bản: {said}.")


def _line(outcome: "Outcome", library: Library) -> str:
    """'a.pdf: Kế hoạch 64-KH/TU · ngày 06/4/2026 · Tỉnh ủy Hưng Yên, 12 trang'."""
    about = library.summary(outcome.document_id or "")
    known = brief(about.metadata, "")
    said = f"{outcome.name}: {known or 'không rõ loại, số và ngày'}"
    if outcome.pages:
        said += f", {outcome.pages} trang"
    if outcome.recognised:
        said += f" ({outcome.recognised} trang nhận dạng từ bản quét)"
    return said
