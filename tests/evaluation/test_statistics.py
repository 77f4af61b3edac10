"""Intervals and tests against chance."""

import random

import pytest

from evaluation.statistics import difference, holm, interval


def noisy(shift: float, n: int = 150, seed: int = 1) -> tuple[list[float], list[float]]:
    draw = random.Random(seed)
    first = [draw.random() for _ in range(n)]
    return first, [value + shift + draw.gauss(0, 0.2) for value in first]


def test_equal_runs_differ_by_nothing():
    found = difference([0.1, 0.5, 1.0], [0.1, 0.5, 1.0])
    assert (found.mean, found.low, found.high, found.p, found.wins, found.losses) == (0, 0, 0, 1, 0, 0)


def test_a_real_difference_is_told_from_chance():
    found = difference(*noisy(0.1))
    assert 0 < found.low < found.mean < found.high < 0.2
    assert found.p < 0.001
    assert found.wins > found.losses


def test_chance_alone_is_rarely_taken_for_a_difference():
    pairs = [noisy(0.0, seed=seed) for seed in range(40)]
    assert sum(difference(*pair).p < 0.05 for pair in pairs) <= 5


def test_the_randomisation_test_is_exact_where_it_can_be_counted():
    # Five differences of one sign: 2 of 32 sign patterns are as extreme.
    assert difference([0.0] * 5, [1.0] * 5).p == pytest.approx(2 / 32, abs=0.01)


def test_the_interval_holds_the_mean_and_narrows_with_more_questions():
    few, many = interval([0.0, 1.0] * 10), interval([0.0, 1.0] * 1000)
    assert few[0] < many[0] < 0.5 < many[1] < few[1]
    assert many[1] - many[0] == pytest.approx(2 * 1.96 * 0.5 / 2000**0.5, rel=0.1)


def test_same_figures_every_time():
    assert difference(*noisy(0.01)) == difference(*noisy(0.01))


@pytest.mark.parametrize(
    ("values", "corrected"),
    [([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]), ([0.5, 0.9], [1.0, 1.0]), ([], []), ([0.02], [0.02])],
)
def test_holm(values, corrected):
    assert holm(values) == pytest.approx(corrected)
