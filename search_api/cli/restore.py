"""tracuu restore: removed documents back into the library and the index."""

import click

from corpus.errors import NotHeldError
from corpus.library import Library, fold_name, fold_number
from search_api.cli.indexing import bring_up_to_date
from search_api.cli.options import common, settings
from search_api.cli.terminal import brief
from search_api.cli.vietnamese import Command

__all__ = ["removed_meant", "restore"]


@click.command(cls=Command, options_metavar="[TÙY CHỌN]…")
@click.argument("documents", nargs=-1, required=True, metavar="VĂN_BẢN…")
def restore(documents: tuple[str, ...]) -> None:
    """Khôi phục văn bản đã bỏ: mã (hoặc phần đầu của mã), số hiệu hoặc tên tệp.

    Xem các văn bản đã bỏ bằng `tracuu documents --removed`.
    """
    with Library.open(settings().library) as library:
        for document_id in dict.fromkeys(removed_meant(library, document) for document in documents):
            library.restore(document_id)
            if not common().quiet:
                summary = library.summary(document_id)
                click.echo(f"Đã khôi phục: {brief(summary.metadata, summary.source)} ({document_id})")
        bring_up_to_date(library)


def removed_meant(library: Library, reference: str) -> str:
    """Id of the removed document meant, by id or its beginning, number or file name.

    NotHeldError where there is none, or several.
    """
    typed, folded = reference.strip().lower(), fold_name(reference)
    number = fold_number(reference)
    found = [
        one.document
        for one in library.removed()
        if (len(typed) >= 4 and one.document.id.startswith(typed))
        or fold_name(one.document.source) == folded
        or (number and fold_number(one.document.metadata.number or "") == number)
    ]
    if len(found) == 1:
        return found[0].id
    if not found:
        raise NotHeldError(
            f"Không có văn bản đã bỏ nào ứng với “{reference[:80]}”; xem bằng `tracuu documents --removed`."
        )
    listed = "; ".join(f"{brief(one.metadata, one.source)} ({one.id})" for one in found[:5])
    raise NotHeldError(f"“{reference[:80]}” ứng với {len(found)} văn bản đã bỏ: {listed}. Hãy dùng mã.")
