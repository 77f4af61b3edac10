"""The finished model as a directory that sentence-transformers and model2vec both load.

    model.safetensors   embeddings (tokens, d) int8, weights (tokens,) float32: one scale a token
    tokenizer.json      words joined by spaces in, tokens out
    config.json         model2vec: unit length, no limit on length
    modules.json        sentence-transformers: StaticEmbedding, then Normalize
    README.md           model card
    trained_on.json     what it was trained on, for those who measure it

The vector of a text is the unit-length mean of embeddings[token] × weights[token].
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.training.origin import OURS, Origin, write_origin
from indexer.training.vocabulary import build_tokenizer

__all__ = ["export", "quantise"]


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Eight bits a value, one scale a row: `vectors` ≈ int8 × scale."""
    scale = np.abs(vectors).max(axis=1) / 127.0
    scale[scale == 0] = 1.0
    return np.rint(vectors / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def export(
    directory: Path,
    tokens: list[str],
    vectors: NDArray[np.float32],
    card: str,
    origin: Sequence[Origin] = OURS,
) -> None:
    """Write the model directory; `vectors` are those of `tokens`, composed, trained on `origin`."""
    from safetensors.numpy import save_file

    (directory / "1_Normalize").mkdir(parents=True, exist_ok=True)
    embeddings, weights = quantise(vectors)
    save_file({"embeddings": embeddings, "weights": weights}, directory / "model.safetensors")
    (directory / "model.safetensors").chmod(0o644)  # safetensors makes it readable by its owner only
    build_tokenizer(tokens).save(str(directory / "tokenizer.json"), pretty=False)
    config = {
        "model_type": "model2vec",
        "normalize": True,
        "max_length": None,
        "hidden_dim": int(vectors.shape[1]),
        "embedding_dtype": "int8",
    }
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    _write_json(directory / "config.json", config)
    _write_json(directory / "modules.json", modules)
    _write_json(directory / "1_Normalize" / "config.json", {})
    (directory / "README.md").write_text(card, encoding="utf-8")
    write_origin(directory, origin)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
