"""What a model has seen of the set that it is measured on."""

import hashlib
import json
from pathlib import Path

import pytest

from evaluation.judged_sets import judged_set
from evaluation.seen import seen, trained_on
from indexer.encoders import load_encoder
from indexer.encoders.loading import BUNDLED


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "phap_dien"
    folder.mkdir()
    (folder / "corpus.jsonl").write_text('{"_id": "d1", "text": "một"}\n', encoding="utf-8")
    (folder / "queries.jsonl").write_text('{"_id": "q1", "text": "một"}\n', encoding="utf-8")
    (folder / "qrels.tsv").write_text("q1\td1\t1\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("origin", "parts"),
    [
        ([], ()),
        ([{"name": "news"}], ()),
        ([{"name": "PhapDien", "part": "texts"}], ("texts",)),
        ([{"name": "owner/phap-dien"}], ("texts", "questions")),
        (
            [{"name": "phapdien", "part": "questions"}, {"name": "phapdien", "part": "texts"}],
            ("texts", "questions"),
        ),
        ([{"name": "khác", "data": "HASH", "part": "texts"}], ("texts",)),
        ([{"name": "khác", "data": "0" * 64}], ()),
    ],
)
def test_a_set_is_known_by_name_or_by_its_data(beir: Path, origin: list[dict], parts: tuple[str, ...]):
    sha256 = hashlib.sha256((beir / "corpus.jsonl").read_bytes()).hexdigest()
    told = [{**one, "data": sha256} if one.get("data") == "HASH" else one for one in origin]
    assert seen(judged_set(str(beir)), told) == parts


def test_a_document_that_a_model_was_adapted_to_is_known_by_its_bytes():
    judged = judged_set("sample")
    one = sorted(judged.collection.hashes)[0]
    assert seen(judged, [{"name": "văn bản", "part": "texts", "data": one}]) == ("texts",)


@pytest.mark.parametrize(
    ("card", "names"),
    [
        ("---\ndatasets:\n- a/b\n- 'c'\nlanguage: vi\n---\n# x\n", ["a/b", "c"]),
        ('---\ndatasets: [a/b, "c"]\n---\n', ["a/b", "c"]),
        ("---\ndatasets: a/b\n---\n", ["a/b"]),
        ("---\nlanguage: vi\n---\ndatasets: a\n", []),
        ("datasets: a\n", []),
        ("", []),
    ],
)
def test_the_card_of_a_hub_model_names_its_data(tmp_path: Path, card: str, names: list[str]):
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    (tmp_path / "README.md").write_text(card, encoding="utf-8")
    assert [one["name"] for one in trained_on(str(tmp_path))] == names


@pytest.mark.parametrize("text", ["", "{}", "[1, null]", '[{"name": 3}]', "3", "\x00"])
def test_a_malformed_origin_says_nothing(tmp_path: Path, text: str):
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    (tmp_path / "trained_on.json").write_text(text, encoding="utf-8")
    assert trained_on(str(tmp_path)) == ()


@pytest.mark.model
def test_the_bundled_model_says_what_it_has_seen(beir: Path):
    origin = trained_on(None)
    assert seen(judged_set(str(beir)), origin) == ("texts",)
    assert seen(judged_set("sample"), origin) == ()
    data = next(one["data"] for one in origin if one["name"] == "phapdien")
    assert len(bytes.fromhex(data)) == 32


@pytest.mark.model
def test_what_is_said_of_a_model_does_not_make_it_another(tmp_path: Path):
    for path in BUNDLED.rglob("*"):
        if path.is_file():
            copy = tmp_path / "model" / path.relative_to(BUNDLED)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    before = load_encoder(str(tmp_path / "model")).key
    (tmp_path / "model" / "trained_on.json").write_text(json.dumps([{"name": "x"}]), encoding="utf-8")
    assert load_encoder(str(tmp_path / "model")).key == before
