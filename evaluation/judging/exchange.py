"""Judgements out and in: everything as JSON, without loss; judged quotes; qrels."""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from evaluation.judging import results, rows
from evaluation.judging.checking import PoolError
from evaluation.judging.results import Grades
from evaluation.judging.state import Sheet
from evaluation.judging.store import Pool
from evaluation.judging.types import Contents, PoolPassage, PoolQuery

__all__ = ["FORMATS", "exported", "from_json", "load", "save"]

FORMATS = {"json": "judgements.json", "quotes": "quotes.jsonl", "qrels": "qrels.txt"}
"""Form of an export → name under which a browser saves it."""

_FORMAT = "tracuu-judgements"
_VERSION = 1


def exported(pool: Pool, form: str, judge: str | None = None) -> str:
    """The pool's judgements as text in one of `FORMATS`.

    "quotes" and "qrels" hold the grades that count in the end, or with `judge` those of one judge.
    PoolError for a form or judge that there is not.
    """
    if form == "json":
        return _to_json(pool.contents())
    if form not in FORMATS:
        raise PoolError(f"Không có dạng xuất “{form[:20]}”; hãy chọn: {', '.join(FORMATS)}.")
    found, settled = results.of(pool)
    sheets = pool.sheets()
    if judge is not None:
        if judge not in pool.judges():
            raise PoolError(
                f"Không có người chấm “{judge[:60]}”; có: {', '.join(pool.judges()) or 'chưa ai'}."
            )
        found = {key: {judge: given[judge]} for key, given in found.items() if judge in given}
        settled, sheets = {}, {key: sheet for key, sheet in sheets.items() if key[0] == judge}
    counts = results.final(found, settled)
    lines = _qrels(pool, counts) if form == "qrels" else _quotes(pool, counts, found, sheets)
    return "".join(f"{line}\n" for line in lines)


def from_json(text: str, name: str = "tệp JSON") -> Contents:
    """What an export in JSON holds. PoolError where it is none; `name` is for the message."""
    try:
        data = json.loads(text)
        if data["format"] != _FORMAT:
            raise ValueError("format")
        if data["version"] > _VERSION:
            raise PoolError(f"{name}: do phiên bản mới hơn xuất ra; hãy cập nhật Tra Cứu.")
        return Contents(
            about={str(key): str(value) for key, value in data["about"].items()},
            queries=tuple(rows.as_query(row) for row in data["queries"]),
            passages=tuple(rows.as_passage(row) for row in data["passages"]),
            pooled=tuple(rows.as_pooled(row) for row in data["pooled"]),
            judges=tuple(str(judge) for judge in data["judges"]),
            events=tuple(rows.as_event(row) for row in data["events"]),
            settlements=tuple(rows.as_settlement(row) for row in data["settlements"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PoolError(
            f"{name}: không phải bản xuất JSON của một bộ chấm; hãy xuất lại bằng `tracuu judge export`."
        ) from error


def load(path: Path) -> Contents:
    """Read an export in JSON."""
    try:
        return from_json(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise PoolError(f"{path}: không đọc được; hãy kiểm tra đường dẫn và tệp.") from error


def save(text: str, path: Path) -> None:
    """Write an export, whole or not at all."""
    try:
        temporary = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
        try:
            temporary.write_text(text, encoding="utf-8", newline="\n")
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise PoolError(f"{path}: không ghi được ({error.strerror or error}); hãy chọn nơi khác.") from error


def _to_json(contents: Contents) -> str:
    """One thing a line, so that two exports can be compared by eye and by diff."""
    parts: dict[str, Iterable[Any]] = {
        "queries": map(rows.plain, contents.queries),
        "passages": map(rows.plain, contents.passages),
        "pooled": map(rows.plain, contents.pooled),
        "judges": contents.judges,
        "events": map(rows.plain, contents.events),
        "settlements": map(rows.plain, contents.settlements),
    }
    head = {"format": _FORMAT, "version": _VERSION, "about": contents.about}
    lines = [f'"{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in head.items()]
    for name, things in parts.items():
        body = ",\n".join(rows.to_json(thing) for thing in things)
        lines.append(f'"{name}": [\n{body}\n]' if body else f'"{name}": []')
    return "{" + ",\n".join(lines) + "}\n"


def _qrels(pool: Pool, counts: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """Four columns as trec_eval reads them; ids with spaces, which it could not read, are refused."""
    for query in pool.queries():
        passages = pool.passages(query.id)
        for passage_id, passage in passages.items():
            if (query.id, passage_id) in counts:
                if len(f"{query.id} {passage.passage_id}".split()) != 2:
                    raise PoolError(
                        f"Mã “{query.id}” hoặc “{passage.passage_id}” có dấu cách, qrels không ghi được; "
                        "hãy xuất dạng quotes hoặc json."
                    )
                yield f"{query.id} 0 {passage.passage_id} {counts[query.id, passage_id]}"


def _quotes(
    pool: Pool,
    counts: Mapping[tuple[str, str], int],
    found: Grades,
    sheets: Mapping[tuple[str, str], Sheet],
) -> Iterator[str]:
    """Judged quotes, one query a line; queries that nobody has judged yet are left out."""
    for query in pool.queries():
        passages = pool.passages(query.id)
        relevant = [
            {"file": passage.file, "quote": quote, "grade": counts[query.id, passage.id]}
            for passage in passages.values()
            if counts.get((query.id, passage.id), 0) > 0
            for quote in _quotes_of(query, passage, counts[query.id, passage.id], found, sheets)
        ]
        judged = any((query.id, passage) in counts for passage in passages)
        if judged or _nothing_answers(query.id, sheets):
            yield rows.to_json(
                {
                    "id": query.id,
                    "query": query.text,
                    "kind": query.kind,
                    "answerable": bool(relevant),
                    "relevant": sorted(relevant, key=lambda one: -int(str(one["grade"]))),
                    "answer": query.answer if relevant else None,
                }
            )


def _nothing_answers(query: str, sheets: Mapping[tuple[str, str], Sheet]) -> bool:
    return any(q == query and sheet.status == "unanswerable" for (_, q), sheet in sheets.items())


def _quotes_of(
    query: PoolQuery,
    passage: PoolPassage,
    grade: int,
    found: Grades,
    sheets: Mapping[tuple[str, str], Sheet],
) -> list[str]:
    """The spans that judges marked who found the passage relevant, joined where they overlap.

    Those who gave the very grade that counts go first; where none of them marked any, any judge's
    spans will do; where nobody marked anything it is the whole passage.
    """
    given = found[query.id, passage.id]
    exact = [judge for judge, one in given.items() if one == grade]
    for judges in (exact, [judge for judge, one in given.items() if one > 0]):
        spans = [
            sheets[judge, query.id].marks[passage.id].span
            for judge in judges
            if _marks(sheets, judge, query.id, passage.id)
        ]
        marked = sorted(span for span in spans if span is not None)
        if marked:
            return [passage.text[start:end].strip() for start, end in _joined(marked)]
    return [passage.text]


def _marks(sheets: Mapping[tuple[str, str], Sheet], judge: str, query: str, passage: str) -> bool:
    sheet = sheets.get((judge, query))
    return sheet is not None and passage in sheet.marks


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined = [spans[0]]
    for start, end in spans[1:]:
        if start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
