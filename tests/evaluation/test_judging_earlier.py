"""Judgements made elsewhere become those of a judge of the pool."""

import json
from pathlib import Path

import pytest
from judgingpools import TEXTS, make_pool

from corpus.errors import TracuuError
from evaluation.judging import exchange
from evaluation.judging.earlier import Taken, take_over
from evaluation.judging.state import Mark
from evaluation.judging.store import Pool
from search_api.cli.run import run

FILE = "ke-hoach.txt"


@pytest.fixture
def pool(tmp_path: Path) -> Pool:
    return make_pool(tmp_path)


def quotes(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_judged_quotes_become_grades_and_spans(pool: Pool, tmp_path: Path):
    part = "báo cáo trước ngày 15/12 hằng năm"
    rows = [
        {
            "id": "q1", "query": "x", "answerable": True,
            "relevant": [
                {"file": FILE, "quote": part, "grade": 2},
                {"file": FILE, "quote": TEXTS["p2"], "grade": 1},
                {"file": "khác.txt", "quote": TEXTS["p3"], "grade": 2},
            ],
        },
        {"id": "q2", "query": "y", "answerable": False, "relevant": []},
        {"id": "q9", "query": "z", "relevant": [{"file": FILE, "quote": "x", "grade": 1}]},
    ]  # fmt: skip
    path = quotes(tmp_path / "q.jsonl", *rows)
    assert take_over(pool, path, "quotes", "Bộ cũ") == Taken(2, 2)
    start = TEXTS["p1"].index(part)
    assert pool.sheet("Bộ cũ", "q1").marks == {"p1": Mark(2, "", (start, start + len(part))), "p2": Mark(1)}
    assert pool.sheet("Bộ cũ", "q2").status == "unanswerable"
    events = pool.contents().events
    assert take_over(pool, path, "quotes", "bộ cũ") == Taken(2, 2)
    assert pool.contents().events == events
    exported = [json.loads(line) for line in exchange.exported(pool, "quotes", "Bộ cũ").splitlines()]
    assert [one["quote"] for one in exported[0]["relevant"]] == [part, TEXTS["p2"]]


def test_a_quote_covered_but_not_word_for_word_is_the_whole_passage(pool: Pool, tmp_path: Path):
    words = TEXTS["p1"].replace("chủ trì", "đứng đầu")
    path = quotes(
        tmp_path / "q.jsonl", {"id": "q1", "relevant": [{"file": FILE, "quote": words, "grade": 1}]}
    )
    assert take_over(pool, path, "quotes", "Bộ cũ") == Taken(1, 0)
    assert pool.sheet("Bộ cũ", "q1").marks == {"p1": Mark(1)}


def test_qrels_come_back(pool: Pool, tmp_path: Path):
    path = tmp_path / "qrels.txt"
    path.write_text(
        "q1 0 doc.1 3\nq1 0 doc.2 0\nq1 0 doc.4 1\nq7 0 doc.1 1\nq2 0 doc.3 -1\n", encoding="utf-8"
    )
    assert take_over(pool, path, "qrels", "TREC") == Taken(3, 2)
    assert pool.sheet("TREC", "q1").marks == {"p1": Mark(2), "p2": Mark(0)}
    assert pool.sheet("TREC", "q2").marks == {"p3": Mark(0)}
    exported = exchange.exported(pool, "qrels", "TREC")
    exchange.save(exported, path)
    take_over(pool, path, "qrels", "Lần hai")
    assert exchange.exported(pool, "qrels", "Lần hai") == exported


def test_by_command(pool: Pool, tmp_path: Path, capsys):
    path = quotes(
        tmp_path / "q.jsonl", {"id": "q1", "relevant": [{"file": FILE, "quote": TEXTS["p2"], "grade": 2}]}
    )
    arguments = ["judge", "import", str(pool.path), str(path), "--form", "quotes"]
    assert run(arguments) == 2
    assert "--judge" in capsys.readouterr().err
    assert run([*arguments, "--judge", "Bộ cũ"]) == 0
    assert "Đã ghi 1 điểm của Bộ cũ; 0 điểm nằm ngoài" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("csv", ""),
        ("quotes", '{"id": "q1", "relevant": [{"file": "x"}]}'),
        ("qrels", "q1 0\n"),
        ("quotes", "[]"),
    ],
)
def test_what_cannot_be_read_is_said_and_changes_nothing(pool: Pool, tmp_path: Path, form: str, text: str):
    (tmp_path / "x").write_text(text, encoding="utf-8")
    before = pool.contents()
    with pytest.raises(TracuuError):
        take_over(pool, tmp_path / "x", form, "Bộ cũ")
    assert pool.contents() == before
