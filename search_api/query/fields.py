"""Conditions typed into the query: `loại:kế hoạch cơ quan:"Tỉnh ủy" từ:2025 đến:2026-05 số:64-KH/TU`.

Keys are read with or without accents. A value that the library does not have is said, stays in the
query as words, and sets no condition: a pasted "Số: 15/QĐ-BNV" must not hide everything.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.kinds import kind_of_symbol, named_kind
from corpus.library import date_range, fold_name
from corpus.text import SYLLABLE, fold
from search_api.citation_text import printed_date
from search_api.names import syllables_of
from search_api.query.draft import Draft
from search_api.query.knowledge import Knowledge
from search_api.types import Filters, Understanding

__all__ = ["step"]

_KEY = re.compile(
    r"(?<![\w:/])(?P<key>loai(?:\s+van\s+ban)?|co\s?quan(?:\s+ban\s+hanh)?|tu(?:\s+ngay)?|den(?:\s+ngay)?|so)"
    r"\s?:\s?(?=[\w\"])"
)
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?(?![\w/-])"
    r"|(?:(?P<day2>\d{1,2})[/-])?(?P<month2>\d{1,2})[/-](?P<year2>(?:19|20)\d\d)(?![\w/-])"
)
_NUMBER = re.compile(r"\"?(?P<number>\d[\w/\-]*)\"?")
_QUOTED = re.compile(r'"([^"]*)"')
_WORD = re.compile(r"[^\s,]+")
_COMMA = re.compile(r"\s?,\s?")
_MARKS = ' ,;."'
_LIKE_DATE = re.compile(r"\d{1,4}[/-][\d/-]+|\d{4}(?!\w)")
_MOST_WORDS = 14
"""Words of a value typed without quotes: the longest name of a body has hardly more."""
_LISTED = 2
"""Bodies that are named; more are counted."""
_SHOWN = 6
"""Values that a notice names."""


class _Read(NamedTuple):
    """A condition read, up to `end` of the query."""

    end: int
    filters: Filters
    shown: str
    words: str = ""
    """What may be searched where nothing else was typed."""


def step(draft: Draft, knowledge: Knowledge) -> Draft:
    """Take conditions out of the text and add them to the filters."""
    text = draft.rest
    keys = list(_KEY.finditer(fold(text)))
    kept: list[str] = []
    words: list[str] = []
    at = 0
    for number, key in enumerate(keys):
        limit = keys[number + 1].start() if number + 1 < len(keys) else len(text)
        read = _READERS[key["key"][:2]](text, key.end(), limit, knowledge)
        if read is None:
            continue
        kept.append(text[at : key.start()])
        if isinstance(read, str):
            draft = replace(draft, notices=(*draft.notices, read))
            at = key.end()
            continue
        at = read.end + len(text[read.end :]) - len(text[read.end :].lstrip(" ,;"))
        words.append(read.words)
        draft = replace(draft, filters=_both(draft.filters, read.filters)).understood(
            Understanding("filter", text[key.start() : read.end].strip(), read.shown)
        )
    rest = " ".join(" ".join([*kept, text[at:]]).split())
    if at and not SYLLABLE.search(rest):
        rest = " ".join(filter(None, words))
    # What now stands first did not when it was typed: "-sách" behind a condition still excludes.
    return replace(draft, rest=f" {rest}" if at and rest.startswith("-") else rest)


def _read_kind(text: str, start: int, limit: int, knowledge: Knowledge) -> _Read | str:
    def like(value: str) -> list[str] | None:
        named = named_kind(value)
        name = named.name if named else kind_of_symbol(value) if len(value) > 1 else None
        if name is None:
            return None
        return [kind for kind in knowledge.kinds if f"{fold_name(kind)} ".startswith(f"{fold_name(name)} ")]

    end, typed, values = _values(text, start, limit, like)
    if not values:
        return _unknown("loại văn bản", typed, knowledge.kinds)
    return _Read(end, Filters(kinds=values), f"loại văn bản {' / '.join(values)}", typed)


def _read_issuer(text: str, start: int, limit: int, knowledge: Knowledge) -> _Read | str:
    def like(value: str) -> list[str] | None:
        names = [value, *(meaning.long for meaning in knowledge.names.meanings(value))]
        wanted = [f" {' '.join(syllables_of(name))} " for name in names if SYLLABLE.search(name)]
        issuers = [
            issuer
            for issuer in knowledge.issuers
            if any(words in f" {' '.join(syllables_of(issuer))} " for words in wanted)
        ]
        return issuers or None

    end, typed, values = _values(text, start, limit, like)
    if not values:
        return _unknown("cơ quan ban hành", typed, knowledge.issuers)
    shown = " / ".join(values)
    if len(values) > _LISTED:
        shown = f"có “{typed}” trong tên ({len(values)} cơ quan)"
    return _Read(end, Filters(issuers=values), f"cơ quan ban hành {shown}", typed)


def _read_from(text: str, start: int, limit: int, knowledge: Knowledge) -> _Read | str | None:
    end, date = _date(text, start)
    if date is None:
        return _no_date(text[start:limit])
    return _Read(end, Filters(date_from=date), f"từ {printed_date(date)}")


def _read_to(text: str, start: int, limit: int, knowledge: Knowledge) -> _Read | str | None:
    end, date = _date(text, start)
    if date is None:
        return _no_date(text[start:limit])
    return _Read(end, Filters(date_to=date), f"đến hết {printed_date(date)}")


def _read_number(text: str, start: int, limit: int, knowledge: Knowledge) -> _Read | str | None:
    match = _NUMBER.match(text, start)
    if match is None:
        return None
    number = match["number"].rstrip("-/")
    ids = knowledge.numbered(number)
    if not ids:
        return f"Không có văn bản nào mang số “{number[:80]}” trong thư viện; đang tìm nơi nhắc đến."
    return _Read(match.end(), Filters(documents=ids), f"văn bản số {number}", number)


_READERS: dict[str, Callable[[str, int, int, Knowledge], _Read | str | None]] = {
    "lo": _read_kind,
    "co": _read_issuer,
    "tu": _read_from,
    "de": _read_to,
    "so": _read_number,
}
"""By the first two letters of the key."""


def _values(
    text: str, start: int, limit: int, like: Callable[[str], list[str] | None]
) -> tuple[int, str, tuple[str, ...]]:
    """End, words and values of what stands behind a key, one or several with commas between."""
    end, typed, found = _value(text, start, limit, like)
    while found and (comma := _COMMA.match(text, end)):
        after, _, more = _value(text, comma.end(), limit, like)
        if not more:
            break
        end, found = after, [*found, *more]
    return end, typed, tuple(dict.fromkeys(found or ()))


def _value(
    text: str, start: int, limit: int, like: Callable[[str], list[str] | None]
) -> tuple[int, str, list[str] | None]:
    """One value: in quotes, or as many words as `like` knows (None: it does not)."""
    quoted = _QUOTED.match(text, start)
    if quoted:
        value = quoted[1].strip()
        return quoted.end(), value, like(value)
    words = list(_WORD.finditer(text, start, limit))
    for word in reversed(words[:_MOST_WORDS]):
        value = text[start : word.end()].strip(_MARKS)
        if (found := like(value)) is not None:
            return start + len(text[start : word.end()].rstrip(_MARKS)), value, found
    return start, words[0].group().strip(_MARKS) if words else "", None


def _date(text: str, start: int) -> tuple[int, str | None]:
    """End and ISO form of a date: 2025, 2026-05, 5/2026, 17/3/2026."""
    match = _DATE.match(text, start)
    if match is None:
        return start, None
    parts = [
        match["year"] or match["year2"],
        match["month"] or match["month2"],
        match["day"] or match["day2"],
    ]
    date = "-".join(f"{int(part):02}" for part in parts if part)
    return match.end(), date if date_range(date) else None


def _no_date(text: str) -> str | None:
    """What to say about something that looks like a date; None for "từ: 8 giờ"."""
    match = _LIKE_DATE.match(text)
    return match and f"Không có ngày “{match[0][:40]}”; hãy viết như 17/3/2026, 3/2026 hoặc 2026."


def _unknown(name: str, typed: str, held: Sequence[str]) -> str:
    there_are = f"đang có: {', '.join(held[:_SHOWN])}" if held else "thư viện chưa có giá trị nào"
    return f"Không có {name} “{typed[:80]}” nên không lọc theo đó; {there_are}."


def _both(given: Filters, typed: Filters) -> Filters:
    """Both conditions at once; where they contradict each other, what was typed."""
    return Filters(
        kinds=_common(given.kinds, typed.kinds),
        issuers=_common(given.issuers, typed.issuers),
        date_from=max(filter(None, (given.date_from, typed.date_from)), default=None),
        date_to=min(filter(None, (given.date_to, typed.date_to)), default=None),
        documents=_common(given.documents, typed.documents),
        older=given.older or typed.older,
    )


def _common(given: Iterable[str], typed: tuple[str, ...]) -> tuple[str, ...]:
    given = tuple(given)
    if not given or not typed:
        return typed or given
    folded = {fold_name(value) for value in given}
    return tuple(value for value in typed if fold_name(value) in folded) or typed
