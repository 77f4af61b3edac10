"""Which characters of a passage answer the query's words."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.text import SYLLABLE, fold, normalise_tones
from search_api.candidates import Asked

__all__ = ["Highlighter"]

# Syllables that stand everywhere: never marked alone, only inside a longer match.
_COMMON = frozenset(
    """
    và của các những là cho về với từ đến trong ngoài trên dưới tại theo có không được bị do bởi vì để
    khi nào gì ai sao như thế này đó kia một hai ở ra vào lên xuống đã đang sẽ phải cần nên bao nhiêu
    mấy hay hoặc mà thì cũng đều rất hơn nhất số ngày tháng năm làm việc
    """.split()  # noqa: SIM905 - a table of forty strings hides the words
)
_COMMON_FOLDED = frozenset(map(fold, _COMMON))


class Highlighter:
    """Finds the words of one query in passages."""

    def __init__(self, asked: Asked) -> None:
        self._plain = asked.plain
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for one in (asked, *(other for other, _ in asked.others if other.plain == asked.plain)):
            for sequence in _sequences(one):
                self._by_first.setdefault(sequence[0], []).append(sequence)

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Non-overlapping [start, end) spans of `text`, in order, that match words of the query."""
        shown = fold(text) if self._plain else normalise_tones(text).lower()
        if len(shown) != len(text):  # not NFC, or a letter whose lower case is longer: offsets would lie
            return ()
        tokens = [(match.group(), match.start(), match.end()) for match in SYLLABLE.finditer(shown)]
        return tuple(_merge(text, tokens, self._marked([token for token, _, _ in tokens])))

    def _marked(self, tokens: Sequence[str]) -> list[bool]:
        """For each token, whether it lies in a match."""
        marks = [False] * len(tokens)
        for at, token in enumerate(tokens):
            for sequence in self._by_first.get(token, ()):
                end = at + len(sequence)
                if tuple(tokens[at:end]) == sequence:
                    marks[at:end] = [True] * len(sequence)
        return marks


def _sequences(asked: Asked) -> list[tuple[str, ...]]:
    """Syllables that match only one after another.

    A word of several syllables and a pair of neighbouring syllables of the query match as a whole; a
    lone syllable matches unless it is a function word. A query typed without accents is matched on
    folded text, by pairs only: "an", "ba", "ha" alone are too many words.
    """
    analysis = asked.analysis
    typed = analysis.folded if asked.plain else analysis.syllables
    common = _COMMON_FOLDED if asked.plain else _COMMON
    pairs: list[tuple[str, ...]] = [pair for pair in pairwise(typed) if not common.issuperset(pair)]
    if asked.plain:
        return pairs or [(one,) for one in typed]
    words = [tuple(SYLLABLE.findall(word.replace("_", " "))) for word in analysis.words]
    words = [word for word in words if len(word) > 1]
    inside = {syllable for word in words for syllable in word}  # "giáo" of "giáo dục" is no word
    lone = [(one,) for one in typed if one not in common and one not in inside]
    return [*pairs, *words, *lone]


def _merge(
    text: str, tokens: Sequence[tuple[str, int, int]], marks: Sequence[bool]
) -> Iterator[tuple[int, int]]:
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
