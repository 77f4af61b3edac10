"""The nouns of judging as plain data and back: one form for the database and for the full export."""

import json
from dataclasses import asdict, fields
from typing import Any

from evaluation.judging.types import Event, Pooled, PoolPassage, PoolQuery, Settlement

__all__ = ["as_event", "as_passage", "as_pooled", "as_query", "as_settlement", "plain", "to_json"]

_NONE = type(None)
_TUPLES = {"path", "document", "before", "after"}
_OPTIONAL: dict[str, tuple[type, ...]] = {
    "kind": (str,), "title": (str,), "note": (str,), "added": (str,), "answer": (str, _NONE),
    "lead": (str, _NONE), "undoes": (str, _NONE), "page": (int, _NONE), "grade": (int, _NONE),
    "found_by": (dict,),
}  # fmt: skip
_REQUIRED = {
    PoolQuery: ("id", "text"),
    PoolPassage: ("id", "passage_id", "file", "text"),
    Pooled: ("query", "passage"),
    Event: ("id", "judge", "query", "passage", "at", "field"),
    Settlement: ("id", "by", "query", "passage", "at"),
}


def to_json(value: object) -> str:
    """Compact JSON in readable Vietnamese."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def plain(thing: PoolQuery | PoolPassage | Pooled | Event | Settlement) -> dict[str, Any]:
    """One of the nouns as plain data."""
    return asdict(thing)


def as_query(row: dict[str, Any]) -> PoolQuery:
    """A query. ValueError, KeyError or TypeError for what is none, as in all of these."""
    return PoolQuery(**_checked(PoolQuery, row))


def as_passage(row: dict[str, Any]) -> PoolPassage:
    """A passage."""
    row = _checked(PoolPassage, row)
    return PoolPassage(**{**row, **{name: _texts(row[name]) for name in _TUPLES & row.keys()}})


def as_pooled(row: dict[str, Any]) -> Pooled:
    """That a passage is to be judged for a query."""
    row = _checked(Pooled, row)
    found_by = {str(name): int(rank) for name, rank in row.get("found_by", {}).items()}
    return Pooled(row["query"], row["passage"], found_by, row.get("added", ""))


def as_event(row: dict[str, Any]) -> Event:
    """An event; a span is a list in JSON."""
    row = _checked(Event, row)
    value = row["value"]
    return Event(**{**row, "value": tuple(value) if isinstance(value, list) else value})


def as_settlement(row: dict[str, Any]) -> Settlement:
    """A final grade."""
    return Settlement(**_checked(Settlement, row))


def _checked(kind: type[Any], row: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    if unknown := row.keys() - names:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    for name in _REQUIRED[kind]:
        if not isinstance(row[name], str):
            raise TypeError(name)
    for name, kinds in _OPTIONAL.items():
        if name in row and type(row[name]) not in kinds:
            raise TypeError(name)
    return row


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(text, str) for text in value):
        raise TypeError("texts")
    return tuple(value)
