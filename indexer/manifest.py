"""The manifest of a generation: what it was built from, and the size and hash of each of its files."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.analysis import ANALYSIS_VERSION
from indexer.context import CONTEXT_VERSION

__all__ = ["FORMAT", "MANIFEST", "Built", "File", "Held", "Manifest", "describe", "files_in"]

MANIFEST = "manifest.json"
FORMAT = 2
"""Layout of the files; a generation of another format is rebuilt."""


@dataclass(frozen=True, slots=True)
class Held:
    """A document in the index: its row key, its content key in the library, its passages."""

    key: int
    content: str
    passages: int


@dataclass(frozen=True, slots=True)
class File:
    """A file of the generation; `sha256` in hex."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Built:
    """Everything that must be equal for a generation to be carried on."""

    model: str
    """`Encoder.key`."""
    dimension: int
    analysis: str = ANALYSIS_VERSION
    context: str = CONTEXT_VERSION
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Manifest:
    """One generation."""

    generation: str
    built: Built
    documents: Mapping[str, Held]
    """By document id."""
    files: Mapping[str, File]
    """By path below the generation's directory."""

    @property
    def passages(self) -> int:
        """Number of passages indexed."""
        return sum(held.passages for held in self.documents.values())

    def to_bytes(self) -> bytes:
        """As written to disk."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Manifest":
        """Read what `to_bytes` wrote. Raises ValueError or TypeError or KeyError if it is anything else."""
        fields = json.loads(data)
        return cls(
            generation=str(fields["generation"]),
            built=Built(**fields["built"]),
            documents={id_: Held(**held) for id_, held in fields["documents"].items()},
            files={name: File(**file) for name, file in fields["files"].items()},
        )


def files_in(directory: Path) -> Iterator[str]:
    """Paths below `directory` of the files that a manifest must cover. Locks are not contents."""
    for path in sorted(directory.rglob("*")):
        if path.is_file() and path.name != MANIFEST and path.suffix != ".lock":
            yield path.relative_to(directory).as_posix()


def describe(directory: Path, known: Mapping[str, File]) -> dict[str, File]:
    """Sizes and hashes of the files of a generation; `known` are files linked from an earlier one."""
    found: dict[str, File] = {}
    for name in files_in(directory):
        path = directory / name
        if name in known:
            found[name] = known[name]
            continue
        with path.open("rb") as file:
            found[name] = File(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
    return found
