"""What the judging pages show, ready to print. Nothing here says which configuration found a passage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from evaluation.judging.results import Agreement, Disagreement, Grades, agreement, disagreements
from evaluation.judging.state import Mark, Sheet, blind
from evaluation.judging.store import Pool
from evaluation.judging.types import GRADES, PoolPassage, PoolQuery, Settlement
from web.wording import beginning

__all__ = [
    "GRADE_NAMES", "AgreementView", "Apart", "Card", "JudgeLine", "QueryLine", "QueryView", "agreement_view",
    "judge_lines", "judge_url", "query_lines", "query_state", "query_url", "query_view",
]  # fmt: skip

_ON_A_PAGE = 25
"""Passages to be settled that are shown together."""

GRADE_NAMES = {0: "Không", 1: "Một phần", 2: "Trả lời"}


@dataclass(frozen=True, slots=True)
class JudgeLine:
    """One judge on the first page."""

    name: str
    url: str
    passages: int
    queries: int
    """Done: everything graded, or nothing answers."""


@dataclass(frozen=True, slots=True)
class QueryLine:
    """One query in a judge's list."""

    number: int
    text: str
    url: str
    graded: int
    total: int
    status: str

    @property
    def done(self) -> bool:
        """Whether nothing is left to grade."""
        return self.graded == self.total


@dataclass(frozen=True, slots=True)
class Card:
    """A passage to be judged, with what stands around it."""

    id: str
    anchor: str
    place: int
    passage: PoolPassage
    words: Markup
    mark: Mark
    grade: int | None
    """As it counts: 0 where the judge said that nothing answers."""
    quote: str
    """The words marked, "" for the whole passage."""


@dataclass(frozen=True, slots=True)
class QueryView:
    """One query with its passages in the judge's own random order."""

    judge: str
    judge_url: str
    number: int
    queries: int
    url: str
    text: str
    sheet: Sheet
    cards: tuple[Card, ...]
    graded: int
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class Apart:
    """A passage judged differently, to be settled."""

    query: PoolQuery
    number: int
    passage: PoolPassage
    anchor: str
    judges: tuple[tuple[str, int, str, str], ...]
    """Name, grade, note, words marked."""
    settled: Settlement | None


@dataclass(frozen=True, slots=True)
class AgreementView:
    """The page of agreement."""

    measured: Agreement
    counts: tuple[tuple[str, tuple[int, ...]], ...]
    """Judge → how often each grade was given."""
    apart: tuple[Apart, ...]
    """Those of this page."""
    total: int
    open: int
    page: int
    pages: int


def judge_url(judge: str) -> str:
    """Address of a judge's list."""
    return f"/judges/{quote(judge, safe='')}"


def query_url(judge: str, number: int) -> str:
    """Address of a query (counted from 1) for a judge."""
    return f"{judge_url(judge)}/{number}"


def judge_lines(pool: Pool) -> list[JudgeLine]:
    """Everybody who judges, with progress."""
    pooled, sheets = pool.pooled(), pool.sheets()
    lines = []
    for judge in pool.judges():
        done = {query: _sheet(sheets, judge, query).graded(ids) for query, ids in pooled.items()}
        finished = sum(done[query] == len(ids) for query, ids in pooled.items())
        lines.append(JudgeLine(judge, judge_url(judge), sum(done.values()), finished))
    return lines


def query_lines(pool: Pool, judge: str) -> list[QueryLine]:
    """All queries with the judge's progress."""
    pooled, sheets = pool.pooled(), pool.sheets()
    return [
        QueryLine(
            number,
            query.text,
            query_url(judge, number),
            _sheet(sheets, judge, query.id).graded(pooled[query.id]),
            len(pooled[query.id]),
            _sheet(sheets, judge, query.id).status,
        )
        for number, query in enumerate(pool.queries(), start=1)
    ]


