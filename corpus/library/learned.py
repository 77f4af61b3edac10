"""What the documents of a library teach about names: abbreviations they define, bodies they speak of.

Learned once per state of the library and kept in its cache of analyses, so that a command line that
starts cold reads one row.
"""

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TypeVar

from corpus.body_names import bodies_in_heading, bodies_in_recipients, body_in_sentence
from corpus.definitions import find_definitions
from corpus.errors import LibraryError
from corpus.library.caches import Cache
from corpus.library.database import Database
from corpus.text import nfc, normalise_tones

__all__ = ["Learned", "learned"]

_Name = TypeVar("_Name", str, tuple[str, str])

_SPACE = "learned:1"
"""Changes whenever the rules of learning do."""

_HELD = "document IN (SELECT key FROM held)"


@dataclass(frozen=True, slots=True)
class Learned:
    """Names with the number of documents that use them, most used first."""

    abbreviations: tuple[tuple[str, str, int], ...] = ()
    """Short form, what it stands for, documents that define it so."""
    bodies: tuple[tuple[str, int], ...] = ()
    """Name without its place, documents that name it."""


def learned(database: Database, cache: Cache) -> Learned:
    """What the library teaches, from the cache where it has been learned in this state before."""
    with database.read() as connection:
        state = _state(connection)
    held = cache.get(_SPACE, [state]).get(state)
    if held is not None:
        with suppress(ValueError, TypeError, KeyError):
            return _load(held)
    with database.read() as connection:
        found = _learn(connection)
    if database.writable:
        with suppress(LibraryError):  # busy or read-only: it is learned again next time
            cache.put(_SPACE, {state: _dump(found)})
            cache.prune(_SPACE, [state])
    return found


def _state(connection: sqlite3.Connection) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for row in connection.execute("SELECT content_key FROM held ORDER BY key"):
        digest.update(row[0].encode())
    return digest.hexdigest()


def _learn(connection: sqlite3.Connection) -> Learned:
    definitions: dict[tuple[str, str], set[int]] = defaultdict(set)
    bodies: dict[str, set[int]] = defaultdict(set)

    def read(query: str, take: Callable[[str], Iterable[str]]) -> None:
        for document, text in connection.execute(query):
            for name in take(normalise_tones(nfc(text))):
                bodies[name].add(document)

    # SQLite looks first: most texts have neither, and never become Python strings.
    for query in (
        f"SELECT document, text FROM passages WHERE {_HELD} AND (text GLOB '*(*' OR text LIKE '% tắt là %')",  # noqa: S608
        f"SELECT document, title FROM sections WHERE {_HELD} AND title GLOB '*(*'",  # noqa: S608
    ):
        for document, text in connection.execute(query):
            for definition in find_definitions(nfc(text)):
                definitions[definition].add(document)
    read(f"SELECT document, title FROM sections WHERE {_HELD} AND length(title) < 120", bodies_in_heading)  # noqa: S608
    read(f"SELECT document, text FROM matter WHERE {_HELD} AND role = 'recipients'", bodies_in_recipients)  # noqa: S608
    read(f"SELECT document, substr(text, 1, 160) FROM passages WHERE {_HELD}", body_in_sentence)  # noqa: S608
    read("SELECT key, issuer FROM held WHERE issuer IS NOT NULL", bodies_in_heading)
    return Learned(
        tuple((short, long, len(where)) for (short, long), where in _most_used(definitions)),
        tuple((name, len(where)) for name, where in _most_used(bodies)),
    )


def _most_used(found: Mapping[_Name, set[int]]) -> list[tuple[_Name, set[int]]]:
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


def _dump(found: Learned) -> bytes:
    return json.dumps(asdict(found), ensure_ascii=False).encode()


def _load(blob: bytes) -> Learned:
    held = json.loads(blob)
    return Learned(
        tuple((str(short), str(long), int(count)) for short, long, count in held["abbreviations"]),
        tuple((str(name), int(count)) for name, count in held["bodies"]),
    )
