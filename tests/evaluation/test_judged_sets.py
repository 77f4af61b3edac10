"""What can be named on the command line, and what is said where something is missing."""

import json
import os
import stat
from pathlib import Path

import pytest
from fakes import FakeEncoder

from corpus.errors import TracuuError
from corpus.library import Library
from evaluation.collection import Articles, Documents, indexed
from evaluation.judged_sets import judged_set

ARTICLES = [
    {"_id": "d1", "title": "Phạm vi điều chỉnh", "text": "Luật này quy định về thanh niên."},
    {"_id": "d2", "title": "Đối tượng áp dụng", "text": "Áp dụng với cơ quan, tổ chức.\nVà cá nhân."},
    {"_id": "d3", "title": "", "text": "Luật này quy định về thanh niên."},
    {"_id": "d4", "title": "Hiệu lực", "text": ""},
]


def lines(path: Path, rows: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "beir"
    lines(folder / "corpus.jsonl", ARTICLES)
    return folder


def ask(folder: Path, qrels: str = "qrels.tsv") -> None:
    lines(folder / "queries.jsonl", [{"_id": "q1", "text": "thanh niên"}, {"_id": "q2", "text": "khác"}])
    path = folder / qrels
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t0\nq9\td1\t1\n", encoding="utf-8")


@pytest.mark.parametrize("qrels", ["qrels.tsv", "qrels/test.tsv", "qrels/dev.tsv"])
@pytest.mark.parametrize("below", ["", "dev"])
def test_questions_are_found_in_the_folder_or_its_only_subfolder(beir: Path, qrels: str, below: str):
    ask(beir / below, qrels)
    judged = judged_set(str(beir))
    assert [(topic.id, topic.text) for topic in judged.topics] == [("q1", "thanh niên")]
    assert judged.topics[0].judgement.grades == (1,)


def test_other_questions_over_the_same_collection(beir: Path, tmp_path: Path):
    ask(beir)
    lines(tmp_path / "q.jsonl", [{"id": "x", "query": "hiệu lực", "kind": "keyword"}])
    (tmp_path / "q.trec").write_text("x 0 d4 2\n", encoding="utf-8")
    other = judged_set(str(beir), tmp_path / "q.jsonl", tmp_path / "q.trec")
    assert [(topic.id, topic.kind) for topic in other.topics] == [("x", "keyword")]
    assert other.collection.data == judged_set(str(beir)).collection.data
    assert other.questions != judged_set(str(beir)).questions


def test_judged_quotes_over_documents(tmp_path: Path):
    (tmp_path / "docs").mkdir()
    quote = {"file": "a.txt", "quote": "thanh niên", "grade": 2}
    rows = [
        {"id": "1", "query": "ai", "kind": "natural", "answerable": True, "relevant": [quote]},
        {"id": "2", "query": "không có", "kind": "unanswerable", "answerable": False, "relevant": []},
    ]
    lines(tmp_path / "q.jsonl", rows)
    judged = judged_set(str(tmp_path / "docs"), tmp_path / "q.jsonl")
    assert ([topic.id for topic in judged.topics], judged.unanswerable) == (["1"], 1)


def test_the_bundled_set_has_a_short_name():
    judged = judged_set("sample")
    assert len(judged.topics) >= 110
    assert judged.unanswerable >= 8
    assert {topic.kind for topic in judged.topics} >= {"natural", "paraphrase", "docref"}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda d: None, "không có; hãy chỉ"),
        (lambda d: d.mkdir(), "--queries"),
        (lambda d: lines(d / "corpus.jsonl", ARTICLES), "thiếu queries.jsonl"),
        (lambda d: (lines(d / "corpus.jsonl", ARTICLES), ask(d / "dev"), ask(d / "test")), "nhiều bộ"),
    ],
)
def test_what_is_missing_is_said_in_one_line(tmp_path: Path, make, said: str):
    make(tmp_path / "set")
    with pytest.raises(TracuuError, match=said):
        judged_set(str(tmp_path / "set"))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": "1", "relevant": [{"file": "a", "quote": "b", "grade": 1}]}, 'thiếu "query"'),
        ({"id": "1", "query": "a", "relevant": [{"file": "a"}]}, '"grade"'),
        ({"id": "1", "query": "a", "relevant": []}, "không câu hỏi nào"),
    ],
)
def test_malformed_questions_are_said_in_one_line(tmp_path: Path, row: dict, said: str):
    (tmp_path / "docs").mkdir()
    lines(tmp_path / "q.jsonl", [row])
    with pytest.raises(TracuuError, match=said):
        judged_set(str(tmp_path / "docs"), tmp_path / "q.jsonl")


