"""Measures of short answers, and `tracuu evaluate-answers`."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import TracuuError
from evaluation.answers import Answer, Cited, Question, report, wilson
from evaluation.answers_files import read_answers, read_questions
from evaluation.answers_text import exact, holds, overlap, tokens
from search_api.cli.run import run

SAME = [
    ("75%", "75 %"),
    ("Sở Giáo dục và Đào tạo.", "sở giáo dục và đào tạo"),
    ("ngày 30 tháng 4 năm 2026", "30/4/2026"),
    ("30-04-2026", "ngày 30/4/2026"),
    ("30.4.2026", "30/4/2026"),
    ("tháng 5 năm 2026", "tháng 05/2026"),
    ("05 xã", "5 xã"),
    ("1.000 trường", "1000 trường"),
    ("1.250.000,5 đồng", "1250000,5 đồng"),
    ("6.5", "6,5"),
    ("hoá đơn", "hóa đơn"),
    ("ho\u0301a đơn", "hóa đơn"),
    ("92,4 tỉ đồng", "92,4 tỷ đồng"),
    ("“96”", "96"),
    ("những trường của tỉnh", "trường tỉnh"),
    ("70 triệu đồng/nhà", "70 triệu đồng nhà"),
    ("bản gốc; số 1.000.", "Bản gốc số 1000"),
]
DIFFERENT = [
    ("6,5", "65"), ("1/2", "12"), ("0,5", "5"), ("30/4/2026", "30/4/2025"), ("1.0000", "10000"),
    ("3 năm 2023", "3/2023"), ("05 xã", "50 xã"), ("ba", "bà"), ("2021-2025", "20212025"), ("lý do", "li do"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), SAME)
def test_same_answers(first, second):
    assert tokens(first) == tokens(second)
    assert exact(first, [second]) == overlap(first, [second]) == 1


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_different_answers(first, second):
    assert exact(first, [second]) == 0


@given(st.text(max_size=40))
def test_normalising_never_fails_and_is_settled(text):
    once = tokens(text)
    assert exact(text, [text]) == 1
    assert all(token == token.strip() and token for token in once)


@given(st.text(max_size=20), st.text(max_size=20))
def test_f1_is_a_share_and_the_same_both_ways(first, second):
    found = overlap(first, [second])
    assert 0 <= found <= 1
    assert found == pytest.approx(overlap(second, [first]))
    assert found >= exact(first, [second])


def test_f1_by_hand():
    """Three of four given, three of five wanted: 2 · 3 / (4 + 5)."""
    assert overlap("trước ngày 15/12 nhé", ["trước ngày 15/12 hằng năm"]) == pytest.approx(2 * 3 / 9)
    assert overlap("trước ngày 15/12", ["x y", "trước ngày 15/12"]) == 1
    assert overlap("", ["x"]) == overlap("x", [""]) == 0
    assert overlap("", [""]) == 1
    assert overlap("x", []) == 0


@pytest.mark.parametrize(
    ("text", "answer", "found"),
    [
        ("giảm ít nhất 50%; 75% trẻ em biết bơi", "75%", True),
        ("giảm 175 trẻ", "75", False),
        ("trước ngày 30 tháng 4 năm 2026.", "30/4/2026", True),
        ("Sở Y tế", "", False),
        ("Sở Y tế", "Sở Giáo dục", False),
    ],
)
def test_an_answer_stands_in_a_text(text, answer, found):
    assert holds(text, answer) is found


def test_wilson_against_published_values():
    """R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    for successes, trials, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
    ):
        assert wilson(successes, trials) == pytest.approx((low, high), abs=0.0001)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=0.0001)
    assert wilson(29, 29) == pytest.approx((0.8830, 1), abs=0.0001)


QUOTE = "75% trẻ em từ 6 đến dưới 16 tuổi biết bơi an toàn"
QUESTIONS = [
    Question("f1", "Bao nhiêu trẻ em phải biết bơi?", "factoid", ("75%",), (("a.txt", QUOTE, 2),)),
    Question("f2", "Hạn nào?", "factoid", ("30/4/2026",), (("b.txt", "Xong trước ngày 30/4/2026.", 2),)),
    Question("n1", "Sở làm gì?", "natural", (), (("a.txt", QUOTE, 1),)),
    Question("u1", "Giá vàng?", "unanswerable", (), ()),
    Question("u2", "Mức phạt?", "unanswerable", (), ()),
]


def supported(text: str, *cited: tuple[str, str]) -> float | None:
    answer = Answer(text, tuple(Cited(*one) for one in cited))
    return report(QUESTIONS, {"f1": answer}).queries[0].supported


@pytest.mark.parametrize(
    ("cited", "value"),
    [
        ([("a.txt", f"2. Phấn đấu: {QUOTE}; 100% trường dạy bơi.")], 1),
        ([("thư mục/a.txt", "75% trẻ em từ 6 đến dưới 16 tuổi")], 1),
        ([("b.txt", QUOTE)], 0),
        ([("a.txt", "75%")], 0),
        ([("a.txt", "Trẻ em từ 6 đến dưới 16 tuổi biết bơi an toàn")], 0),
        ([("a.txt", "75% cán bộ được tập huấn")], 0),
        ([("b.txt", "lạc"), ("a.txt", QUOTE)], 1),
        ([], 0),
    ],
)
def test_support_needs_the_words_in_a_relevant_passage(cited, value):
    assert supported("75%", *cited) == value


