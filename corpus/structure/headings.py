"""Headings told from numbered paragraphs and list items.

A number may open a heading ("1. Mục đích"), a heading that runs into its text ("2.1. Mục tiêu: Xây
dựng…") or a whole paragraph ("1. Tăng cường sự lãnh đạo… Nhân dân."). Shape decides first, then
what stands below it, then what its siblings are. What the file claims (bold, '##') only helps
where the shape leaves it open.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from corpus.clean import UPPER, is_caps
from corpus.structure.letterhead import head_parts
from corpus.structure.marks import ends_open, is_enacting, opens_item
from corpus.structure.outline import BOLD, Node
from corpus.structure.paragraphs import Unit
from corpus.text import fold

__all__ = ["Shape", "join_titles", "plain_headings", "run_in_end", "shapes"]

Shape = Literal["heading", "run_in", "numbered"]

_LONGEST_TITLE = 300
_LONGEST_CAPS_TITLE = 900
_LONGEST_COLON_TITLE = 120
_WORD_STYLES = ("phan", "chuong", "muc", "tieu_muc")
_QUESTIONS = ("cau", "bai", "chuyen_de")
_POINTS = ("lower", "number)")
_LISTED = ("(number)", "(lower)", "(roman)", "small_roman", "lower_number")
_SENTENCE_END = re.compile(rf"(?<=[^\s.][^\s.])[.!?]\s+[{UPPER}]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEAD_IN = re.compile(
    r"\b(?:gom|sau|sau day|la|nhu|theo|thi|phai|can|duoc|co|den|voi|cho|bao gom|trong do"
    r"|nhung noi dung)\s*:$|(?:^|[,;]\s*)cu the\s*:$"
)
_RUN_IN = re.compile(rf"(?P<title>[^:.;!?“”]{{2,140}}):\s+(?=[{UPPER}\d“\"(])")
_MOST_RUN_IN_WORDS = 5
_SHORT_RUN_IN = re.compile(r"(?P<title>[^:.;,!?“”]{2,45}):\s+(?=[^\W_])")
"""The few words before a colon that name what follows even in small letters: "1. Thời gian: từ…"."""

_CONNECTIVE_START = re.compile(r"(?:VÀ|VỀ|CỦA|CHO|ĐỐI VỚI|TRONG|TRÊN|GIAI ĐOẠN|NHẰM|ĐẾN|THEO|TẠI|NĂM)\b")


def join_titles(units: list[Unit]) -> list[Unit]:
    """Put a title on the line below its label onto it ("Chương I" / "QUY ĐỊNH CHUNG"), and the rest
    of a capital heading that goes on in the next paragraph.
    """
    out: list[Unit] = []
    for unit in units:
        before = out[-1] if out else None
        if before is not None and _takes_title(before, unit):
            before.text = f"{before.text}\n{unit.text}"
            before.bold = before.bold and unit.bold
        else:
            out.append(unit)
    return out


_BARE_LABEL = re.compile(
    r"(?:phần|chương|mục|tiểu mục|chuyên đề|bài)\s+"
    r"(?:thứ\s+\w+|[ivxl]+|\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)[.:]?$",
    re.IGNORECASE,
)
_CAPS_LABEL = re.compile(r"(?:[IVXL]{1,6}|[A-ZĐ]|\d{1,2})[.)/:\-–]\s|(?:PHẦN|CHƯƠNG|MỤC|Phần|Chương|Mục)\s")


def _takes_title(before: Unit, unit: Unit) -> bool:
    if (
        unit.table_row
        or unit.furniture
        or unit.list_item
        or unit.repairs
        or opens(unit)
        or len(unit.text) > 300
    ):
        return False
    if unit.text.endswith((".", ";", ":")):
        return False
    if _BARE_LABEL.match(before.text) and before.text[0].isupper():
        return True
    text = before.text
    first = text.split("\n", 1)[0]
    if first != text and _BARE_LABEL.match(first) and is_caps(unit.text) and is_caps(text[len(first) :]):
        return len(text) < 600  # the third line of "Chương II" / "ĐÀO TẠO," / "CẤP CHỨNG CHỈ"
    if not (is_caps(text) and is_caps(unit.text) and _CAPS_LABEL.match(text)) or len(text) > 600:
        return False
    return ends_open(text) and (
        text.endswith((",", " VÀ", "-")) or bool(_CONNECTIVE_START.match(unit.text)) or len(text) > 60
    )


def opens(unit: Unit) -> bool:
    """Whether a paragraph begins with a label or bullet."""
    return opens_item(unit.text)


def plain_headings(units: Sequence[Unit]) -> dict[int, int]:
    """Headings without a label: capitals, heading marks, bold. Each with its depth (see `build_tree`)."""
    prose = [unit for unit in units if not unit.table_row]
    bold_tells = sum(unit.bold for unit in prose) * 5 < max(5, len(prose) * 2)
    found: dict[int, int] = {}
    forms = _form_heads(units)
    for number, unit in enumerate(units):
        if (
            number in forms
            or unit.table_row
            or unit.furniture
            or number + 1 == len(units)
            or not _title_like(unit)
            or is_enacting(unit.text)
        ):
            continue
        if is_caps(unit.text) and len(unit.text.split()) > 1:
            found[number] = 0
        elif unit.heading_level is not None:
            found[number] = unit.heading_level
        elif unit.bold and bold_tells and len(unit.text) < 120 and _has_words(unit.text):
            found[number] = BOLD
    return found


def _form_heads(units: Sequence[Unit]) -> set[int]:
    """Letterheads of forms inside an attachment: the motto, and the capitals right above it."""
    found: set[int] = set()
    for number, unit in enumerate(units):
        parts = None if unit.table_row or len(unit.text) > 150 else head_parts(unit.text)
        if parts is None or not any(role == "motto" for role, _ in parts):
            continue
        found.add(number)
        for above in range(number - 1, max(-1, number - 5), -1):
            text = units[above].text
            if units[above].table_row or not is_caps(text) or len(text) > 60 or opens_item(text):
                break
            found.add(above)
    return found


def _has_words(text: str) -> bool:
    """At least two words, and no formula: bold signs of a formula are no heading."""
    return "=" not in text and len(_WORD.findall(text)) > 1


def _title_like(unit: Unit) -> bool:
    text = unit.text
    if len(text) > _LONGEST_TITLE or text.endswith((".", ";", ",", "!", "?")) or opens(unit):
        return False
    return text[0].isalpha() and not _SENTENCE_END.search(text)


def shapes(units: Sequence[Unit], nodes: Mapping[int, Node]) -> dict[int, Shape]:
    """For each labelled paragraph (and plain heading) whether it is heading, run-in head or text."""
    bold_tells = sum(unit.bold for unit in units) * 2 < max(4, len(units))
    judge = _Judge(units, nodes, bold_tells=bold_tells)
    first = {number: judge.alone(number) for number in nodes}
    # Deepest first, so that a parent knows what its children are.
    for number in sorted(nodes, reverse=True):
        if first[number] in ("open", "lead_in"):
            first[number] = judge.with_children(number, first)
    seen: set[int] = set()
    for number in nodes:
        if number not in seen:
            group = judge.siblings(number)
            seen.update(group)
            judge.settle(group, first)
    return {number: _final(first[number]) for number in nodes}


def _final(verdict: str) -> Shape:
    return "run_in" if verdict == "run_in" else "heading" if verdict == "heading" else "numbered"


class _Judge:
    def __init__(self, units: Sequence[Unit], nodes: Mapping[int, Node], *, bold_tells: bool) -> None:
        self.units = units
        self.nodes = nodes
        self.bold_tells = bold_tells

    def alone(self, number: int) -> str:  # noqa: PLR0911 - one rule a line
        """Verdict from the paragraph's own shape: heading, run_in, numbered, or still open.

        "lead_in" ends in "gồm:" and the like; "open" has the shape of a title.
        """
        unit, node = self.units[number], self.nodes[number]
        style, rest = node.label.style, unit.rest
        if (plain := self._by_label(style, rest)) is not None:
            return plain
        set_apart = unit.heading_level is not None or (unit.bold and self.bold_tells)
        if style in _LISTED and not set_apart:
            return "numbered"
        if run_in_end(unit) is not None and not (style == "lower" and self._under_lead_in(node)):
            small = unit.text[run_in_end(unit) :][:1].islower()
            return "run_in" if not small else "numbered" if self._in_article(node) else "small_run_in"
        if len(rest) > _LONGEST_TITLE or _SENTENCE_END.search(rest):
            return "numbered"
        if style == "dieu" and rest.endswith(":"):
            return "heading"  # what an article opens stands under it
        if rest.endswith(":"):
            return "lead_in" if len(rest) > _LONGEST_COLON_TITLE or _LEAD_IN.search(fold(rest)) else "open"
        if rest.endswith((".", ";", ",", "./.", "!", "?")):
            return self._closed(number, set_apart=set_apart)
        return "heading" if set_apart or style == "dieu" else "open"

    @staticmethod
    def _by_label(style: str, rest: str) -> str | None:
        """Verdict where label and capitals alone decide."""
        if style.startswith("plain") or style in _WORD_STYLES:
            return "heading"
        if not rest:
            return "heading" if style == "dieu" else "numbered"
        if is_caps(rest):
            return "heading" if len(rest) <= _LONGEST_CAPS_TITLE else "numbered"
        if style in _QUESTIONS:
            return "heading" if len(rest) <= _LONGEST_TITLE and not rest.endswith(".") else "numbered"
        return None

    def _closed(self, number: int, *, set_apart: bool) -> str:
        """A single sentence with a mark at its end: mostly text, seldom a title with a full stop."""
        rest = self.units[number].rest
        if set_apart and rest.endswith(".") and len(rest) <= 120:
            return "heading"
        children = self.nodes[number].children
        if children and children[0].path[:-1] == self.nodes[number].path and rest.endswith("."):
            return "lead_in"  # "2.1. Chương trình xác định mục tiêu, trong đó nhấn mạnh." over 2.1.1.
        short = len(rest.split()) <= 8 and rest.endswith(".") and self._has_text_below(number)
        return "short_sentence" if short else "numbered"

    def _under_lead_in(self, node: Node) -> bool:
        parent = node.parent
        return parent is not None and bool(_LEAD_IN.search(fold(self.units[parent.unit].text[-40:])))

    def _has_text_below(self, number: int) -> bool:
        after = self.units[number + 1] if number + 1 < len(self.units) else None
        return after is not None and not after.furniture and after.label is None

    def with_children(self, number: int, verdicts: Mapping[int, str]) -> str:
        """Verdict with regard to what stands below."""
        node = self.nodes[number]
        heads = any(verdicts[child.unit] in ("heading", "soft") for child in node.children)
        if verdicts[number] == "lead_in":
            decimal = any(len(child.path) > 1 and verdicts[child.unit] == "run_in" for child in node.children)
            return "heading" if heads or decimal else "numbered"
        points = [child for child in node.children if child.style == "lower"]
        if self._in_article(node) and points and self.units[number].text.endswith(":"):
            # A khoản that opens its điểm is text, unless it is as short as a title.
            return "heading" if heads or len(self.units[number].rest) <= 40 else "numbered"
        if heads or (node.children and node.style not in _POINTS):
            return "heading"
        return "soft" if node.children or self._has_text_below(number) else "open"

    @staticmethod
    def _in_article(node: Node) -> bool:
        above = node.parent
        while above is not None and above.style != "dieu":
            above = above.parent
        return above is not None

    def siblings(self, number: int) -> list[int]:
        """Numbers of the units of the same style under the same parent."""
        node = self.nodes[number]
        family = node.parent.children if node.parent else self._roots()
        return [one.unit for one in family if one.style == node.style]

    def _roots(self) -> list[Node]:
        return [node for node in self.nodes.values() if node.parent is None]

    def settle(self, group: list[int], verdicts: dict[int, str]) -> None:
        """Let the siblings decide what their shape left open."""
        heads = sum(verdicts[number] in ("heading", "run_in", "soft", "small_run_in") for number in group)
        texts = sum(verdicts[number] == "numbered" for number in group)
        for number in group:
            if verdicts[number] == "soft":
                # One title among many whole points is a point that lost its end.
                lone = texts > 2 * heads and (
                    self.nodes[number].style in _POINTS or self._in_article(self.nodes[number])
                )
                verdicts[number] = "numbered" if lone else "heading"
            elif verdicts[number] == "small_run_in":
                # "1. Thời gian: từ ngày…" is a head only among heads.
                verdicts[number] = "run_in" if heads > texts else "numbered"
            elif verdicts[number] == "open":
                verdicts[number] = "heading" if heads else "numbered"
            elif verdicts[number] == "short_sentence":
                verdicts[number] = "heading" if heads > texts else "numbered"


def run_in_end(unit: Unit) -> int | None:
    """Offset in the text of a paragraph where the body begins after a run-in head, None without one."""
    start = unit.label.end if unit.label else 0
    if start < unit.bold_lead < len(unit.text):
        title = unit.text[start : unit.bold_lead].strip()
        body = unit.text[unit.bold_lead :].lstrip(" .:")
        closed = title.endswith((".", ":")) or unit.text[unit.bold_lead :].lstrip()[:1] in (".", ":")
        if closed and title.strip(" .:") and body[:1].isupper() and len(title) <= 200:
            return len(unit.text) - len(body)
    match = _RUN_IN.match(unit.text, start)
    if match is None and unit.label is not None and unit.label.style.startswith("number"):
        match = _SHORT_RUN_IN.match(unit.text, start)
        if match is not None and len(match["title"].split()) > _MOST_RUN_IN_WORDS:
            match = None
    if match is None or _LEAD_IN.search(fold(match["title"]) + ":"):
        return None
    return match.end()
