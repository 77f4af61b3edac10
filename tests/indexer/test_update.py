"""From a library to a published generation, and only what changed."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from factories import add, make_document, make_library
from fakes import FakeEncoder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import LibraryError
from corpus.library import Library
from indexer import caching
from indexer.analysis import analyse
from indexer.index import Index
from indexer.manifest import Built
from indexer.segmenting import segment_all
from indexer.update import check, rebuild, update


def numbered(number: int):
    """A document that shares nothing with others but its form."""
    return make_document(
        f"# I. MỤC {number}\nViệc thứ {number}a cần làm.\nViệc thứ {number}b cần làm.",
        number=f"{number}/KH-UBND",
        title=f"Kế hoạch công tác {number}",
    )


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is segmented from here on."""
    seen: list[str] = []

    def spy(texts: list[str]) -> list[list[str]]:
        seen.extend(texts)
        return segment_all(texts)

    monkeypatch.setattr(caching, "segment_all", spy)
    return seen


def texts(library: Library, ranked: list[tuple[int, float]]) -> list[str]:
    return [stored.passage.text for stored in library.passages(key for key, _ in ranked).values()]


def lexical(library: Library, query: str, k: int = 3) -> list[str]:
    with Index.open(library.directory) as index:
        return texts(library, index.lexical(analyse(query), k))


def test_a_library_becomes_searchable(tmp_path: Path, encoder: FakeEncoder) -> None:
    with make_library(tmp_path, make_document()) as library:
        report = update(library, encoder)
        assert (report.published, report.documents_added, report.passages_indexed) == (True, 1, 5)
        query, answer = "kinh phí của Sở Tài chính", "Bố trí kinh phí thực hiện Kế hoạch."
        with Index.open(tmp_path) as index:
            assert index.generation == report.generation == Index.published(tmp_path)
            assert index.model_key == "fake"
            assert len(index) == 5
            assert texts(library, index.lexical(analyse(query), 3))[0] == answer
            vector = encoder.encode_queries([query])[0]
            assert texts(library, index.dense(vector, 3))[0] == answer
            assert texts(library, index.phrase("BỐ TRÍ kinh phí", 3)) == [answer]
            assert index.dense_scores(vector, [k for k, _ in index.dense(vector, 2)]) == dict(
                index.dense(vector, 2)
            )
        assert check(library) == []


def test_headings_and_leads_are_part_of_what_a_passage_says(tmp_path: Path, encoder: FakeEncoder) -> None:
    with make_library(tmp_path, make_document()) as library:
        update(library, encoder)
        found = lexical(library, "nhiệm vụ của Sở Giáo dục và Đào tạo", 5)
        assert "- Tổng hợp, báo cáo kết quả trước ngày 15 tháng 12 hằng năm." in found


def test_nothing_changed_nothing_done(tmp_path: Path, encoder: FakeEncoder, analysed: list[str]) -> None:
    with make_library(tmp_path, make_document()) as library:
        first = update(library, encoder)
        analysed.clear()
        encoder.passages.clear()
        again = update(library, encoder)
        assert (again.published, again.generation) == (False, first.generation)
        assert not analysed
        assert not encoder.passages


def test_only_the_new_document_is_analysed_and_encoded(
    tmp_path: Path, encoder: FakeEncoder, analysed: list[str]
) -> None:
    with make_library(tmp_path, *(numbered(number) for number in range(5))) as library:
        update(library, encoder)
        analysed.clear()
        encoder.passages.clear()
        add(library, numbered(77))
        report = update(library, encoder)
        assert (report.documents_added, report.passages_indexed) == (1, 2)
        assert analysed
        assert all("77" in text for text in analysed)
        assert len(encoder.passages) == 2
        assert lexical(library, "việc thứ 77a", 1) == ["Việc thứ 77a cần làm."]
        assert lexical(library, "việc thứ 3b", 1) == ["Việc thứ 3b cần làm."]
        assert check(library) == []


@pytest.mark.slow
def test_adding_one_to_a_thousand_is_quick(tmp_path: Path, encoder: FakeEncoder, analysed: list[str]) -> None:
    with make_library(tmp_path, *(numbered(number) for number in range(1_000))) as library:
        update(library, encoder)
        analysed.clear()
        encoder.passages.clear()
        add(library, numbered(7_777))
        start = time.perf_counter()
        report = update(library, encoder)
        assert time.perf_counter() - start < 2  # 0.1–0.2 s on an idle machine
        assert len(encoder.passages) == report.passages_indexed == 2
        assert all("7777" in text for text in analysed)


