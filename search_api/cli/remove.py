"""tracuu remove: documents out of the library and the index."""

import click

from corpus.library import Library
from search_api.cli.indexing import bring_up_to_date
from search_api.cli.options import common, settings
from search_api.cli.terminal import brief
from search_api.cli.vietnamese import Command

__all__ = ["remove"]


@click.command(cls=Command, options_metavar="[TÙY CHỌN]…")
@click.argument("documents", nargs=-1, required=True, metavar="VĂN_BẢN…")
def remove(documents: tuple[str, ...]) -> None:
    """Bỏ văn bản khỏi thư viện: mã (hoặc phần đầu của mã), số hiệu hoặc tên tệp."""
    with Library.open(settings().library) as library:
        # All are found before any is removed: a slip in the second name must not cost the first.
        meant = dict.fromkeys(library.resolve(document) for document in documents)
        for document_id in meant:
            summary = library.summary(document_id)
            library.remove(document_id)
            if not common().quiet:
                click.echo(f"Đã bỏ: {brief(summary.metadata, summary.source)} ({document_id})")
        bring_up_to_date(library)
