"""What a training run is made of: every number that decides the outcome, and the seed."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Recipe", "Stage"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of training. `drop` is the share of atoms left out of every text, anew each time."""

    passes: int
    batch: int
    rate: float
    drop: float = 0.0
    scale: float = 20.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """The defaults are those of the bundled model; docs/encoder.md tells why each is what it is."""

    seed: int = 1
    dimension: int = 256
    widths: tuple[int, ...] = (256, 64)
    """Prefixes of the vector that are trained to be useful by themselves."""
    words: int = 52_000
    """Words in the vocabulary; syllables and letters come on top."""
    items: float = 1.0
    """Share of news and encyclopedia items used in each pass of the first stage."""
    first: Stage = field(default_factory=lambda: Stage(passes=4, batch=2048, rate=0.02))
    second: Stage = field(default_factory=lambda: Stage(passes=8, batch=1024, rate=0.01, drop=0.1))
    held_out: int = 400
    """Written passages set aside for measuring, with all that nearly repeat them."""
    negatives: int = 8
    """Lexical near misses kept for each written query; one is drawn in each pass; 0 for none."""
    terms: int = 256
    """Lexicon pairs mixed into each batch of the second stage, and so on for the next two."""
    articles: int = 512
    reworded: int = 512
    mixed: float = 0.5
    """Weight of each of these against the written queries."""

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    @classmethod
    def read(cls, path: Path) -> "Recipe":
        """A recipe as `as_json` gives it, maybe only the fields that differ from the defaults."""
        values = json.loads(path.read_text("utf-8"))
        for name in ("first", "second"):
            if name in values:
                values[name] = Stage(**values[name])
        if "widths" in values:
            values["widths"] = tuple(values["widths"])
        return cls(**values)
