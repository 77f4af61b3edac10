"""Measures agree with trec_eval and with the scorer of the plans."""

import importlib.util
import json
import random
from pathlib import Path

import pytest

from corpus.ingest import read_document
from evaluation.judged_sets import judged_set
from evaluation.measures import MEASURES, by_kind, credited, mean, measured, unjudged
from evaluation.topics import ByPassage, ByQuote, Result, Topic

TREC = {
    "nDCG@10": "ndcg_cut_10", "R@10": "recall_10", "R@100": "recall_100", "Success@1": "success_1",
    "Success@5": "success_5", "AP": "map",
}  # fmt: skip


def passages(*ids: str) -> list[Result]:
    return [Result(id_, "", "") for id_ in ids]


def some_runs(grades: int, seed: int = 7) -> tuple[list[Topic], dict[str, list[Result]]]:
    draw = random.Random(seed)
    topics, results = [], {}
    for number in range(60):
        pool = [f"d{n}" for n in range(140)]
        judged = {id_: draw.randint(0, grades) for id_ in draw.sample(pool, 12)} | {"d0": 1}
        topics.append(Topic(f"q{number}", "?", "all", ByPassage(judged)))
        results[f"q{number}"] = passages(*draw.sample(pool, draw.choice([0, 3, 10, 100])))
    return topics, results


@pytest.mark.parametrize("grades", [1, 2])
def test_figures_are_those_of_trec_eval(grades):
    pytrec_eval = pytest.importorskip("pytrec_eval")
    topics, results = some_runs(grades)
    qrels = {topic.id: topic.judgement.by_id for topic in topics}
    run = {q: {r.id: 1.0 / rank for rank, r in enumerate(found, 1)} for q, found in results.items() if found}
    theirs = pytrec_eval.RelevanceEvaluator(qrels, set(TREC.values()) | {"recip_rank"}).evaluate(run)
    ours = measured(topics, results)
    assert ours.keys() == qrels.keys()
    for id_, scores in ours.items():
        for name, trec in TREC.items():
            assert scores[name] == pytest.approx(theirs.get(id_, {}).get(trec, 0.0), abs=1e-9), (id_, name)
        reciprocal = theirs.get(id_, {}).get("recip_rank", 0.0)
        assert scores["RR@10"] == pytest.approx(reciprocal if reciprocal >= 0.1 else 0.0, abs=1e-9)


def test_crediting_single_items_is_the_same_as_trec_eval():
    topics, results = some_runs(1, seed=3)
    for topic, scores in zip(topics, measured(topics, results).values(), strict=True):
        assert credited(topic.judgement, results[topic.id]) == pytest.approx(scores, abs=1e-6)


def test_a_question_without_results_scores_nothing_and_counts():
    topics = [Topic(id_, "?", "all", ByPassage({"d1": 1})) for id_ in ("q1", "q2")]
    scores = measured(topics, {"q1": passages("d1")})
    assert scores["q2"] == dict.fromkeys(MEASURES, 0.0)
    assert mean(scores)["nDCG@10"] == 0.5


def test_the_order_of_results_counts_not_their_ids():
    topic = Topic("q", "?", "all", ByPassage({"z": 1}))
    assert measured([topic], {"q": passages("a", "z")})["q"]["RR@10"] == 0.5


def test_a_quote_is_credited_once_and_a_passage_gains_the_best_it_newly_brings():
    judgement = ByQuote((("a", "một hai ba", 2), ("a", "bốn năm sáu", 1)))
    both, again = Result("p1", "một hai ba; bốn năm sáu", "a"), Result("p2", "một hai ba", "a")
    scores = credited(judgement, [Result("p0", "không", "a"), both, again])
    assert scores["R@10"] == 1.0
    assert scores["RR@10"] == 0.5
    assert scores["AP"] == 0.5
    assert scores["nDCG@10"] == pytest.approx((3 / 1.5849625) / (3 + 1 / 1.5849625))


def test_unjudged_results_of_the_first_page_are_counted():
    topics = [Topic(id_, "?", "all", ByPassage({"d1": 1, "d2": 0})) for id_ in ("q1", "q2")]
    assert unjudged(topics, {"q1": passages("d1", "d2", "d3"), "q2": []}) == 0.5


def test_kinds_are_averaged_apart():
    topics = [Topic(f"q{n}", "?", kind, ByPassage({"d1": 1})) for n, kind in enumerate("aab")]
    scores = measured(topics, {"q0": passages("d1"), "q2": passages("d1")})
    rows = by_kind(topics, scores)
    found = {kind: (row["queries"], row["R@10"]) for kind, row in rows.items()}
    assert found == {"a": (2, 0.5), "b": (1, 1.0)}
    assert by_kind(topics[:2], scores) == {}


@pytest.mark.shared
def test_quotes_are_scored_as_the_scorer_of_the_plans_does(shared_dir: Path):
    path = shared_dir / "retrieval" / "score_plans.py"
    spec = importlib.util.spec_from_file_location("score_plans", path)
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    folder, queries = shared_dir / "documents" / "plans", path.with_name("plans_dev_queries.jsonl")
    judged = judged_set(str(folder), queries)
    rows = [json.loads(line) for line in queries.read_text(encoding="utf-8").splitlines()]
    pool = [
        Result(passage.id, passage.text, document.source)
        for document in map(read_document, sorted(folder.glob("*.txt")))
        for passage in document.passages
    ]
    draw = random.Random(1)
    results = {}
    for topic in judged.topics:
        bringing = [one for one in pool if topic.judgement.brings(one)]
        found = draw.sample(bringing, min(len(bringing), 4)) + draw.sample(pool, 8)
        results[topic.id] = draw.sample(found, len(found))
    run = {q: [{"file": r.file, "text": r.text} for r in found] for q, found in results.items()}
    _, expected = theirs.evaluate(run, rows)
    ours = measured(judged.topics, results)
    names = {"nDCG@10": "nDCG@10", "RR@10": "MRR@10", "R@10": "R@10", "Success@1": "S@1", "Success@5": "S@5"}
    assert ours.keys() == expected.keys()
    assert sum(scores["nDCG@10"] for scores in ours.values()) > 10
    for id_, scores in ours.items():
        for name, their_name in names.items():
            assert scores[name] == pytest.approx(expected[id_][their_name], abs=1e-9), (id_, name)
