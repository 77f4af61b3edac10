"""Suggestions while somebody types: what is found, in which order, over HTTP."""

import random

import pytest

from search_api.suggest import Suggestions
from search_api.suggest.entries import Entry
from search_api.suggest.matching import Matcher, pieces, read

HELD = [
    Entry("document", "Kế hoạch 64-KH/TU", "Phát triển văn hóa đọc", "d1", 0.5),
    Entry("document", "Chỉ thị 04-CT/TW", "Về hoạt động xuất bản", "d2", 0.5),
    Entry("term", "Sở Giáo dục và Đào tạo", weight=1.2),
    Entry("term", "giáo dục", weight=0.8),
    Entry("term", "văn hóa", weight=0.7),
    Entry("term", "giao dịch", weight=0.3),
    Entry("heading", "Tổ chức thực hiện", weight=0.6),
    Entry("heading", "Sở Giáo dục và Đào tạo tỉnh", weight=0.3),
    Entry("heading", "Mục tiêu giáo dục", weight=0.2),
]
SUGGESTIONS = Suggestions(HELD)


def texts(typed, limit=8):
    return [one.text for one in SUGGESTIONS.find(typed, limit)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("g", "giáo dục"),
        ("giao", "giáo dục"),
        ("giáo", "giáo dục"),
        ("giao d", "giáo dục"),
        ("giao di", "giao dịch"),
        ("so gi", "Sở Giáo dục và Đào tạo"),
        ("sở giáo dục và đ", "Sở Giáo dục và Đào tạo"),
        ("SỞ GIÁO", "Sở Giáo dục và Đào tạo"),
        ("dao tao", "Sở Giáo dục và Đào tạo"),
        ("van hoa", "văn hóa"),
        ("văn hoá", "văn hóa"),
        ("  van", "văn hóa"),
        ("64", "Kế hoạch 64-KH/TU"),
        ("64-k", "Kế hoạch 64-KH/TU"),
        ("64kh", "Kế hoạch 64-KH/TU"),
        ("ke hoach 64", "Kế hoạch 64-KH/TU"),
        ("04-CT/TW", "Chỉ thị 04-CT/TW"),
        ("xuất b", "Chỉ thị 04-CT/TW"),
        ("to chuc", "Tổ chức thực hiện"),
        ("thực hiện", "Tổ chức thực hiện"),
    ],
)
def test_what_was_typed_is_found_first(typed, first):
    assert texts(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "   ", "zzz", "giao xyz", "!?", "04-CT/TU"])
def test_nothing_is_suggested_for_nothing(typed):
    assert texts(typed) == []


def test_a_closed_word_is_whole():
    assert "giao dịch" in texts("giao d")
    assert texts("gia ") == []


def test_no_kind_crowds_out_the_others():
    many = [Entry("heading", f"giáo dục {n}", weight=0.9) for n in range(20)]
    found = Suggestions([*many, *HELD]).find("giao", 6)
    assert len(found) == 6
    assert [one.kind for one in found].count("heading") == 3


def test_the_limit_holds():
    assert [len(texts("g", limit)) for limit in (1, 2)] == [1, 2]


def test_what_was_typed_is_marked():
    (found,) = [one for one in SUGGESTIONS.find("so giao d", 8) if one.kind == "term"]
    assert [found.text[start:end] for start, end in found.highlights] == ["Sở", "Giáo", "d", "Đ"]


def test_a_matcher_finds_what_looking_at_every_text_finds():
    chance = random.Random(5)
    words = ["an", "anh", "ba", "ban", "bang", "ca", "cao", "da", "dat", "12", "123"]
    held = [" ".join(chance.choices(words, k=chance.randint(1, 5))) for _ in range(300)]
    matcher = Matcher(held, [0.0] * len(held))
    for typed in ["an", "ba b", "an ca ", "1", "cao an d", "ban ", "x", "ba ba ba", "12"]:
        asked = read(typed)
        *whole, last = asked.folded
        wanted = {
            number
            for number, text in enumerate(held)
            if all(word in pieces(text) for word in whole)
            and (any(word.startswith(last) for word in pieces(text)) if asked.open else last in pieces(text))
        }
        if len(typed) > 1:
            assert {number for number, _ in matcher.find(asked, 1_000)} == wanted
    starts = [held[number] for number, _ in matcher.find(read("ba"), 300)]
    assert [text.startswith("ba") for text in starts] == sorted(
        (text.startswith("ba") for text in starts), reverse=True
    )


def test_an_engine_suggests_what_its_library_holds(engine):
    found = {(one.kind, one.text) for typed in ("sở g", "18-", "tu sach") for one in engine.suggest(typed)}
    assert ("term", "Sở Giáo dục và Đào tạo") in found
    assert ("document", "Chương trình 18-CTr/TU") in found


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("gd&dt", "Sở Giáo dục và Đào tạo"),  # short
        ("so giaso duc", "Sở Giáo dục và Đào tạo"),  # a slip
        ("sowr giaos d", "Sở Giáo dục và Đào tạo"),  # keys left over
    ],
)
def test_where_nothing_begins_so_it_is_read_as_a_query(engine, typed, expected):
    assert expected in [one.text for one in engine.suggest(typed)]


@pytest.mark.parametrize("typed", ["\x00", "a" * 5_000, '"', "-", "loại:", "%_", "\ud800", "ﬀ ß İ", "١٢"])
def test_nothing_typed_breaks_it(engine, typed):
    assert isinstance(engine.suggest(typed), list)


def test_over_http(client):
    answer = client.get("/api/suggest", params={"q": "so giao", "limit": 3})
    assert answer.status_code == 200
    found = answer.json()
    assert found["query"] == "so giao"
    first = found["suggestions"][0]
    assert first["text"] == "Sở Giáo dục và Đào tạo"
    assert first["highlights"] == [[0, 2], [3, 7]]
    assert first["url"].startswith("/search?q=S%E1%BB%9F")
    document = client.get("/api/suggest", params={"q": "18-CTr"}).json()["suggestions"][0]
    assert document["url"].startswith("/documents/")
    assert client.get(document["url"].replace("/documents", "/api/documents")).status_code == 200
    assert client.get("/api/suggest", params={"q": ""}).json()["suggestions"] == []


@pytest.mark.parametrize("params", [{}, {"q": "a", "limit": 0}, {"q": "a", "limit": 21}, {"q": "a" * 2_001}])
def test_wrong_parameters_are_said(client, params):
    answer = client.get("/api/suggest", params=params)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid"
