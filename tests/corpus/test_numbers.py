"""Document numbers: found, mended, canonical."""

import pytest

from corpus.numbers import blank_number, find_numbers, number_key, parse_number


@pytest.mark.parametrize(
    ("printed", "canonical", "kind"),
    [
        ("04-CT/TW", "04-CT/TW", "Chỉ thị"),
        ("58CT/TW", "58-CT/TW", "Chỉ thị"),
        ("80NQ/TW", "80-NQ/TW", "Nghị quyết"),
        ("341 -KH/BTGTW", "341-KH/BTGTW", "Kế hoạch"),
        ("04 – CT/TW", "04-CT/TW", "Chỉ thị"),
        ("18-CTr/TU", "18-CTr/TU", "Chương trình"),
        ("18-CTR/TU", "18-CTr/TU", "Chương trình"),
        ("05-NQ/ĐUK", "05-NQ/ĐUK", "Nghị quyết"),
        ("123-BC/BTGDVTU", "123-BC/BTGDVTU", "Báo cáo"),
        ("15/KH-UBND", "15/KH-UBND", "Kế hoạch"),
        ("15/KH - UBND", "15/KH-UBND", "Kế hoạch"),
        ("15/2024/NĐ-CP", "15/2024/NĐ-CP", "Nghị định"),
        ("31/2024/QH15", "31/2024/QH15", None),
        ("89/2025/UBTVQH15", "89/2025/UBTVQH15", None),
        ("34/2021/TT-BLĐTBXH", "34/2021/TT-BLĐTBXH", "Thông tư"),
        ("127/QĐ-TTg", "127/QĐ-TTg", "Quyết định"),
        ("1234/BNV-CCVC", "1234/BNV-CCVC", None),
        ("03/2019/TTLT-BNV-BTC", "03/2019/TTLT-BNV-BTC", "Thông tư liên tịch"),
    ],
)
def test_number_is_canonical(printed: str, canonical: str, kind: str | None) -> None:
    (found,) = find_numbers(f"theo văn bản số {printed}, ngày 5")
    assert (found.canonical, found.kind) == (canonical, kind)


@pytest.mark.parametrize(
    "text",
    [
        "ngày 17/3/2026", "24/7", "khoảng 1/2 số xã", "đạt 10/BC", "15.000 ha", "A/B", "TCVN 5945:2005",
        "điểm a/2 mục 3", "Km 12/TL", "mã 12345-ABC",
    ],
)  # fmt: skip
def test_other_figures_are_no_numbers(text: str) -> None:
    assert list(find_numbers(text)) == []


def test_span_covers_the_number_as_printed() -> None:
    text = "SỐ 341 -KH/BTGTW, ngày 4/5"
    (found,) = find_numbers(text)
    assert text[found.span.start : found.span.end] == "341 -KH/BTGTW"


def test_several_numbers_in_order() -> None:
    text = "Chỉ thị số 04-CT/TW, 05-CT/TW và Quyết định 127/QĐ-TTg"
    assert [found.canonical for found in find_numbers(text)] == ["04-CT/TW", "05-CT/TW", "127/QĐ-TTg"]


@pytest.mark.parametrize(
    ("line", "symbol"),
    [
        ("Số: /KH-UBND", "KH-UBND"), ("Số:      /2026/QĐ-UBND", "QĐ-UBND"), ("Số …-KH/TU", "KH/TU"),
        ("Số: ....../TTr-SYT", "TTr-SYT"), ("Số: 15/KH-UBND", None), ("Số lượng", None),
    ],
)  # fmt: skip
def test_blank_number_keeps_its_symbol(line: str, symbol: str | None) -> None:
    assert blank_number(line) == symbol


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("04-ct/tw", "04-CT/TW"), ("15/2024/nđ-cp", "15/2024/NĐ-CP"), ("18-ctr/tu", "18-CTr/TU"),
        ("127/qđ-ttg", "127/QĐ-TTg"), ("nghị quyết", None), ("", None),
    ],
)  # fmt: skip
def test_typed_in_any_case(typed: str, canonical: str | None) -> None:
    found = parse_number(typed)
    assert (found.canonical if found else None) == canonical


def test_key_forgets_case_accents_and_leading_zeros() -> None:
    assert number_key("04-CT/TW") == number_key("4-ct/tw")
    assert number_key("15/2024/NĐ-CP") == number_key("15/2024/nd-cp")
    assert number_key("04-CT/TW") != number_key("40-CT/TW")
