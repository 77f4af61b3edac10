"""The library that keeps the documents: `from corpus.library import Library`."""

from corpus.library.caches import Cache
from corpus.library.learned import Learned
from corpus.library.library import Library
from corpus.library.named import Mention
from corpus.library.names import date_range, fold_name, fold_number, text_hash
from corpus.library.stored import DocumentSummary, StoredPassage

__all__ = [
    "Cache",
    "DocumentSummary",
    "Learned",
    "Library",
    "Mention",
    "StoredPassage",
    "date_range",
    "fold_name",
    "fold_number",
    "text_hash",
]
