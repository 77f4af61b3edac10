"""Vietnamese text at the level of characters: composition, tone placement, accent folding.

Every function here keeps the number of characters of NFC text (one code point in, one out), so
that a span found in the result is a span of the input.
"""

import re
import unicodedata

__all__ = ["SYLLABLE", "fold", "nfc", "normalise_tones", "syllables"]

SYLLABLE = re.compile(r"[^\W_]+", re.UNICODE)
"""One written syllable, number or foreign word: a run of letters and digits."""

_TONE_MARKS = ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323")  # sắc huyền hỏi ngã nặng


def nfc(text: str) -> str:
    """Compose `text` to Unicode NFC. The result may be shorter than the input."""
    return unicodedata.normalize("NFC", text)


def _tone_table() -> dict[str, str]:
    """Map 'oá' → 'óa' for the three open rhymes whose tone has an old and a new place."""
    table: dict[str, str] = {}
    for first, second in ("oa", "oe", "uy"):
        for mark in _TONE_MARKS:
            for a, b in ((first, second), (first.upper(), second), (first.upper(), second.upper())):
                table[a + nfc(b + mark)] = nfc(a + mark) + b
    return table


_TONES = _tone_table()
# Only open syllables differ ("hoá/hóa" but always "hoán"), and "qu" is a consonant ("quý").
_NEW_STYLE = re.compile(r"(?<![qQ])(?:" + "|".join(map(re.escape, _TONES)) + r")(?![^\W\d_])")


def normalise_tones(text: str) -> str:
    """Write new-style tone placement the old way: 'hoá' → 'hóa', 'thuỷ' → 'thủy', 'quý' stays.

    This is the spelling that the word segmenter produces. Length of NFC text is kept.
    """
    return _NEW_STYLE.sub(lambda match: _TONES[match.group()], text)


def _folded(char: str) -> str:
    if char < "\x80":
        return char.lower()
    if char in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


class _FoldTable(dict[int, str]):
    """Translation table filled on demand, one code point to one character."""

    def __missing__(self, code: int) -> str:
        value = _folded(chr(code))
        self[code] = value
        return value


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """Lower-case `text` and take off every accent: 'Đắk Lắk' → 'dak lak'. Keeps the length of NFC."""
    return text.translate(_FOLD)


def syllables(text: str) -> list[str]:
    """Lower-cased syllables of `text` with tones placed the old way, punctuation dropped."""
    return SYLLABLE.findall(normalise_tones(nfc(text)).lower())
