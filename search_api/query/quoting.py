"""What stands in quotes, and what must not stand anywhere: "…", -word, -"…"."""

import re
from dataclasses import replace

from corpus.text import SYLLABLE
from search_api.query.draft import Draft
from search_api.query.knowledge import Knowledge
from search_api.types import Understanding

__all__ = ["step"]

# -"…" or -word: a hyphen that opens a word, not the one inside 04-CT/TW, "2026 -2030" or "- mục".
_EXCLUDED = re.compile(r'(?<=\s)-(?:"([^"]+)"|([^\W\d_][^\s"]*))')
_QUOTED = re.compile(r'"([^"]*)"')


def step(draft: Draft, _knowledge: Knowledge) -> Draft:
    """Take exclusions out of the text; quoted phrases stay in it as words, and are noted."""
    phrases: list[str] = []
    excluded: list[str] = []
    seen: list[Understanding] = []

    def exclude(match: re.Match[str]) -> str:
        what = (match[1] or match[2]).strip()
        if "/" in what or not SYLLABLE.search(what):  # "số 341 -KH/BTGTW" is a number
            return match[0]
        excluded.append(what)
        seen.append(Understanding("exclusion", match[0], what))
        return " "

    def quote(match: re.Match[str]) -> str:
        what = match[1].strip()
        if SYLLABLE.search(what):
            phrases.append(what)
            seen.append(Understanding("phrase", match[0], what))
        return f" {what} "

    rest = _EXCLUDED.sub(exclude, draft.rest)
    rest = _QUOTED.sub(quote, rest).replace('"', " ")
    return replace(
        draft, rest=" ".join(rest.split()), phrases=tuple(phrases), excluded=tuple(excluded)
    ).understood(*seen)
