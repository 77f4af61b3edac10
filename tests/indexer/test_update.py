"""From a library to a published generation, and only what changed."""

from pathlib import Path

import pytest
from factories import make_document, make_library
from fakes import FakeEncoder

from indexer.analysis import analyse
from indexer.index import Index
from indexer.update import rebuild, update


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


def texts_found(library, ranked):
    stored = library.passages([key for key, _ in ranked])
    return [stored[key].passage.text for key, _ in ranked]


def test_a_library_becomes_searchable(tmp_path: Path, encoder: FakeEncoder) -> None:
    with make_library(tmp_path, make_document()) as library:
        report = update(library, encoder)
        assert report.published
        with Index.open(tmp_path) as index:
            query = "kinh phí của Sở Tài chính"
            found = texts_found(library, index.lexical(analyse(query), 3))
            assert found[0] == "Bố trí kinh phí thực hiện Kế hoạch."
            found = texts_found(library, index.dense(encoder.encode_queries([query])[0], 3))
            assert found[0] == "Bố trí kinh phí thực hiện Kế hoạch."
