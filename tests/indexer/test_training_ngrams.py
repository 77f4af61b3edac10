"""The syllable model: counted from texts, the same every time, and read back as it was meant."""

import json
import lzma

import numpy as np
import pytest

from indexer.language import NUMBER, START, UNKNOWN, packed, read_model
from indexer.language.packing import unpacked
from indexer.training.ngrams import HELD_OUT, Sizes, build, sources, tokens, write

SMALL = Sizes(pairs=2_000, triples=2_000, syllable=2, word=4, counted={})
LAW = ["Nhiệm vụ của Sở Giáo dục.\nSở Giáo dục xây dựng kế hoạch, báo cáo UBND tỉnh."] * 6
NEWS = ["Giáo dục mầm non năm 2026; cô giáo dạy trẻ. Covid và covid, covid, covid."] * 4


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    path = tmp_path_factory.mktemp("ngrams") / "small.npz"
    write(build({"law": LAW, "news": NEWS}, SMALL), path)
    return read_model(path)


def test_signs_inside_a_sentence_part_nothing():
    assert tokens("Quốc phòng, an ninh - (hoà bình): số 5.\nHết") == [
        "quốc", "phòng", "an", "ninh", "hòa", "bình", ":", "số", "5", ".", "\n", "hết",
    ]  # fmt: skip


def test_the_same_texts_give_the_same_file(tmp_path):
    said: list[str] = []
    for name in ("one", "other"):
        write(build({"law": LAW, "news": NEWS}, SMALL, said.append), tmp_path / f"{name}.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "other.npz").read_bytes()
    assert len(said) == 4


def test_the_vocabulary_holds_what_is_frequent_enough(model):
    assert model.words[:3] == ["<s>", "<n>", "<u>"]
    assert {"giáo", "dục", "nhiệm"} <= set(model.words)
    assert "covid" in model.words  # no syllable, but frequent
    assert model.entry("ubnd") > UNKNOWN
    assert model.entry("wifi") == UNKNOWN
    assert model.entry("2026") == NUMBER
    assert [model.words[entry] for entry in model.by_fold["giao"]] == ["giáo"]


def test_what_follows_is_cheap_and_what_does_not_is_dear(model):
    giao, duc, tre = (model.entry(word) for word in ("giáo", "dục", "trẻ"))
    costs, rows, seen = model.pairs(np.array([giao, giao]), np.array([duc, tre]))
    assert costs[0] < 1 < costs[1]
    assert seen.tolist() == [True, False]
    so = np.array([model.entry("sở")])
    _, row, _ = model.pairs(so, np.array([giao]))
    after, _, _ = model.pairs(np.array([giao]), np.array([duc]))
    assert model.triples(row, np.array([duc]), after)[0] <= after[0]
    unseen = model.triples(np.array([-1]), np.array([duc]), after)
    assert unseen[0] == after[0]
    assert rows[1] == -1


def test_probabilities_after_a_syllable_sum_to_one(model):
    every = np.arange(len(model.words))
    for word in ("giáo", "sở", "dục"):
        costs, _, _ = model.pairs(np.full(len(every), model.entry(word)), every)
        assert np.exp(-costs).sum() == pytest.approx(1, abs=0.35)  # stored in steps of a quarter nat


def test_boundaries_are_counted(model):
    start = np.array([START, START])
    costs, _, _ = model.pairs(start, np.array([model.entry("nhiệm"), model.entry("dục")]))
    assert costs[0] < costs[1]


@pytest.mark.parametrize("rows", [[3], [0, 2, 0, 1, 3, 0], [1, 1, 1], [0, 0], []])
def test_packing_is_undone(rows):
    chance = np.random.default_rng(4)
    columns = np.concatenate(
        [np.sort(chance.choice(65_536, count, replace=False)) for count in rows] or [np.zeros(0)]
    ).astype(np.int64)
    counts = np.array(rows, np.uint16)
    assert unpacked(counts, packed(counts, columns)).tolist() == columns.tolist()


def test_what_is_held_out_is_not_counted(tmp_path):
    def lines(path, rows):
        path.parent.mkdir(parents=True, exist_ok=True)
        with lzma.open(path, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)

    lines(
        tmp_path / "training" / "baomoi.jsonl.xz",
        [{"title": f"t{n}", "text": "x"} for n in range(2 * HELD_OUT)],
    )
    lines(
        tmp_path / "training" / "news.jsonl.xz",
        [{"title": f"n_{n}", "abstract": "", "body": "y"} for n in range(HELD_OUT + 1)],
    )
    lines(
        tmp_path / "retrieval" / "phapdien" / "corpus.jsonl.xz",
        [{"title": f"a{n}", "text": "z", "metadata": {"train": n % 2 == 0}} for n in range(4)],
    )
    counted = {name: set(texts) for name, texts in sources(tmp_path).items()}
    aside = {name: set(texts) for name, texts in sources(tmp_path, held_out=True).items()}
    assert aside["law"] == {"a1\nz", "a3\nz"}
    assert aside["baomoi"] == {"t0\nx", f"t{HELD_OUT}\nx"}
    assert aside["news"] == {"n 0\n\ny", f"n {HELD_OUT}\n\ny"}
    assert all(not counted[name] & aside[name] for name in counted)
    assert len(counted["baomoi"]) == 2 * HELD_OUT - 2


def test_the_bundled_model_is_small_and_sound():
    from importlib.resources import files

    from indexer.language import load_model

    path = files("indexer.language") / "syllables.npz"
    assert 1_000_000 < len(path.read_bytes()) < 4_500_000
    model = load_model()
    assert (np.diff(model.keys2) > 0).all()
    assert (np.diff(model.keys3) > 0).all()
    assert len(set(model.words)) == len(model.words)
    assert {len(model.bo1), len(model.p1)} == {len(model.words)}
