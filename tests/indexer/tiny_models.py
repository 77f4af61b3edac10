"""Tiny models with random weights, saved the way real ones are."""

import json
from pathlib import Path

import numpy as np

STATIC_WORDS = ["[UNK]", "sở", "giáo_dục", "và", "đào_tạo", "kinh_phí", "nhiệm_vụ", "của", "tài_chính"]
PHOBERT_WORDS = [
    "Sở",
    "sở",
    "Giáo_dục",
    "giáo_dục",
    "nhiệm_vụ",
    "Nhiệm_vụ",
    "của",
    "và",
    "truy_vấn",
    "đoạn",
    ":",
]


def save_static(directory: Path, *, input_form: str | None = "words", dtype: str = "float32") -> Path:
    """A static model over segmented words; "[UNK]" has a vector of zeros."""
    from safetensors.numpy import save_file
    from tokenizers import Tokenizer, models, pre_tokenizers

    part = directory / "0_StaticEmbedding"
    part.mkdir(parents=True)
    tokenizer = Tokenizer(
        models.WordLevel({word: n for n, word in enumerate(STATIC_WORDS)}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(part / "tokenizer.json"))
    vectors = np.random.default_rng(3).standard_normal((len(STATIC_WORDS), 12))
    vectors[0] = 0
    save_file({"embedding.weight": vectors.astype(dtype)}, str(part / "model.safetensors"))
    modules = [
        {"idx": 0, "name": "0", "path": part.name, "type": "sentence_transformers.models.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    (directory / "1_Normalize").mkdir()
    (directory / "modules.json").write_text(json.dumps(modules))
    (directory / "config_sentence_transformers.json").write_text('{"model_type": "SentenceTransformer"}')
    if input_form:
        (directory / "tracuu.json").write_text(json.dumps({"input": input_form}))
    return directory


def save_phobert(directory: Path) -> Path:
    """A PhoBERT-like model: its tokenizer, RoBERTa's positions (32 tokens), prompts of its own."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import PhobertTokenizer, RobertaConfig, RobertaModel
    from transformers.utils import logging

    logging.disable_progress_bar()
    directory.mkdir(parents=True)
    vocabulary, merges = directory / "vocab.txt", directory / "bpe.codes"
    vocabulary.write_text("".join(f"{word} 1\n" for word in PHOBERT_WORDS), "utf-8")
    pairs = dict.fromkeys(pair for word in PHOBERT_WORDS for pair in _merges(word))
    merges.write_text("".join(f"{first} {second} 1\n" for first, second in pairs), "utf-8")
    # The tokenizer claims more than the model has positions for, as some on the hub do.
    tokenizer = PhobertTokenizer(str(vocabulary), str(merges), model_max_length=10_000)
    config = RobertaConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=34,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
    )
    plain = directory / "transformer"
    RobertaModel(config).save_pretrained(plain)
    tokenizer.save_pretrained(plain)
    model = SentenceTransformer(
        modules=[Transformer(str(plain)), Pooling(16)],
        prompts={"query": "truy_vấn : ", "passage": "đoạn : "},
        device="cpu",
    )
    model.save_pretrained(str(directory / "saved"), create_model_card=False)
    return directory / "saved"


def _merges(word: str) -> list[tuple[str, str]]:
    pieces = [*word[:-1], word[-1] + "</w>"]
    found = []
    while len(pieces) > 1:
        found.append((pieces[0], pieces[1]))
        pieces[:2] = [pieces[0] + pieces[1]]
    return found