@pytest.mark.parametrize(
    ("cited", "value"),
    [
        ([("a.txt", "75%  TRẺ EM")], 1),
        ([("a.txt", "75% trẻ em biết bay")], 0),
        ([("b.txt", "75% trẻ em")], 0),
        ([("không có.txt", "75%")], 0),
        ([("a.txt", "75%"), ("a.txt", "bịa")], 0),
        ([], None),
    ],
)
def test_citations_are_looked_up_in_the_documents(cited, value):
    documents = {"a.txt": f"Điều 1. {QUOTE}.", "b.txt": "khác"}
    answers = {"f1": Answer("75%", tuple(Cited(*one) for one in cited))}
    assert report(QUESTIONS, answers, documents).queries[0].verbatim == value
    assert report(QUESTIONS, answers).verbatim.mean is None


def test_no_answer_asks_for_no_support():
    assert supported("") is None


def test_a_report_counts_each_question_where_it_belongs():
    found = report(
        QUESTIONS,
        {
            "f1": Answer("75 %", (Cited("a.txt", QUOTE),)),
            "n1": Answer("dạy bơi"),
            "u1": Answer("80 triệu"),
        },
    )
    assert (found.exact.mean, found.exact.questions) == (0.5, 2)
    assert (found.f1.mean, found.f1.questions) == (0.5, 2)
    assert (found.supported.mean, found.supported.questions) == (0.5, 2)
    assert (found.answered.mean, found.answered.questions) == (pytest.approx(2 / 3), 3)
    assert (found.false_answers.mean, found.false_answers.questions) == (0.5, 2)
    assert found.false_answers.low < 0.5 < found.false_answers.high
    assert report(QUESTIONS[:2], {}).false_answers.mean is None


def test_the_bundled_set_answered_by_itself_is_perfect(tmp_path: Path, capsys):
    questions = read_questions("sample")
    assert sum(bool(question.answers) for question in questions) > 15
    lines = [
        {
            "id": question.id,
            "answer": question.answers[0] if question.answers else None,
            "citations": [{"file": file, "quote": quote} for file, quote, _ in question.relevant],
        }
        for question in questions
    ]
    path = tmp_path / "answers.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert run(["evaluate-answers", "sample", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["exact_match"]["mean"] == found["f1"]["mean"] == 1
    assert found["false_answers"] == {
        "mean": 0,
        "interval": [0, pytest.approx(0.278, abs=0.001)],
        "questions": 10,
    }
    assert [id_ for id_, one in found["queries"].items() if one["supported"] == 0] == []
    assert [id_ for id_, one in found["queries"].items() if one["verbatim"] == 0] == []


def test_wrong_answers_are_listed(tmp_path: Path, capsys):
    relevant = [{"file": "a.txt", "quote": QUOTE, "grade": 2}]
    questions = [
        {"id": "f1", "query": "Bao nhiêu?", "answer": "75%", "relevant": relevant},
        {
            "id": "f2",
            "query": "Bao nhiêu nữa?",
            "answer": ["75%", "bảy mươi lăm phần trăm"],
            "relevant": relevant,
        },
        {"id": "f3", "query": "Ai?", "answer": "75%", "relevant": relevant},
        {"id": "f4", "query": "Đâu?", "answer": "75%", "relevant": relevant},
        {"id": "u1", "query": "Giá vàng?", "answerable": False, "relevant": [], "answer": None},
    ]
    answers = [
        {"id": "f1", "answer": "57%"},
        {"id": "f3", "answer": "75%"},
        {"id": "f4", "answer": "75%", "citations": [{"file": "a.txt", "quote": "75% là bịa"}]},
        {"id": "u1", "answer": "80 triệu"},
    ]
    for name, rows in (("set", questions), ("answers", answers)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    documents = tmp_path / "văn bản"
    documents.mkdir()
    (documents / "a.txt").write_text(f"{QUOTE}.\n", encoding="utf-8")
    files = [str(tmp_path / "set.jsonl"), str(tmp_path / "answers.jsonl")]
    assert run(["evaluate-answers", *files, "--wrong", "--documents", str(documents)]) == 0
    out = capsys.readouterr().out
    assert "Đúng hệt                       0.500" in out
    for said in (
        "f1  khác", "f2  không trả lời", "f3  thiếu trích dẫn làm chứng",
        "f4  trích dẫn không có trong văn bản", "u1  trả lời bừa", "75% | bảy mươi lăm phần trăm",
    ):  # fmt: skip
        assert said in out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "lạ", "answer": "x"}', "không có trong bộ"),
        ('{"id": "f01", "answer": 75}', "phải là chữ"),
        ('{"id": "f01", "answer": "x", "citations": [{"file": "a"}]}', "citations"),
        ('{"id": "f01", "answer": "x", "citations": "a"}', "citations"),
        ('{"id": "f01"}\n{"id": "f01"}', "hai lần"),
        ("không phải JSON", "không phải JSON"),
    ],
)
def test_malformed_answers_are_said(tmp_path: Path, line: str, said: str):
    path = tmp_path / "answers.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(TracuuError, match=said):
        read_answers(path, read_questions("sample"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"id": "1"}', "thiếu"),
        ('{"id": "1", "query": "x"}', "không câu hỏi nào"),
        ('{"id": "1", "query": "x", "relevant": [{"file": 1}]}', "relevant"),
        ('{"id": "1", "query": "x", "answer": 7}', "relevant"),
    ],
)
def test_sets_without_answers_are_said(tmp_path: Path, content: str, said: str):
    path = tmp_path / "set.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TracuuError, match=said):
        read_questions(str(path))
    with pytest.raises(TracuuError, match="thư mục"):
        read_questions(str(tmp_path))


@pytest.mark.shared
def test_the_plans_can_be_answered_too(shared_dir: Path):
    questions = read_questions(str(shared_dir / "retrieval" / "plans_dev_queries.jsonl"))
    assert any(question.answers for question in questions)
    assert sum(not question.relevant for question in questions) == 2
