"""A static model of a few hundred random word vectors, so that the command line runs in tests."""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

from indexer.words import words

__all__ = ["write_tiny_model"]


def write_tiny_model(directory: Path, text: str, dimension: int = 16) -> Path:
    """A model directory whose vocabulary is the words of `text`."""
    vocabulary = {word: number for number, word in enumerate(["[UNK]", *sorted(set(words(text)))])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    part = directory / "0_StaticEmbedding"
    part.mkdir(parents=True)
    tokenizer.save(str(part / "tokenizer.json"))
    vectors = np.random.default_rng(7).standard_normal((len(vocabulary), dimension)).astype(np.float32)
    vectors[0] = 0
    save_file({"embedding.weight": vectors}, str(part / "model.safetensors"))
    module = {
        "idx": 0,
        "name": "0",
        "path": part.name,
        "type": "sentence_transformers.models.StaticEmbedding",
    }
    (directory / "modules.json").write_text(json.dumps([module]))
    return directory
