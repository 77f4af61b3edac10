import pytest

from corpus.types import Metadata
from web.wording import document_line, document_name, duration, iso_date, number, show_date, typed_date


@pytest.mark.parametrize(
    ("iso", "shown", "typed"),
    [
        ("2026-03-17", "17/03/2026", "17/3/2026"),
        ("2026-05", "tháng 5/2026", "5/2026"),
        ("2026", "năm 2026", "2026"),
        (None, None, ""),
    ],
)
def test_dates_are_shown_whole_or_partial(iso, shown, typed):
    assert show_date(iso) == shown
    assert typed_date(iso) == typed
    assert iso is None or iso_date(typed) == iso


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("17/3/2026", "2026-03-17"),
        (" 17-03-2026 ", "2026-03-17"),
        ("17.3.2026", "2026-03-17"),
        ("3/2026", "2026-03"),
        ("2026-03-17", "2026-03-17"),
        ("2026-03", "2026-03"),
        ("29/2/2028", "2028-02-29"),
        ("29/2/2026", None),
        ("31/4/2026", None),
        ("13/2026", None),
        ("0/2026", None),
        ("2026-00-10", None),
        ("0026", None),
        ("hôm qua", None),
        ("17/3/26", None),
        ("٢٠٢٦", None),
        ("<script>", None),
        ("", None),
    ],
)
def test_dates_are_read_as_officials_type_them(typed, iso):
    assert iso_date(typed) == iso


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (999, "999"), (12345, "12.345"), (1234567, "1.234.567")]
)
def test_counts_take_points(value, shown):
    assert number(value) == shown


@pytest.mark.parametrize(("ms", "shown"), [(0.2, "1 ms"), (12.4, "12 ms"), (1340, "1,3 giây")])
def test_durations(ms, shown):
    assert duration(ms) == shown


def test_a_document_line_says_that_the_number_is_missing_and_leaves_out_the_rest():
    assert document_line(Metadata(kind="Kế hoạch", date="2026-05")) == [
        "Kế hoạch",
        "không ghi số",
        "tháng 5/2026",
    ]


@pytest.mark.parametrize(
    ("metadata", "name"),
    [
        (Metadata(title="Về công tác giáo dục", kind="Chỉ thị"), "Về công tác giáo dục"),
        (Metadata(kind="Chỉ thị", number="04-CT/TW"), "Chỉ thị số 04-CT/TW"),
        (Metadata(kind="Chỉ thị"), "a.txt"),
    ],
)
def test_a_document_is_named_by_title_number_or_file(metadata, name):
    assert document_name(metadata, "a.txt") == name
