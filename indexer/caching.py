"""Segmentations and vectors of texts, computed once and kept in the library."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from corpus.library import text_hash
from indexer.encoders.protocol import Encoder
from indexer.segmenting import segment_all
from indexer.vectors import Floats
from indexer.words import WORDS_VERSION

__all__ = ["Cache", "vectors_of", "words_of"]


class Cache(Protocol):
    """Blobs by space and hash: `Library.analyses`, `Library.embeddings`."""

    def get(self, space: str, hashes: Sequence[str]) -> Mapping[str, bytes]:
        """What is held of `hashes`."""

    def put(self, space: str, values: Mapping[str, bytes]) -> None:
        """Keep `values`."""


def words_of(texts: Sequence[str], cache: Cache) -> dict[str, list[str]]:
    """The segmentation of each distinct text; only those not in `cache` are segmented, then kept."""
    space = f"words-{WORDS_VERSION}"
    hashes = {text: text_hash(text) for text in dict.fromkeys(texts)}
    held = cache.get(space, list(hashes.values()))
    found = {text: held[hash_].decode().split() for text, hash_ in hashes.items() if hash_ in held}
    missing = [text for text in hashes if text not in found]
    new = dict(zip(missing, segment_all(missing), strict=True))
    cache.put(space, {hashes[text]: " ".join(found).encode() for text, found in new.items()})
    return found | new


def vectors_of(
    texts: Sequence[str], words: Sequence[Sequence[str]], encoder: Encoder, cache: Cache
) -> Floats:
    """Passage vectors (n, dimension) of `texts`; only those not in `cache` are encoded, then kept."""
    space = f"{encoder.key} words-{WORDS_VERSION}"
    hashes = [text_hash(text) for text in texts]
    size = encoder.dimension * 4
    held = {hash_: blob for hash_, blob in cache.get(space, hashes).items() if len(blob) == size}
    missing = {hash_: row for row, hash_ in enumerate(hashes) if hash_ not in held}
    if missing:
        rows = list(missing.values())
        vectors = encoder.encode_passages([texts[row] for row in rows], [words[row] for row in rows])
        blobs = [np.ascontiguousarray(vector, dtype="<f4").tobytes() for vector in vectors]
        new = dict(zip(missing, blobs, strict=True))
        cache.put(space, new)
        held |= new
    flat = np.frombuffer(b"".join(held[hash_] for hash_ in hashes), dtype="<f4")
    return flat.reshape(len(texts), encoder.dimension)
