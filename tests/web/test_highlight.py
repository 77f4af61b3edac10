import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from web.highlight import excerpt, marked


@pytest.mark.parametrize(
    ("text", "spans", "html"),
    [
        ("Sở Giáo dục", [(3, 11)], "Sở <mark>Giáo dục</mark>"),
        ("a<b>c", [(1, 4)], "a<mark>&lt;b&gt;</mark>c"),
        ("a&b", [(0, 1), (2, 3)], "<mark>a</mark>&amp;<mark>b</mark>"),
        ("abcdef", [(3, 5), (0, 4)], "<mark>abcd</mark><mark>e</mark>f"),
        ("abc", [(2, 99), (5, 3), (-4, 1)], "<mark>a</mark>b<mark>c</mark>"),
        ("", [(0, 3)], ""),
    ],
)
def test_text_is_escaped_before_it_is_marked(text, spans, html):
    assert str(marked(text, spans)) == html


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), max_size=6))
def test_marking_never_changes_the_words(text, spans):
    html = str(marked(text, spans))
    assert re.sub(r"</?mark>", "", html) == str(escape(text))


def test_a_short_passage_is_shown_whole():
    found = excerpt("một hai ba", [(0, 3)], 100)
    assert (str(found.html), found.cut_before, found.cut_after) == ("<mark>một</mark> hai ba", False, False)


def test_a_long_passage_is_cut_at_words_around_what_was_found():
    text = "đầu " * 500 + "từ khóa cần tìm " + "cuối " * 500
    start = text.index("từ khóa")
    found = excerpt(text, [(start, start + 7)], 300)
    words = re.sub(r"</?mark>", "", str(found.html))
    assert "<mark>từ khóa</mark>" in found.html
    assert found.cut_before and found.cut_after
    assert len(words) <= 300
    assert set(words.split()) <= {"đầu", "từ", "khóa", "cần", "tìm", "cuối"}


@given(
    st.text("ab ", max_size=400), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=4)
)
def test_an_excerpt_is_a_slice_of_the_passage(text, spans):
    found = excerpt(text, spans, 50)
    words = re.sub(r"</?mark>", "", str(found.html))
    assert words in text
    assert len(words) <= 50
    assert found.cut_before or text.startswith(words)
    assert found.cut_after or text.endswith(words)
