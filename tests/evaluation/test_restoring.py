"""Measuring how well accents come back: what is asked, what is counted."""

from evaluation.disturbing import stripped
from evaluation.restoring import restored, sentences


def test_sentences_are_of_a_length_that_is_asked():
    texts = [
        "Một hai ba bốn năm. Ngắn quá. " + "dài " * 70 + "\nSở Giáo dục và Đào tạo",
        "không lấy",
        "cũng không",
    ]
    assert sorted(sentences(texts, 10)) == ["Một hai ba bốn năm", "Sở Giáo dục và Đào tạo"]
    assert len(sentences(["một hai ba bốn. " * 9], 4)) == 4


def test_every_syllable_is_counted():
    given = ["Nhiệm vụ của Sở Giáo dục", "Thủy lợi 2026, hòa bình"]
    found = restored("thử", given, "stripped", stripped)
    assert (found.sentences, found.syllables, found.right) == (2, 10, 1.0)
    typed = restored("thử", given, "typed", str)
    assert typed.right == 1.0
    spoilt = restored("thử", given, "spoilt", lambda text: "x" + text[1:])
    assert spoilt.right < 0.9
