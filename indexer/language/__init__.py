"""What Vietnamese syllables follow each other: a small n-gram model that comes with the program.

`syllables.npz` is built by `python -m indexer.training syllables` (see `indexer/training/ngrams.py`)
from law and news: up to three syllables, pruned, log-probabilities in one byte each.
"""

from indexer.language.model import NUMBER, START, UNKNOWN, SyllableModel, load_model, read_model
from indexer.language.packing import packed

__all__ = ["NUMBER", "START", "UNKNOWN", "SyllableModel", "load_model", "packed", "read_model"]
