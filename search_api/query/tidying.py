"""The characters of a query: composed, visible, straight quotes, single spaces, not too many."""

import unicodedata
from dataclasses import replace

from corpus.text import nfc
from search_api.query.draft import Draft
from search_api.query.knowledge import Knowledge
from search_api.types import Understanding

__all__ = ["LONGEST", "step", "tidy"]

LONGEST = 1_000
"""Characters of a query that are searched; the rest is cut off, and that is said."""

_KEPT_CONTROLS = "\t\n\r"
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\uff02": '"'})


def step(draft: Draft, _knowledge: Knowledge) -> Draft:
    """Tidy the text and cut off what is too long."""
    rest = tidy(draft.rest)
    if len(rest) <= LONGEST:
        return replace(draft, rest=rest)
    cut = rest[:LONGEST]
    rest = cut.rsplit(" ", 1)[0] if " " in cut else cut
    said = f"chỉ tìm theo {len(rest):,} ký tự đầu".replace(",", ".")
    return replace(draft, rest=rest).understood(Understanding("shortened", rest[-40:], said))


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
