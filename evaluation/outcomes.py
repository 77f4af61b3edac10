"""What came of putting every question one way: scores, and what is kept of the results to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.collection import Articles
from evaluation.judged_sets import JudgedSet
from evaluation.measures import measured, unjudged
from evaluation.topics import ByPassage, ByQuote, Result, Topic

__all__ = ["PAGE", "Outcome", "Shown", "Wanted", "beginning", "outcome", "wanted"]

PAGE = 10
"""Results of which the ids are kept."""
_READ = 3
"""Results of which the beginning is kept to be read."""
_LONGEST = 240
_LONGEST_PLACE = 120
_MOST_WANTED = 6
"""Wanted passages of a question that are kept to be read, the most wanted first."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as a reader of a report sees it."""

    where: str
    text: str
    """Its beginning."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that a question wants: a passage of a known id, or a quote."""

    id: str
    where: str
    text: str
    """Its beginning."""
    grade: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """All questions put one way."""

    scores: dict[str, dict[str, float]]
    unjudged: float
    """Mean number of the first ten results that nobody has judged."""
    run: dict[str, tuple[str, ...]]
    """Question → ids of the results, best first."""
    right: dict[str, tuple[int, ...]]
    """For each result of the first page the best grade of what it brings, 0 for nothing."""
    texts: dict[str, Shown]
    """By id, for the first results of every question."""


def outcome(topics: Sequence[Topic], results: Mapping[str, Sequence[Result]]) -> Outcome:
    """Score results, and keep what a person will want to read of them."""
    return Outcome(
        scores=measured(topics, results),
        unjudged=unjudged(topics, results),
        run={topic.id: tuple(result.id for result in results.get(topic.id, ())) for topic in topics},
        right={
            topic.id: tuple(_grade(topic, result) for result in results.get(topic.id, ())[:PAGE])
            for topic in topics
        },
        texts={
            result.id: Shown(beginning(result.where, _LONGEST_PLACE), beginning(result.text))
            for topic in topics
            for result in results.get(topic.id, ())[:_READ]
        },
    )


def _grade(topic: Topic, result: Result) -> int:
    grades = topic.judgement.grades
    return max((grades[item] for item in topic.judgement.brings(result)), default=0)


def wanted(judged: JudgedSet) -> dict[str, tuple[Wanted, ...]]:
    """What each question wants, for a reader; of many the best graded."""
    by_id = {
        topic.id: [id_ for id_, grade in _best(topic.judgement.by_id) if grade > 0]
        for topic in judged.topics
        if isinstance(topic.judgement, ByPassage)
    }
    held: dict[str, Result] = {}
    if by_id and isinstance(judged.collection, Articles):
        held = judged.collection.find(frozenset(id_ for ids in by_id.values() for id_ in ids))
    found: dict[str, tuple[Wanted, ...]] = {}
    for topic in judged.topics:
        if isinstance(topic.judgement, ByPassage):
            grades = topic.judgement.by_id
            some = [
                Wanted(
                    id_, _place(held.get(id_)), beginning(held[id_].text) if id_ in held else "", grades[id_]
                )
                for id_ in by_id[topic.id]
            ]
        elif isinstance(topic.judgement, ByQuote):
            quotes = [quote for quote in topic.judgement.quotes if quote[2] > 0]
            quotes = sorted(quotes, key=lambda quote: -quote[2])[:_MOST_WANTED]
            some = [Wanted("", file, beginning(quote), grade) for file, quote, grade in quotes]
        else:
            some = []
        found[topic.id] = tuple(some)
    return found


def _best(by_id: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(by_id.items(), key=lambda judged: -judged[1])[:_MOST_WANTED]


def _place(result: Result | None) -> str:
    return "" if result is None else beginning(result.where, _LONGEST_PLACE)


def beginning(text: str, longest: int = _LONGEST) -> str:
    """The first `longest` characters of a text on one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[:longest].rpartition(" ")[0] or line[:longest]
    return cut + " …"
