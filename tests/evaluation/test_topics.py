"""Judgements: which wanted items a result brings."""

import pytest

from evaluation.topics import ByPassage, ByQuote, Result, normal

QUOTE = "Bố trí kinh phí thực hiện Kế hoạch từ ngân sách tỉnh năm 2026"


def result(text: str, file: str = "a.txt", id_: str = "p1") -> Result:
    return Result(id_, text, file)


@pytest.mark.parametrize(
    ("text", "file", "brought"),
    [
        (QUOTE, "a.txt", True),
        (f"3. {QUOTE.upper()}; giao Sở Tài chính.", "a.txt", True),
        (f"**{QUOTE.replace(' ', '  ')}**", "a.txt", True),
        (QUOTE, "thư mục/a.txt", True),
        (QUOTE, "b.txt", False),
        ("Bố trí kinh phí thực hiện Kế hoạch từ ngân sách tỉnh", "a.txt", True),  # 10 of 13 triples
        ("Bố trí kinh phí thực hiện Kế hoạch", "a.txt", False),  # 6 of 13
        (QUOTE + " thêm" * 600, "a.txt", False),  # more than 2,500 characters
        ("", "a.txt", False),
    ],
)
def test_a_quote_is_covered_by_a_passage_of_its_file_that_holds_most_of_it(text, file, brought):
    judgement = ByQuote((("plans/a.txt", QUOTE, 2),))
    assert judgement.brings(result(text, file)) == ({0} if brought else set())


def test_a_quote_too_short_for_triples_must_stand_there_whole():
    judgement = ByQuote((("a.txt", "Sở Tài", 1),))
    assert judgement.brings(result("Giao Sở Tài chính")) == {0}
    assert not judgement.brings(result("Giao Cơ sở Tàii chính"))


def test_quotes_gain_exponentially_passages_linearly():
    assert ByQuote((("a", "x y z", 2), ("a", "u v w", 1))).gains == (3.0, 1.0)
    assert ByPassage({"p1": 2, "p2": 0, "p3": 1}).gains == (2.0, 1.0)


def test_quotes_of_grade_0_were_judged_and_are_not_wanted():
    judgement = ByQuote((("a.txt", "chẳng liên quan gì", 0), ("a.txt", QUOTE, 1)))
    assert (judgement.grades, judgement.gains) == ((1,), (1.0,))
    assert judgement.brings(result("chẳng liên quan gì")) == set()
    assert judgement.judged(result("chẳng liên quan gì"))
    assert judgement.brings(result(QUOTE)) == {0}


def test_passages_judged_useless_bring_nothing_but_are_judged():
    judgement = ByPassage({"p1": 0, "p2": 1})
    assert judgement.brings(result("", id_="p1")) == set()
    assert judgement.judged(result("", id_="p1"))
    assert judgement.brings(result("", id_="p2")) == {0}
    assert not judgement.judged(result("", id_="p3"))


def test_normal_text_has_neither_case_nor_marks():
    assert normal("**Điều 5.**  Sở GD&ĐT\n(SỐ 04-CT/TW)") == "điều 5 sở gd đt số 04 ct tw"
