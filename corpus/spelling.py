"""How a Vietnamese syllable is spelt: onset, rhyme, tone; and where its tone mark stands.

The tables are the orthography taught in schools; loans such as "pin" or "xoong" have a place in them,
"wifi" and "sandbox" have none.
"""

import re
import unicodedata

from corpus.text import nfc, normalise_tones

__all__ = ["TONES", "is_syllable", "tone_of", "toneless", "with_tone"]

TONES = ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
"""The combining marks: sắc, huyền, hỏi, ngã, nặng."""

_ONSET = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|r|s|th|tr|t|v|x|"
_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on
    ong ooc oong op ot  ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
    u ua uâng uân uât uây uc uê uêch uênh uêt ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych
    uyên uyêt uynh uyt uyu  ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
"""
_AFTER_QU = """
    a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  ân âng ât âu ây  e en eo et  ê ên êch
    ênh êt êu  i ich iêc in inh it iu  ơ ơn ơt  o oa  ôc  y ych yên yêt ynh yt
"""
_SYLLABLE = re.compile(
    rf"(?:{_ONSET})(?:{'|'.join(_RHYMES.split())})|qu(?:{'|'.join(_AFTER_QU.split())})"
    r"|gi[mnp]?|giê[cmnptu]?|giêng"
)
# "nghành" is no spelling: ngh and gh stand before e, ê, i only.
_MISSPELT = re.compile(r"n?gh[aăâoôơuưy]")
_STOPPED = re.compile(r"(?:c|ch|p|t)$")
_VOWELS = frozenset("aăâeêioôơuưy")
_MARKED = frozenset("ăâêôơư")


def toneless(syllable: str) -> str:
    """`syllable` without its tone, the other marks kept: 'trường' → 'trương'. NFC."""
    return nfc("".join(char for char in unicodedata.normalize("NFD", syllable) if char not in TONES))


def tone_of(syllable: str) -> str:
    """Its tone mark, or '' for the level tone; the first one where somebody typed two."""
    return next((char for char in unicodedata.normalize("NFD", syllable) if char in TONES), "")


def is_syllable(text: str) -> bool:
    """Whether lower-cased `text` (NFC, tones placed the old way) is spelt as a syllable is."""
    base, tone = toneless(text), tone_of(text)
    if not _SYLLABLE.fullmatch(base) or _MISSPELT.match(base) or with_tone(base, tone) != text:
        return False
    return tone in (TONES[0], TONES[4]) if _STOPPED.search(base) else True


def with_tone(base: str, tone: str) -> str:
    """Put `tone` where it belongs: 'trương' + huyền → 'trường', 'hoa' + sắc → 'hóa' (the old way)."""
    if not tone:
        return base
    start = 2 if base.startswith("qu") or re.match(r"gi[aăâeêoôơuưy]", base) else 0
    at = [i for i in range(start, len(base)) if base[i] in _VOWELS]
    if not at:
        return base
    marked = [i for i in at if base[i] in _MARKED]
    if marked:
        chosen = marked[-1]
    elif len(at) == 1:
        chosen = at[0]
    elif at[-1] == len(base) - 1:  # open: "mía", "hóa", and the middle one of three
        chosen = at[-2]
    else:
        chosen = at[-1]
    return normalise_tones(nfc(base[: chosen + 1] + tone + base[chosen + 1 :]))