def query_view(pool: Pool, judge: str, number: int, queries: Sequence[PoolQuery], seed: str) -> QueryView:
    """One query for one judge."""
    query = queries[number - 1]
    passages, sheet = pool.passages(query.id), pool.sheet(judge, query.id)
    cards = tuple(
        _card(passages[id_], place, sheet)
        for place, id_ in enumerate(blind(seed, judge, query.id, passages), start=1)
    )
    return QueryView(
        judge=judge,
        judge_url=judge_url(judge),
        number=number,
        queries=len(queries),
        url=query_url(judge, number),
        text=query.text,
        sheet=sheet,
        cards=cards,
        graded=sheet.graded(passages),
        previous=query_url(judge, number - 1) if number > 1 else None,
        next=query_url(judge, number + 1) if number < len(queries) else None,
    )


def query_state(pool: Pool, judge: str, query: PoolQuery) -> dict[str, Any]:
    """What a judge has said of a query, as the script of the page reads it."""
    passages, sheet = pool.passages(query.id), pool.sheet(judge, query.id)
    return {
        "status": sheet.status,
        "note": sheet.note,
        "graded": sheet.graded(passages),
        "total": len(passages),
        "marks": {
            id_: {
                "grade": sheet.grade(id_),
                "note": sheet.marks.get(id_, Mark()).note,
                "quote": _quoted(passage, sheet.marks.get(id_, Mark())),
                "before": passage.text[: (sheet.marks.get(id_, Mark()).span or (0, 0))[0]],
            }
            for id_, passage in passages.items()
        },
    }


def agreement_view(
    pool: Pool, found: Grades, settled: Mapping[tuple[str, str], Settlement], page: int = 1
) -> AgreementView:
    """Figures, and a page of the passages to be settled."""
    queries = {query.id: (number, query) for number, query in enumerate(pool.queries(), start=1)}
    sheets = pool.sheets()
    apart = disagreements(found, settled)
    pages = max(1, -(-len(apart) // _ON_A_PAGE))
    page = min(max(1, page), pages)
    shown = apart[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE]
    passages = {query: pool.passages(query) for query in {one.query for one in shown}}
    counts: dict[str, list[int]] = {}
    for given in found.values():
        for judge, grade in given.items():
            counts.setdefault(judge, [0] * len(GRADES))[grade] += 1
    return AgreementView(
        measured=agreement(found),
        counts=tuple((judge, tuple(some)) for judge, some in sorted(counts.items())),
        apart=tuple(_apart(one, queries, passages, sheets) for one in shown),
        total=len(apart),
        open=sum(one.settled is None for one in apart),
        page=page,
        pages=pages,
    )


def _apart(
    one: Disagreement,
    queries: Mapping[str, tuple[int, PoolQuery]],
    passages: Mapping[str, Mapping[str, PoolPassage]],
    sheets: Mapping[tuple[str, str], Sheet],
) -> Apart:
    number, query = queries[one.query]
    passage = passages[one.query][one.passage]
    judges = []
    for judge, grade in one.grades.items():
        mark = _sheet(sheets, judge, one.query).marks.get(one.passage, Mark())
        judges.append((judge, grade, mark.note, beginning(_quoted(passage, mark), 200)))
    anchor = f"cau-{number}-{passage.id}"
    return Apart(query, number, passage, anchor, tuple(judges), one.settled)


def _card(passage: PoolPassage, place: int, sheet: Sheet) -> Card:
    mark = sheet.marks.get(passage.id, Mark())
    return Card(
        id=passage.id,
        anchor=f"doan-{passage.id}",
        place=place,
        passage=passage,
        words=_words(passage.text, mark.span),
        mark=mark,
        grade=sheet.grade(passage.id),
        quote=_quoted(passage, mark),
    )


def _quoted(passage: PoolPassage, mark: Mark) -> str:
    return passage.text[slice(*mark.span)] if mark.span else ""


def _words(text: str, span: tuple[int, int] | None) -> Markup:
    if span is None:
        return escape(text)
    start, end = span
    marked = Markup("<mark>{}</mark>").format(text[start:end])
    return escape(text[:start]) + marked + escape(text[end:])


def _sheet(sheets: Mapping[tuple[str, str], Sheet], judge: str, query: str) -> Sheet:
    return sheets.get((judge, query), Sheet())
