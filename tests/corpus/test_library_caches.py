"""Caches give back what was put, by space, and may be emptied without harm."""

import pytest
from factories import make_document, make_library
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.library import Library, text_hash


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with Library.open(tmp_path_factory.mktemp("library"), create=True) as opened:
        yield opened


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])).map(text_hash), st.binary()))
def test_comes_back_as_put(library, values):
    for cache in (library.analyses, library.embeddings):
        cache.prune("s", [])
        cache.put("s", values)
        assert cache.get("s", values) == values
        assert cache.get("other", values) == {}
        assert cache.get("s", []) == {}
        assert cache.get("s", ["0" * 32]) == {}


def test_put_replaces_and_prune_keeps(library):
    cache = library.embeddings
    cache.put("a", {"1": b"old", "2": b"two"})
    cache.put("a", {"1": b"new"})
    cache.put("b", {"1": b"other"})
    cache.put("b", {})
    assert cache.get("a", ["1", "2", "3"]) == {"1": b"new", "2": b"two"}
    assert cache.prune("a", ["2", "9"]) == 1
    assert cache.get("a", ["1", "2"]) == {"2": b"two"}
    assert cache.get("b", ["1"]) == {"1": b"other"}
    assert {name: n for name, n in cache.spaces().items() if name in "ab"} == {"a": 1, "b": 1}


def test_large_batches(library):
    values = {text_hash(str(n)): n.to_bytes(4, "big") for n in range(40_000)}
    library.analyses.put("large", values)
    assert library.analyses.get("large", values) == values
    assert library.analyses.prune("large", list(values)[:10]) == len(values) - 10


def test_caches_are_no_part_of_the_content(tmp_path):
    document = make_document()
    with make_library(tmp_path, document) as opened:
        before = opened.contents()
        opened.embeddings.put("m", {"1": b"x"})
        assert opened.contents() == before
        opened.remove(document.id)
        assert opened.embeddings.get("m", ["1"]) == {"1": b"x"}


def test_hash_is_the_same_on_every_machine():
    assert text_hash("Điều 1.") == text_hash("Điều 1.")
    assert len({text_hash(text) for text in ("", "a", "A", "à", "a\u0300", "\ud800")}) == 6
    assert text_hash("") == "cae66941d9efbd404e4d88758ea67670"
