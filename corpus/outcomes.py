"""What became of the files that were given: one outcome for each, with the reason where it failed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.find import Problem
from corpus.read.limits import shown

__all__ = ["IngestReport", "Outcome", "Status"]

Status = Literal["added", "replaced", "unchanged", "duplicate", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, or of one file in an archive (`member`: "a.zip › b.docx").

    "replaced": the same file, held from an older reading, was read anew. "unchanged": held as it
    is. "duplicate": its content is held already under the name `same_as`. "failed": `reason` says
    why and what to do. `twin`: added, but a document held under this name says the same, word by word
    or nearly (another format, a scan of it).
    """

    path: Path
    status: Status
    document_id: str | None = None
    reason: str | None = None
    same_as: str | None = None
    warnings: tuple[str, ...] = ()
    member: str | None = None
    twin: str | None = None
    pages: int | None = None
    recognised: int = 0
    """Pages that were recognised from pictures."""

    @property
    def name(self) -> str:
        """The file's name as it can be printed: without line ends, control and broken characters."""
        return shown(self.member or self.path)


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Every file's outcome in the order in which they were found, and what was not even a file."""

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]

    def of(self, status: Status) -> tuple[Outcome, ...]:
        """Outcomes with this status."""
        return tuple(outcome for outcome in self.outcomes if outcome.status == status)

    @property
    def changed(self) -> bool:
        """Whether the library holds something new, so that the index must follow."""
        return any(outcome.status in ("added", "replaced") for outcome in self.outcomes)
