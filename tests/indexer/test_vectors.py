"""Nearest vectors, exactly and among lists."""

from pathlib import Path

import numpy as np
import pytest

from indexer import vectors as module
from indexer.vectors import VectorIndex, VectorWriter

RNG = np.random.default_rng(7)


def unit(count: int, dimension: int = 16) -> np.ndarray:
    found = RNG.standard_normal((count, dimension)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def build(place: Path, vectors: np.ndarray, *, first_key: int = 100) -> VectorIndex:
    """Key = row + first_key, document = row // 3."""
    with VectorWriter(place, vectors.shape[1]) as writer:
        rows = range(len(vectors))
        writer.add([row + first_key for row in rows], [row // 3 for row in rows], vectors)
        writer.finish()
    return VectorIndex(place, vectors.shape[1])


def by_hand(vectors: np.ndarray, query: np.ndarray, rows: range | list[int]) -> list[int]:
    return [row + 100 for row in sorted(rows, key=lambda row: (-float(vectors[row] @ query), row))]


@pytest.mark.parametrize("small", [0, 4_000_000], ids=["faiss kernel", "numpy"])
@pytest.mark.parametrize("k", [1, 10, 1000])
def test_flat_search_is_exact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, k: int, small: int) -> None:
    monkeypatch.setattr(module, "_SMALL", small)
    vectors = unit(200)
    index = build(tmp_path, vectors)
    query = unit(1)[0]
    found = index.search(query, k)
    assert [key for key, _ in found] == by_hand(vectors, query, range(200))[:k]
    assert found[0][1] == pytest.approx(float((vectors @ query).max()), abs=1e-6)


@pytest.mark.parametrize("documents", [{0}, {3, 4, 5}, set(range(60)), {999}], ids=len)
def test_a_filter_restricts_the_search_itself(tmp_path: Path, documents: set[int]) -> None:
    vectors = unit(200)
    index = build(tmp_path, vectors)
    query = unit(1)[0]
    rows = [row for row in range(200) if row // 3 in documents]
    assert [key for key, _ in index.search(query, 5, documents=documents)] == by_hand(vectors, query, rows)[
        :5
    ]


def test_empty_index_and_nothing_wanted(tmp_path: Path) -> None:
    empty = build(tmp_path / "empty", unit(0))
    assert len(empty) == 0
    assert empty.search(unit(1)[0], 5) == []
    assert empty.scores(unit(1)[0], [1, 2]) == {}
    held = build(tmp_path / "held", unit(3))
    assert held.search(unit(1)[0], 0) == []
    assert held.search(unit(1)[0], 5, documents=set()) == []


def test_scores_of_given_passages(tmp_path: Path) -> None:
    vectors = unit(50)
    index = build(tmp_path, vectors)
    query = unit(1)[0]
    found = index.scores(query, [140, 103, 7])
    assert set(found) == {140, 103}
    assert found[140] == pytest.approx(float(vectors[40] @ query), abs=1e-6)


def test_equal_scores_come_in_the_order_of_keys(tmp_path: Path) -> None:
    index = build(tmp_path, np.repeat(unit(1), 6, axis=0))
    assert [key for key, _ in index.search(unit(1)[0], 6)] == [100, 101, 102, 103, 104, 105]


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_broken_vector_is_refused(tmp_path: Path, bad: float) -> None:
    vectors = unit(3)
    vectors[1, 2] = bad
    with pytest.raises(ValueError, match="not finite"):
        build(tmp_path, vectors)


def carried_on(
    place: Path, earlier: VectorIndex, without: set[int], new: np.ndarray, key: int
) -> VectorIndex:
    with VectorWriter(place, earlier.dimension) as writer:
        writer.keep(earlier, without)
        writer.add(range(key, key + len(new)), [777] * len(new), new)
        writer.finish()
    return VectorIndex(place, earlier.dimension)


def test_an_earlier_index_is_taken_over_without_what_was_removed(tmp_path: Path) -> None:
    vectors, new = unit(30), unit(4)
    index = carried_on(tmp_path / "b", build(tmp_path / "a", vectors), {0, 5}, new, 500)
    assert len(index) == 30 - 6 + 4
    assert index.search(new[2], 1)[0][0] == 502
    assert 100 not in index.scores(vectors[0], [100])


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists are used from 20,000 numbers on."""
    monkeypatch.setattr(module, "FLAT_UP_TO", 20_000)


@pytest.mark.usefixtures("lists")
def test_lists_find_nearly_what_an_exact_search_finds(tmp_path: Path) -> None:
    centres = unit(40, 32)
    vectors = centres[RNG.integers(0, 40, 4_000)] + 0.6 * unit(4_000, 32)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    index = build(tmp_path, vectors)
    assert (tmp_path / module.LISTS).exists()
    shared = 0
    for query in vectors[:50]:
        found = index.search(query, 10)
        exact = by_hand(vectors, query, range(4_000))[:10]
        shared += len({key for key, _ in found} & set(exact))
        assert [score for _, score in found] == pytest.approx(
            [float(vectors[k - 100] @ query) for k, _ in found]
        )
    assert shared / 500 > 0.95


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize("documents", [{5}, set(range(900))], ids=["few: exact", "many: lists"])
def test_lists_respect_filters(tmp_path: Path, documents: set[int]) -> None:
    index = build(tmp_path, unit(4_000, 32))
    found = index.search(unit(1, 32)[0], 20, documents=documents)
    assert found
    assert {(key - 100) // 3 for key, _ in found} <= documents


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize("more", [10, 12_000], ids=["a few more", "so many that centres are learned anew"])
def test_lists_follow_the_library(tmp_path: Path, more: int) -> None:
    vectors, new = unit(1_500), unit(more)
    index = carried_on(tmp_path / "b", build(tmp_path / "a", vectors), {0}, new, 90_000)
    assert index.search(new[3], 1)[0][0] == 90_003
    assert index.search(vectors[10], 1)[0][0] == 110
    assert index.search(vectors[1], 1)[0][0] != 101, "was removed with its document"


@pytest.mark.usefixtures("lists")
def test_lists_are_dropped_when_the_library_has_become_small(tmp_path: Path) -> None:
    earlier = build(tmp_path / "a", unit(1_500))
    carried_on(tmp_path / "b", earlier, set(range(400)), unit(2), 90_000)
    assert not (tmp_path / "b" / module.LISTS).exists()
