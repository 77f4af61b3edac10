"""Runs made elsewhere are scored like our own; ours can be scored elsewhere."""

import json
from pathlib import Path

import pytest

from corpus.errors import TracuuError
from evaluation.files import read_qrels, read_run
from evaluation.foreign import foreign
from evaluation.judged_sets import judged_set
from evaluation.records import questions_of
from search_api.cli.run import run

TEXTS = ["Sở Giáo dục xây trường", "Sở Y tế khám bệnh", "Sở Tài chính cấp kinh phí", "Xã sửa đường"]


def lines(path: Path, rows: list[dict]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "nhỏ"
    lines(
        folder / "corpus.jsonl",
        [{"_id": f"d{n}", "title": "Mục", "text": text} for n, text in enumerate(TEXTS)],
    )
    lines(folder / "queries.jsonl", [{"_id": f"q{n}", "text": text} for n, text in enumerate(TEXTS[:3])])
    (folder / "qrels.tsv").write_text("q0\td0\t1\nq1\td1\t1\nq2\td2\t2\n", encoding="utf-8")
    return folder


def test_a_trec_run_is_scored_without_an_index(beir: Path, tmp_path: Path, capsys):
    (tmp_path / "bm25.run").write_text(
        "q0 Q0 d0 1 9 x\nq0 Q0 d1 2 8 x\nq1 Q0 d2 1 5 x\nq1 Q0 d1 2 4 x\n", encoding="utf-8"
    )
    cache = tmp_path / "cache"
    code = run(["evaluate", str(beir), "--run", str(tmp_path / "bm25.run"), "--json", "--cache", str(cache)])
    assert code == 0
    (found,) = json.loads(capsys.readouterr().out).values()
    assert found["RR@10"] == 0.5  # 1, 1/2, and nothing for the question that has no results
    assert found["latency_ms"] == {}
    assert not cache.exists()


def test_what_a_foreign_run_returned_can_be_read(beir: Path, tmp_path: Path):
    judged = judged_set(str(beir))
    (tmp_path / "a.run").write_text("q0 Q0 d3 1 9 x\nq0 Q0 lạ 2 8 x\n", encoding="utf-8")
    record = foreign(judged, tmp_path / "a.run", questions_of(judged), None)
    assert record.texts["d3"].text == "Xã sửa đường"
    assert record.queries["q0"].top == ("d3", "lạ")
    assert record.asked["q2"].wanted[0].text == "Sở Tài chính cấp kinh phí"
    assert record.asked["q2"].wanted[0].grade == 2


def test_equal_scores_stand_as_in_trec_eval(tmp_path: Path):
    pytrec_eval = pytest.importorskip("pytrec_eval")
    (tmp_path / "a.run").write_text("".join(f"q Q0 d{n} {n} 1.0 x\n" for n in range(1, 9)), encoding="utf-8")
    order = [id_ for id_, _ in read_run(tmp_path / "a.run")["q"]]
    for wanted in order:
        theirs = pytrec_eval.RelevanceEvaluator({"q": {wanted: 1}}, {"recip_rank"}).evaluate(
            {"q": dict.fromkeys(order, 1.0)}
        )
        assert theirs["q"]["recip_rank"] == pytest.approx(1 / (order.index(wanted) + 1))


def test_runs_and_judgements_over_documents_go_out_and_come_back(tmp_path: Path, capsys):
    docs = tmp_path / "docs"
    docs.mkdir()
    text = "Sở Y tế khám bệnh cho người dân.\n\nXã sửa đường làng.\n"
    (docs / "a.txt").write_text(text, encoding="utf-8")
    quote = {"file": "a.txt", "quote": "khám bệnh cho người dân", "grade": 2}
    queries = lines(tmp_path / "q.jsonl", [{"id": "1", "query": "ai khám bệnh", "relevant": [quote]}])
    common = ["evaluate", str(docs), "--queries", str(queries), "--cache", str(tmp_path / "cache"), "--json"]
    assert run([*common, "--config", "lexical", "--runs", str(tmp_path / "out")]) == 0
    ours = json.loads(capsys.readouterr().out)["lexical"]
    qrels = read_qrels(tmp_path / "out" / "qrels.txt")
    best = read_run(tmp_path / "out" / "lexical.run")["1"][0][0]
    assert qrels == {"1": {best: 2}}
    assert run([*common, "--run", str(tmp_path / "out" / "lexical.run")]) == 0
    again = json.loads(capsys.readouterr().out)["lexical"]
    assert (again["nDCG@10"], again["AP"]) == (ours["nDCG@10"], ours["AP"])


@pytest.mark.parametrize("text", ["Sở Y tế khám bệnh cho người dân.", "khám bệnh cho người dân"])
def test_printed_results_are_scored_by_their_text(tmp_path: Path, text: str):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.txt").write_text("Sở Y tế khám bệnh cho người dân.\n", "utf-8")
    quote = {"file": "a.txt", "quote": "khám bệnh cho người dân", "grade": 2}
    queries = lines(tmp_path / "q.jsonl", [{"id": "1", "query": "ai khám bệnh", "relevant": [quote]}])
    results = [{"text": "khác", "file": "a.txt"}, {"text": text, "document": {"source": "a.txt"}}]
    path = lines(tmp_path / "r.jsonl", [{"id": "1", "results": results}])
    judged = judged_set(str(docs), queries)
    assert foreign(judged, path, questions_of(judged), None).figures["RR@10"] == 0.5


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.run", "zz Q0 d1 1 1 x\n", "không trả lời câu hỏi nào"),
        ("a.jsonl", '{"id": "1"}\n', '"results"'),
        ("a.jsonl", '{"id": "1", "results": ["đoạn"]}\n', '"results"'),
    ],
)
def test_runs_that_cannot_be_scored_are_said(beir: Path, tmp_path: Path, name: str, text: str, said: str):
    judged = judged_set(str(beir))
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(TracuuError, match=said):
        foreign(judged, tmp_path / name, {}, None)
