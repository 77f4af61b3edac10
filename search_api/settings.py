"""Everything that can be set about searching: as data, each with a help text."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["DEFAULT_LIBRARY", "Settings", "Weights"]

DEFAULT_LIBRARY = Path("tracuu-library")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts in the fused score; parts are normalised to 0…1 within a query."""

    words: float = 1.0
    bigrams: float = 1.0
    folded: float = 0.5
    dense: float = 0.8
    headings: float = 0.5
    references: float = 1.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a search engine: where the library is, which encoder, how candidates are fused."""

    library: Path = DEFAULT_LIBRARY
    """Thư mục thư viện (TRACUU_LIBRARY)."""
    model: str | None = None
    """Mô hình nhúng: None là mô hình đi kèm; hoặc đường dẫn, tên trên hub (TRACUU_MODEL)."""
    candidates: int = 200
    """Candidates taken from each index before fusion."""
    weights: Weights = field(default_factory=Weights)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Settings with what TRACUU_LIBRARY and TRACUU_MODEL say."""
        return cls(
            library=Path(environment.get("TRACUU_LIBRARY") or DEFAULT_LIBRARY),
            model=environment.get("TRACUU_MODEL") or None,
        )
