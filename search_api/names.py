"""Abbreviations and bodies that are known: the table that ships, and what the library teaches.

The table is `data/abbreviations.toml`, which anyone can edit; what a library defines itself and the
initials of the bodies it names are added to it.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from corpus.body_names import HEADS
from corpus.library import Learned
from corpus.text import SYLLABLE, fold, normalise_tones

__all__ = ["Body", "Meaning", "Names", "Short", "could_be_syllable", "syllables_of"]

_HEADS = sorted(HEADS, key=len, reverse=True)
_LEAST_SHORT = 3
"""Letters from which a short form is unlikely to stand for something else in the library."""
_COMMON = 0.25
_LEAST_INITIALS = 3
"""Letters from which the initials of a body mean it anywhere; fewer only beside its head ("Sở NV")."""

Syllables = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a short form may stand for, and where."""

    long: str
    number: bool = False
    """Only where a number follows: "CT 04"."""
    beside: tuple[str, ...] = ()
    """Folded words; one of them must stand near by."""
    otherwise: bool = True
    """Taken where no condition of any meaning holds."""


class Short(NamedTuple):
    """A short form as the library writes it."""

    text: str
    common: bool
    """So often beside the long form that who types that means this too."""


@dataclass(frozen=True, slots=True)
class Body:
    """The name of a body, and where it may be cut short."""

    name: str
    words: Syllables
    """Syllables in small letters, accents kept."""
    start: int
    """Syllables of its head: 1 for "Sở", 2 for "Ban Quản lý", 0 where there is none."""
    ends: frozenset[int]
    """Numbers of syllables after which people stop: "Sở Giáo dục", "Sở Văn hóa, Thể thao"."""

    @property
    def field(self) -> str:
        """The name without its head."""
        return self.name.split(" ", self.start)[-1]


class Names:
    """Everything known about short and long names. Immutable once made."""

    def __init__(
        self, learned: Learned | None = None, share: Callable[[str, str], float] = lambda *_: 0.0
    ) -> None:
        """`learned` from the library; `share`: how often it writes a short form for each long one."""
        learned = learned or Learned()
        self._exact: dict[str, tuple[Meaning, ...]] = dict(_table())
        for short, long, _ in learned.abbreviations:
            self._add(_key(short), Meaning(long))
        self.bodies = tuple(_body(name) for name, _ in learned.bodies)
        """Bodies that the library names, most used first."""
        self._by_first: dict[tuple[str, bool], list[Body]] = {}
        for body in self.bodies:
            self._by_first.setdefault((fold(body.words[0]), False), []).append(body)
            if len(body.words) > body.start > 0:
                self._by_first.setdefault((fold(body.words[body.start]), True), []).append(body)
        for short, meaning in _initials(self.bodies):
            self._add(short, meaning)
        self._folded: dict[str, str] = {}
        for short in self._exact:
            self._folded.setdefault(fold(short), short)
        printed = dict.fromkeys((*_printed(), *(short for short, _, _ in learned.abbreviations)))
        self.shorts: Mapping[Syllables, tuple[Short, ...]] = self._shorts(printed, share)
        """Folded syllables of a long name → the short forms that the library uses for it."""
        self.longest = max(map(len, self.shorts), default=0)
        """Syllables of the longest name in `shorts`."""

    def meanings(self, typed: str, *, capitals: bool = True) -> tuple[Meaning, ...]:
        """What `typed` ("GD&ĐT", "ubnd") may stand for, () where it is none.

        With capitals every short form counts, also two letters; in small letters (or where the whole query
        is in capitals: `capitals` False) only what cannot be a syllable.
        """
        key = _key(typed)
        short = key if key in self._exact else self._folded.get(fold(key))
        if short is None or key[:1].isdigit():
            return ()
        as_written = key == short or (key.isupper() and (key == short.upper() or len(key) > 2))
        if (as_written and capitals) or _no_syllable(fold(key)):
            return self._exact[short]
        return ()

    def called(self, word: str = "", *, after_head: bool = False) -> Sequence[Body]:
        """Bodies whose name, or (`after_head`) whose field of work, begins with a word; accents apart."""
        return self._by_first.get((fold(word), after_head), ())

    def _add(self, key: str, meaning: Meaning) -> None:
        held = self._exact.get(key, ())
        if all(syllables_of(other.long) != syllables_of(meaning.long) for other in held):
            self._exact[key] = (*held, meaning)

    def _shorts(
        self, printed: Iterable[str], share: Callable[[str, str], float]
    ) -> dict[Syllables, tuple[Short, ...]]:
        found: dict[Syllables, tuple[Short, ...]] = {}
        for short in printed:
            meanings = self._exact.get(_key(short), ())
            if len(meanings) != 1 or len(_key(short)) < _LEAST_SHORT:
                continue
            used = share(short, meanings[0].long)
            if used > 0:
                long = syllables_of(meanings[0].long)
                found[long] = (*found.get(long, ()), Short(short, used >= _COMMON))
        return found


