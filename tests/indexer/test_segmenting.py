"""Many texts are segmented in several processes, to the same end."""

import subprocess
import sys

import pytest

from indexer import segmenting
from indexer.segmenting import segment_all
from indexer.words import words

TEXTS = ["Sở Giáo dục và Đào tạo", "", "kinh phí năm 2026"] * 20


@pytest.mark.slow
def test_processes_give_what_one_process_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segmenting, "_WORTH_IT", 1)
    assert segment_all(TEXTS) == [words(text) for text in TEXTS]


def test_few_texts_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(segmenting, "ProcessPoolExecutor")
    assert segment_all(TEXTS) == [words(text) for text in TEXTS]


@pytest.mark.slow
def test_a_program_that_cannot_be_started_again_still_gets_its_words() -> None:
    program = (
        "from indexer import segmenting\n"
        "segmenting._WORTH_IT = 1\n"
        "assert segmenting.segment_all(['kinh phí', 'giáo dục']) == [['kinh_phí'], ['giáo_dục']]\n"
    )
    # Read from stdin there is no file to start a process from, and no guard against doing so.
    done = subprocess.run([sys.executable, "-"], input=program.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
