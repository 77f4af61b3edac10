"""Bringing the index up to date, as the commands that change the library do."""

from corpus.library import Library
from search_api.cli.options import settings
from search_api.cli.progress import progress

__all__ = ["bring_up_to_date"]


def bring_up_to_date(library: Library, *, anew: bool = False) -> None:
    """Index what changed, or with `anew` everything."""
    from indexer.encoders import load_encoder
    from indexer.update import rebuild, update

    encoder = load_encoder(settings().model)
    with progress("Lập chỉ mục") as told:
        (rebuild if anew else update)(library, encoder, progress=told)
