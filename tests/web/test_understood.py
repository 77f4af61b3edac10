"""What the results page says was understood: every step in words, and what else is searched."""

import pytest

from search_api.types import Query, Reading, Response, Understanding
from web.asking import Asked
from web.views import results_view


def shown(query):
    response = Response(query, (), (), (), 1.0, "g")
    return results_view(Asked(q=query.typed), response, str, lambda _: False)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            Query("tuyen giao", "tuyên giáo", readings=(Reading("tuyển giao", 0.6),),
                  understandings=(Understanding("accents", "tuyen giao", "tuyên giáo"),)),
            ("thêm dấu: “tuyen giao” thành “tuyên giáo”", "cũng tìm “tuyển giao”"),
        ),
        (
            Query("cơ sỡ", "cơ sở", readings=(Reading("cơ sỡ", 0.8),),
                  understandings=(Understanding("slip", "sỡ", "sở"),)),
            ("sửa lỗi gõ: “sỡ” thành “sở”", "cũng tìm “cơ sỡ”"),
        ),
        (  # the sentence says already what else is searched
            Query("Sở Giáo dục", "Sở Giáo dục", readings=(Reading("Sở Giáo dục và Đào tạo", 0.7),),
                  understandings=(Understanding("body", "Sở Giáo dục", "Sở Giáo dục và Đào tạo"),)),
            ("cơ quan: “Sở Giáo dục” là “Sở Giáo dục và Đào tạo”",),
        ),
        (
            Query("UBND xã", "Ủy ban nhân dân xã", readings=(Reading("UBND xã", 1.0),),
                  understandings=(Understanding("abbreviation", "UBND", "Ủy ban nhân dân"),)),
            ("viết tắt: “UBND” là “Ủy ban nhân dân”",),
        ),
    ],
)  # fmt: skip
def test_what_is_said(query, said):
    view = shown(query)
    assert view.understood == said
    assert view.text == query.text
    assert view.other_way.text == "tìm nguyên văn"
    assert "literal=1" in view.other_way.url


def test_nothing_is_said_where_nothing_was_read_into_it():
    view = shown(Query("giáo dục", "giáo dục"))
    assert (view.understood, view.other_way) == ((), None)
