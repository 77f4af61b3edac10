"""A query typed → a query understood, one small step after another.

Each step reads and changes a `_Draft`; a step that reads something into the query records it as an
`Understanding`, so that it can be shown and undone. Adding an understanding is adding a step.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from corpus.text import SYLLABLE, nfc, normalise_tones
from search_api.references import find_references, in_full
from search_api.types import Filters, Query, Understanding

__all__ = ["LONGEST", "parse"]

LONGEST = 1_000
"""Characters of a query that are searched; the rest is cut off, and that is said."""

_KEPT_CONTROLS = "\t\n\r"
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\uff02": '"'})
# -"…" or -word: a hyphen that opens a word, not the one inside 04-CT/TW, "2026 -2030" or "- mục".
_EXCLUDED = re.compile(r'(?<=\s)-(?:"([^"]+)"|([^\W\d_][^\s"]*))')
_QUOTED = re.compile(r'"([^"]*)"')


@dataclass(slots=True)
class _Draft:
    """What is still to be read of a query, and what was read out of it."""

    rest: str
    phrases: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    understandings: list[Understanding] = field(default_factory=list)


def parse(typed: str, *, filters: Filters | None = None, literal: bool = False) -> Query:
    """Understand what was typed; never raises, whatever the string.

    With `literal`, nothing is read into it: quotes, hyphens and numbers are words like others.
    """
    draft = _Draft(rest=tidy(typed))
    _shorten(draft)
    if not literal:
        _read_phrases_and_exclusions(draft)
        _read_references(draft)
    return Query(
        typed=typed,
        text=normalise_tones(draft.rest),
        literal=literal,
        phrases=tuple(draft.phrases),
        excluded=tuple(draft.excluded),
        references=tuple(draft.references),
        filters=filters or Filters(),
        understandings=tuple(draft.understandings),
    )


def tidy(typed: str) -> str:
    """NFC, straight quotes, no control, format or surrogate characters, single spaces."""
    # Ten times what is searched is enough to cut from: nothing below ever sees a megabyte.
    start = typed[: LONGEST * 10].translate(_QUOTES)
    kept = "".join(_visible(char) for char in nfc(start))
    return " ".join(kept.split())


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if char in _KEPT_CONTROLS or category == "Cc":
        return " "
    return "" if category in ("Cf", "Cs", "Co", "Cn") else char


def _shorten(draft: _Draft) -> None:
    if len(draft.rest) <= LONGEST:
        return
    cut = draft.rest[:LONGEST]
    draft.rest = cut.rsplit(" ", 1)[0] if " " in cut else cut
    said = f"chỉ tìm theo {len(draft.rest):,} ký tự đầu".replace(",", ".")
    draft.understandings.append(Understanding("shortened", draft.rest[-40:], said))


def _read_phrases_and_exclusions(draft: _Draft) -> None:
    def exclude(match: re.Match[str]) -> str:
        what = (match[1] or match[2]).strip()
        if "/" in what or not SYLLABLE.search(what):  # "số 341 -KH/BTGTW" is a number
            return match[0]
        draft.excluded.append(what)
        draft.understandings.append(Understanding("exclusion", match[0], what))
        return " "

    def quote(match: re.Match[str]) -> str:
        what = match[1].strip()
        if SYLLABLE.search(what):
            draft.phrases.append(what)
            draft.understandings.append(Understanding("phrase", match[0], what))
        return f" {what} "

    rest = _EXCLUDED.sub(exclude, draft.rest)
    rest = _QUOTED.sub(quote, rest).replace('"', " ")
    draft.rest = " ".join(rest.split())


def _read_references(draft: _Draft) -> None:
    """Note documents named, and write them as documents do ("ct 58ct/tw" → "Chỉ thị 58-CT/TW")."""
    rest = draft.rest
    for typed, canonical in find_references(draft.rest):
        if canonical in draft.references:
            continue
        draft.references.append(canonical)
        draft.understandings.append(Understanding("reference", typed, canonical))
        rest = rest.replace(typed, in_full(canonical), 1)
    draft.rest = rest
