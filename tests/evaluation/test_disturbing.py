"""Questions typed badly: what each way does, and that a seed always does the same."""

import random

import pytest

from corpus.text import fold
from evaluation.disturbing import WAYS, disturbed, half_stripped, slipped, stripped
from evaluation.judged_sets import judged_set

QUESTION = "Điều kiện thành lập doanh nghiệp năm 2026 của người lao động"


def test_stripped_keeps_letters_and_capitals():
    assert stripped("Đường 3/2, Ủy ban NHÂN DÂN") == "Duong 3/2, Uy ban NHAN DAN"


def test_about_half_of_the_words_lose_their_accents():
    words = ["nghiệp"] * 1_000
    kept = half_stripped(" ".join(words), random.Random(1)).split().count("nghiệp")
    assert 440 < kept < 560


def test_a_slip_spoils_one_word():
    for seed in range(200):
        typed = slipped(QUESTION, random.Random(seed)).split()
        words = QUESTION.split()
        if len(typed) < len(words):
            assert "".join(typed) == "".join(words)
        else:
            assert sum(one != other for one, other in zip(typed, words, strict=True)) <= 1


def test_every_kind_of_slip_happens():
    seen = {slipped("trường học", random.Random(seed)) for seed in range(600)}
    assert {"trườnghọc", "trương học", "tường học", "trường hcọ", "trường hóc", "trường jọc"} <= seen


@pytest.mark.parametrize("typed", ["", "2026", "a b c", "18/2025/QĐ-UBND"])
def test_where_there_is_no_word_nothing_slips(typed):
    assert slipped(typed, random.Random(3)) == typed


@pytest.mark.parametrize("way", sorted(WAYS))
def test_a_judged_set_is_spoilt_the_same_way_every_time(way):
    judged = judged_set("sample")
    one, other = disturbed(judged, way), disturbed(judged, way)
    assert [topic.text for topic in one.topics] == [topic.text for topic in other.topics]
    assert [topic.judgement for topic in one.topics] == [topic.judgement for topic in judged.topics]
    assert one.questions != judged.questions
    changed = sum(a.text != b.text for a, b in zip(one.topics, judged.topics, strict=True))
    assert changed > 0.6 * len(judged.topics)
    if way != "slip":
        assert all(fold(a.text) == fold(b.text) for a, b in zip(one.topics, judged.topics, strict=True))
