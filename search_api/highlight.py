"""Which characters of a passage answer the query's words."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from corpus.text import SYLLABLE, fold, normalise_tones
from indexer.analysis import Analysis
from search_api.types import Query

__all__ = ["highlights"]

# Syllables that stand everywhere: never marked alone, only inside a longer match.
_COMMON = frozenset(
    """
    và của các những là cho về với từ đến trong ngoài trên dưới tại theo có không được bị do bởi vì để
    khi nào gì ai sao như thế này đó kia một hai ở ra vào lên xuống đã đang sẽ phải cần nên bao nhiêu
    mấy hay hoặc mà thì cũng đều rất hơn nhất số ngày tháng năm làm việc
    """.split()  # noqa: SIM905 - a table of forty strings hides the words
)


def highlights(text: str, query: Query, analysis: Analysis) -> tuple[tuple[int, int], ...]:
    """Non-overlapping [start, end) spans of `text`, in order, that match words of the query.

    A word of several syllables, a pair of neighbouring syllables of the query and a quoted phrase
    match as a whole; a lone syllable matches unless it is a function word. A query typed without
    accents matches folded text.
    """
    plain = fold(query.text) == query.text.lower()
    shown = fold(text) if plain else normalise_tones(text).lower()
    if len(shown) != len(text):  # not NFC, or a letter whose lower case is longer: offsets would lie
        return ()
    tokens = [(match.group(), match.start(), match.end()) for match in SYLLABLE.finditer(shown)]
    wanted = _Wanted.of(query, analysis, plain=plain)
    return tuple(_merge(text, tokens, wanted.marked([token for token, _, _ in tokens])))


class _Wanted:
    """Syllable sequences to look for."""

    def __init__(self, sequences: Iterable[tuple[str, ...]]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for sequence in sequences:
            if sequence:
                self._by_first.setdefault(sequence[0], []).append(sequence)

    @classmethod
    def of(cls, query: Query, analysis: Analysis, *, plain: bool) -> "_Wanted":
        typed = SYLLABLE.findall(fold(query.text) if plain else normalise_tones(query.text).lower())
        common = {fold(syllable) for syllable in _COMMON} if plain else _COMMON
        pairs = [pair for pair in pairwise(typed) if not common.issuperset(pair)]
        words = [tuple(SYLLABLE.findall(word.replace("_", " "))) for word in analysis.words]
        long_words = [word for word in words if len(word) > 1]
        lone = [
            (syllable,) for syllable in typed if syllable not in common and _stands_alone(syllable, words)
        ]
        return cls([*pairs, *long_words, *lone])

    def marked(self, tokens: Sequence[str]) -> list[bool]:
        """For each token, whether it lies in a match."""
        marks = [False] * len(tokens)
        for at, token in enumerate(tokens):
            for sequence in self._by_first.get(token, ()):
                end = at + len(sequence)
                if tuple(tokens[at:end]) == sequence:
                    marks[at:end] = [True] * len(sequence)
        return marks


def _stands_alone(syllable: str, words: Sequence[tuple[str, ...]]) -> bool:
    """Whether the syllable is a word by itself: 'sách' is, the 'giáo' of 'giáo dục' is not."""
    return not any(syllable in word for word in words if len(word) > 1)


def _merge(
    text: str, tokens: Sequence[tuple[str, int, int]], marks: Sequence[bool]
) -> Iterable[tuple[int, int]]:
    """Join marked neighbours with only blanks between them into one span."""
    start: int | None = None
    end = 0
    for (_, first, last), marked in zip(tokens, marks, strict=True):
        if not marked:
            continue
        if start is not None and text[end:first].strip() == "":
            end = last
            continue
        if start is not None:
            yield start, end
        start, end = first, last
    if start is not None:
        yield start, end
