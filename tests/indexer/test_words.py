"""The one place that calls the segmenter."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.words import segmented, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  .,;–  ", []),
        ("Sở Giáo dục và Đào tạo", ["sở", "giáo_dục", "và", "đào_tạo"]),
        ("Chỉ thị 04-CT/TW ngày 17/3/2026", ["chỉ_thị", "04-ct/tw", "ngày", "17/3/2026"]),
        ("hoá đơn", ["hóa", "đơn"]),
        ("\u200bgiáo\u00ad dục", ["giáo_dục"]),
        ("tra\ud800 cứu", ["tra", "cứu"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text(st.characters(), max_size=200))
def test_any_text_gives_words_without_blanks_or_capitals(text: str) -> None:
    for word in words(text):
        assert word and not any(char.isspace() for char in word)
        assert word == word.lower()


@pytest.mark.parametrize("text", ["a." * 20_000, "x" * 1_000_000, "tra cứu " * 5_000])
def test_nothing_makes_the_segmenter_slow(text: str) -> None:
    assert words(text)  # each of these took it half a minute or more


def test_segmented_keeps_case_and_punctuation() -> None:
    assert segmented("Nhiệm vụ của giáo dục, năm 2026.") == "Nhiệm_vụ của giáo_dục , năm 2026 ."


def test_several_threads_may_segment_first() -> None:
    code = (
        "from concurrent.futures import ThreadPoolExecutor as P\n"
        "from indexer.words import words\n"
        "with P(8) as pool: assert len({tuple(w) for w in pool.map(words, ['giáo dục'] * 8)}) == 1\n"
        "import sys\n"
        "assert 'torch' not in sys.modules, 'torch'\n"
        "assert 'underthesea' not in sys.modules, 'the stand-in was left behind'\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_threads_agree() -> None:
    texts = ["Sở Giáo dục và Đào tạo", "kế hoạch chuyển đổi số"] * 50
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(words, texts)) == [words(text) for text in texts]
