"""Encoders by path: the static one without torch, a PhoBERT-like one with prompts and segmentation."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tiny_models import STATIC_WORDS, save_phobert, save_static

from corpus.errors import TracuuError
from indexer.encoders import load_encoder, loading
from indexer.encoders.forms import detected_form, prepared
from indexer.encoders.static import StaticEncoder

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("vocabulary", "form"),
    [
        (["giáo_dục", "sở", "Việt_Nam"], "segmented"),
        (["giáo_dục", "sở", "việt_nam"], "words"),
        (["giáo", "dục", "Sở"], "plain"),
        (["snake_case", "other_name", "x"], "plain"),
        ([], "plain"),
        (["giáo_dục", *map(str, range(1000))], "plain"),
    ],
)
def test_a_vocabulary_shows_what_a_model_reads(vocabulary: list[str], form: str) -> None:
    assert detected_form(vocabulary) == form


def test_how_a_text_is_prepared() -> None:
    text = "Sở Giáo dục, năm 2026."
    assert prepared([text], "plain") == [text]
    assert prepared([text], "words") == ["sở giáo_dục năm 2026"]
    assert prepared([text], "segmented") == ["Sở Giáo_dục , năm 2026 ."]
    assert prepared([text], "words", [["đã", "tách_từ"]]) == ["đã tách_từ"]


# the static encoder


@pytest.fixture
def static(tmp_path: Path) -> StaticEncoder:
    encoder = load_encoder(str(save_static(tmp_path / "model")))
    assert isinstance(encoder, StaticEncoder)
    return encoder


def test_a_text_is_the_unit_mean_of_its_words(static: StaticEncoder) -> None:
    vectors = np.random.default_rng(3).standard_normal((len(STATIC_WORDS), 12)).astype(np.float32)
    expected = vectors[1] + vectors[2]
    found = static.encode_passages(["Sở Giáo dục"])
    assert found.shape == (1, 12) == (1, static.dimension)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found[0], expected / np.linalg.norm(expected), atol=1e-6)


def test_many_texts_are_encoded_like_each_alone(static: StaticEncoder) -> None:
    texts = ["Sở Giáo dục", "", "kinh phí của Sở Tài chính", "hoàn toàn khác", "nhiệm vụ"] * 500
    together = static.encode_passages(texts)
    for row in (0, 1, 2, 3, 4, 2_499):
        np.testing.assert_allclose(together[row], static.encode_queries([texts[row]])[0], atol=1e-6)
    norms = np.linalg.norm(together[:5], axis=1)
    np.testing.assert_allclose(norms, [1, 0, 1, 0, 1], atol=1e-6)


def test_no_texts_no_vectors(static: StaticEncoder) -> None:
    assert static.encode_passages([]).shape == (0, 12)


def test_a_segmentation_at_hand_is_used(static: StaticEncoder) -> None:
    given = static.encode_passages(["bất kỳ"], [["sở", "giáo_dục"]])
    np.testing.assert_allclose(given, static.encode_passages(["sở giáo dục"]), atol=1e-6)


@pytest.mark.parametrize("dtype", ["float16", "float64"])
def test_other_number_formats(tmp_path: Path, static: StaticEncoder, dtype: str) -> None:
    other = load_encoder(str(save_static(tmp_path / "other", dtype=dtype)))
    text = ["nhiệm vụ của Sở Giáo dục"]
    np.testing.assert_allclose(other.encode_passages(text), static.encode_passages(text), atol=2e-3)


def test_static_encoders_need_no_torch(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from indexer.encoders import load_encoder\n"
        "vector = load_encoder(sys.argv[1]).encode_queries(['Sở Giáo dục'])\n"
        "assert vector.any()\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'model2vec', 'faiss'}\n"
        "assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()\n"
    )
    model = str(save_static(tmp_path / "model"))
    assert subprocess.run([sys.executable, "-c", code, model], cwd=ROOT, check=False).returncode == 0


def test_a_changed_model_has_another_key(tmp_path: Path) -> None:
    directory = save_static(tmp_path / "model")
    first = load_encoder(str(directory)).key
    assert first == load_encoder(str(directory)).key
    weights = directory / "0_StaticEmbedding" / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert load_encoder(str(directory)).key != first


def test_the_form_may_be_overridden(tmp_path: Path) -> None:
    directory = str(save_static(tmp_path / "model"))
    plain = load_encoder(directory, form="plain")
    assert plain.key != load_encoder(directory).key
    assert not plain.encode_queries(["giáo dục"]).any()  # this model knows only "giáo_dục"


def test_without_settings_the_vocabulary_decides(tmp_path: Path) -> None:
    encoder = load_encoder(str(save_static(tmp_path / "model", input_form=None)))
    assert encoder.encode_queries(["giáo dục"]).any()


# whatever is wrong with a model


def test_no_bundled_model_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "BUNDLED", tmp_path)
    with pytest.raises(TracuuError, match="thiếu mô hình đi kèm"):
        load_encoder()


@pytest.mark.parametrize(
    "spec", ["khong-co/mo-hinh-nay", "không phải tên", "../ngoài", "/không/có/thư/mục", ""]
)
def test_a_model_that_is_not_here_is_said(spec: str) -> None:
    with pytest.raises(TracuuError, match=r"trên máy này|không chứa mô hình") as caught:
        load_encoder(spec)
    assert "\n" not in str(caught.value)


def break_weights(directory: Path) -> None:
    (directory / "0_StaticEmbedding" / "model.safetensors").write_bytes(b"\xff" * 40)


def lose_weights(directory: Path) -> None:
    (directory / "0_StaticEmbedding" / "model.safetensors").unlink()


def break_tokenizer(directory: Path) -> None:
    (directory / "0_StaticEmbedding" / "tokenizer.json").write_text("{}")


def break_modules(directory: Path) -> None:
    (directory / "modules.json").write_text("[")


def lose_modules(directory: Path) -> None:
    (directory / "modules.json").unlink()


def unknown_form(directory: Path) -> None:
    (directory / "tracuu.json").write_text('{"input": "shouted"}')


def settings_that_are_a_list(directory: Path) -> None:
    (directory / "tracuu.json").write_text("[]")


@pytest.mark.parametrize(
    "harm",
    [
        break_weights,
        lose_weights,
        break_tokenizer,
        break_modules,
        lose_modules,
        unknown_form,
        settings_that_are_a_list,
    ],
)
def test_a_broken_model_is_said_in_one_line(tmp_path: Path, harm) -> None:
    directory = save_static(tmp_path / "model")
    harm(directory)
    with pytest.raises(TracuuError) as caught:
        load_encoder(str(directory))
    assert "\n" not in str(caught.value)
    assert "hãy" in str(caught.value)


# sentence-transformers


@pytest.fixture(scope="module")
def phobert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_phobert(tmp_path_factory.mktemp("phobert") / "model")


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
class TestSentenceEncoder:
    """One model for all, since importing torch takes seconds."""

    def test_segmentation_and_prompts_reach_the_model(
        self, phobert: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        encoder = load_encoder(str(phobert))
        assert encoder.form == "segmented"
        read: list[str] = []
        tokenizer = encoder._model.tokenizer
        tokenize = type(tokenizer)._tokenize
        monkeypatch.setattr(
            type(tokenizer),
            "_tokenize",
            lambda self, text, **more: read.append(text) or tokenize(self, text, **more),
        )
        encoder.encode_queries(["Nhiệm vụ của Sở giáo dục"])
        assert "truy_vấn : Nhiệm_vụ của Sở giáo_dục" in read
        encoder.encode_passages(["Sở giáo dục"])
        assert "đoạn : Sở giáo_dục" in read

    def test_queries_passages_and_forms_differ(self, phobert: Path) -> None:
        encoder, plain = load_encoder(str(phobert)), load_encoder(str(phobert), form="plain")
        text = ["nhiệm vụ của sở giáo dục"]
        vectors = [encoder.encode_queries(text), encoder.encode_passages(text), plain.encode_queries(text)]
        for vector in vectors:
            assert vector.shape == (1, encoder.dimension) == (1, 16)
            np.testing.assert_allclose(np.linalg.norm(vector), 1, atol=1e-5)
        assert not np.allclose(vectors[0], vectors[1], atol=1e-4)
        assert not np.allclose(vectors[0], vectors[2], atol=1e-4)
        assert encoder.key != plain.key

    def test_a_long_text_is_cut_not_fatal(self, phobert: Path) -> None:
        encoder = load_encoder(str(phobert))
        assert encoder._model.max_seq_length == 32
        long, longer = encoder.encode_passages(["sở giáo dục " * 100, "sở giáo dục " * 900])
        np.testing.assert_allclose(long, longer, atol=1e-5)

    def test_odd_texts(self, phobert: Path) -> None:
        encoder = load_encoder(str(phobert))
        assert encoder.encode_passages([]).shape == (0, 16)
        assert np.isfinite(encoder.encode_passages(["", "\x00", "\ud800", "😀" * 300])).all()

    def test_prompts_in_our_settings_come_first(self, phobert: Path) -> None:
        settings = phobert / "tracuu.json"
        settings.write_text(json.dumps({"prompts": {"query": "khác : "}}))
        try:
            encoder = load_encoder(str(phobert))
            assert (encoder.query_prompt, encoder.passage_prompt) == ("khác : ", "đoạn : ")
        finally:
            settings.unlink()

    def test_the_static_encoder_agrees_with_sentence_transformers(self, tmp_path: Path) -> None:
        from sentence_transformers import SentenceTransformer

        directory = save_static(tmp_path / "model")
        texts = ["nhiệm_vụ của sở giáo_dục", "kinh_phí", "không_biết sở"]
        theirs = SentenceTransformer(str(directory), device="cpu").encode(texts, normalize_embeddings=True)
        ours = load_encoder(str(directory), form="plain").encode_passages(texts)
        np.testing.assert_allclose(ours, theirs, atol=1e-6)

    def test_a_broken_transformer_is_said_in_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "config.json").write_text('{"model_type": "roberta"}')
        with pytest.raises(TracuuError) as caught:
            load_encoder(str(tmp_path))
        assert "\n" not in str(caught.value)
