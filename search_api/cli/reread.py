"""tracuu reread: what an earlier version of the program read, read once more."""

import click

from corpus.errors import TracuuError
from corpus.library import Library
from search_api.cli.indexing import bring_up_to_date
from search_api.cli.options import common, settings
from search_api.cli.progress import progress
from search_api.cli.terminal import warn
from search_api.cli.vietnamese import Command

__all__ = ["reread"]


@click.command(cls=Command, options_metavar="[TÙY CHỌN]…")
def reread() -> int:
    """Đọc lại từ tệp gốc những văn bản do phiên bản cũ của chương trình đọc; bản sửa tay được giữ.

    Mã thoát 1 nếu có tệp không đọc được; văn bản đó giữ như đã đọc trước đây.
    """
    from corpus.read import read_bytes
    from corpus.understand import understand

    failed = 0
    with Library.open(settings().library) as library:
        outdated = library.outdated()
        with progress("Đọc lại văn bản") as told:
            for done, summary in enumerate(outdated, 1):
                try:
                    data = library.original(summary.id).read_bytes()
                    sha256 = library.document(summary.id).sha256
                    source = read_bytes(data, summary.source)
                    library.add(understand(source, name=summary.source, sha256=sha256), data)
                except (TracuuError, OSError) as error:
                    failed += 1
                    warn(f"Lỗi: {error}")
                if told:
                    told(done, len(outdated))
        bring_up_to_date(library)
    if not common().quiet:
        click.echo(f"Đã đọc lại {len(outdated) - failed} văn bản.")
    return 1 if failed else 0
