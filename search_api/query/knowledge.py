"""What the library knows, for reading queries: built once per index generation."""

from dataclasses import dataclass

__all__ = ["Knowledge"]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that steps may consult. A field at its default means that nothing is known of that."""