def test_a_removed_document_is_found_no_more(tmp_path: Path, encoder: FakeEncoder) -> None:
    documents = [numbered(number) for number in range(3)]
    with make_library(tmp_path, *documents) as library:
        update(library, encoder)
        library.remove(documents[1].id)
        encoder.passages.clear()
        report = update(library, encoder)
        assert (report.documents_added, report.documents_removed) == (0, 1)
        assert not encoder.passages
        assert "Việc thứ 1a cần làm." not in lexical(library, "việc thứ 1a", 10)
        with Index.open(tmp_path) as index:
            assert len(index) == index.lexical_size == 4
        assert check(library) == []


def test_a_document_understood_anew_replaces_itself(tmp_path: Path, encoder: FakeEncoder) -> None:
    with make_library(tmp_path, numbered(1), numbered(2)) as library:
        update(library, encoder)
        add(library, numbered(1), reading_version="other")
        changed = library.contents()
        update(library, encoder)
        with Index.open(tmp_path) as index:
            assert {id_: held.content for id_, held in index.manifest.documents.items()} == changed
            assert len(index) == index.lexical_size == 4
        assert check(library) == []


def test_the_last_document_removed_leaves_an_empty_index(tmp_path: Path, encoder: FakeEncoder) -> None:
    document = numbered(1)
    with make_library(tmp_path, document) as library:
        update(library, encoder)
        library.remove(document.id)
        update(library, encoder)
        assert lexical(library, "việc thứ 1a") == []
        with Index.open(tmp_path) as index:
            assert index.dense(np.ones(64, dtype=np.float32), 5) == []
        assert check(library) == []


def test_an_empty_library_has_an_index(tmp_path: Path, encoder: FakeEncoder) -> None:
    with make_library(tmp_path) as library:
        assert update(library, encoder).published
        assert lexical(library, "giáo dục") == []
        assert check(library) == []


def test_a_library_without_an_index_says_what_to_do(tmp_path: Path) -> None:
    with make_library(tmp_path, numbered(1)) as library:
        assert Index.published(tmp_path) is None
        with pytest.raises(LibraryError, match="tracuu rebuild"):
            Index.open(tmp_path)
        assert "tracuu rebuild" in check(library)[0]


def test_another_model_encodes_everything_and_segments_nothing(
    tmp_path: Path, encoder: FakeEncoder, analysed: list[str]
) -> None:
    with make_library(tmp_path, numbered(1), numbered(2)) as library:
        update(library, encoder)
        analysed.clear()
        other = FakeEncoder("other")
        update(library, other)
        with Index.open(tmp_path) as index:
            assert index.model_key == "other"
        assert len(other.passages) == 4
        assert not analysed
        encoder.passages.clear()
        update(library, encoder)  # and back: its vectors are kept in the library
        assert not encoder.passages