def syllables_of(text: str) -> Syllables:
    """Folded syllables: 'Giáo dục và Đào tạo' → ('giao', 'duc', 'va', 'dao', 'tao')."""
    return tuple(SYLLABLE.findall(fold(text)))


@cache
def _data() -> Mapping[str, Mapping[str, object]]:
    text = files("search_api").joinpath("data/abbreviations.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _table() -> Mapping[str, tuple[Meaning, ...]]:
    table: dict[str, tuple[Meaning, ...]] = {}
    for short, long in _data()["terms"].items():
        table[_key(short)] = (Meaning(str(long)),)
    for short, rows in _data()["several"].items():
        assert isinstance(rows, list)
        table[_key(short)] = tuple(map(_meaning, rows))
    return table


def _meaning(row: Mapping[str, object]) -> Meaning:
    beside = row.get("beside", ())
    assert isinstance(beside, list | tuple)
    return Meaning(
        str(row["long"]),
        bool(row.get("number", False)),
        tuple(" ".join(syllables_of(words)) for words in beside),
        bool(row.get("else", False)),
    )


def _printed() -> Iterable[str]:
    """Every short form of the table with one meaning, with its usual signs and without."""
    for short in _data()["terms"]:
        yield short
        yield _key(short)


def _key(short: str) -> str:
    """A short form without signs: 'GD&ĐT' → 'GDĐT'."""
    return "".join(SYLLABLE.findall(short))


# A vowel or three between a consonant and an ending that Vietnamese has; what fits may be a word.
_SYLLABLE_SHAPE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|k|kh|l|m|ngh?|nh?|ph?|qu?|r|s|th?|tr|v|x)?"
    r"(?:y|[aeiou]{1,2}y|(?:[aeiou]{1,3}|u?ye|uy)(?:ch?|m|ngh?|nh|n|p|t)?)"
)
_SMALL = frozenset({"tw"})
_LEAST_SMALL = 3


def _no_syllable(folded: str) -> bool:
    """Whether small letters are a short form: 'ubnd', 'btv', not 'tu', 'an', 'kh'."""
    if folded in _SMALL:
        return True
    return len(folded) >= _LEAST_SMALL and not could_be_syllable(folded)


def could_be_syllable(folded: str) -> bool:
    """Whether small letters without accents are spelt as a syllable may be: "nghieng", not "ubnd"."""
    return bool(_SYLLABLE_SHAPE.fullmatch(folded))


def _body(name: str) -> Body:
    words = tuple(SYLLABLE.findall(normalise_tones(name)))
    head = next((head for head in _HEADS if name.startswith(f"{head} ")), "")
    start = len(head.split())
    ends = frozenset(
        at
        for at in range(start + 1, len(words) + 1)
        if at == len(words) or words[at] == "và" or (words[at][0].isupper() and words[at - 1] != "và")
    )
    return Body(name, tuple(word.lower() for word in words), start, ends)


def _initials(bodies: Iterable[Body]) -> Iterable[tuple[str, Meaning]]:
    """'Sở Nội vụ' → NV beside "sở", SNV anywhere."""
    for body in bodies:
        head, field = body.words[: body.start], body.words[body.start :]
        letters = "".join(word[0].upper() for word in field if word != "và")
        if not head or len(letters) < 2:
            continue
        if len(letters) >= _LEAST_INITIALS:
            yield letters, Meaning(body.field)
        else:
            yield letters, Meaning(body.field, beside=(fold(" ".join(head)),), otherwise=False)
        yield "".join(word[0].upper() for word in head) + letters, Meaning(body.name)
