"""Segmenting many texts: in several processes where there is enough to do, since threads bring nothing."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from corpus.cores import cores
from indexer.words import words

__all__ = ["segment_all"]

_WORTH_IT = 400_000
"""Characters: about six seconds' work of one process, against one second to start another."""
_PORTION = 32


def segment_all(texts: Sequence[str]) -> list[list[str]]:
    """`words` of each text, in order."""
    processes = min(cores(), 8)
    if processes > 1 and sum(map(len, texts)) >= _WORTH_IT:
        # "spawn": the parent may hold threads and locks (a server, tantivy) that a fork would break.
        try:
            with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
                return list(pool.map(words, texts, chunksize=_PORTION))
        except BrokenProcessPool:  # a caller whose main module cannot be imported again
            pass
    return [words(text) for text in texts]
