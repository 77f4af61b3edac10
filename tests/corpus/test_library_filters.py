"""Filters by kind, issuer, date and document, and the counts beside them."""

import re

import pytest
from factories import make_document, make_library
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import LibraryError
from corpus.library import date_range

DOCUMENTS = {
    "day": make_document("Một.", kind="Kế hoạch", date="2026-05-17", issuer="Uỷ ban nhân dân tỉnh Bình An"),
    "month": make_document("Hai.", kind="KẾ HOẠCH", date="2026-05", issuer="ỦY BAN NHÂN DÂN TỈNH BÌNH AN"),
    "year": make_document("Ba.", kind="Chỉ thị", date="2025", issuer="Ban Bí thư"),
    "undated": make_document("Bốn.", kind="Chỉ thị", date=None, issuer=None),
    "wrong": make_document("Năm.", kind=None, date="2026-13", issuer=None),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with make_library(tmp_path_factory.mktemp("library"), *DOCUMENTS.values()) as opened:
        yield opened


def names(library, keys):
    by_key = {library.summary(document.id).key: name for name, document in DOCUMENTS.items()}
    return {by_key[key] for key in keys}


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"kinds": ["Kế hoạch"]}, {"day", "month"}),
        ({"kinds": ["ke hoach"]}, {"day", "month"}),
        ({"kinds": ["Kế hoạch", "Chỉ thị"]}, {"day", "month", "year", "undated"}),
        ({"kinds": ["Chỉ thị"], "issuers": ["ban bi thu"]}, {"year"}),
        ({"issuers": ["Ủy ban nhân dân tỉnh Bình An"]}, {"day", "month"}),
        ({"kinds": ["Thực đơn"]}, set()),
        ({"kinds": ["' OR 1=1 --"]}, set()),
        ({"kinds": ["\udcff"]}, set()),
        ({"date_from": "2026-05-17"}, {"day", "month"}),
        ({"date_from": "2026-05-18"}, {"month"}),
        ({"date_to": "2026-05-16"}, {"month", "year"}),
        ({"date_from": "2026", "date_to": "2026"}, {"day", "month"}),
        ({"date_from": "2025-06", "date_to": "2025-07-01"}, {"year"}),
        ({"date_from": "2027", "date_to": "2024"}, set()),
        ({"documents": [DOCUMENTS["wrong"].id]}, {"wrong"}),
        ({"documents": ["unknown"]}, set()),
        ({"documents": [DOCUMENTS["day"].id, DOCUMENTS["year"].id], "kinds": ["chi thi"]}, {"year"}),
    ],
)
def test_select(library, conditions, found):
    assert names(library, library.select(**conditions)) == found


def test_no_condition_is_none(library):
    assert library.select() is None
    assert library.select([], (), None, None, []) is None
    assert library.select(date_from="", date_to="") is None


@pytest.mark.parametrize("date", ["hôm qua", "2026-02-30", "17/5/2026", "2026-5", "0000"])
def test_what_is_no_date_is_told(library, date):
    with pytest.raises(LibraryError, match="năm-tháng-ngày"):
        library.select(date_from=date)


def test_facets_count_spellings_together(library):
    facets = library.facets()
    assert facets["kind"] == {"Kế hoạch": 2, "Chỉ thị": 2}
    assert facets["issuer"] == {"Uỷ ban nhân dân tỉnh Bình An": 2, "Ban Bí thư": 1} or facets["issuer"] == {
        "ỦY BAN NHÂN DÂN TỈNH BÌNH AN": 2,
        "Ban Bí thư": 1,
    }
    assert facets["year"] == {"2026": 2, "2025": 1}


def test_facets_of_some(library):
    keys = library.select(kinds=["chi thi"])
    assert library.facets(keys) == {"kind": {"Chỉ thị": 2}, "issuer": {"Ban Bí thư": 1}, "year": {"2025": 1}}
    assert library.facets([]) == {"kind": {}, "issuer": {}, "year": {}}


@pytest.mark.parametrize(
    ("date", "days"),
    [
        ("2026", ("2026-01-01", "2026-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2026-02", ("2026-02-01", "2026-02-28")),
        ("2026-05-17", ("2026-05-17", "2026-05-17")),
        ("2026-00", None),
        ("2026-05-00", None),
        ("٢٠٢٦", None),
        ("2026\n", None),
        (None, None),
    ],
)
def test_date_range(date, days):
    assert date_range(date) == days


@given(st.dates())
def test_every_day_lies_in_its_month_and_year(day):
    text = day.isoformat()
    assert date_range(text) == (text, text)
    for partial in (text[:7], text[:4]):
        first, last = date_range(partial)
        assert first <= text <= last
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", edge) for edge in (first, last))
