"""A progress bar on stderr, for people only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from search_api.cli.options import common

__all__ = ["progress"]


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
