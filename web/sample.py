"""Which documents are the fictional ones that come with the program."""

import hashlib
from functools import cache

from corpus.sample import sample_files

__all__ = ["is_sample"]


def is_sample(document_id: str) -> bool:
    """Whether the document with this id is one of the bundled fictional files, unchanged."""
    return document_id in _ids()


@cache
def _ids() -> frozenset[str]:
    """Ids of the bundled files: the first 16 hex digits of their SHA-256, as `Document.id` says."""
    return frozenset(hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in sample_files())
