"""Vietnamese from before Unicode: TCVN3 (ABC fonts) and VNI, and how Vietnamese a text looks.

Both were written as if they were Western European: "Céng hoµ x· héi" (TCVN3), "Coäng hoøa xaõ hoäi"
(VNI). The tables are the published encodings TCVN 5712:1993 and VNI-Windows.
"""

import re
import unicodedata

__all__ = ["from_font", "from_tcvn3", "from_vni", "likeness"]

# TCVN 5712 from 0xA0 on; below that ABC fonts have no letters and files carry Windows punctuation.
_TCVN3 = (
    "\xa0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_FROM_TCVN3 = {0xA0 + offset: letter for offset, letter in enumerate(_TCVN3)}

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HAT = {
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
}  # fmt: skip
_BREVE = {
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_SINGLE = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}


def _vni_table() -> dict[str, str]:
    pairs: dict[str, str] = dict(_VNI_SINGLE)
    for base in "aeouyöô":
        letter = _VNI_SINGLE.get(base, base)
        pairs |= {base + mark: letter + tone for mark, tone in _TONES.items()}
    for base in "aeo":
        pairs |= {base + mark: base + marks for mark, marks in _HAT.items()}
    pairs |= {"a" + mark: "a" + marks for mark, marks in _BREVE.items()}
    composed = {old: unicodedata.normalize("NFC", new) for old, new in pairs.items()}
    capital = {old.upper(): new.upper() for old, new in composed.items()}
    title = {old.capitalize(): new.upper() for old, new in composed.items() if len(old) == 2}
    return title | capital | composed


_FROM_VNI = _vni_table()
_VNI = re.compile("|".join(sorted(map(re.escape, _FROM_VNI), key=len, reverse=True)))

_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
_RHYME = (
    "(?:(?:uyê|uya|iê|yê|ia|uô|ua|ươ|ưa|oa|oă|oe|oo|uâ|uê|uơ|uy|[aăâeêioôơuưy])(?:ng|nh|ch|[cmnpt])?"
    "|(?:iê|yê)u|uôi|ươ[iu]|oa[iyo]|oeo|uây|uyu|uêu|a[iouy]|â[uy]|eo|êu|iu|[oôơuư]i|ưu)"
)
_SYLLABLE = re.compile(_ONSET + _RHYME)
_WORD = re.compile(r"[^\W\d_]{1,60}")
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_PUNCTUATION = frozenset("–—‘’‚“”„…•")
_SAMPLE_CHARACTERS = 400_000
_SAMPLE_WORDS = 4_000


def from_tcvn3(text: str) -> str:
    """Text in TCVN3 that was decoded as Latin-1 or Windows-1252, as Unicode."""
    return unicodedata.normalize("NFC", text.translate(_FROM_TCVN3))


def from_vni(text: str) -> str:
    """Text in VNI-Windows that was decoded as Latin-1 or Windows-1252, as Unicode."""
    return _VNI.sub(lambda match: _FROM_VNI[match[0]], text)


def from_font(text: str, font: str) -> str:
    """Text of a Word run as its font shows it: ABC and VNI fonts draw other letters than stored.

    Capitals of ABC fonts are small letters in a font of capitals (".VnTimeH").
    """
    if text.isascii() and not font.endswith("H"):
        return text
    if any(ord(char) > 0xFF and char not in _PUNCTUATION for char in text):
        return text  # Unicode all the same
    if font.lower().startswith(".vn"):
        return from_tcvn3(text).upper() if font.endswith("H") else from_tcvn3(text)
    return from_vni(text) if font.lower().startswith("vni-") else text


def likeness(text: str) -> tuple[float, int]:
    """Share of accented words that can be Vietnamese syllables, and how many were looked at."""
    words = (word for word in _WORD.findall(text[:_SAMPLE_CHARACTERS]) if not word.isascii())
    seen = fitting = 0
    for word in words:
        seen += 1
        fitting += _is_syllable(word)
        if seen >= _SAMPLE_WORDS:
            break
    return (fitting / seen if seen else 0.0), seen


def _is_syllable(word: str) -> bool:
    """Does the word obey the spelling of a Vietnamese syllable (onset, vowel, coda, one tone)?"""
    apart = unicodedata.normalize("NFD", word.lower())
    tones = sum(mark in _TONE_MARKS for mark in apart)
    plain = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONE_MARKS))
    return tones <= 1 and _SYLLABLE.fullmatch(plain) is not None
