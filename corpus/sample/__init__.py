"""The sample library: documents of an invented province, for a first look and for measuring.

Fictional from the first line to the last; whatever shows one of them shows `NOTICE` with it.
"""

import hashlib
from functools import cache
from pathlib import Path

__all__ = ["NOTICE", "is_sample", "sample_files"]

NOTICE = "Văn bản mẫu hư cấu của một tỉnh không có thật, chỉ dùng để thử phần mềm Tra Cứu."
"""What a page that shows a sample document says about it."""

_DOCUMENTS = Path(__file__).parent / "documents"
_SUFFIXES = frozenset({".md", ".txt", ".docx"})


def sample_files() -> list[Path]:
    """The sample's documents, in the order of their names."""
    return sorted(path for path in _DOCUMENTS.iterdir() if path.suffix in _SUFFIXES)


def is_sample(sha256: str) -> bool:
    """Whether the file with this SHA-256 (lower-case hex) is one of the sample's, unchanged."""
    return sha256 in _hashes()


@cache
def _hashes() -> frozenset[str]:
    return frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in sample_files())
