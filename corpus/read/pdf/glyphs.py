"""What stands on a page of a PDF: characters and ruling lines with their places.

All coordinates are points in an upright frame: x to the right, y downwards. A page has one frame
for each direction in which text is set; a table turned by 90° is read in a frame of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["Frame", "Glyph", "Page", "Rule", "Turn", "turned"]

Turn = int
"""How far text is turned clockwise: 0, 90, 180, 270."""


@dataclass(slots=True)
class Glyph:
    """One character as printed; `text` holds the marks put onto it too."""

    text: str
    left: float
    right: float
    base: float
    size: float
    """Height from the lowest to the highest stroke of its font, about 1.1 times the nominal size."""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, along x (`top` == `bottom`) or along y (`left` == `right`)."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def flat(self) -> bool:
        """It runs along x."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(slots=True)
class Frame:
    """Everything on a page that is set in one direction, and the lines ruled on that page."""

    turn: Turn
    top: float
    bottom: float
    left: float
    right: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """A page, its frames in the order of how much they hold.

    `pictured` is the share of the page that pictures cover; `broken` the share of characters that
    no letter can be told for; `hidden`: the text is an invisible layer over a picture.
    """

    number: int
    frames: list[Frame]
    pictured: float = 0.0
    broken: float = 0.0
    hidden: bool = False
    letters: int = 0


def turned(turn: Turn, box: Sequence[float]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in the frame for a box (left, bottom, right, top) of the page.

    Frames share the page's origin, so some have negative coordinates.
    """
    left, bottom, right, top = box
    if turn == 0:
        return left, -top, right, -bottom
    if turn == 90:  # read from top to bottom
        return -top, -right, -bottom, -left
    if turn == 180:
        return -right, bottom, -left, top
    return bottom, left, top, right  # read from bottom to top
