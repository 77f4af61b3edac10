"""Agreement, against the worked examples of the papers that the formulas come from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from evaluation.judging.agreement import WEIGHTS, alpha, alpha_interval, kappa
from evaluation.judging.wording import figure, reading

COHEN_1968 = [[44, 7, 9], [5, 20, 5], [1, 3, 6]]
"""Table 1 of "Weighted kappa", as counts of 100."""
COHEN_1968_COST = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]

# Section C of "Computing Krippendorff's Alpha-Reliability": four observers, twelve units, "." missing.
KRIPPENDORFF = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]
# The example of the article in Wikipedia: three coders, fifteen units.
WIKIPEDIA = [
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
]
GRADES = (0, 1, 2)
pairs = st.lists(st.tuples(st.sampled_from(GRADES), st.sampled_from(GRADES)), min_size=1, max_size=40)
units_of_grades = st.lists(st.lists(st.sampled_from(GRADES), max_size=4), max_size=30)


def from_table(table):
    return [(a, b) for a, row in enumerate(table) for b, count in enumerate(row) for _ in range(count)]


def units(rows):
    columns = zip(*(row.split() for row in rows), strict=True)
    return [[int(value) for value in column if value != "."] for column in columns]


def test_plain_kappa_of_two_by_two():
    """Yes/no by two readers of fifty grant proposals: .4 (the example of the article in Wikipedia)."""
    assert kappa(from_table([[20, 5], [10, 15]]), (0, 1)) == pytest.approx(0.4)


def test_cohen_1968_plain_and_weighted():
    assert kappa(from_table(COHEN_1968), GRADES) == pytest.approx(0.492, abs=0.0005)
    weighted = kappa(from_table(COHEN_1968), GRADES, lambda a, b: COHEN_1968_COST[a][b])
    assert weighted == pytest.approx(0.348, abs=0.0005)


@given(pairs)
@pytest.mark.parametrize(
    ("name", "sklearn_name"), [("plain", None), ("linear", "linear"), ("quadratic", "quadratic")]
)
def test_kappa_is_scikit_learns(name, sklearn_name, pairs):
    found = kappa(pairs, GRADES, WEIGHTS[name])
    if found is None:  # one and the same grade always: scikit-learn warns and gives nan
        assert len({grade for pair in pairs for grade in pair}) == 1
        return
    theirs = cohen_kappa_score(*zip(*pairs, strict=True), labels=list(GRADES), weights=sklearn_name)
    assert found == pytest.approx(theirs)


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_krippendorff_2011(level, published):
    assert alpha(units(KRIPPENDORFF), (1, 2, 3, 4, 5), level) == pytest.approx(published, abs=0.0005)


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.691), ("interval", 0.811)])
def test_wikipedias_example(level, published):
    assert alpha(units(WIKIPEDIA), (1, 2, 3, 4), level) == pytest.approx(published, abs=0.0005)


@given(units_of_grades)
def test_alpha_does_not_mind_the_order_of_anything(found):
    once = alpha(found, GRADES)
    again = alpha([unit[::-1] for unit in reversed(found)], GRADES)
    assert once == again or once == pytest.approx(again)
    assert once is None or once <= 1


def test_nothing_to_agree_on():
    assert kappa([], GRADES) is None
    assert kappa([(2, 2), (2, 2)], GRADES) is None
    assert alpha([[1], [], [2]], GRADES) is None
    assert alpha([[1, 1], [1, 1]], GRADES) is None
    assert alpha_interval([[[0, 1]]], GRADES) is None


def test_full_agreement_and_its_interval():
    queries = [[[0, 0], [2, 2], [1, 1]]] * 5
    assert alpha([unit for query in queries for unit in query], GRADES) == 1
    assert alpha_interval(queries, GRADES) == (1, 1)


def test_the_interval_holds_the_value_and_is_wider_with_fewer_queries():
    query_a, query_b = [[0, 0], [2, 2], [1, 2]], [[0, 1], [2, 2], [0, 0], [1, 0]]
    few, many = [query_a, query_b] * 3, [query_a, query_b] * 30
    value = alpha([unit for query in many for unit in query], GRADES)
    low, high = alpha_interval(many, GRADES)
    assert low < value < high
    wide_low, wide_high = alpha_interval(few, GRADES)
    assert wide_high - wide_low > high - low


@pytest.mark.parametrize(
    ("value", "said"), [(None, "chưa tính được"), (0.9, "tin cậy"), (0.7, "dè dặt"), (0.2, "thống nhất")]
)
def test_reading(value, said):
    assert said in reading(value)


@pytest.mark.parametrize(("value", "written"), [(None, "chưa có"), (0.8154, "0,815"), (-0.25, "−0,250")])
def test_figure(value, written):
    assert figure(value) == written
