"""Abbreviations that a text defines itself: "trạm y tế (TYT)", "thủ tục hành chính (viết tắt là TTHC)"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.text import SYLLABLE, fold

__all__ = ["Definition", "find_definitions"]

_UP = "A-ZĐÂÊÔƠƯĂ"
# What an abbreviation looks like: at least two capitals, signs between them: GD&ĐT, KT-XH, TTg, CTrHĐ.
_SHORT = rf"[{_UP}][{_UP}a-z]?(?:[&/\-]?[{_UP}][a-z]?){{1,11}}"
_SAID = r"(?:sau\s+đây\s+)?(?:được\s+)?(?:viết|gọi)\s+tắt\s+là\s*:?\s*"
_DEFINED = re.compile(
    rf"\(\s*(?:{_SAID})?[“\"]?(?P<bracket>{_SHORT})[”\"]?\s*\)|,?\s{_SAID}[“\"]?(?P<said>{_SHORT})(?![\w-])"
)
_BACK = 160
"""Characters before the abbreviation in which the words it stands for are looked for."""
_LINKS = frozenset({"va", "cua", "ve", "cho", "cac", "trong"})
"""Words that an abbreviation may pass over."""
_MARK = "("


class Definition(NamedTuple):
    """A short form, and the words it stands for, both as printed."""

    short: str
    long: str


def find_definitions(text: str) -> Iterator[Definition]:
    """Definitions in `text`, in order.

    Only where each letter of the abbreviation begins one of the words right before it: "sau đây gọi tắt
    là phương tiện" names something for one document only and is none of ours.
    """
    if _MARK not in text and "tắt" not in text:
        return
    for match in _DEFINED.finditer(text):
        short = match["bracket"] or match["said"]
        long = _words_for(short, text[max(0, match.start() - _BACK) : match.start()])
        if long:
            yield Definition(short, long)


def _words_for(short: str, before: str) -> str | None:
    """The end of `before` whose words begin with the letters of `short`, links passed over."""
    letters = [fold(char) for char in short if char.isupper()]
    words = list(SYLLABLE.finditer(before))
    at = len(words) - 1
    for letter in reversed(letters):
        while at >= 0 and fold(words[at].group())[0] != letter and fold(words[at].group()) in _LINKS:
            at -= 1
        if at < 0 or fold(words[at].group())[0] != letter:
            return None
        at -= 1
    start = words[at + 1].start()
    long = before[start:].strip(' ,;:-–“”"')
    # Nothing but words, commas and hyphens: a name never runs over a full stop or a bracket.
    return None if re.search(r"[.;:()?!\n]", long) or len(letters) < 2 else " ".join(long.split())
