"""Conditions typed into a query → filters, as a table of facts."""

import pytest

from search_api.query import Knowledge, parse
from search_api.types import Filters

KNOWLEDGE = Knowledge(
    kinds=("Kế hoạch", "Chỉ thị", "Chương trình hành động"),
    issuers=(
        "Ban Thường vụ Tỉnh ủy Vân Khuê",
        "Tỉnh ủy Vân Khuê",
        "Sở Y tế tỉnh Vân Khuê",
        "UBND xã Bến Sậy",
    ),
    numbered=lambda number: {"64-KH/TU": ("d1",), "64": ("d1", "d2")}.get(number, ()),
)
PARTY = ("Ban Thường vụ Tỉnh ủy Vân Khuê", "Tỉnh ủy Vân Khuê")


@pytest.mark.parametrize(
    ("typed", "text", "filters"),
    [
        ("loại:kế hoạch an toàn", "an toàn", Filters(kinds=("Kế hoạch",))),
        ("loai:ke hoach an toàn", "an toàn", Filters(kinds=("Kế hoạch",))),
        ("Loại: KẾ HOẠCH an toàn", "an toàn", Filters(kinds=("Kế hoạch",))),
        ('loại:"kế hoạch" an toàn', "an toàn", Filters(kinds=("Kế hoạch",))),
        ("loại:KH an toàn", "an toàn", Filters(kinds=("Kế hoạch",))),
        ("loại văn bản: chỉ thị sách", "sách", Filters(kinds=("Chỉ thị",))),
        ("loại:chương trình sách", "sách", Filters(kinds=("Chương trình hành động",))),
        ("loại:kế hoạch,chỉ thị sách", "sách", Filters(kinds=("Kế hoạch", "Chỉ thị"))),
        ("loại:kế hoạch, phát triển", "phát triển", Filters(kinds=("Kế hoạch",))),
        ("an toàn loại:kế hoạch", "an toàn", Filters(kinds=("Kế hoạch",))),
        ('cơ quan:"Tỉnh ủy" sách', "sách", Filters(issuers=PARTY)),
        ("cơ quan:tỉnh uỷ sách", "sách", Filters(issuers=PARTY)),
        ("co quan:tinh uy sach", "sach", Filters(issuers=PARTY)),
        ("coquan:tinh uy sach", "sach", Filters(issuers=PARTY)),
        ("cơ quan ban hành: Sở Y tế sách", "sách", Filters(issuers=("Sở Y tế tỉnh Vân Khuê",))),
        ("cơ quan:TU sách", "sách", Filters(issuers=PARTY)),
        ("từ:2025 sách", "sách", Filters(date_from="2025")),
        ("tu:2025-3 sach", "sach", Filters(date_from="2025-03")),
        ("từ ngày: 17/3/2026 sách", "sách", Filters(date_from="2026-03-17")),
        ("đến:5/2026 sách", "sách", Filters(date_to="2026-05")),
        ("den:2026-05-31 sach", "sach", Filters(date_to="2026-05-31")),
        ("từ:2025 đến:2026-05 sách", "sách", Filters(date_from="2025", date_to="2026-05")),
        ("số:64-KH/TU sách", "sách", Filters(documents=("d1",))),
        ("so:64 sach", "sach", Filters(documents=("d1", "d2"))),
        (
            'loại:kế hoạch cơ quan:"Tỉnh ủy" từ:2025 đến:2026-05 số:64-KH/TU nhiệm vụ',
            "nhiệm vụ",
            Filters(("Kế hoạch",), PARTY, "2025", "2026-05", ("d1",)),
        ),
        # nothing else typed: the values are words to search
        ("loại:kế hoạch", "kế hoạch", Filters(kinds=("Kế hoạch",))),
        ('loại:kế hoạch cơ quan:"Tỉnh ủy"', "kế hoạch Tỉnh ủy", Filters(("Kế hoạch",), PARTY)),
        ("từ:2025", "", Filters(date_from="2025")),
        # no conditions at all
        ("cơ quan chủ trì: Sở Y tế", "cơ quan chủ trì: Sở Y tế", Filters()),
        ("thời gian từ: 8 giờ", "thời gian từ: 8 giờ", Filters()),
        ("12:30 đến: cuối buổi", "12:30 đến: cuối buổi", Filters()),
        ("loại: ", "loại:", Filters()),
        ("các loại kế hoạch", "các loại kế hoạch", Filters()),
    ],
)  # fmt: skip
def test_conditions(typed, text, filters):
    query = parse(typed, knowledge=KNOWLEDGE)
    assert (query.text, query.filters, query.notices) == (text, filters, ())
    assert any(step.kind == "filter" for step in query.understandings) == (filters != Filters())


