"""tracuu remove: documents out of the library and the index."""

import click

from corpus.errors import NotHeldError
from corpus.library import Library
from search_api.cli.indexing import bring_up_to_date
from search_api.cli.options import common, settings
from search_api.cli.restore import removed_meant
from search_api.cli.terminal import brief
from search_api.cli.vietnamese import Command

__all__ = ["remove"]


@click.command(cls=Command, options_metavar="[TÙY CHỌN]…")
@click.argument("documents", nargs=-1, required=True, metavar="VĂN_BẢN…")
@click.option("--forever", is_flag=True, help="Xóa hẳn, kể cả tệp gốc; không khôi phục được nữa.")
def remove(documents: tuple[str, ...], forever: bool) -> None:
    """Bỏ văn bản khỏi thư viện: mã (hoặc phần đầu của mã), số hiệu hoặc tên tệp.

    Văn bản không còn tìm thấy nhưng được giữ lại; khôi phục bằng `tracuu restore`.
    """
    with Library.open(settings().library) as library:
        # All are found before any is removed: a slip in the second name must not cost the first.
        meant = dict.fromkeys(_meant(library, document, forever=forever) for document in documents)
        names = {one.document.id: one.document for one in library.removed()}
        names |= {id_: library.summary(id_) for id_ in meant if id_ not in names}
        for document_id in meant:
            (library.erase if forever else library.remove)(document_id)
            if not common().quiet:
                summary = names[document_id]
                done = "Đã xóa hẳn" if forever else "Đã bỏ"
                click.echo(f"{done}: {brief(summary.metadata, summary.source)} ({document_id})")
        bring_up_to_date(library)


def _meant(library: Library, document: str, *, forever: bool) -> str:
    try:
        return library.resolve(document)
    except NotHeldError:
        if not forever:
            raise
        return removed_meant(library, document)  # one that was removed before can be erased
