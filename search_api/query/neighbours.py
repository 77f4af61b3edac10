"""Syllables that a mistyped one may have been meant for, with what each slip costs."""

from collections.abc import Iterator
from functools import lru_cache

from corpus.spelling import tone_of, toneless, with_tone
from corpus.text import fold
from search_api.query.decoding import Choice
from search_api.query.language import Language

__all__ = ["neighbours", "sounding_alike"]

_SAME_ONSET = {
    "s": ("x",), "x": ("s",), "tr": ("ch",), "ch": ("tr",), "l": ("n",), "n": ("l",),
    "d": ("gi", "r"), "gi": ("d", "r"), "r": ("d", "gi"),
}  # fmt: skip
"""Onsets that dialects do not tell apart."""
_SAME_TONE = str.maketrans(dict(zip("ảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹ", "ãẵẫẽễĩõỗỡũữỹảẳẩẻểỉỏổởủửỷ", strict=True)))
"""Hỏi for ngã and the other way round."""
_LETTERS = "abcdeghiklmnopqrstuvxy"
_NEVER = 1e6
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

# In nats: minus the logarithm of how likely a syllable is spoilt so. Chosen on law set aside from the
# statistics, with one slip made at random in each fragment; 1 more or less changes little.
_MOVED_TONE = 0.5
_OTHER_TONE = 2.0
_OTHER_MARK = 1.5
"""For each letter whose hat, horn, breve or bar differs."""
_EDIT = 4.0
_ALIKE = 3.0
"""Of another letter that sounds the same."""
_FAR_KEY = 1.0
"""More for a letter put for one that lies elsewhere on the keyboard."""


def neighbours(token: str, language: Language, *, accents_count: bool, letters: bool = True) -> list[Choice]:
    """What lower-cased `token` may have been meant for, each with its cost; itself is left out.

    Without `accents_count` (a query typed without any) the accents of what is found cost nothing; without
    `letters` (a name) only the accents may be wrong.
    """
    found: dict[int, float] = {}
    by_fold, words = language.model.by_fold, language.model.words
    for folded, cost in _edited(fold(token)) if letters else ((fold(token), 0.0),):
        for entry in by_fold.get(folded, ()):
            word = words[entry]
            whole = cost + (_accents(token, word) if accents_count else 0.0)
            if word != token and whole < found.get(entry, _NEVER):
                found[entry] = whole
    if letters and accents_count:
        known = (language.model.ids[word] for word in sounding_alike(token) if language.is_syllable(word))
        found |= {entry: min(found.get(entry, _NEVER), _ALIKE) for entry in known}
    moved = with_tone(toneless(token), tone_of(token))
    if moved != token and language.is_syllable(moved):
        found[language.model.ids[moved]] = _MOVED_TONE
    return [Choice(entry, cost) for entry, cost in found.items()]


def sounding_alike(token: str) -> list[str]:
    """Spellings that some people say like a lower-cased token: "trống" and "chống", "sử" and "xử"."""
    found = [token.translate(_SAME_TONE)] if token.translate(_SAME_TONE) != token else []
    for onset, others in _SAME_ONSET.items():
        if token.startswith(onset) and not token.startswith(f"{onset}h"):
            found += [other + token[len(onset) :] for other in others]
    return found


def _edited(folded: str) -> Iterator[tuple[str, float]]:
    """The word and everything one slip of the fingers away from it."""
    yield folded, 0.0
    for at in range(len(folded) + 1):
        before, after = folded[:at], folded[at:]
        for letter in _LETTERS:
            yield before + letter + after, _EDIT  # a letter was left out
        if not after:
            continue
        yield before + after[1:], _EDIT  # one too many
        if len(after) > 1 and after[0] != after[1]:
            yield before + after[1] + after[0] + after[2:], _EDIT
        for letter in _LETTERS:
            if letter != after[0]:
                yield before + letter + after[1:], _EDIT + (0.0 if _near(letter, after[0]) else _FAR_KEY)


def _near(one: str, other: str) -> bool:
    for above, row in enumerate(_ROWS):
        at = row.find(one)
        if at >= 0:
            close = [line[max(at - 1, 0) : at + 2] for line in _ROWS[max(above - 1, 0) : above + 2]]
            return any(other in part for part in close)
    return False


def _accents(token: str, word: str) -> float:
    """The cost of the accents in which what was typed and what may be meant differ."""
    (tone, marks), (other_tone, other_marks) = _spelt(token), _spelt(word)
    cost = _OTHER_MARK * len(marks ^ other_marks)
    return cost + (_OTHER_TONE if tone != other_tone else 0.0)


@lru_cache(20_000)
def _spelt(word: str) -> tuple[str, frozenset[str]]:
    """Its tone and its other marks."""
    return tone_of(word), frozenset(char for char in toneless(word) if char in "ăâêôơưđ")
