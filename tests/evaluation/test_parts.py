"""Part scores give the engine's own order, survive a file, and can be tuned; a gate sees what they do."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEncoder

from corpus.library import Library
from evaluation.asking import Asker, alike, together
from evaluation.collection import indexed
from evaluation.comparing import fallen
from evaluation.configurations import Configuration, configuration
from evaluation.judged_sets import judged_set
from evaluation.measures import measured
from evaluation.parts import PARTS, PartScores, collect, load, save, tune
from evaluation.running import answers, timed
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
    (results,) = answers(engine, FEW.topics)
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
    topics = FEW.topics[:5]
    (results,) = answers(engine, topics)
    run = {id_: [result.id for result in found] for id_, found in results.items()}
    times = timed(engine, topics, run)
    assert len(times.milliseconds) == 5
    assert 0 < times.latency["p50"] <= times.latency["p95"]
    assert times.memory_mb > 20
    assert all(len(found) <= 100 for found in results.values())
    assert len(timed(engine, FEW.topics, outcome_of(engine), most=10).milliseconds) <= 14


def outcome_of(engine: Engine) -> dict[str, list[str]]:
    (results,) = answers(engine, FEW.topics)
    return {id_: [result.id for result in found] for id_, found in results.items()}


def test_a_ranking_other_than_the_one_shown_is_not_timed(engine: Engine):
    topics = FEW.topics[:1]
    with pytest.raises(AssertionError, match="not the one shown"):
        timed(engine, topics, {topics[0].id: ["another"]})


def test_several_ways_are_asked_at_once(engine: Engine):
    topics = [topic for topic in FEW.topics if topic.kind in ("nodiacritics", "docref")]
    ways = [
        Configuration("own"),
        Configuration("words", replace(Weights(), dense=0.1, words=9.0)),
        Configuration("literal", literal=True),
        Configuration("no accents", without=("accents",)),
    ]
    at_once = answers(engine, topics, ways)
    assert engine.settings.without == ()
    for way, found in zip(ways, at_once, strict=True):
        with Asker(engine.library.directory, None, topics, FakeEncoder()) as asker:
            (alone,) = answers(asker.engine(way), topics, [way])
            assert found == alone, way.name
            run = {id_: [result.id for result in results] for id_, results in found.items()}
            timed(asker.engine(way), topics, run, literal=way.literal)  # what is shown is the same
    assert len({str(found) for found in at_once}) == len(ways)


def test_ways_are_asked_together_that_have_the_same_candidates():
    ways = [
        configuration(name) for name in ("hybrid", "hybrid-literal", "hybrid-no-words", "lexical", "words")
    ]
    assert [[one.name for one in some] for some in together(ways)] == [
        ["hybrid", "hybrid-literal", "hybrid-no-words"], ["lexical"], ["words"],
    ]  # fmt: skip
    assert [[one.name for one in some] for some in alike(ways)] == [
        ["hybrid", "hybrid-no-words"], ["hybrid-literal"], ["lexical"], ["words"],
    ]  # fmt: skip


def test_where_a_passage_stands_is_kept_for_readers(engine: Engine):
    (results,) = answers(engine, FEW.topics[:3])
    first = next(iter(results.values()))[0]
    assert first.where.startswith(first.file)
