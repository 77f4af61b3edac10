# ruff: noqa: E501 - tables read best one row a line
"""The structure scorer on data small enough to count by hand, and the real plans against their gold."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.read import read_source
from corpus.understand import understand
from evaluation.commands import evaluate_structure
from evaluation.structure import PRF, Found, found_in, found_in_json, score_structure

TEXT = "**I. MỤC TIÊU**\n\n1. Một điều cần làm ngay trong\n\nnăm nay.\n\n2.1. Chung: Xây cầu.\n\n- Gạch."
GOLD = {
    "outline": [
        {"label": "I.", "title": "MỤC TIÊU", "kind": "heading", "children": [
            {"label": "1.", "title": None, "kind": "numbered_paragraph", "children": []},
            {"label": "2.1.", "title": "Chung", "kind": "run_in", "children": []},
            {"label": "", "title": "Gạch", "kind": "heading", "soft": True, "children": []},
        ]}
    ],
    "line_roles": [[1, "heading"], [3, "numbered_paragraph"], [5, "continuation"], [7, "run_in"], [9, "bullet"]],
    "metadata": {"doc_type": "Kế hoạch", "date": None, "date_partial": "2026-05", "issuing_body": "Sở X (tỉnh Y)"},
    "cites": [{"number": "04-CT/TW", "type": "Chỉ thị", "date": "2026-03-17", "issuer": "Ban Bí thư",
               "relation": "implements", "subject": "xuất bản"}],
}  # fmt: skip
PERFECT = Found(
    (("I.", "MỤC TIÊU", 1), ("2.1.", "Chung:", 2)),
    (("1. Một điều cần làm ngay trong năm nay.", "numbered_paragraph"), ("Xây cầu.", "paragraph"), ("- Gạch.", "bullet")),
    {"kind": "Kế hoạch", "date": "2026-05", "issuer": "Sở X", "is_attachment": None},
    ({"number": "04-CT/TW", "kind": "Chỉ thị", "date": "2026-03-17", "issuer": "Ban Bí thư", "relation": "mentions"},),
)  # fmt: skip


def test_everything_right() -> None:
    score = score_structure(GOLD, TEXT, PERFECT)
    assert (score.headings, score.paragraphs, score.roles) == (PRF(2, 2, 2), PRF(3, 3, 3), PRF(3, 3, 3))
    assert all(right for _, _, right in score.metadata.values())
    assert score.citations.f1 == 1.0
    assert score.citation_fields["relation"] == (0, 1)
    assert score.citation_fields["subject"] == (0, 0)
    assert score.missing == ()


def test_wrong_level_role_and_split_paragraph() -> None:
    found = Found(
        (("I.", "MỤC TIÊU", 2), ("2.1.", "Chung", 2)),
        (("1. Một điều cần làm ngay trong", "paragraph"), ("năm nay.", "paragraph"), ("Xây cầu.", "paragraph"), ("- Gạch.", "note")),
        {"kind": "Chỉ thị"}, (),
    )  # fmt: skip
    score = score_structure(GOLD, TEXT, found)
    assert score.headings == PRF(1, 2, 2)
    assert score.paragraphs == PRF(2, 4, 3)
    assert score.roles == PRF(1, 2, 2)
    assert score.metadata["kind"] == ("Kế hoạch", "Chỉ thị", False)
    assert score.citations == PRF(0, 0, 1)
    assert "- mục: I. MỤC TIÊU 1" in score.missing


def test_what_show_prints_can_be_scored() -> None:
    shown = {
        "kind": "Kế hoạch", "date": "2026-05", "issuer": "Sở X",
        "outline": [{"label": "I.", "title": "MỤC TIÊU", "level": 1,
                     "children": [{"label": "2.1.", "title": "Chung", "level": 2, "children": []}]}],
        "passages": [{"id": "a", "text": text} for text, _ in PERFECT.paragraphs],
        "citations": [dict(PERFECT.citations[0])],
    }  # fmt: skip
    score = score_structure(GOLD, TEXT, found_in_json(shown))
    assert (score.headings.f1, score.paragraphs.f1, score.citations.f1) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        ((1, 2, 4), 0.5, 0.25, 1 / 3),
        ((0, 0, 0), 1.0, 1.0, 1.0),
        ((0, 0, 3), 0.0, 0.0, 0.0),
        ((0, 3, 0), 0.0, 1.0, 0.0),
    ],
)
def test_precision_recall_f1(
    counts: tuple[int, int, int], precision: float, recall: float, f1: float
) -> None:
    value = PRF(*counts)
    assert (value.precision, value.recall, value.f1) == pytest.approx((precision, recall, f1))


@pytest.mark.shared
def test_real_plans_reach_their_gold(shared_dir: Path) -> None:
    gold = json.loads((shared_dir / "documents/plans/gold.json").read_text(encoding="utf-8"))
    for reading in gold["documents"]:
        file = shared_dir / "documents/plans" / reading["file"]
        document = understand(read_source(file), name=file.name, sha256="0" * 64)
        score = score_structure(reading, file.read_text(encoding="utf-8"), found_in(document))
        assert score.missing == ()
        assert score.roles.precision == 1.0
        assert [name for name, (_, _, right) in score.metadata.items() if not right] == []
        assert score.citations.f1 == 1.0
        assert all(right == total for right, total in score.citation_fields.values())


def test_command_prints_json(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "gold.json").write_text(
        json.dumps({"documents": [{**GOLD, "file": "a.txt"}]}), encoding="utf-8"
    )
    arguments = [str(tmp_path / "gold.json"), str(tmp_path / "a.txt")]
    result = CliRunner().invoke(evaluate_structure, [*arguments, "--json"])
    assert result.exit_code == 0
    assert json.loads(result.output)["a.txt"]["headings"]["f1"] == 1.0
    assert "F1 1.000" in CliRunner().invoke(evaluate_structure, arguments).output


@pytest.mark.parametrize("content", [None, "không phải JSON", "[]", "{}"])
def test_command_says_what_is_wrong_with_the_gold(tmp_path: Path, content: str | None) -> None:
    from corpus.errors import TracuuError

    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    if content is not None:
        (tmp_path / "gold.json").write_text(content, encoding="utf-8")
    result = CliRunner().invoke(evaluate_structure, [str(tmp_path / "gold.json"), str(tmp_path / "a.txt")])
    assert isinstance(result.exception, TracuuError)
