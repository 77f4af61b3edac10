"""Blocks of a reader to lines of clean text: characters only, no word is changed."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.types import Block

__all__ = ["UPPER", "Line", "clean_line", "clean_lines", "is_caps"]

_BULLET_GLYPHS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF02D: "-"}
"""Bullets of Word's symbol fonts, which lie in the private use area."""

UPPER = "A-Z" + "".join(
    char for base in "AĂÂEÊIOÔƠUƯY" for mark in ("", *"\u0301\u0300\u0309\u0303\u0323")
    if not (char := unicodedata.normalize("NFC", base + mark)).isascii()
) + "Đ"  # fmt: skip
"""The Vietnamese capital letters, for use inside a character class."""

_LOOKALIKES = {0x00D0: "Đ", 0x0189: "Đ", 0x00F0: "đ", 0x0256: "đ"}
"""Letters of other alphabets that old fonts and converters put for đ."""

_KEPT_SPACES = re.compile(r"\s+")
_LINE_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line: a block, or a part of it where the block has hard line breaks.

    `text` is clean and not empty. `block` is the number of the block it came from; the other
    fields are the block's hints.
    """

    text: str
    block: int
    page: int | None = None
    heading_level: int | None = None
    bold: bool = False
    bold_lead: int = 0
    list_item: bool = False
    table_row: bool = False
    aligned: str | None = None
    continues: bool = False
    """It goes on the block before (see `Block.continues`)."""

    @property
    def marked(self) -> bool:
        """The file sets this line apart: heading mark, bold or centred."""
        return self.bold or self.heading_level is not None or self.aligned == "center"


class _Invisible(dict[int, str | int | None]):
    """Translation table: drops what cannot be seen, keeps everything else."""

    def __missing__(self, code: int) -> str | int | None:
        char = chr(code)
        value: str | int | None = code
        if code in _BULLET_GLYPHS or code in _LOOKALIKES:
            value = _BULLET_GLYPHS.get(code) or _LOOKALIKES[code]
        elif char in "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85":
            value = code
        elif unicodedata.category(char) in ("Cc", "Cf", "Cs", "Cn") or 0xFE00 <= code <= 0xFE0F:
            value = None
        self[code] = value
        return value


_INVISIBLE = _Invisible()


def clean_line(text: str) -> str:
    """Compose to NFC, drop invisible characters, make each run of white space one space."""
    visible = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    return _KEPT_SPACES.sub(" ", visible).strip()


def clean_lines(blocks: Iterable[Block]) -> list[Line]:
    """Clean the text of `blocks` and split it at hard line breaks; empty lines vanish."""
    lines: list[Line] = []
    for number, block in enumerate(blocks):
        lead, goes_on = block.bold_lead, block.continues
        for raw in _LINE_BREAKS.split(block.text):
            text = clean_line(raw)
            if text:
                lines.append(
                    Line(
                        text, number, block.page, block.heading_level, block.bold,
                        min(len(text), len(clean_line(raw[:lead]))) if lead > 0 else 0,
                        block.list_item, block.table_row, block.aligned, goes_on,
                    )
                )  # fmt: skip
                goes_on = False
            lead -= len(raw) + 1
    return lines


def is_caps(text: str) -> bool:
    """Whether `text` is set in capitals: at least two letters, hardly any of them small."""
    start = text[:400]
    small, large = sum(map(str.islower, start)), sum(map(str.isupper, start))
    return small + large >= 2 and small * 10 <= small + large
