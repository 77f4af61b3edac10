"""A progress bar on stderr, for people only."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from search_api.cli.options import common

__all__ = ["file_progress", "progress"]


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """A function to be told (done, total); None where nobody watches: --quiet, or no terminal."""
    if common().quiet or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True) as bar:

        def show(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield show


@contextmanager
def file_progress(
    label: str,
) -> Iterator[tuple[Callable[[int, int], None], Callable[[str, int, int], None]] | None]:
    """As `progress`, for files, and a second function to be told of a scan (name, pages done, of how many).

    The second may be called from any thread.
    """
    if common().quiet or not sys.stderr.isatty():
        yield None
        return
    lock = threading.Lock()
    with click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True) as bar:

        def files(done: int, total: int) -> None:
            with lock:
                bar.length = max(total, 1)
                bar.label = label
                bar.update(done - bar.pos)

        def pages(name: str, done: int, total: int) -> None:
            with lock:
                short = name if len(name) <= 40 else f"{name[:39]}…"
                bar.label = f"{label}: nhận dạng {short}, trang {done}/{total}"
                bar.render_progress()

        yield files, pages
