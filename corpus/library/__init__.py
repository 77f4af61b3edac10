"""The library that keeps the documents: `from corpus.library import Library`."""

from corpus.library.caches import Cache
from corpus.library.corrections import CORRECTABLE, CORRECTED, CorrectionError, Corrections
from corpus.library.incoming import Incoming, IncomingFile, IncomingStatus
from corpus.library.learned import Learned
from corpus.library.library import Library
from corpus.library.named import Mention
from corpus.library.names import date_range, fold_name, fold_number, text_hash
from corpus.library.stored import DocumentSummary, RemovedDocument, StoredPassage

__all__ = [
    "CORRECTABLE",
    "CORRECTED",
    "Cache",
    "CorrectionError",
    "Corrections",
    "DocumentSummary",
    "Incoming",
    "IncomingFile",
    "IncomingStatus",
    "Learned",
    "Library",
    "Mention",
    "RemovedDocument",
    "StoredPassage",
    "date_range",
    "fold_name",
    "fold_number",
    "text_hash",
]
