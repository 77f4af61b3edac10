"""The tree of labels: which numbered paragraph stands under which, and which number is a misprint.

The stack holds the open labels from the outermost in. A style stands in it at most once, so its
depth is bounded and the whole is linear. Where a label may be read in two ways ("I." after "H.",
"i)" after "h)") or looks wrong ("2." after "2.1."), what it continues decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.clean import is_caps
from corpus.structure.labels import RANK, Label, readings
from corpus.structure.paragraphs import Unit

__all__ = ["BOLD", "Node", "build_tree"]

BOLD = 9
"""Depth of a heading that has neither label nor heading mark, only bold type."""

_LOOK_AHEAD = 400
"""How many labels ahead the parent number of a misprint is looked for."""


@dataclass(slots=True)
class Node:
    """A paragraph with a label. `path` is its number after repair, `corrected` the repaired label."""

    unit: int
    label: Label
    parent: "Node | None"
    path: tuple[int, ...]
    children: "list[Node]" = field(default_factory=list)
    corrected: str | None = None
    inner: bool = False
    """One of a list that counts from 1 again under a heading of the same style."""

    @property
    def style(self) -> str:
        """Style of the label after repair."""
        if self.inner:
            return f"{self.label.style}+"
        if (
            self.label.style.startswith("number")
            and len(self.path) > 1
            and not self.label.style.endswith(")")
        ):
            return f"number{len(self.path)}"
        return self.label.style


def build_tree(units: Sequence[Unit], plain: Mapping[int, int]) -> dict[int, Node]:
    """Give every labelled unit its node; sets `unit.label`. Keys are numbers of units.

    `plain` names the headings without a label, each with its depth among such headings (0 stands
    above all labels, `BOLD` below all).
    """
    builder = _Builder(units)
    for number in range(len(units)):
        if number in plain:
            builder.place_plain(number, plain[number])
        else:
            builder.place(number)
    _mend_sequences(builder.roots)
    for node in builder.nodes.values():
        _mend_sequences(node.children)
    return builder.nodes


class _Builder:
    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.roots: list[Node] = []
        self.nodes: dict[int, Node] = {}
        self.stack: list[Node] = []
        self.parent_style: dict[str, str | None] = {}
        self.last: dict[str, int] = {}
        self.quoted = _quoted(units)
        self.decimals = self._decimals()

    def _decimals(self) -> list[tuple[int, ...] | None]:
        """For each unit the path of the next two-part number from it on ("2.3." → (2, 3))."""
        following: list[tuple[int, ...] | None] = [None] * (len(self.units) + 1)
        age = 0
        for number in range(len(self.units) - 1, -1, -1):
            label = next(iter(self._readings(number)), None)
            following[number] = following[number + 1]
            age += 1
            if label is not None and label.style == "number2":
                following[number], age = label.path, 0
            elif age > _LOOK_AHEAD:
                following[number] = None
        return following

    def _readings(self, number: int) -> tuple[Label, ...]:
        unit = self.units[number]
        if unit.table_row or unit.furniture or number in self.quoted:
            return ()
        return readings(unit.text)

    def place(self, number: int) -> None:
        """Read the label of a unit in the light of what is open and put it into the tree."""
        unit = self.units[number]
        options = self._readings(number)
        scored = [(self._fit(label), -at, label) for at, label in enumerate(options)]
        if not scored:
            return
        fit, _, label = max(scored, key=lambda item: item[:2])
        if self._is_doubtful(label, unit.text[label.end :]) and fit <= 1:
            return
        unit.label = label
        if label.style == "number" and (path := self._misprint(label, number)) is not None:
            self._push(Node(number, label, None, path, corrected=_decimal_label(path)))
        elif label.style.startswith(("number", "mixed")) and len(label.path) > 1:
            self._push_decimal(Node(number, label, None, label.path))
        else:
            self._push(Node(number, label, None, label.path, inner=self._is_inner(label, number)))

    def _is_inner(self, label: Label, number: int) -> bool:
        """Whether "1." right under the heading "2. Phòng ngừa" counts a list of its own.

        Whole sentences go on with that list, titles with the headings.
        """
        if label.style != "number" or not self.stack:
            return False
        sentence = self.units[number].text.endswith((".", ";"))
        inner = next((node for node in self.stack if node.style == "number+"), None)
        if inner is not None:
            return sentence and label.value == inner.path[-1] + 1
        top = self.stack[-1]
        return (
            sentence
            and label.value == 1
            and top.style == "number"
            and top.unit == number - 1
            and not self.units[top.unit].text.endswith((".", ";"))
        )

    def place_plain(self, number: int, depth: int) -> None:
        """Put a heading without label under the headings that the file sets higher."""
        while self.stack and (depth == 0 or self._not_above(self.stack[-1], depth)):
            self.stack.pop()
        self._attach(Node(number, Label(f"plain{depth}", (depth,), "", 0), None, (depth,)))

    def _not_above(self, node: Node, depth: int) -> bool:
        if node.label.style.startswith("plain"):
            return node.label.value >= depth
        level = self.units[node.unit].heading_level
        return level is not None and depth < BOLD and level >= depth

    def _fit(self, label: Label) -> int:
        """3 continues an open sequence, 2 opens one, 1 belongs to an open one, 0 comes from nowhere."""
        opened = next((node for node in self.stack if node.style == label.style), None)
        if opened is not None:
            return 3 if label.value in (opened.path[-1] + 1, 1) else 1
        if label.value == 1 or len(label.path) > 1:
            return 2
        return 2 if self.last.get(label.style) == label.value - 1 else 0

    @staticmethod
    def _is_doubtful(label: Label, rest: str) -> bool:
        """Labels that are as often the start of a name or sentence: "C. Mác", "V. I. Lênin", "5. tháng"."""
        if label.style == "upper" or (label.style == "roman" and len(label.printed) == 2):
            return not is_caps(rest)
        return label.style in ("number", "number)", "lower", "small_roman") and rest[:1].islower()

    def _misprint(self, label: Label, number: int) -> tuple[int, ...] | None:
        """The true path of "2." that should read "2.2.": what stands before and after decides."""
        opened = next((node for node in self.stack if node.style == "number"), None)
        if opened is None or not opened.children or label.value == opened.path[-1] + 1:
            return None
        child = opened.children[-1]
        if len(child.path) != 2:
            return None
        count = child.path[-1]
        after = self.decimals[number + 1]
        fits_after = after == (opened.path[-1], count + 2)
        fits_before = 1 < label.value == count + 1 and label.value <= opened.path[-1]
        if (fits_after and label.value in (count + 1, opened.path[-1])) or fits_before:
            return (opened.path[-1], count + 1)
        return None

    def _push_decimal(self, node: Node) -> None:
        """A number with several parts stands under the number it begins with, wherever that is open."""
        prefix, family = node.path[:-1], node.label.style.rstrip("0123456789")
        for at in range(len(self.stack) - 1, -1, -1):
            opened = self.stack[at]
            same = opened.style.startswith(family) or (
                family == "mixed" and opened.style in ("roman", "upper")
            )
            if same and opened.path == prefix:
                del self.stack[at + 1 :]
                self._attach(node)
                return
        top = next((one for one in self.stack if one.style == "number"), None)
        if family == "number" and top is not None and len(node.path) == 2 and node.path[0] < top.path[-1]:
            # "2.1." under "3.": the number above was not taken over.
            count = top.children[-1].path[-1] if top.children and len(top.children[-1].path) == 2 else 0
            if node.path[1] == count + 1:
                node.path = (top.path[-1], node.path[1])
                node.corrected = _decimal_label(node.path)
        self._push(node)

    def _push(self, node: Node) -> None:
        style = node.style
        for at, opened in enumerate(self.stack):
            if opened.style == style:
                del self.stack[at:]
                self._attach(node)
                return
        if self.stack and self.stack[-1].style.startswith("plain") and node.path[-1] == 1:
            self._attach(node)  # a new count begins under a heading without label
            return
        rank = RANK.get(style, 20)
        known = self.parent_style.get(style, "")
        if known is None and node.path[-1] != 1:
            self.stack.clear()  # a count that runs through the whole document goes on
        for at in range(len(self.stack) - 1, -1, -1):
            if self.stack[at].style == known:
                # Where a level was put between since ("Mục 1" in the second chapter), it stays.
                keep = at + 1
                while keep < len(self.stack) and self._above(self.stack[keep], rank, node):
                    keep += 1
                del self.stack[keep:]
                self._attach(node)
                return
        while self.stack and (
            RANK.get(self.stack[-1].style, -1) > rank
            or (RANK.get(self.stack[-1].style, -1) == rank and node.path[-1] != 1)
        ):
            self.stack.pop()
        self._attach(node)

    @staticmethod
    def _above(opened: Node, rank: int, node: Node) -> bool:
        higher = RANK.get(opened.style, 20) < rank
        return higher and (node.path[-1] == 1 or node.style == "dieu")

    def _attach(self, node: Node) -> None:
        node.parent = self.stack[-1] if self.stack else None
        (node.parent.children if node.parent else self.roots).append(node)
        self.stack.append(node)
        self.nodes[node.unit] = node
        self.parent_style[node.style] = node.parent.style if node.parent else None
        self.last[node.label.style] = node.label.value


def _decimal_label(path: tuple[int, ...]) -> str:
    return ".".join(map(str, path)) + "."


def _mend_sequences(siblings: list[Node]) -> None:
    """Find numbers that plainly break the sequence of siblings: "1., 2., 4." at its end, "III., III., V."."""
    runs: dict[str, list[Node]] = {}
    for node in siblings:
        runs.setdefault(node.style, []).append(node)
    for style, run in runs.items():
        if style in ("dieu", "number", "roman", "upper", "lower") or style.startswith("number"):
            _mend_run(run, may_guess_last=style not in ("dieu", "lower"))


def _mend_run(run: list[Node], *, may_guess_last: bool) -> None:
    before: int | None = None
    for at, node in enumerate(run):
        value = node.path[-1]
        expected = None if before is None else before + 1
        after = run[at + 1].path[-1] if at + 1 < len(run) else None
        if expected is not None and value not in (expected, 1) and node.corrected is None:
            last = after is None and may_guess_last and abs(value - expected) <= 2 and expected > 1
            if after == expected + 1 or last:
                node.path = (*node.path[:-1], expected)
                node.corrected = _corrected(node)
                value = expected
        before = value


def _corrected(node: Node) -> str | None:
    """The label with the number that belongs there, in the shape of the printed one."""
    label = node.label
    if label.style.startswith("number"):
        printed = label.printed
        mark = printed[len(printed.rstrip(".)/-–")) :] or "."
        return ".".join(map(str, node.path)) + mark
    if label.style == "roman":
        return _roman(node.path[-1]) + label.printed.lstrip("IVXL")
    if label.style == "dieu":
        return label.printed.replace(str(label.value), str(node.path[-1]))
    letters = "abcdđeghiklmnopqrstuvxy"
    if not 0 < node.path[-1] <= len(letters):
        return None
    letter = letters[node.path[-1] - 1]
    return (letter.upper() if label.style == "upper" else letter) + label.printed[1:]


def _roman(value: int) -> str:
    out = ""
    for worth, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        out += letters * (value // worth)
        value %= worth
    return out


def _quoted(units: Sequence[Unit]) -> frozenset[int]:
    """Numbers of the units inside a quotation that runs over several paragraphs.

    An amending document quotes the new wording, labels included; they are not its own.
    """
    inside: set[int] = set()
    start: int | None = None
    depth = 0
    for number, unit in enumerate(units):
        opened, closed = unit.text.count("“"), unit.text.count("”")
        announced = number > 0 and units[number - 1].text.endswith(":")
        if unit.text.startswith("“") and opened > closed and (start is None or announced):
            start, depth = number, opened - closed  # a quotation before it was never closed
        elif start is not None:
            depth += opened - closed
            if depth <= 0:
                inside.update(range(start + 1, number + 1))
            if depth <= 0 or number - start > 300:
                start = None
    return frozenset(inside)
