"""Adapting a model to a library: written only where it helps."""

import hashlib
import json

import numpy as np
import pytest

pytest.importorskip("torch")

from corpus.ingest import read_document
from corpus.library import Library
from indexer.encoders import load_encoder
from indexer.training.adapt import adapt, judge_of, leaves
from indexer.training.export import export
from indexer.training.vocabulary import choose

THINGS = ["lúa", "rừng", "biển", "trường", "chợ", "đường", "thuốc", "thuế", "nhà", "xe", "chè", "cá"]
ACTS = ["trồng", "giữ", "mở", "sửa", "bán", "xây", "cấp", "thu"]


def text(number: int) -> str:
    lines = ["KẾ HOẠCH", f"Về việc số {number}", ""]
    for index, thing in enumerate(THINGS):
        lines += [f"{index + 1}. Công tác {thing} khu {number}", ""]
        for act in ACTS:
            lines += [f"- Các xã {act} {thing} theo đúng lịch đã giao trong năm và báo cáo kịp thời.", ""]
    return "\n".join(lines)


def library(directory, count: int) -> Library:
    held = Library.open(directory / "library", create=True)
    for number in range(count):
        path = directory / f"{number}.txt"
        path.write_text(text(number), "utf-8")
        held.add(read_document(path), path)
    return held


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    return library(tmp_path_factory.mktemp("adapt"), 6)


@pytest.fixture(scope="module")
def model(held, tmp_path_factory):
    """A model of random vectors over the library's words: it has everything to learn."""
    from collections import Counter

    counts = Counter(word for leaf in leaves(held) for word in f"{leaf.heading} {leaf.text}".split())
    tokens = choose(counts, 500, least=1)
    vectors = np.random.default_rng(0).standard_normal((len(tokens), 16)).astype(np.float32)
    directory = tmp_path_factory.mktemp("model") / "start"
    export(directory, tokens, vectors, "# start\n")
    return directory


def hashed(directory):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in directory.glob("*.*")}


def test_too_little_to_learn_from_is_refused(tmp_path, model):
    small = Library.open(tmp_path / "small", create=True)
    found = adapt(small, model, tmp_path / "out")
    assert found.refused is not None
    assert "còn ít văn bản" in found.refused
    assert not (tmp_path / "out").exists()


def test_a_model_that_does_not_get_better_is_not_written(held, model, tmp_path):
    found = adapt(held, model, tmp_path / "out", judge=lambda encoder: np.full(30, 0.5))
    assert found.refused is not None
    assert "0.500 → 0.500" in found.refused
    assert list(tmp_path.iterdir()) == []


def test_an_adapted_model_is_written_where_it_helps(held, model, tmp_path):
    values = iter([np.full(30, 0.4), np.full(30, 0.6)])
    found = adapt(held, model, tmp_path / "out", judge=lambda encoder: next(values))
    assert found.refused is None
    assert (found.before, found.after) == (pytest.approx(0.4), pytest.approx(0.6))
    encoder = load_encoder(str(tmp_path / "out"))
    assert encoder.encode_queries(["lúa"]).shape == (1, 16)
    again = iter([np.full(30, 0.4), np.full(30, 0.6)])
    adapt(held, model, tmp_path / "again", judge=lambda encoder: next(again))
    assert hashed(tmp_path / "out") == hashed(tmp_path / "again")


def test_judged_by_quotes_from_the_library(held, model, tmp_path):
    file = tmp_path / "queries.jsonl"
    quote = "Các xã trồng lúa theo đúng lịch đã giao trong năm"
    rows = [
        {"query": "trồng lúa", "relevant": [{"file": "0.txt", "quote": quote, "grade": 2}]},
        {"query": "không có", "relevant": [{"file": "0.txt", "quote": "chẳng đâu viết thế này", "grade": 1}]},
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    values = judge_of(held, file)(load_encoder(str(model)))
    assert len(values) == 1
    assert 0 <= values[0] <= 1
