"""One analyser for passages and queries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import INDEXED, analyse, analysis_of
from indexer.words import words


def test_every_field_of_a_text() -> None:
    found = analyse("Chỉ thị 04-CT/TW về giáo dục")
    assert found.words == ["chỉ_thị", "04-ct/tw", "về", "giáo_dục"]
    assert found.syllables == ["chỉ", "thị", "04", "ct", "tw", "về", "giáo", "dục"]
    assert found.bigrams == ["chỉ_thị", "thị_04", "04_ct", "ct_tw", "tw_về", "về_giáo", "giáo_dục"]
    assert found.folded_bigrams == ["chi_thi", "thi_04", "04_ct", "ct_tw", "tw_ve", "ve_giao", "giao_duc"]
    assert found.folded == ["chi", "thi", "04", "ct", "tw", "ve", "giao", "duc"]


@pytest.mark.parametrize("text", ["", "…", "   "])
def test_text_without_words_has_no_tokens(text: str) -> None:
    assert not any(getattr(analyse(text), field) for field in INDEXED)


@given(st.text(max_size=120))
def test_a_cached_segmentation_gives_the_same_analysis(text: str) -> None:
    kept = " ".join(words(text)).split()
    assert analysis_of(kept) == analyse(text)
