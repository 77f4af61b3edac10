"""Scores made comparable, added, explained; highlights; groups; the words of a citation."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library import DocumentSummary, StoredPassage
from corpus.types import Metadata, Passage, Span
from indexer.analysis import analyse
from search_api.candidates import Asked
from search_api.citation_text import citation_text, document_line, printed_date
from search_api.fuse import best_first, by_maximum, by_range, fuse
from search_api.group import facets, group
from search_api.headings import heading_scores
from search_api.highlight import Highlighter
from search_api.query import parse
from search_api.types import Hit

RANKED = st.lists(st.tuples(st.integers(0, 50), st.floats(-5, 50)), unique_by=lambda pair: pair[0])


def highlighter(typed):
    query = parse(typed)
    return Highlighter(Asked(query, analyse(query.text), None, None, None))


@pytest.mark.parametrize("normalise", [by_maximum, by_range])
@given(ranked=RANKED)
def test_normalised_scores_keep_the_order_and_lie_between_0_and_1(normalise, ranked):
    found = normalise(ranked)
    assert all(0 <= score <= 1 for score in found.values())
    for (one, high), (other, low) in pairwise(ranked):
        if one in found and other in found and high >= low:
            assert found[one] >= found[other]


def test_fusion_adds_by_weight_and_counts_only_parts_that_found_something():
    parts = {"words": {1: 1.0, 2: 0.5}, "dense": {2: 1.0, 3: 0.8}, "references": {}}
    fused = fuse(parts, {"words": 3.0, "dense": 1.0, "references": 100.0})
    assert fused == pytest.approx({1: 0.75, 2: 0.625, 3: 0.2})
    assert best_first(fused) == [1, 2, 3]


def test_equal_scores_keep_the_order_of_keys():
    assert best_first({7: 0.5, 3: 0.5, 5: 0.9}) == [5, 3, 7]


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("thư viện trường học", "Xây dựng thư viện trường học.", ["thư viện trường học"]),
        ("văn hoá đọc", "Phát triển văn hóa đọc", ["văn hóa đọc"]),
        ("văn hóa đọc", "Phát triển VĂN HOÁ ĐỌC", ["VĂN HOÁ ĐỌC"]),
        ("nhiệm vụ Sở Giáo dục", "Sở Giáo dục và nhiệm vụ", ["Sở Giáo dục", "nhiệm vụ"]),
        ("của và các", "của các sở và ngành", []),
        ("thu vien", "Xây dựng thư viện", ["thư viện"]),
        ("sách", "Sách, báo; tủ sách", ["Sách", "sách"]),
        ("giáo dục", "giáo viên, giáo dục", ["giáo dục"]),
        ("<b>", "a < b", ["b"]),
        ("", "gì đó", []),
    ],
)  # fmt: skip
def test_highlights(typed, text, marked):
    spans = highlighter(typed).spans(text)
    assert [text[start:end] for start, end in spans] == marked


@given(typed=st.text(max_size=60), text=st.text(max_size=200))
def test_highlights_are_spans_in_order(typed, text):
    end = 0
    for start, stop in highlighter(typed).spans(text):
        assert end <= start < stop <= len(text)
        end = stop


def stored(text="Xây dựng tủ sách.", path=(), label="", page=None, key=1, section=None, start=0):
    passage = Passage(
        f"d-{key}", key, "paragraph", text, Span(start, start + len(text)), section, page, label
    )
    return StoredPassage(key, "d", passage, path, None)


def summary(key=1, id_="d", **metadata):
    return DocumentSummary(key, id_, "van-ban.docx", Metadata(**metadata), None, 3, "", ())


PLAN = {
    "kind": "Kế hoạch",
    "number": "64-KH/TU",
    "date": "2026-04-06",
    "issuer": "Ban Thường vụ Tỉnh ủy",
    "title": "Thực hiện Chỉ thị số 04-CT/TW",
}


@pytest.mark.parametrize(
    ("passage", "metadata", "place"),
    [
        (
            stored(path=("III. TỔ CHỨC", "1. Đảng ủy", "1.2. Chỉ đạo Sở"), page=3),
            PLAN,
            "mục III.1.2, Kế hoạch số 64-KH/TU ngày 06/4/2026 của Ban Thường vụ Tỉnh ủy thực hiện Chỉ thị "
            "số 04-CT/TW, tr. 3",
        ),
        (stored(path=("II. NHIỆM VỤ",), label="3."), {"kind": "Chỉ thị"}, "mục II.3, Chỉ thị"),
        (
            stored(path=("Chương I. QUY ĐỊNH CHUNG", "Điều 5. Hồ sơ", "2. Thành phần"), label="a)"),
            {"kind": "Nghị định", "number": "15/2024/NĐ-CP", "date": "2024"},
            "điểm a khoản 2 Điều 5, Nghị định số 15/2024/NĐ-CP năm 2024",
        ),
        (stored(path=("Phụ lục II. Danh mục", "1. Sở")), {"kind": "Đề án"}, "Phụ lục II, mục 1, Đề án"),
        (stored(), {}, "tệp van-ban.docx"),
        (stored(path=("Mở đầu",)), {"title": "Hà Nội phát triển"}, "Văn bản về Hà Nội phát triển"),
    ],
)  # fmt: skip
def test_citation(passage, metadata, place):
    assert citation_text(passage, summary(**metadata)) == f"“Xây dựng tủ sách.” ({place})"


@pytest.mark.parametrize(
    ("iso", "printed"),
    [
        ("2026-03-17", "ngày 17/3/2026"),
        ("2026-01-05", "ngày 05/01/2026"),
        ("2026-02", "tháng 02/2026"),
        ("2026", "năm 2026"),
        (None, ""),
    ],
)
def test_dates_as_documents_print_them(iso, printed):
    assert printed_date(iso) == printed


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Về công tác văn thư", "Kế hoạch về công tác văn thư"),
        ("Phát triển văn hóa đọc", "Kế hoạch về phát triển văn hóa đọc"),
        ("CHUYỂN ĐỔI SỐ", "Kế hoạch về CHUYỂN ĐỔI SỐ"),
    ],
)
def test_titles_read_on(title, line):
    assert document_line(Metadata(kind="Kế hoạch", title=title)) == line


def test_groups_hold_hits_of_a_section_in_reading_order():
    document = summary()
    places = [(3, 1, 30), (1, 0, 10), (2, 1, 20)]
    hits = [
        Hit(rank, 1 / rank, stored(key=key, section=section, start=start), document)
        for rank, (key, section, start) in enumerate(places, start=1)
    ]
    groups = group(hits)
    assert [[hit.stored.key for hit in found.hits] for found in groups] == [[2, 3], [1]]


def test_facets_count_documents():
    held = [summary(1, "a", kind="Kế hoạch", date="2026-05"), summary(2, "b", kind="Kế hoạch", date="2025")]
    assert [(facet.field, facet.value, facet.count) for facet in facets(held)] == [
        ("kind", "Kế hoạch", 2),
        ("year", "2025", 1),
        ("year", "2026", 1),
    ]


def test_the_nearest_heading_counts_most():
    weights = {"sở": 1.0, "giáo_dục": 3.0, "nhiệm_vụ": 0.0}
    passages = {
        1: stored(path=("II. NHIỆM VỤ", "1. Sở Giáo dục và Đào tạo")),
        2: stored(path=("1. Sở Giáo dục và Đào tạo", "a) Mục tiêu")),
        3: stored(path=("2. Sở Tài chính",)),
        4: stored(path=()),
    }
    scores = heading_scores(passages, weights, plain=False)
    assert scores[1] == 1.0
    assert 1 > scores[2] > scores[3] == 0.25
    assert 4 not in scores
