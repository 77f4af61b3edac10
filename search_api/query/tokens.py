"""The words of a query with what may be changed in them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.text import SYLLABLE, fold, normalise_tones
from search_api.names import could_be_syllable
from search_api.query.draft import Draft

__all__ = ["Token", "accents_typed", "like", "rewritten", "tokens"]

_RUN = re.compile(r"\w+(?:[/&.@-]\w+)+|[^\W_]+_\w+")
_BETWEEN_WORDS = re.compile("[/-]")
_SHOUTED = 0.6
"""Share of capitals from which a query is taken as typed with the capitals locked."""


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters and digits at [start, end) of the text."""

    text: str
    """Lower-cased, tones placed the old way."""
    start: int
    end: int
    fixed: bool
    """Not to be touched: quoted, part of a number or address, an acronym."""
    name: bool = False
    """Capitalised as names are."""

    @property
    def bare(self) -> bool:
        """Without a single accent."""
        return fold(self.text) == self.text


def tokens(draft: Draft) -> list[Token]:
    """The tokens of the text, in order."""
    text = draft.rest
    lowered = normalise_tones(text).lower()
    if len(lowered) != len(text):  # a letter whose lower case is longer: offsets would lie
        return []
    kept = [span for words in (*draft.phrases, *_settled(draft)) for span in _spans(lowered, words)]
    tied = _tied(text)
    settled = set().union(*(range(*span) for span in kept))
    letters = [char for at, char in enumerate(text) if char.isalpha() and at not in settled]
    shouted = sum(char.isupper() for char in letters) > _SHOUTED * max(len(letters), 1)
    found = []
    for match in SYLLABLE.finditer(lowered):
        start, end = match.span()
        fixed = any(first < end and start < last for first, last in (*kept, *tied)) or (
            not shouted and end - start > 1 and text[start:end].isupper()
        )
        name = not shouted and text[start].isupper()
        found.append(Token(match.group(), start, end, fixed, name))
    if found and found[0].name and not any(token.name for token in found[1:2]):
        found[0] = replace(found[0], name=False)  # a sentence begins with a capital
    return found


def accents_typed(draft: Draft, found: Sequence[Token]) -> int:
    """How many of the tokens were typed with accents, not given them by an earlier step."""
    mended = {
        word
        for one in draft.understandings
        if one.kind == "slip"
        for word in normalise_tones(one.understood).lower().split()
    }
    return sum(not token.bare and not token.fixed and token.text not in mended for token in found)


def _settled(draft: Draft) -> list[str]:
    """What earlier steps wrote into the text."""
    kinds = ("reference", "abbreviation", "filter")
    return [one.understood for one in draft.understandings if one.kind in kinds]


def _spans(lowered: str, words: str) -> list[tuple[int, int]]:
    wanted = normalise_tones(words).lower()
    at = lowered.find(wanted) if wanted else -1
    return [(at, at + len(wanted))] if at >= 0 else []


def _tied(text: str) -> list[tuple[int, int]]:
    """Where signs without spaces tie letters and digits together: 04-CT/TW, gd&đt, a.b@c.

    Words may be tied so too: "kinh te-xa hoi" and "dong/thang" are words like others.
    """
    return [
        run.span() for run in _RUN.finditer(text) if not all(map(_is_word, _BETWEEN_WORDS.split(run.group())))
    ]


def _is_word(piece: str) -> bool:
    return len(piece) > 1 and piece.isalpha() and could_be_syllable(fold(piece))


def like(typed: str, word: str) -> str:
    """`word` with capitals where they were typed."""
    if len(typed) == len(word):
        return "".join(new.upper() if old.isupper() else new for old, new in zip(typed, word, strict=True))
    if len(typed) > 1 and typed.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word


def rewritten(text: str, found: Sequence[Token], changes: Mapping[int, str]) -> str:
    """The text with the tokens of these numbers replaced."""
    pieces, at = [], 0
    for number, token in enumerate(found):
        if number in changes:
            pieces += [text[at : token.start], like(text[token.start : token.end], changes[number])]
            at = token.end
    return "".join([*pieces, text[at:]])
