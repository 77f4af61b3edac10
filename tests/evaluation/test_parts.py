"""Part scores give the engine's own order, survive a file, and can be tuned; a gate sees what they do."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEncoder

from corpus.library import Library
from evaluation.collection import indexed
from evaluation.comparing import fallen
from evaluation.judged_sets import JudgedSet, judged_set
from evaluation.measures import measured
from evaluation.parts import PARTS, PartScores, collect, load, save, tune
from evaluation.running import answers
from evaluation.statistics import difference
from search_api.engine import Engine
from search_api.settings import Settings, Weights

JUDGED = judged_set("sample")
FEW = replace(JUDGED, topics=JUDGED.topics[::4])
"""Every fourth question: all kinds, in a quarter of the time."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    encoder = FakeEncoder()
    directory, _ = indexed(FEW.collection, encoder, tmp_path_factory.mktemp("cache"))
    with Engine(Library.open(directory), Settings(library=directory), encoder) as engine:
        yield engine


@pytest.fixture(scope="module")
def scores(engine: Engine) -> PartScores:
    return collect(engine, FEW.topics)


def test_the_order_is_that_of_the_engine(engine: Engine, scores: PartScores):
    weights = asdict(Weights())
    for question, topic in enumerate(FEW.topics):
        ours = [str(scores.passages[row]) for row in scores.order(question, weights)[:10]]
        assert ours == [hit.stored.passage.id for hit in engine.ask(topic.text).hits], topic.text


def test_ndcg_is_that_of_the_run(engine: Engine, scores: PartScores):
    (answered,) = answers([engine], FEW.topics)
    results = answered.results
    run = measured(FEW.topics, results)
    ndcg = scores.ndcg(asdict(Weights()))
    assert ndcg.tolist() == pytest.approx([one["nDCG@10"] for one in run.values()], abs=1e-6)


def test_saved_scores_come_back_without_pickle(scores: PartScores, tmp_path: Path):
    save(scores, tmp_path / "parts.npz")
    again = load(tmp_path / "parts.npz")
    for name in ("parts", "starts", "brought", "gains", "ids", "passages"):
        assert np.array_equal(getattr(again, name), getattr(scores, name)), name
    with np.load(tmp_path / "parts.npz", allow_pickle=False) as arrays:
        assert arrays["names"].tolist() == list(PARTS)


def test_tuning_never_ends_below_where_it_began(scores: PartScores):
    start = asdict(Weights(words=0.0, dense=5.0))
    weights, (reached,) = tune([scores], start, rounds=1, steps=(0.0, 2.0))
    assert weights != start
    assert reached > scores.ndcg(start).mean() + 0.01


def test_a_planted_fault_fails_the_gate(scores: PartScores):
    before = scores.ndcg(asdict(Weights()))
    after = scores.ndcg(asdict(Weights()) | {"words": 0.0, "bigrams": 0.0, "held_words": 0.0, "dense": 4.0})
    assert fallen(difference(before.tolist(), after.tolist()))


@pytest.mark.parametrize("seed", range(12))
def test_noise_passes_the_gate(scores: PartScores, seed: int):
    draw = np.random.default_rng(seed)
    weights = asdict(Weights())
    shaken = {part: weight * draw.uniform(0.95, 1.05) for part, weight in weights.items()}
    found = difference(scores.ndcg(weights).tolist(), scores.ndcg(shaken).tolist())
    assert not fallen(found)


def test_answers_are_timed_and_weighed(engine: Engine):
    small: JudgedSet = replace(FEW, topics=FEW.topics[:5])
    (answered,) = answers([engine], small.topics)
    assert len(answered.milliseconds) == 5
    assert 0 < answered.latency["p50"] <= answered.latency["p95"]
    assert answered.memory_mb > 20
    assert all(len(results) <= 100 for results in answered.results.values())
