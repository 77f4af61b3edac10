"""Measures of ranked results, question by question: every one between 0 and 1, higher is better.

Judgements by passage go through ir_measures (trec_eval's own code). Quotes are credited as the
scorer of the plans does: each to the first passage that covers it, a passage gaining the best of
those it newly covers.
"""

from collections.abc import Mapping, Sequence

from corpus.errors import TracuuError
from evaluation.topics import ByPassage, Judgement, Result, Topic, discounted

__all__ = ["MEASURES", "by_kind", "credited", "mean", "measured", "unjudged"]

MEASURES = ("nDCG@10", "RR@10", "R@10", "R@100", "Success@1", "Success@5", "AP")

Scores = dict[str, float]
"""Measure → value."""


def measured(topics: Sequence[Topic], results: Mapping[str, Sequence[Result]]) -> dict[str, Scores]:
    """Scores of every question; one without results has 0 everywhere."""
    by_passage = {
        topic.id: topic.judgement.by_id for topic in topics if isinstance(topic.judgement, ByPassage)
    }
    found = _by_trec(by_passage, {id_: [r.id for r in results.get(id_, ())] for id_ in by_passage})
    for topic in topics:
        if topic.id not in found:
            found[topic.id] = credited(topic.judgement, results.get(topic.id, ()))
    return {topic.id: found[topic.id] for topic in topics}


def _by_trec(qrels: Mapping[str, Mapping[str, int]], run: Mapping[str, Sequence[str]]) -> dict[str, Scores]:
    if not qrels:
        return {}
    try:
        import ir_measures
    except ImportError as error:
        raise TracuuError("Cần gói ir-measures để chấm; hãy cài: pip install ir-measures.") from error
    # Scores only say the order: equal ones would be turned around by trec_eval.
    scored = {
        id_: {passage: float(len(ids) - place) for place, passage in enumerate(ids)}
        for id_, ids in run.items()
        if ids
    }
    found: dict[str, Scores] = {id_: dict.fromkeys(MEASURES, 0.0) for id_ in qrels}
    if scored:
        wanted = [ir_measures.parse_measure(name) for name in MEASURES]
        for metric in ir_measures.iter_calc(wanted, {q: dict(judged) for q, judged in qrels.items()}, scored):
            found[metric.query_id][str(metric.measure)] = float(metric.value)
    return found


def credited(judgement: Judgement, results: Sequence[Result]) -> Scores:
    """Scores of one question by what each result newly brings.

    AP is the mean over the wanted items of the precision at the rank that brought each, a result
    being right if it brought something new.
    """
    gains = judgement.gains
    brought: set[int] = set()
    at_10 = 0
    gained: list[float] = []
    precise = 0.0
    right: list[int] = []  # ranks of results that brought something
    for rank, result in enumerate(results[:100], start=1):
        new = judgement.brings(result) - brought
        brought |= new
        gained.append(max((gains[item] for item in new), default=0.0))
        if new:
            right.append(rank)
            precise += len(new) * len(right) / rank
        if rank <= 10:
            at_10 = len(brought)
    first = right[0] if right else 101
    return {
        "nDCG@10": discounted(gained[:10]) / discounted(sorted(gains, reverse=True)[:10]),
        "RR@10": 1 / first if first <= 10 else 0.0,
        "R@10": at_10 / len(gains),
        "R@100": len(brought) / len(gains),
        "Success@1": float(first == 1),
        "Success@5": float(first <= 5),
        "AP": precise / len(gains),
    }


def unjudged(topics: Sequence[Topic], results: Mapping[str, Sequence[Result]]) -> float:
    """Mean number of the first ten results that nobody has judged (for quotes: that hold none)."""
    count = sum(
        not topic.judgement.judged(result) for topic in topics for result in results.get(topic.id, ())[:10]
    )
    return count / len(topics)


def mean(scores: Mapping[str, Scores]) -> Scores:
    """The mean of each measure over questions."""
    return {name: sum(one[name] for one in scores.values()) / len(scores) for name in MEASURES}


def by_kind(topics: Sequence[Topic], scores: Mapping[str, Scores]) -> dict[str, dict[str, float]]:
    """Means per kind of question, with their number as "queries"; {} where there is only one kind."""
    kinds: dict[str, list[str]] = {}
    for topic in topics:
        kinds.setdefault(topic.kind, []).append(topic.id)
    if len(kinds) < 2:
        return {}
    return {
        kind: {"queries": len(ids), **mean({id_: scores[id_] for id_ in ids})} for kind, ids in kinds.items()
    }
