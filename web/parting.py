"""A long document in parts that a browser shows at once, cut where sections begin."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from web.reading import Block
from web.wording import beginning

__all__ = ["Part", "Parts", "part"]

WHOLE_UP_TO = 400
"""Passages shown on one page: some 200 kB of HTML."""

_TOP, _UPPER, _ANY, _MOST = 180, 300, 400, 700
"""Passages after which a part ends at the next section of the top level, of one of the two upper levels,
of any level, and in any case."""

_LABEL_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One part: from its first heading to its last."""

    number: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The blocks to show and the parts that there are; `all` is empty where the document is shown whole."""

    blocks: tuple[Block, ...]
    all: tuple[Part, ...] = ()
    current: int = 0
    """Number of the part shown, 0: the whole text."""
    where: Mapping[str, int] | None = None
    """Id of a heading or passage → number of its part."""

    def of(self, anchor: str) -> int:
        """Number of the part in which a heading or passage stands, 0 where it is on this page."""
        number = (self.where or {}).get(anchor, self.current)
        return 0 if number == self.current or not self.current else number


def part(blocks: Sequence[Block], wanted: str, anchor: str) -> Parts:
    """The part asked for: by its number in `wanted` ("all": the whole), else where `anchor` stands."""
    passages = sum(len(block.pieces) for block in blocks)
    if passages <= WHOLE_UP_TO:
        return Parts(tuple(blocks))
    cut = list(_cut(blocks))
    where = {
        piece.id: number for number, some in enumerate(cut, 1) for b in some for piece in b.pieces if piece.id
    }
    names = tuple(Part(number, *_ends(some)) for number, some in enumerate(cut, 1))
    if wanted == "all":
        return Parts(tuple(blocks), names, 0, where)
    asked = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 6 else 0
    number = where.get(anchor) or (asked if 1 <= asked <= len(cut) else 1)
    return Parts(tuple(cut[number - 1]), names, number, where)


def _cut(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    current: list[Block] = []
    held = 0
    for block in blocks:
        if current and held >= _least(block):
            yield current
            current, held = [], 0
        current.append(block)
        held += len(block.pieces)
    if current:
        yield current


def _least(block: Block) -> int:
    """How many passages a part must hold for the next to begin with this block."""
    if block.shape not in ("heading", "run_in"):
        return _MOST
    level = block.pieces[0].level
    return _TOP if level <= 2 else _UPPER if level == 3 else _ANY


def _ends(blocks: Sequence[Block]) -> tuple[str, str]:
    names = [_short(block) for block in blocks if block.shape in ("heading", "run_in")]
    return (names[0], names[-1]) if names else ("", "")


def _short(block: Block) -> str:
    text = " ".join(block.pieces[0].html.striptags().split())
    return beginning(text, _LABEL_LETTERS)
