"""Scores, filters, phrases and whatever a user may type."""

import gc
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.analysis import FIELDS, analyse
from indexer.lexical import LexicalIndex, LexicalWriter

TEXTS = [
    "Sở Giáo dục và Đào tạo chủ trì thực hiện phổ cập giáo dục mầm non",
    "Sở Tài chính bố trí kinh phí thực hiện Kế hoạch",
    "Công an tỉnh bảo đảm an ninh trật tự",
    "Ủy ban nhân dân các xã báo cáo kết quả thực hiện",
    "Chỉ thị 04-CT/TW của Ban Bí thư về giáo dục",
    "Nhà nước bảo đảm quyền của cơ quan",
]
ALL = {"words": 1.0, "bigrams": 1.0, "folded": 1.0}


def keys(ranked: list[tuple[int, float]]) -> list[int]:
    return [key for key, _ in ranked]


def test_best_first_and_only_what_matches(lexical) -> None:
    index = lexical(TEXTS)
    found = index.search(analyse("kinh phí của Sở Tài chính"), 10, weights=ALL)
    assert found[0][0] == 1
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert 2 not in keys(found)


@pytest.mark.parametrize(("query", "first"), [("giao duc mam non", 0), ("cong an tinh", 2)])
def test_without_accents_the_folded_field_finds(lexical, query: str, first: int) -> None:
    assert keys(lexical(TEXTS).search(analyse(query), 1, weights=ALL)) == [first]


def test_scores_are_the_weighted_sum_of_the_fields(lexical) -> None:
    index = lexical(TEXTS)
    query = analyse("giáo dục mầm non của Sở")
    weights = {"words": 1.0, "bigrams": 2.0, "folded": 0.5}
    total = dict(index.search(query, 10, weights=weights))
    fields = index.scores(query, list(total))
    for key, score in total.items():
        parts = sum(weights[field] * fields[field].get(key, 0.0) for field in FIELDS)
        assert score == pytest.approx(parts, rel=1e-5)


def test_a_word_repeated_in_the_query_counts_again(lexical) -> None:
    index = lexical(TEXTS)
    once, twice = (dict(index.search(analyse(text), 5, weights={"folded": 1})) for text in ("phí", "phí phí"))
    assert twice[1] == pytest.approx(2 * once[1])


@pytest.mark.parametrize("k", [1, 2, 100, 10**9])
@pytest.mark.parametrize("documents", [frozenset({0}), frozenset({1, 2}), frozenset(range(1000))])
def test_a_filter_restricts_the_search_itself(lexical, documents: frozenset[int], k: int) -> None:
    index = lexical(TEXTS)
    query = analyse("thực hiện giáo dục bảo đảm")
    everything = index.search(query, 100)
    allowed = [pair for pair in everything if pair[0] // 2 in documents]
    assert index.search(query, k, documents=documents) == allowed[:k]


@pytest.mark.parametrize("k", [0, -3])
def test_nothing_wanted_nothing_found(lexical, k: int) -> None:
    assert lexical(TEXTS).search(analyse("giáo dục"), k) == []


def test_nothing_allowed_nothing_found(lexical) -> None:
    index = lexical(TEXTS)
    assert index.search(analyse("giáo dục"), 5, documents=frozenset()) == []
    assert index.scores(analyse("giáo dục"), []) == {field: {} for field in FIELDS}


def test_an_empty_index_answers(lexical) -> None:
    index = lexical([])
    assert index.size == 0
    assert index.search(analyse("giáo dục"), 5) == []
    assert index.phrase(["giáo"], 5) == []
    assert index.scores(analyse("giáo dục"), [1]) == {field: {} for field in FIELDS}


@pytest.mark.parametrize(
    ("syllables", "expected"),
    [
        ("giáo dục", {0, 4}),
        ("thực hiện kế hoạch", {1}),
        ("hiện thực", set()),
        ("giao duc", set()),
        ("sở", {0, 1}),
        ("04 ct tw", {4}),
        ("", set()),
    ],
)
def test_phrases_are_consecutive_and_accented(lexical, syllables: str, expected: set[int]) -> None:
    assert set(keys(lexical(TEXTS).phrase(syllables.split(), 10))) == expected


@given(st.text(max_size=80))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_nothing_typed_is_syntax(shared_lexical: LexicalIndex, text: str) -> None:
    found = shared_lexical.search(analyse(text), 10, weights=ALL)
    assert all(score > 0 for _, score in found)


@pytest.fixture(scope="module")
def shared_lexical(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    place = tmp_path_factory.mktemp("lexical")
    writer = LexicalWriter(place)
    for key, text in enumerate([*TEXTS, 'words:x AND (a OR b) NOT "c"~2^4 [1 TO 2] * ? \\ /re/']):
        writer.add(key, key, [analyse(text)], analyse(text))
    writer.commit()
    return LexicalIndex(place)


def test_a_pasted_page_is_answered_quickly(shared_lexical: LexicalIndex) -> None:
    page = analyse(" ".join(f"từ{i} thực hiện" for i in range(1_000)))
    start = time.perf_counter()
    assert shared_lexical.search(page, 10, weights=ALL)
    assert time.perf_counter() - start < 1


def test_a_directory_that_may_not_be_written_is_searched(
    lexical, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lexical(TEXTS)
    gc.collect()
    for lock in (tmp_path / "lexical").glob("*.lock"):
        lock.unlink()
    monkeypatch.setattr(os, "access", lambda *_: False)
    index = LexicalIndex(tmp_path / "lexical")
    assert keys(index.search(analyse("an ninh"), 1)) == [2]
    assert not list((tmp_path / "lexical").glob("*.lock"))


def test_removed_documents_are_gone(lexical, tmp_path: Path) -> None:
    lexical(TEXTS)
    writer = LexicalWriter(tmp_path / "lexical")
    writer.remove([0])
    writer.commit()
    index = LexicalIndex(tmp_path / "lexical")
    assert index.size == len(TEXTS) - 2
    assert keys(index.search(analyse("giáo dục"), 5)) == [4]


def test_frequency_counts_passages(lexical) -> None:
    index = lexical(TEXTS)
    assert index.frequency("words", "giáo_dục") == 2
    assert index.frequency("words", "không_có") == 0
