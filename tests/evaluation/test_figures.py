"""The figures of the documentation can be made anew; their tables say what was measured."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_records import made_record

from evaluation.configurations import ablation, configuration
from evaluation.figures import SETS, main, write_set_aside
from evaluation.judged_sets import judged_set
from evaluation.markdown import ablation_table, kinds_table, sets_table


def written(shared: Path, count: int) -> None:
    (shared / "training").mkdir(parents=True)
    rows = [
        {
            "id": f"s{n}", "head": f"Mục {n}", "text": f"Đoạn số {n}.",
            "queries": {"natural": ["x"], "paraphrase": [f"nói khác {n}", f"nói khác nữa {n}"]},
        }
        for n in range(count)
    ]  # fmt: skip
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (shared / "training" / "synthetic_queries.jsonl").write_text(text, encoding="utf-8")


def test_paraphrases_set_aside_are_asked_over_all_passages(tmp_path: Path):
    written(tmp_path, 500)
    write_set_aside(tmp_path, tmp_path / "out")
    judged = judged_set(str(tmp_path / "out"))
    assert len(judged.topics) == 800  # two each of the 400 that training sets aside
    first = judged.topics[0]
    (wanted,) = first.judgement.by_id
    assert first.text == f"nói khác {wanted[1:]}"


@pytest.mark.shared
def test_what_is_set_aside_is_what_training_set_aside(shared_dir: Path, tmp_path: Path):
    write_set_aside(shared_dir, tmp_path)
    assert len(judged_set(str(tmp_path)).topics) == 599  # docs/encoder.md


def test_every_set_names_ways_to_search():
    for one in SETS:
        assert [configuration(name).name for name in one.ways] == list(one.ways)
    assert {"syllables", "words", "bigrams", "folded", "dense", "lexical", "hybrid-no-accents"} <= set(
        ablation()
    )
    assert "hybrid-no-telex" not in ablation()


def test_a_set_that_does_not_exist_is_refused(tmp_path: Path):
    found = CliRunner().invoke(main, ["--shared", str(tmp_path), "--set", "lạ"])
    assert found.exit_code == 2


def test_tables_of_the_documentation():
    records = [made_record(), replace(made_record("dense", seed=2), seen=("texts",), latency_ms={})]
    rows = sets_table([records]).splitlines()
    assert rows[2].startswith("| bộ thử | 30 | .")
    assert f"dense {records[1].figures['nDCG@10']:.3f}".replace("0.", ".") in rows[2]
    assert kinds_table(records).splitlines()[0] == "| bộ thử | natural (15) | typo (15) |"
    table = ablation_table(records)
    assert "484 passages, index of 1.0 MB built in 3 s" in table
    assert "| dense ⚑ |" in table
    assert "⚑ the encoder was trained" in table
    columns = {line.count("|") for line in table.splitlines() if line.startswith("|")}
    assert len(columns) == 1
