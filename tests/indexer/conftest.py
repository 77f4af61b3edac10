"""What the indexer's tests share."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from fakes import FakeEncoder

from indexer.analysis import analyse
from indexer.lexical import LexicalIndex, LexicalWriter


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture
def lexical(tmp_path: Path):
    """Builds a lexical index of texts: passage key = position, document key = position // 2."""

    def build(texts: Iterable[str]) -> LexicalIndex:
        writer = LexicalWriter(tmp_path / "lexical")
        for key, text in enumerate(texts):
            analysis = analyse(text)
            writer.add(key, key // 2, [analysis], analysis)
        writer.commit()
        return LexicalIndex(tmp_path / "lexical")

    return build
