"""How much a word tells: the inverse document frequency that BM25 uses."""

import math

from indexer.index import Index

__all__ = ["rarity"]


def rarity(index: Index, field: str, token: str) -> float:
    """log(1 + (N - n + ½) / (n + ½)) for a token that n of N passages hold; the rarest for an unknown one."""
    held = index.frequency(field, token)
    return math.log(1 + (len(index) - held + 0.5) / (held + 0.5))
