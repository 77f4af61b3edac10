"""Back matter: "Nơi nhận" with its list, signatures, in any order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.clean import UPPER, Line, is_caps
from corpus.structure.labels import bullet_mark, readings
from corpus.structure.letterhead import head_parts
from corpus.structure.marks import (
    authority,
    is_name,
    is_recipients_head,
    is_separator,
    is_signer_role,
    is_stamp,
    kind_line,
)  # fmt: skip
from corpus.structure.matter import MatterLine
from corpus.text import fold

__all__ = ["Back", "opens_back", "read_back"]

_NAME_WITHIN = 8
"""A signature without "TM." is one only if a name follows within so many lines."""

_SPLIT = re.compile(rf"\s(?=(?:(?:TM|KT|TL|TUQ)\.|(?:T/M|K/T|T/L))\s?[{UPPER}])")


@dataclass(slots=True)
class Back:
    """What was read of the back matter and where it ends."""

    matter: list[MatterLine] = field(default_factory=list)
    end: int = 0


def opens_back(lines: Sequence[Line], at: int) -> bool:
    """Whether recipients or a signature begin at line `at`."""
    text = lines[at].text
    if lines[at].table_row:
        cells = [cell.strip() for cell in text.split("|")]
        return any(is_recipients_head(cell) or authority(cell) for cell in cells)
    if is_recipients_head(text) or (authority(text) and not readings(text)):
        return True
    if _dates(text) and at + 1 < len(lines) and not lines[at + 1].table_row:
        after = lines[at + 1].text
        return authority(after) or (is_signer_role(after) and _short_until_name(lines, at + 2))
    if is_signer_role(text) and not readings(text):
        return any(
            (is_name(lines[after].text) and not is_caps(lines[after].text)) or authority(lines[after].text)
            for after in range(at + 1, min(len(lines), at + _NAME_WITHIN))
            if len(lines[after].text) < 60
        ) and _short_until_name(lines, at + 1)
    return False


def _dates(text: str) -> bool:
    """Place and date, which laws and minutes print above the signature."""
    parts = head_parts(text)
    return parts is not None and [role for role, _ in parts] == ["place_date"]


def _short_until_name(lines: Sequence[Line], at: int) -> bool:
    for after in range(at, min(len(lines), at + _NAME_WITHIN)):
        text = lines[after].text
        if is_name(text) and not is_signer_role(text):
            return True
        if not (is_signer_role(text) or is_separator(text) or authority(text) or is_stamp(text)):
            return False
    return False


def read_back(lines: Sequence[Line], start: int) -> Back:
    """Read the back matter that begins at line `start`."""
    back = Back(end=start)
    state = _State()
    while back.end < len(lines):
        line = lines[back.end]
        cells = [cell for cell in line.text.split("|") if cell.strip()] if line.table_row else [line.text]
        parts: list[MatterLine] = []
        for cell in cells:
            for text in _columns(cell) if state.inside or is_recipients_head(cell) else [cell]:
                part = state.part(text.strip(), line)
                if part is None:
                    return back
                parts.append(part)
        back.matter.extend(parts)
        back.end += 1
    return back


def _columns(line: str) -> list[str]:
    """Recipients and signature flattened onto one line: "- Lưu: VT. PHÓ CHỦ TỊCH"."""
    parts = _SPLIT.split(line)
    office = re.search(rf"[;.,]\s([{UPPER}][{UPPER} ]{{5,60}})$", parts[-1])
    if len(parts) == 1 and office and not authority(line) and is_signer_role(office[1]):
        return [line[: office.start(1)].rstrip(), office[1]]
    return parts


@dataclass(slots=True)
class _State:
    """Which block the next line would go on with."""

    listing: bool = False
    signing: bool = False
    named: bool = False
    open: bool = False
    """The last recipient has no closing mark yet."""

    @property
    def inside(self) -> bool:
        return self.listing or self.signing

    def part(self, text: str, line: Line) -> MatterLine | None:  # noqa: PLR0911 - one rule a line
        """What a line of the back matter is; None for a line that is none."""
        if is_recipients_head(text):
            self.listing, self.open = True, False
            return MatterLine("recipients", text, line.page)
        if authority(text) or (is_signer_role(text) and not (bullet_mark(text) or readings(text))):
            self.signing, self.named = True, False
            return MatterLine("signature", text, line.page)
        if kind_line(text) is not None and is_caps(text):
            return None  # an attachment begins: "QUY CHẾ"
        if not self.named and _dates(text):
            return MatterLine("place_date", text, line.page)
        if is_separator(text):
            return MatterLine("separator", text, line.page)
        if self.listing and self._is_recipient(text):
            self.open = not text.endswith((";", ".", ",", ":"))
            return MatterLine("recipients", text, line.page)
        if self.signing and (is_name(text) or (not self.named and self._goes_on(text))):
            self.named = self.named or is_name(text)
            return MatterLine("signature", text, line.page)
        if is_stamp(text) and not readings(text):
            return MatterLine("stamp", text, line.page)
        return None

    def _is_recipient(self, text: str) -> bool:
        if len(text) > 250 or (readings(text) and text[:1] not in "-–+"):
            return False
        if text[:1] in "-–+•*" or fold(text[:4]).startswith(("luu", "nhu")):
            return True
        if head_parts(text) is not None or (is_caps(text) and len(text) > 12):
            return False
        if self.open:
            return len(text) < 120 and not (self.signing and is_name(text))
        return (len(text) < 120 and text.endswith((";", ","))) or (text[:1].islower() and len(text) < 80)

    @staticmethod
    def _goes_on(text: str) -> bool:
        """Second line of a long office: "KIÊM CHÁNH VĂN PHÒNG"; a rank; a note in brackets."""
        return (is_caps(text) and len(text) < 70 and not readings(text)) or (
            text.startswith("(") and text.endswith(")") and len(text) < 60
        )
