"""Suggestions for what was typed so far, and for what it may have been meant for."""

from collections.abc import Iterator

from search_api.query import Knowledge, parse
from search_api.suggest.suggestions import LONGEST, Suggestion, Suggestions

__all__ = ["complete"]

_ENOUGH = 3
"""Suggestions for the text as typed from which nothing else is looked for."""


def complete(suggestions: Suggestions, knowledge: Knowledge, typed: str, limit: int) -> list[Suggestion]:
    """At most `limit` suggestions for `typed`; other ways to read it are only tried where few begin so."""
    found: dict[tuple[str, str | None], Suggestion] = {}

    def add(text: str) -> None:
        for one in suggestions.find(text, limit):
            found.setdefault((one.text, one.document), one)

    add(typed)
    for text in _other_ways(typed[:LONGEST], knowledge):
        if len(found) >= min(_ENOUGH, limit):
            break
        add(text)
    return list(found.values())[:limit]


def _other_ways(typed: str, knowledge: Knowledge) -> Iterator[str]:
    """What was typed understood, with the last word as it is, since it may be half typed, and with all."""
    whole, space, last = typed.rpartition(" ")
    if whole.strip() and last:
        query = parse(whole, knowledge=knowledge)
        for text in (query.text, *(reading.text for reading in query.readings[:1])):
            yield f"{text}{space}{last}"
    query = parse(typed, knowledge=knowledge)
    yield from (query.text, *(reading.text for reading in query.readings[:1]))