@pytest.mark.parametrize(
    ("typed", "text", "said"),
    [
        ("loại:thông tri sách", "thông tri sách", "Không có loại văn bản “thông tri”"),
        ("loại:vớ vẩn sách", "vớ vẩn sách", "Không có loại văn bản “vớ”"),
        ('cơ quan:"Sở Lạ" sách', "Sở Lạ sách", "Không có cơ quan ban hành “Sở Lạ”"),
        ("số: 15/QĐ-BNV", "Quyết định 15/QĐ-BNV", "Không có văn bản nào mang số “15/QĐ-BNV”"),
        ("từ:30/2/2026 sách", "30/2/2026 sách", "Không có ngày “30/2/2026”"),
    ],
)
def test_what_the_library_does_not_have_is_said_and_stays_as_words(typed, text, said):
    query = parse(typed, knowledge=KNOWLEDGE)
    assert (query.text, query.filters) == (text, Filters())
    assert [notice[: len(said)] for notice in query.notices] == [said]


def test_conditions_are_shown():
    steps = parse('loại:kế hoạch cơ quan:"Tỉnh ủy" từ:3/2025 đến:2026 x', knowledge=KNOWLEDGE).understandings
    assert [(step.typed, step.understood) for step in steps] == [
        ("loại:kế hoạch", "loại văn bản Kế hoạch"),
        ('cơ quan:"Tỉnh ủy"', f"cơ quan ban hành {' / '.join(PARTY)}"),
        ("từ:3/2025", "từ tháng 3/2025"),
        ("đến:2026", "đến hết năm 2026"),
    ]


def test_typed_and_chosen_conditions_hold_together():
    given = Filters(kinds=("Kế hoạch", "Chỉ thị"), date_from="2024", date_to="2026-06")
    query = parse("loại:chỉ thị từ:2025 đến:2027 sách", knowledge=KNOWLEDGE, filters=given)
    assert query.filters == Filters(kinds=("Chỉ thị",), date_from="2025", date_to="2026-06")
    assert parse(
        "loại:kế hoạch x", knowledge=KNOWLEDGE, filters=Filters(kinds=("Chỉ thị",))
    ).filters == Filters(kinds=("Kế hoạch",))


def test_an_exclusion_behind_a_condition_excludes():
    query = parse("loại:kế hoạch -sách đọc", knowledge=KNOWLEDGE)
    assert (query.text, query.excluded) == ("đọc", ("sách",))


def test_literal_reads_no_conditions():
    query = parse("loại:kế hoạch sách", knowledge=KNOWLEDGE, literal=True)
    assert (query.text, query.filters) == ("loại:kế hoạch sách", Filters())


def test_conditions_narrow_the_answer(engine):
    found = engine.ask("loại:chương trình sách")
    assert {hit.document.metadata.kind for hit in found.hits} == {"Chương trình"}
    assert engine.ask('cơ quan:"Tỉnh ủy" sách').hits
    nothing = engine.ask("loại:chương trình từ:2027 sách")
    assert nothing.hits == ()
    assert "thỏa mọi điều kiện" in nothing.notices[0]
    unknown = engine.ask("loại:thông tri sách")
    assert unknown.hits
    assert "Không có loại văn bản" in unknown.notices[0]
