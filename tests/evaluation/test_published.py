"""The proof that the harness is right: a figure that others have published for the same data."""

from pathlib import Path

import pytest
from fakes import FakeEncoder

from evaluation.asking import Asker
from evaluation.collection import indexed
from evaluation.configurations import configuration
from evaluation.judged_sets import judged_set
from evaluation.measures import mean


@pytest.mark.slow
@pytest.mark.shared
def test_bm25_on_plain_syllables_is_as_published(shared_dir: Path, tmp_path: Path):
    """XQuAD-vi: .958 by the public benchmark's BM25, which splits at spaces as our syllables do."""
    judged = judged_set(str(shared_dir / "retrieval" / "xquad_vi"))
    assert (len(judged.topics), judged.collection.name) == (1182, "xquad_vi")
    encoder = FakeEncoder()  # has no say in this configuration
    directory, _ = indexed(judged.collection, encoder, tmp_path)
    with Asker(directory, None, judged.topics, encoder) as asker:
        (found,) = asker.outcomes([configuration("syllables")])
    assert mean(found.scores)["nDCG@10"] == pytest.approx(0.958, abs=0.005)
