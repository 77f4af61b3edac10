"""Places inside a document: how they are typed, and the passages they name."""

import pytest
from factories import make_document, make_library
from fakes import FakeEncoder

from corpus.library import Library
from indexer.update import update
from search_api.addresses import find_addresses, passages_at, read_address
from search_api.engine import Engine
from search_api.query import parse
from search_api.settings import Settings


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Điều 5 nghị định 74/2025", ["Điều 5"]),
        ("dieu 5 nghi dinh 74/2025", ["Điều 5"]),
        ("Điều 5 của Nghị định số 74/2025/NĐ-CP", ["Điều 5"]),
        ("Nghị định 74/2025, Điều 5", ["Điều 5"]),
        ("khoản 2 Điều 3 Thông tư 07/2026", ["khoản 2 Điều 3"]),
        ("khoản 2, điều 3 quy chế làm việc", ["khoản 2 Điều 3"]),
        ("khoan 2 dieu 3 quy che lam viec", ["khoản 2 Điều 3"]),
        ("điểm a khoản 2 Điều 3 QĐ 18/2025/QĐ-UBND", ["điểm a khoản 2 Điều 3"]),
        ("điểm đ khoản 1 Điều 9 quyết định 18", ["điểm d khoản 1 Điều 9"]),
        ("Điều 15a Luật Đất đai", ["Điều 15a"]),
        ("điều3 quyết định 18", ["Điều 3"]),
        ("khoản2 điều3 quyết định 18", ["khoản 2 Điều 3"]),
        ("chương II luật đất đai", ["Chương II"]),
        ("mục II kế hoạch 64", ["mục II"]),
        ("mục II.1 kế hoạch 64-KH/TU", ["mục II.1"]),
        ("phần 2 chỉ thị 04", ["Phần 2"]),
        ("phụ lục I nghị định 15/2024/NĐ-CP", ["Phụ lục I"]),
        ("điểm 2 mục III hướng dẫn 08", ["điểm 2 mục III"]),
        # no document beside it, or no place
        ("Điều 5", []),
        ("điều 5 năm nay", []),
        ("Quyết định 07/2026/QĐ-UBND sửa Điều 9 thành gì", []),
        ("mục tiêu 2 kế hoạch 64", []),
        ("điều kiện 5 nghị định 74/2025", []),
        ("phần 30% kế hoạch 64", []),
        ("", []),
    ],
)
def test_places_typed(typed, found):
    assert [canonical for _, canonical in find_addresses(typed)] == found
    assert parse(typed).addresses == tuple(found)


@pytest.mark.parametrize(
    ("canonical", "steps"),
    [
        ("điểm a khoản 2 Điều 3", (("dieu", "3"), ("khoan", "2"), ("diem", "a"))),
        ("mục II.1", (("muc", "ii"), ("muc", "1"))),
        ("mục 2.1", (("muc", "2.1"),)),
        ("Phụ lục I", (("phu luc", "i"),)),
    ],
)
def test_an_address_from_the_outside_in(canonical, steps):
    assert read_address(canonical).steps == steps


RULES = """
    ^Điều 1. | Ban hành kèm theo Quyết định này Quy chế làm việc.
    # Chương I. QUY ĐỊNH CHUNG
    ## Điều 1. Phạm vi
    Quy chế này quy định việc tiếp công dân.
    ## Điều 3. Nguyên tắc
    Mọi việc đều công khai.
    # Chương II. CÁCH LÀM
    ## Điều 10. Lịch tiếp
    Hằng tuần tiếp một buổi.
    Hằng tháng tổng hợp kết quả.
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    document = make_document(
        RULES.replace("^Điều 1. | ", ""),
        kind="Quyết định",
        number="18/2025/QĐ-UBND",
        date="2025-05",
        issuer="Ủy ban nhân dân tỉnh Bình An",
        title="Ban hành Quy chế tiếp công dân",
        source="quy-che.txt",
    )
    other = make_document(
        "# Điều 3. Kinh phí\nBố trí hằng năm.",
        kind="Nghị quyết",
        number="18/2025/NQ-HĐND",
        date="2025-05",
        issuer="Hội đồng nhân dân tỉnh Bình An",
        title="Về kinh phí tiếp công dân",
        source="nghi-quyet.txt",
    )
    directory = tmp_path_factory.mktemp("rules") / "library"
    with make_library(directory, document, other) as library:
        update(library, FakeEncoder())
    with Engine(Library.open(directory), Settings(library=directory), FakeEncoder()) as engine:
        yield engine


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Điều 3 quyết định 18/2025", "Mọi việc đều công khai."),
        ("dieu 3 quyet dinh 18/2025/qd-ubnd", "Mọi việc đều công khai."),
        ("điều 3 nghị quyết 18", "Bố trí hằng năm."),
        ("điều 10 quyết định 18/2025/QĐ-UBND còn hiệu lực không", "Hằng tuần tiếp một buổi."),
        ("chương II quyết định 18", "Hằng tuần tiếp một buổi."),
        ("Điều 10 quyết định tiếp công dân", "Hằng tuần tiếp một buổi."),
        ("dieu 10 quyet dinh tiep cong dan", "Hằng tuần tiếp một buổi."),
    ],
)
def test_the_place_itself_comes_first(rules, typed, first):
    hits = rules.ask(typed).hits
    assert hits[0].stored.passage.text == first
    assert hits[0].score == 1.0


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("nghị quyết 18 hđnd", "Nghị quyết"), ("nq 18/2025 hdnd", "Nghị quyết"), ("qđ 18 ubnd", "Quyết định")],
)
def test_the_issuer_may_be_typed_short(rules, typed, kind):
    first = rules.ask(typed).hits[0]
    assert (first.document.metadata.kind, first.stored.passage.ordinal, first.score) == (kind, 0, 1.0)


def test_a_place_that_is_not_there_brings_the_document(rules):
    hits = rules.ask("Điều 99 quyết định 18/2025/QĐ-UBND").hits
    assert hits[0].document.source == "quy-che.txt"
    assert hits[0].stored.passage.ordinal == 0


def test_filters_hold_for_places(rules):
    hits = rules.ask("Điều 3 quyết định 18/2025 loại:nghị quyết").hits
    assert {hit.document.source for hit in hits} <= {"nghi-quyet.txt"}


def test_points_below_points():
    from corpus.library import StoredPassage
    from corpus.types import Passage, Section, Span

    section = Section(0, "heading", "Điều 9.", "Thời gian", 1, None, Span(0, 1))
    labels = [("1.", None), ("a)", 0), ("b)", 0), ("2.", None), ("a)", 3)]
    passages = [
        StoredPassage(
            n, "d", Passage(f"d-{n}", n, "paragraph", f"{label} {n}", Span(n, n + 1), 0, None, label, lead),
            ("Điều 9. Thời gian",), None,
        )
        for n, (label, lead) in enumerate(labels)
    ]  # fmt: skip

    def at(canonical):
        return [stored.key for stored in passages_at(read_address(canonical), (section,), passages)]

    assert at("Điều 9") == [0, 1, 2, 3, 4]
    assert at("khoản 1 Điều 9") == [0, 1, 2]
    assert at("điểm b khoản 1 Điều 9") == [2]
    assert at("điểm a khoản 2 Điều 9") == [4]
    assert at("điểm c khoản 2 Điều 9") == []
    assert at("Điều 8") == []
