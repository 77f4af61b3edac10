"""Files of the field: read in every form, written as trec_eval reads them, faults named in one line."""

import lzma
from pathlib import Path

import pytest

from corpus.errors import TracuuError
from evaluation.files import json_lines, read_qrels, read_run, write_qrels, write_run

WANTED = {"q1": {"d1": 1, "d 2": 0}, "q2": {"d3": 2}}


@pytest.mark.parametrize(
    "text",
    [
        "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td 2\t0\nq2\td3\t2\n",
        "q1\td1\t1\r\nq1\td 2\t0\r\n\r\nq2\td3\t2",
        "\ufeffq1\t0\td1\t1\nq1\t0\td 2\t0\nq2\tQ0\td3\t2\n",
    ],
)
def test_qrels_of_beir_and_trec(tmp_path: Path, text: str):
    (tmp_path / "qrels").write_text(text, encoding="utf-8")
    assert read_qrels(tmp_path / "qrels") == WANTED


def test_qrels_and_runs_come_back_as_written(tmp_path: Path):
    qrels = {"q1": {"d1": 1, "d2": 0}}
    write_qrels(tmp_path / "qrels", qrels)
    assert read_qrels(tmp_path / "qrels") == qrels
    write_run(tmp_path / "run", {"q1": ["b", "a", "c"], "q2": []}, "ours")
    assert [id_ for id_, _ in read_run(tmp_path / "run")["q1"]] == ["b", "a", "c"]
    assert (tmp_path / "run").read_text(encoding="utf-8").splitlines()[0] == "q1 Q0 b 1 3 ours"


def test_packed_json_lines(tmp_path: Path):
    path = tmp_path / "corpus.jsonl.xz"
    path.write_bytes(lzma.compress('{"_id": "một"}\n\n{"_id": "hai"}\n'.encode()))
    assert [row["_id"] for row in json_lines(path)] == ["một", "hai"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.jsonl", b'{"a": 1}\n{"a": \n', "dòng 2"),
        ("a.jsonl", b"[1]\n", "dòng 1"),
        ("a.jsonl", b"\xff\xfe\x00", "không đọc được"),
        ("a.jsonl.xz", b"not xz", "không đọc được"),
        ("a.jsonl.xz", lzma.compress(b'{"a": 1}\n' * 999)[:-20], "không đọc được"),
    ],
)
def test_bad_json_lines_get_one_plain_line(tmp_path: Path, name: str, data: bytes, said: str):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(TracuuError, match=said):
        list(json_lines(tmp_path / name))


@pytest.mark.parametrize(("text", "said"), [("q1 d1\n", "dòng 1"), ("q1 d1 1\nq1 d2 hay\n", "dòng 2")])
def test_bad_qrels_get_one_plain_line(tmp_path: Path, text: str, said: str):
    (tmp_path / "qrels.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(TracuuError, match=said):
        read_qrels(tmp_path / "qrels.tsv")


def test_a_missing_or_malformed_run_gets_one_plain_line(tmp_path: Path):
    with pytest.raises(TracuuError, match="không đọc được"):
        read_run(tmp_path / "none.run")
    (tmp_path / "bad.run").write_text("q1 Q0 d1 1\n", encoding="utf-8")
    with pytest.raises(TracuuError, match="6 cột"):
        read_run(tmp_path / "bad.run")