def test_qrels_of_other_questions_are_refused(beir: Path, tmp_path: Path):
    ask(beir)
    (tmp_path / "q.tsv").write_text("zz\td1\t1\n", encoding="utf-8")
    with pytest.raises(TracuuError, match="không chấm câu hỏi nào"):
        judged_set(str(beir), beir / "queries.jsonl", tmp_path / "q.tsv")
    with pytest.raises(TracuuError, match="--qrels"):
        judged_set(str(beir), beir / "queries.jsonl")


def test_articles_become_passages_under_their_titles(beir: Path, tmp_path: Path):
    directory, build = indexed(Articles(beir / "corpus.jsonl"), FakeEncoder(), tmp_path / "cache")
    with Library.open(directory) as library:
        held = [stored for document in library.documents() for stored in library.passages_of(document.id)]
        found = {stored.passage.id: (stored.section_path, stored.passage.text) for stored in held}
        texts = [(stored.document_id, stored.passage.text) for stored in held]
        for document in library.documents():
            whole = library.document(document.id)
            assert all(whole.text[slice(*one.span)] == one.text for one in whole.passages)
    assert found == {row["_id"]: ((row["title"],) if row["title"] else (), row["text"]) for row in ARTICLES}
    assert len(set(texts)) == len(texts), "a text shown once per document would hide an article"
    assert build.passages == len(ARTICLES)


def test_a_collection_is_indexed_once_per_encoder(beir: Path, tmp_path: Path):
    cache = tmp_path / "cache"
    articles = Articles(beir / "corpus.jsonl")
    first = FakeEncoder()
    directory, build = indexed(articles, first, cache)
    assert first.passages
    again = FakeEncoder()
    assert indexed(Articles(beir / "corpus.jsonl"), again, cache) == (directory, build)
    assert again.passages == []
    other = FakeEncoder("other")
    elsewhere, carried = indexed(articles, other, cache)
    assert elsewhere != directory
    assert other.passages
    assert not carried.cold, "the segmentation is carried over"
    assert build.cold_seconds == pytest.approx(build.seconds + build.reading_seconds, abs=0.02)
    assert carried.cold_seconds == build.cold_seconds, "what it took from nothing is remembered"


def test_changed_data_are_another_collection(beir: Path, tmp_path: Path):
    before = Articles(beir / "corpus.jsonl").data
    lines(beir / "corpus.jsonl", ARTICLES[:2])
    assert Articles(beir / "corpus.jsonl").data != before
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("Một văn bản.", encoding="utf-8")
    documents = Documents("docs", (tmp_path / "docs",)).data
    (tmp_path / "docs" / "a.txt").write_text("Một văn bản khác.", encoding="utf-8")
    assert Documents("docs", (tmp_path / "docs",)).data != documents


def test_nothing_is_written_beside_the_data(beir: Path, tmp_path: Path):
    ask(beir)
    before = sorted(path.name for path in beir.rglob("*"))
    beir.chmod(stat.S_IREAD | stat.S_IEXEC)
    try:
        indexed(judged_set(str(beir)).collection, FakeEncoder(), tmp_path / "cache")
    finally:
        beir.chmod(stat.S_IRWXU)
    assert sorted(path.name for path in beir.rglob("*")) == before


def test_a_cache_that_cannot_be_written_is_said(beir: Path, tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(TracuuError, match="--cache"):
        indexed(Articles(beir / "corpus.jsonl"), FakeEncoder(), tmp_path / "file" / "cache")
    assert os.listdir(beir) == ["corpus.jsonl"]  # noqa: PTH208


def test_a_folder_without_documents_is_said(tmp_path: Path):
    (tmp_path / "docs").mkdir()
    with pytest.raises(TracuuError, match="không có văn bản nào"):
        indexed(Documents("docs", (tmp_path / "docs",)), FakeEncoder(), tmp_path / "cache")
