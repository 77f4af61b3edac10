"""Kept runs come back as they were, in few bytes, and are shown side by side."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from made_records import made_record

from corpus.errors import TracuuError
from evaluation.comparing import changed, distinct, gate, same_questions
from evaluation.kept import load_records, save_records
from evaluation.outcomes import beginning
from evaluation.showing import changes, tables
from search_api.cli.run import run


def test_runs_come_back_as_they_were(tmp_path: Path):
    records = [made_record(), replace(made_record("bm25", seed=2), latency_ms={}, index={}, seen=("texts",))]
    save_records(tmp_path / "a.json", records)
    back = load_records(tmp_path / "a.json")
    for was, now in zip(records, back, strict=True):
        assert now.figures == pytest.approx(was.figures, abs=1e-5)
        assert now.queries.keys() == was.queries.keys()
        assert (now.asked, now.seen, now.latency_ms, now.at) == (was.asked, was.seen, was.latency_ms, was.at)
        assert [one.top for one in now.queries.values()] == [one.top for one in was.queries.values()]
        assert now.texts.items() >= was.texts.items()
    save_records(tmp_path / "b.json", back)
    assert (tmp_path / "b.json").read_bytes() == (tmp_path / "a.json").read_bytes()


def test_long_ids_stand_once(tmp_path: Path):
    record = made_record()
    long = {"p1": "x" * 80, "p0": "y" * 80, "p9": "z" * 80}
    queries = {
        id_: replace(one, top=tuple(long[passage] for passage in one.top))
        for id_, one in record.queries.items()
    }
    save_records(tmp_path / "a.json", [replace(record, queries=queries)])
    written = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert written.count("x" * 80) == 1
    assert load_records(tmp_path / "a.json")[0].queries == {
        id_: replace(one, scores=pytest.approx(one.scores, abs=1e-5)) for id_, one in queries.items()
    }


def test_a_question_is_a_line(tmp_path: Path):
    save_records(tmp_path / "a.json", [made_record()])
    lines = (tmp_path / "a.json").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith('"q7"') for line in lines) == 2  # as asked, as answered
    json.loads("\n".join(lines))


def test_kept_files_are_shown_and_reported_together(tmp_path: Path, capsys):
    paths = [tmp_path / "cũ.json", tmp_path / "mới.json"]
    for number, path in enumerate(paths):
        save_records(path, [made_record(seed=number + 1)])
    report = tmp_path / "r.html"
    assert run(["evaluate", "--kept", str(paths[0]), "--kept", str(paths[1]), "--report", str(report)]) == 0
    out, err = capsys.readouterr()
    assert "hybrid · cũ" in out
    assert "hybrid · mới" in out
    assert "Báo cáo" in err
    assert "hybrid · mới" in report.read_text(encoding="utf-8")
    assert run(["evaluate", "--compare", *map(str, paths), "--report", str(report)]) == 0
    assert "đoạn cần tìm" in capsys.readouterr().out


def test_names_that_meet_are_told_apart():
    records = [("a", made_record()), ("b", made_record()), ("b", made_record()), ("b", made_record("x"))]
    assert [record.name for record in distinct(records)] == ["hybrid · a", "hybrid · b", "hybrid · b #2", "x"]
    ours = [("", made_record()), ("hybrid.run", made_record())]
    assert [record.name for record in distinct(ours)] == ["hybrid", "hybrid · hybrid.run"]


def test_runs_over_other_questions_are_not_put_together():
    with pytest.raises(TracuuError, match="câu hỏi khác nhau"):
        same_questions([made_record(), replace(made_record("b"), questions="f" * 64)])


def test_changes_show_what_is_wanted_and_what_stood_first():
    lines = list(changes(changed(made_record(), made_record("b", seed=2, text="Trạm y tế"))))
    assert any("cần:   [a.txt] đoạn cần tìm" in line for line in lines)
    assert any("nay:   [b.txt › I. Mục] Trạm y tế" in line for line in lines)


def test_the_table_flags_what_a_model_has_seen():
    lines = list(tables([made_record(), replace(made_record("dense", seed=2), seen=("texts",))]))
    assert [line.endswith("  *") for line in lines if line.startswith(("hybrid", "dense"))][:2] == [
        False,
        True,
    ]
    assert any(line.startswith("* Mô hình model:1 đã được huấn luyện trên văn bản") for line in lines)


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_fall_fails_the_gate_and_noise_does_not(seed: int):
    reference = made_record(count=156, seed=seed)
    fallen = made_record(count=156, seed=seed, shift=-0.06)
    assert any("nDCG@10 giảm" in line for line in gate([reference], [fallen]))
    assert gate([reference], [made_record(count=156, seed=seed, shift=-0.004)]) == []


@pytest.mark.parametrize(
    ("text", "cut"),
    [("một  hai\nba", "một hai ba"), ("a" * 300, "a" * 240 + " …"), ("ab " * 99, "ab " * 79 + "ab …")],
)
def test_beginnings_end_at_a_word(text: str, cut: str):
    assert beginning(text) == cut
