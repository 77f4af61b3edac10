"""Judgements made elsewhere, taken over into a pool as those of one judge; what is left can be judged."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.files import json_lines, read_qrels
from evaluation.judging.checking import PoolError
from evaluation.judging.deeds import find_quote
from evaluation.judging.store import Pool
from evaluation.judging.types import PoolPassage
from evaluation.topics import ByQuote, Result

__all__ = ["Taken", "take_over"]

_BEST = 2


@dataclass(frozen=True, slots=True)
class Taken:
    """How many passages were graded, and how many judgements are of nothing in the pool."""

    grades: int
    elsewhere: int


def take_over(pool: Pool, path: Path, form: str, name: str) -> Taken:
    """Record the judgements of a file as those of the judge `name`; again is the same as once.

    "quotes": a passage that covers a judged quote gets its grade, and the quote as its span where it
    stands there word for word; an unanswerable question gets that status. "qrels": by the passage ids
    of the library that the pool was made from; grades above 2 count as 2, below 0 as 0. PoolError for
    another form, TracuuError for a file that is none.
    """
    if form == "qrels":
        qrels = read_qrels(path)
        return _qrels(pool, pool.join(name), qrels)
    if form == "quotes":
        judged = [_read(row, path) for row in json_lines(path)]
        return _quotes(pool, pool.join(name), judged)
    raise PoolError(f"Không có dạng “{form[:20]}”; hãy chọn: json, quotes, qrels.")


def _qrels(pool: Pool, judge: str, qrels: Mapping[str, Mapping[str, int]]) -> Taken:
    grades = elsewhere = 0
    known = {query.id for query in pool.queries()}
    for query, judged in qrels.items():
        passages = {one.passage_id: one.id for one in pool.passages(query).values()} if query in known else {}
        for passage_id, grade in judged.items():
            if passage_id in passages:
                pool.record(judge, query, passages[passage_id], "grade", min(max(grade, 0), _BEST))
                grades += 1
            else:
                elsewhere += 1
    return Taken(grades, elsewhere)


@dataclass(frozen=True, slots=True)
class _Judged:
    query: str
    quotes: tuple[tuple[str, str, int], ...]
    answerable: bool


def _read(row: Mapping[str, Any], path: Path) -> _Judged:
    try:
        quotes = tuple((str(q["file"]), str(q["quote"]), int(q["grade"])) for q in row.get("relevant", ()))
    except (KeyError, TypeError, ValueError) as error:
        raise PoolError(
            f'{path.name}: mỗi mục trong "relevant" cần "file", "quote", "grade"; hãy sửa tệp.'
        ) from error
    return _Judged(str(row.get("id") or row.get("_id") or ""), quotes, bool(row.get("answerable", True)))


def _quotes(pool: Pool, judge: str, judged: Sequence[_Judged]) -> Taken:
    grades = elsewhere = 0
    known = {query.id for query in pool.queries()}
    for one in judged:
        if one.query not in known:
            elsewhere += len(one.quotes)
            continue
        covered: set[int] = set()
        judgement = ByQuote(one.quotes)
        for passage in pool.passages(one.query).values():
            brought = judgement.brings(Result(passage.passage_id, passage.text, passage.file))
            if brought:
                best = max(brought, key=lambda at: judgement.grades[at])
                _take(pool, judge, one.query, passage, one.quotes[best])
                covered |= brought
                grades += 1
        elsewhere += len(one.quotes) - len(covered)
        if not one.quotes and not one.answerable:
            pool.record(judge, one.query, "", "status", "unanswerable")
    return Taken(grades, elsewhere)


def _take(pool: Pool, judge: str, query: str, passage: PoolPassage, quote: tuple[str, str, int]) -> None:
    _, words, grade = quote
    pool.record(judge, query, passage.id, "grade", min(max(grade, 0), _BEST))
    with suppress(PoolError):  # covered, but not word for word: the whole passage is the quote
        start, end = find_quote(passage.text, words)
        whole = passage.text[start:end].strip() == passage.text.strip()
        pool.record(judge, query, passage.id, "span", None if whole else (start, end))
