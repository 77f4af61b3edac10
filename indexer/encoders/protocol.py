"""What an encoder is to the rest of the house."""

from collections.abc import Sequence
from typing import Protocol

from indexer.encoders.forms import Words
from indexer.vectors import Floats

__all__ = ["Encoder"]


class Encoder(Protocol):
    """A model that turns texts into vectors whose inner product is nearness in meaning."""

    @property
    def key(self) -> str:
        """Names the model and its content: vectors under different keys are never mixed."""

    @property
    def dimension(self) -> int:
        """Length of the vectors."""

    def encode_passages(self, texts: Sequence[str], words: Words | None = None) -> Floats:
        """Unit vectors (n, dimension) of passages; a text without a word may give a zero vector.

        `words` spares an encoder that reads words the segmentation; others ignore it.
        """

    def encode_queries(self, texts: Sequence[str], words: Words | None = None) -> Floats:
        """The same for queries."""
