"""Text of one paragraph with a bold flag for each character: tidied, cut, measured."""

import re
import unicodedata
from collections.abc import Iterator

from corpus.read.lines import is_item

__all__ = ["COLUMN", "boldness", "clean", "parts", "tidy"]

COLUMN = "\v"
"""Stands between two columns on one line."""

_INVISIBLE = dict.fromkeys(
    [*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, 0x034F,
     *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFFFC],
)  # fmt: skip
_SPACES = re.compile(r"[ \t\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_BREAK = re.compile(rf"\n|{COLUMN}")
_LOOSE = re.compile(r" [ \n]|\n ")


def tidy(text: str) -> str:
    """Compose to NFC, drop what cannot be seen, make every run of spaces one space."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE))


def clean(text: str) -> str:
    """`tidy` without outer white space."""
    return tidy(text).strip()


def boldness(text: str, bold: bytes) -> tuple[bool, int]:
    """Whether all of a text is bold, and if not, how many of its first characters are."""
    if 1 not in bold:
        return False, 0
    plain = (index for index, char in enumerate(text) if not bold[index] and not char.isspace())
    first = next(plain, None)
    return first is None, 0 if first is None else len(text[:first].rstrip())


def _trimmed(text: str, bold: bytes) -> tuple[str, bytes]:
    """Drop doubled and outer spaces together with their bold flags (one byte a character)."""
    if _LOOSE.search(text):
        keep = [
            index
            for index, char in enumerate(text)
            if char != " "
            or (index and text[index - 1] not in " \n" and text[index + 1 : index + 2] not in ("", "\n"))
        ]
        text, bold = "".join(text[index] for index in keep), bytes(bold[index] for index in keep)
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return text[start:end], bold[start:end]


def parts(text: str, bold: bytes) -> Iterator[tuple[str, bytes]]:
    """Cut a paragraph between columns, at hard breaks before list items and at doubled breaks.

    Typists often put a whole list into one paragraph ("Nơi nhận:", "- Như trên;", …).
    """
    cuts = [0]
    for match in _BREAK.finditer(text):
        line = text[match.end() : match.end() + 80].partition("\n")[0].strip()
        if match[0] == COLUMN or not line or is_item(line):
            cuts.append(match.end())
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        piece = _trimmed(text[start:end], bold[start:end])
        if piece[0]:
            yield piece
