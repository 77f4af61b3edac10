import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from search_api.types import Filters
from web.asking import Asked, read


def test_an_address_is_read_whole():
    asked, problems = read(
        QueryParams(
            "q=giáo++dục&kind=Kế hoạch&kind=Chỉ thị&kind=Kế hoạch&issuer=A"
            "&from=17/3/2026&to=2026&document=ab&literal=1&k=20"
        )
    )
    assert problems == ()
    assert asked == Asked(
        "giáo dục", ("Kế hoạch", "Chỉ thị"), ("A",), ("ab",), "2026-03-17", "2026", 20, literal=True
    )
    assert asked.filters == Filters(("Kế hoạch", "Chỉ thị"), ("A",), "2026-03-17", "2026", ("ab",))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("k=0", "từ 1 đến 100"),
        ("k=101", "từ 1 đến 100"),
        ("k=-1", "từ 1 đến 100"),
        ("k=mười", "từ 1 đến 100"),
        ("k=1e3", "từ 1 đến 100"),
        ("k=²", "từ 1 đến 100"),
        ("from=hôm qua", "Từ ngày"),
        ("to=31/2/2026", "Đến ngày"),
        ("from=2027&to=2026", "đứng sau"),
        ("from=2026-05&to=2026-04-30", "đứng sau"),
    ],
)
def test_what_cannot_be_read_is_said(query, said):
    _, problems = read(QueryParams("q=a&" + query))
    assert len(problems) == 1
    assert said in problems[0]


@pytest.mark.parametrize("query", ["from=2026&to=5/2026", "from=2026-05&to=2026", "from=5/2026&to=5/2026"])
def test_partial_dates_that_overlap_are_a_range(query):
    assert read(QueryParams("q=a&" + query))[1] == ()


def test_a_question_is_one_line_of_visible_characters():
    asked, _ = read(QueryParams({"q": " a\x00b\r\nc\u200bd " + "x" * 9_000}))
    assert asked.q.startswith("a b c d x")
    assert len(asked.q) == 2_000


def test_a_value_is_toggled_and_paging_starts_again():
    asked = Asked(q="a", kinds=("X",), k=30)
    assert asked.toggle("kinds", "Y") == Asked(q="a", kinds=("X", "Y"))
    assert asked.toggle("kinds", "X") == Asked(q="a")


_LINES = st.text(max_size=40).map(lambda text: " ".join("".join(filter(str.isprintable, text)).split()))
_VALUES = st.lists(_LINES.filter(bool), max_size=3, unique=True).map(tuple)
_DATES = st.sampled_from([None, "2026", "2026-03", "2026-03-17"])


@given(
    st.builds(
        Asked,
        q=_LINES,
        kinds=_VALUES,
        issuers=_VALUES,
        documents=_VALUES,
        date_from=st.none(),
        date_to=_DATES,
        k=st.integers(1, 100),
        literal=st.booleans(),
        older=st.booleans(),
    )
)
def test_an_address_says_what_was_asked(asked):
    assert read(QueryParams(asked.url.partition("?")[2])) == (asked, ())
