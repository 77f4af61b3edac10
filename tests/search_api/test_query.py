"""What is typed → what is understood, as a table of facts."""

import pytest

from corpus.library import fold_number
from search_api.query import LONGEST, parse
from search_api.references import find_references, read_reference


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  nhiệm   vụ \t của\nSở ", "nhiệm vụ của Sở"),
        ("nhiê\u0323m vu\u0323", "nhiệm vụ"),
        ("văn hoá đọc, thuỷ lợi", "văn hóa đọc, thủy lợi"),
        ("sách\x00\x07 in\u200b\ufeff", "sách in"),
        ("\ud800 sách", "sách"),
        ("ct 04", "Chỉ thị 04"),
        ("58ct/tw về công nhân", "Chỉ thị 58-CT/TW về công nhân"),
        ("", ""),
    ],
)
def test_text(typed, text):
    assert parse(typed).text == text


@pytest.mark.parametrize(
    ("typed", "text", "phrases", "excluded"),
    [
        ('"không gian đọc" cơ sở', "không gian đọc cơ sở", ("không gian đọc",), ()),
        ("“không gian đọc”", "không gian đọc", ("không gian đọc",), ()),
        ("sách -điện", "sách", (), ("điện",)),
        ('sách -"điện tử" in', "sách in", (), ("điện tử",)),
        ('"a" "b"', "a b", ("a", "b"), ()),
        ('sách "mở', "sách mở", (), ()),
        ('sách ""', "sách", (), ()),
        ("- Tăng cường công tác", "- Tăng cường công tác", (), ()),
        ("-Tăng cường công tác", "-Tăng cường công tác", (), ()),
        ("giai đoạn 2026 -2030", "giai đoạn 2026 -2030", (), ()),
        ("kinh tế - xã hội", "kinh tế - xã hội", (), ()),
        ("Thái Nguyên-Bắc Kạn", "Thái Nguyên-Bắc Kạn", (), ()),
    ],
)
def test_phrases_and_exclusions(typed, text, phrases, excluded):
    query = parse(typed)
    assert (query.text, query.phrases, query.excluded) == (text, phrases, excluded)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("CT 58-CT/TW", ["58-CT/TW"]),
        ("58CT/TW", ["58-CT/TW"]),
        ("SỐ 341 -KH/BTGTW", ["341-KH/BTGTW"]),
        ("04-ct/tw", ["04-CT/TW"]),
        ("15/QĐ-BNV", ["15/QĐ-BNV"]),
        ("15/2024/nđ-cp", ["15/2024/NĐ-CP"]),
        ("nd 15/2024/nd-cp", ["15/2024/NĐ-CP"]),
        ("luật 31/2024/QH15", ["31/2024/QH15"]),
        ("Nghị quyết 80 về văn hóa", ["Nghị quyết 80"]),
        ("nghi quyet so 80", ["Nghị quyết 80"]),
        ("ct 04", ["Chỉ thị 04"]),
        ("Điều 5 nghị định 74/2025", ["Nghị định 74/2025"]),
        ("chương trình hành động số 18-CTr/TU", ["18-CTr/TU"]),
        ("chỉ thị 04-CT/TW và nq 57-nq/tw", ["04-CT/TW", "57-NQ/TW"]),
        ("kế hoạch 5 năm", []),
        ("kế hoạch 2026", []),
        ("kế hoạch số 2026", ["Kế hoạch 2026"]),
        ("báo cáo 3 tháng, 15 ngày", []),
        ("kế hoạch 10 ngày 5/6", ["Kế hoạch 10"]),
        ("60 km/h", []),
        ("năm học 2026 - 2027", []),
        ("quyết định 1.200 tỷ", []),
        ("24/7", []),
    ],
)
def test_references(typed, found):
    assert [canonical for _, canonical in find_references(typed)] == found


@pytest.mark.parametrize(
    ("canonical", "kind", "number", "full"),
    [
        ("04-CT/TW", None, fold_number("04-CT/TW"), True),
        ("15/2024/NĐ-CP", None, fold_number("15/2024/NĐ-CP"), True),
        ("Chỉ thị 04", "Chỉ thị", "4", False),
        ("Nghị định 74/2025", "Nghị định", "74/2025", False),
    ],
)
def test_a_reference_read_back(canonical, kind, number, full):
    reference = read_reference(canonical)
    assert (reference.kind, reference.number, reference.full) == (kind, number, full)


def test_literal_reads_nothing_into_it():
    query = parse('"CT 04" -sách', literal=True)
    assert query.text == '"CT 04" -sách'
    assert (query.phrases, query.excluded, query.references, query.understandings) == ((), (), (), ())


def test_what_was_understood_is_said():
    steps = parse('"không gian đọc" theo CT 04 -sách').understandings
    assert [(step.kind, step.typed, step.understood) for step in steps] == [
        ("exclusion", "-sách", "sách"),
        ("phrase", '"không gian đọc"', "không gian đọc"),
        ("reference", "CT 04", "Chỉ thị 04"),
    ]


def test_long_queries_are_cut_at_a_word():
    query = parse("từ ngữ " * 5_000)
    assert LONGEST - 10 < len(query.text) <= LONGEST
    assert query.text.endswith(("từ", "ngữ"))
    assert [step.kind for step in query.understandings] == ["shortened"]
    assert len(parse("x" * 100_000).text) == LONGEST
