"""Questions as people really type them: without accents, with half of them, with one slip of the fingers.

The judgements stay as they are, so that what is lost against the questions as written is the price of
typing badly. The same seed spoils the same question the same way, whatever stands beside it.
"""

import random
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from corpus.spelling import TONES, tone_of, toneless, with_tone
from corpus.text import fold, nfc
from evaluation.judged_sets import JudgedSet

__all__ = ["WAYS", "disturbed", "half_stripped", "slipped", "stripped"]

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    key: row[max(at - 1, 0) : at] + row[at + 1 : at + 2] for row in _ROWS for at, key in enumerate(row)
}
"""Letter → the keys on its left and right."""
_HALF = 0.5


def disturbed(judged: JudgedSet, way: str, seed: int = 7) -> JudgedSet:
    """The same judged set with every question typed in one of WAYS. KeyError for another way."""
    spoil = WAYS[way]
    topics = tuple(
        replace(topic, text=spoil(nfc(topic.text), random.Random(f"{seed}{topic.id}")))  # noqa: S311 - no secret
        for topic in judged.topics
    )
    return replace(judged, name=f"{judged.name}, {way}", topics=topics, questions=f"{judged.questions}:{way}")


def stripped(text: str, _: random.Random | None = None) -> str:
    """Without a single accent; capitals stay."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def half_stripped(text: str, chance: random.Random) -> str:
    """Each word without its accents with even odds."""
    return " ".join(stripped(word) if chance.random() < _HALF else word for word in text.split())


def slipped(text: str, chance: random.Random) -> str:
    """One slip in one word of two letters or more; the text as it is where there is none."""
    words = text.split()
    places = [at for at, word in enumerate(words) if word.isalpha() and len(word) > 1]
    if not places:
        return text
    at = chance.choice(places)
    spoilt = chance.choice(_SLIPS)(words[at], chance)
    if spoilt is None:  # the space behind it is lost
        return " ".join([*words[:at], "".join(words[at : at + 2]), *words[at + 2 :]])
    return " ".join([*words[:at], spoilt, *words[at + 1 :]])


def _other_key(word: str, chance: random.Random) -> str:
    places = [at for at, char in enumerate(word) if char in _BESIDE]
    if not places:
        return _left_out(word, chance)
    at = chance.choice(places)
    return word[:at] + chance.choice(_BESIDE[word[at]]) + word[at + 1 :]


def _swapped(word: str, chance: random.Random) -> str:
    places = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
    if not places:
        return _left_out(word, chance)
    at = chance.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _left_out(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _one_more(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    plain = fold(word[at])
    return word[: at + 1] + chance.choice(_BESIDE.get(plain, plain)) + word[at + 1 :]


def _other_tone(word: str, chance: random.Random) -> str:
    tone = chance.choice([tone for tone in TONES if tone != tone_of(word)])
    return with_tone(toneless(word), tone)


def _no_tone(word: str, _: random.Random) -> str:
    return toneless(word)


def _no_space(_word: str, _: random.Random) -> None:
    return None


_SLIPS: tuple[Callable[[str, random.Random], str | None], ...] = (
    _other_key, _swapped, _left_out, _one_more, _other_tone, _no_tone, _no_space,
)  # fmt: skip

WAYS: Mapping[str, Callable[[str, random.Random], str]] = MappingProxyType(
    {"stripped": stripped, "half": half_stripped, "slip": slipped}
)
"""Name → what it does to a question."""
