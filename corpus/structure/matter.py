"""Lines of front and back matter on their way into the document."""

from dataclasses import dataclass, field

from corpus.clean import Line
from corpus.types import MatterRole

__all__ = ["Front", "MatterLine"]


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A line, or part of one, that is front or back matter. `same`: goes on the matter before it."""

    role: MatterRole
    text: str
    page: int | None = None
    same: bool = False


@dataclass(slots=True)
class Front:
    """What stands before the body, and where the body begins."""

    matter: list[MatterLine] = field(default_factory=list)
    end: int = 0
    rest: Line | None = None
    """What is left of the last line where front matter and body share it."""

    def add(self, role: MatterRole, line: Line, text: str | None = None, *, same: bool = False) -> None:
        """Note `line`, or the part `text` of it, as front matter."""
        self.matter.append(MatterLine(role, text if text is not None else line.text, line.page, same))

    @property
    def last(self) -> MatterRole | None:
        """Role of the latest part."""
        return self.matter[-1].role if self.matter else None

    def has(self, *roles: MatterRole) -> bool:
        """Whether a part of one of these roles was seen."""
        return any(part.role in roles for part in self.matter)
