"""Results that are costly to compute, kept beside the documents: analyses and embeddings.

A space names who computed them (model key, analyser version); a hash is `text_hash` of what went in.
Everything here may be dropped at any time: it is then computed again.
"""

import json
from collections.abc import Iterable, Mapping

from corpus.library.database import Database

__all__ = ["Cache"]


class Cache:
    """Blobs by space and hash, in one table of the library."""

    def __init__(self, database: Database, table: str) -> None:
        self._database = database
        self._table = table

    def get(self, space: str, hashes: Iterable[str]) -> dict[str, bytes]:
        """The blobs held for `hashes`; what is not held is missing from the answer."""
        with self._database.read() as connection:
            return dict(
                connection.execute(
                    f"SELECT hash, value FROM {self._table} "  # noqa: S608 - table is ours
                    "WHERE space = ? AND hash IN (SELECT value FROM json_each(?))",
                    (space, json.dumps(list(hashes))),
                )
            )

    def put(self, space: str, values: Mapping[str, bytes]) -> None:
        """Keep `values`, replacing what was held, in one transaction."""
        if not values:
            return
        with self._database.write() as connection:
            connection.executemany(
                f"INSERT INTO {self._table} VALUES (?, ?, ?) "  # noqa: S608
                "ON CONFLICT DO UPDATE SET value = excluded.value",
                ((space, hash_, value) for hash_, value in values.items()),
            )

    def prune(self, space: str, keep: Iterable[str]) -> int:
        """Drop everything of `space` but the hashes in `keep`; returns how many were dropped."""
        with self._database.write() as connection:
            return connection.execute(
                f"DELETE FROM {self._table} "  # noqa: S608
                "WHERE space = ? AND hash NOT IN (SELECT value FROM json_each(?))",
                (space, json.dumps(list(keep))),
            ).rowcount

    def spaces(self) -> dict[str, int]:
        """Number of blobs held, by space."""
        with self._database.read() as connection:
            return dict(
                connection.execute(f"SELECT space, count(*) FROM {self._table} GROUP BY space")  # noqa: S608
            )