@pytest.mark.parametrize("version", ["analysis", "context"])
def test_another_version_builds_anew(
    tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    with make_library(tmp_path, numbered(1)) as library:
        first = update(library, encoder)
        changed = Built(model="fake", dimension=64, **{version: "another"})
        monkeypatch.setattr("indexer.update.Built", lambda **_: changed)
        second = update(library, encoder)
        assert second.published
        assert second.generation != first.generation
        assert second.documents_added == 1
        assert "phiên bản Tra Cứu khác" in check(library)[0]


def test_rebuild_gives_the_same_answers_from_what_is_kept(
    tmp_path: Path, encoder: FakeEncoder, analysed: list[str]
) -> None:
    with make_library(tmp_path, make_document(), numbered(1)) as library:
        first = update(library, encoder)
        before = lexical(library, "kinh phí giáo dục", 10)
        analysed.clear()
        encoder.passages.clear()
        report = rebuild(library, encoder)
        assert report.generation != first.generation
        assert lexical(library, "kinh phí giáo dục", 10) == before
        assert not analysed
        assert not encoder.passages


def test_progress_goes_up_to_the_end(
    tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.passages._BATCH", 3)
    seen: list[tuple[int, int]] = []
    with make_library(tmp_path, *(numbered(number) for number in range(4))) as library:
        update(library, encoder, progress=lambda done, total: seen.append((done, total)))
        assert check(library) == []
    assert seen == [(3, 8), (6, 8), (8, 8)]


def test_a_reader_keeps_its_generation_while_others_are_published(
    tmp_path: Path, encoder: FakeEncoder
) -> None:
    with make_library(tmp_path, numbered(1)) as library:
        update(library, encoder)
        with Index.open(tmp_path) as old:
            for number in (2, 3, 4):
                add(library, numbered(number))
                update(library, encoder)
            assert old.path.is_dir()
            assert len(old) == 2
            assert old.lexical(analyse("việc thứ 1a"), 1)
        update_count = len(generations(tmp_path))
        add(library, numbered(5))
        update(library, encoder)
        assert not old.path.exists()
        assert len(generations(tmp_path)) <= update_count


def generations(library: Path) -> list[str]:
    return sorted(path.name for path in (library / "index").iterdir() if path.is_dir())


def test_only_the_last_two_generations_stay(tmp_path: Path, encoder: FakeEncoder) -> None:
    with make_library(tmp_path) as library:
        for number in range(5):
            add(library, numbered(number))
            update(library, encoder)
        assert [name[:6] for name in generations(tmp_path)] == ["000004", "000005"]


def test_two_updates_at_once_take_turns(tmp_path: Path) -> None:
    with (
        make_library(tmp_path, *(numbered(number) for number in range(3))) as library,
        ThreadPoolExecutor(4) as pool,
    ):
        reports = list(pool.map(lambda _: update(library, FakeEncoder()), range(4)))
    assert sum(report.published for report in reports) == 1


def test_an_update_that_may_not_wait_says_so(tmp_path: Path, encoder: FakeEncoder) -> None:
    from indexer.generations import Generations

    with make_library(tmp_path, numbered(1)) as library:
        with (
            Generations(tmp_path).updating(0),
            pytest.raises(LibraryError, match="đang cập nhật chỉ mục"),
        ):
            update(library, encoder, wait_seconds=0.1)
        assert update(library, encoder).published


def test_an_encoder_that_fails_leaves_the_published_generation(tmp_path: Path, encoder: FakeEncoder) -> None:
    class Broken(FakeEncoder):
        def encode_passages(self, texts, words=None):
            raise RuntimeError("out of memory")

    with make_library(tmp_path, numbered(1)) as library:
        first = update(library, encoder)
        add(library, numbered(2))
        with pytest.raises(RuntimeError):
            update(library, Broken())
        assert Index.published(tmp_path) == first.generation
        assert lexical(library, "việc thứ 1a", 1)
        assert update(library, encoder).published
        assert not [name for name in generations(tmp_path) if name.endswith(".building")]


def test_a_document_removed_while_indexing_is_left_out(
    tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, stays = numbered(0), numbered(1)
    with make_library(tmp_path, gone, stays) as library:
        read = library.summary

        def removed_meanwhile(document_id: str):
            if gone.id in library.contents():
                library.remove(gone.id)
            return read(document_id)

        removing = pytest.MonkeyPatch()
        removing.setattr(library, "summary", removed_meanwhile)
        monkeypatch.setattr(library, "remove", lambda id_: (removing.undo(), Library.remove(library, id_)))
        report = update(library, encoder)
        assert (report.documents_added, report.passages_indexed) == (1, 2)
        assert lexical(library, "việc thứ 1a", 1) == ["Việc thứ 1a cần làm."]
        assert check(library) == []


@given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 4)), min_size=1, max_size=8))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_however_the_library_changed_updates_agree_with_a_rebuild(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bool, int]]
) -> None:
    documents = [numbered(number) for number in range(5)]
    encoder = FakeEncoder()
    with make_library(tmp_path_factory.mktemp("library")) as library:
        for adding, which in steps:
            if adding:
                add(library, documents[which])
            elif documents[which].id in library.contents():
                library.remove(documents[which].id)
            update(library, encoder)
        assert check(library) == []
        with Index.open(library.directory) as index:
            incremental = sorted(index.keys())
            vectors = {key: index.dense_scores(np.eye(64, dtype=np.float32)[0], [key]) for key in incremental}
        rebuild(library, encoder)
        with Index.open(library.directory) as index:
            assert sorted(index.keys()) == incremental
            assert vectors == {
                key: index.dense_scores(np.eye(64, dtype=np.float32)[0], [key]) for key in incremental
            }
