"""Versions of the database and the step from each to the next."""

import sqlite3
from collections.abc import Iterator

__all__ = ["APPLICATION_ID", "VERSION", "migrate"]

APPLICATION_ID = 0x54724375  # "TrCu": tells our files from other people's SQLite files
VERSION = 2
"""Version that this code reads and writes; `schema_N.sql` leads from version N-1 to N."""


def script(version: int) -> str:
    """The SQL that makes a library of the version before into one of `version`."""
    from importlib.resources import files  # needed once in the life of a library

    return files("corpus.library").joinpath(f"schema_{version}.sql").read_text(encoding="utf-8")


def migrate(connection: sqlite3.Connection, held: int) -> None:
    """Bring a library of version `held` (0: empty) to `VERSION`, inside the caller's transaction."""
    for version in range(held + 1, VERSION + 1):
        for statement in _statements(script(version)):
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _statements(sql: str) -> Iterator[str]:
    """Cut a script into statements; `executescript` would commit the transaction first."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
