"""Finding the one document that a user means: by id, number, file name or title."""

import re
import sqlite3
from collections.abc import Sequence
from pathlib import PurePath

from corpus.errors import NotHeldError
from corpus.library import rows
from corpus.library.names import fold_name, fold_number
from corpus.library.stored import DocumentSummary
from corpus.library.versions import newest_only

__all__ = ["describe", "resolve"]

_ID_PREFIX = re.compile(r"[0-9a-f]{4,64}")
_NAMED_NUMBER = re.compile(r"(?P<kind>\D*?)\s*(?:\bso\b\s*:?\s*)?(?P<number>\d.*)")
_SHOWN = 5


def resolve(connection: sqlite3.Connection, reference: str) -> str:
    """Id of the document meant; see `Library.resolve`."""
    typed = reference.encode("utf-8", "replace").decode().strip()  # a damaged command line has surrogates
    folded = fold_name(typed)
    if not folded:
        raise NotHeldError("Chưa nói văn bản nào; hãy cho mã, số hiệu hoặc tên tệp (xem `tracuu documents`).")
    by_id = _by_id(connection, typed.lower())
    if len(by_id) == 1:
        return by_id[0].id
    # A number may by chance begin like an id, so a short id that fits several decides nothing yet.
    # "Sửa đổi Chỉ thị 04-CT/TW" is rather that title than the number it ends with.
    for found in (
        _by_number(connection, folded, kind_fits=True),
        _by_source(connection, folded),
        _by_title(connection, folded),
        _by_number(connection, folded, kind_fits=False),
        by_id,
    ):
        if len(found) == 1:
            return found[0].id
        if found:
            raise NotHeldError(_ambiguous(typed, found))
    raise NotHeldError(
        f"Không có văn bản nào ứng với “{_short(typed)}”; hãy xem mã và số hiệu bằng `tracuu documents`."
    )


def describe(document: DocumentSummary) -> str:
    """One document in a line: 'Kế hoạch 12/KH-UBND (3fa9c0d1, ke-hoach.docx)'."""
    about = document.metadata
    name = " ".join(filter(None, (about.kind, about.number))) or about.title or "Văn bản"
    return f"{_short(name)} ({document.id[:8]}, {document.source})"


def _by_id(connection: sqlite3.Connection, typed: str) -> list[DocumentSummary]:
    exact = _find(connection, "id = ?", typed)
    if exact or not _ID_PREFIX.fullmatch(typed):
        return exact
    # The whole SHA-256 is as good as the id that begins it.
    return _find(connection, "substr(sha256, 1, ?) = ?", len(typed), typed)


def _by_number(connection: sqlite3.Connection, folded: str, *, kind_fits: bool) -> list[DocumentSummary]:
    """By "04-CT/TW" or "Chỉ thị số 04-CT/TW"; `kind_fits`: the words before it must be the kind."""
    match = _NAMED_NUMBER.fullmatch(folded)
    number = fold_number(match["number"]) if match else None
    if not match or number is None:
        return []
    kind = match["kind"].strip()
    # Of several versions of one document the newest is meant.
    found = newest_only(_find(connection, "number_folded = ?", number))
    return [d for d in found if not (kind and kind_fits) or fold_name(d.metadata.kind or "") == kind]


def _by_source(connection: sqlite3.Connection, folded: str) -> list[DocumentSummary]:
    name = PurePath(folded.replace("\\", "/")).name
    found = _find(connection, "source_folded = ?", name)
    if found:
        return found
    candidates = _find(connection, "substr(source_folded, 1, ?) = ?", len(name) + 1, name + ".")
    return [d for d in candidates if fold_name(PurePath(d.source).stem) == name]


def _by_title(connection: sqlite3.Connection, folded: str) -> list[DocumentSummary]:
    exact = _find(connection, "title_folded = ?", folded)
    return exact or _find(connection, "instr(title_folded, ?) > 0", folded)


def _find(connection: sqlite3.Connection, condition: str, *values: object) -> list[DocumentSummary]:
    query = f"{rows.SUMMARIES} WHERE {condition} ORDER BY key"
    return [rows.summary(row) for row in connection.execute(query, values)]


def _ambiguous(typed: str, found: Sequence[DocumentSummary]) -> str:
    listed = "; ".join(describe(document) for document in found[:_SHOWN])
    more = f"; và {len(found) - _SHOWN} văn bản khác" if len(found) > _SHOWN else ""
    return f"“{_short(typed)}” ứng với {len(found)} văn bản: {listed}{more}. Hãy dùng mã trong ngoặc."


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"
