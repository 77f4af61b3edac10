"""Any other sentence-transformers model: PhoBERT bi-encoders, BGE, E5… Imports torch."""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import TracuuError
from indexer.encoders.forms import InputForm, Words, detected_form, prepared
from indexer.vectors import Floats

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["SentenceEncoder"]

_QUERY_PROMPTS = ("query", "search_query", "retrieval.query")
_PASSAGE_PROMPTS = ("document", "passage", "search_document", "retrieval.passage", "corpus")
_BATCH = 32


class SentenceEncoder:
    """A sentence-transformers model with its own prompts, fed the way it wants to read. Thread-safe."""

    def __init__(
        self,
        directory: Path,
        *,
        key: str,
        form: InputForm | None = None,
        prompts: Mapping[str, str] | None = None,
    ) -> None:
        """Load the model in `directory`. `form` None: as its vocabulary shows.

        `prompts` are used instead of the model's own: {"query": "query: ", "passage": "passage: "}.
        Raises TracuuError where the model cannot be loaded.
        """
        self._model = _loaded(directory)
        self._lock = threading.Lock()  # tokenizers change their truncation while they work
        self.form: InputForm = form or detected_form(self._model.tokenizer.get_vocab())
        self.key = f"{key}:{self.form}"
        own = self._model.prompts | dict(prompts or {})
        self.query_prompt = _first(own, _QUERY_PROMPTS)
        self.passage_prompt = _first(own, _PASSAGE_PROMPTS)
        _limit_length(self._model)
        # Asked rather than read: some models do not know their own dimension.
        self.dimension = int(self._encode(["tra cứu"], None, "").shape[1])

    def encode_passages(self, texts: Sequence[str], words: Words | None = None) -> Floats:
        """Unit vectors of passages; what is longer than the model can read is cut off."""
        return self._encode(texts, words, self.passage_prompt)

    def encode_queries(self, texts: Sequence[str], words: Words | None = None) -> Floats:
        """Unit vectors of queries."""
        return self._encode(texts, words, self.query_prompt)

    def _encode(self, texts: Sequence[str], words: Words | None, prompt: str) -> Floats:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        inputs = prepared(texts, self.form, words)
        with self._lock:
            vectors = self._model.encode(
                inputs,
                prompt=prompt or None,
                batch_size=_BATCH,
                show_progress_bar=False,
                normalize_embeddings=True,
                convert_to_numpy=True,
            )
        return np.nan_to_num(np.asarray(vectors, dtype=np.float32))


def _loaded(directory: Path) -> "SentenceTransformer":
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        return SentenceTransformer(str(directory), local_files_only=True)
    except ImportError as error:
        raise TracuuError(
            f"Mô hình trong {directory} cần một thư viện chưa có ({error}); "
            "hãy cài thư viện đó hoặc bỏ tùy chọn --model để dùng mô hình đi kèm."
        ) from error
    except Exception as error:  # whatever a broken model directory makes transformers raise
        reason = str(error).strip().splitlines()[:1]
        raise TracuuError(
            f"Không nạp được mô hình trong {directory} ({' '.join(reason)}); "
            "hãy kiểm tra thư mục mô hình hoặc bỏ tùy chọn --model để dùng mô hình đi kèm."
        ) from error


def _first(prompts: Mapping[str, str | None], names: Sequence[str]) -> str:
    """The first prompt that says something: sentence-transformers adds an empty "document" to all."""
    return next((prompt for name in names if (prompt := prompts.get(name))), "")


def _limit_length(model: "SentenceTransformer") -> None:
    """Never feed more tokens than the model has positions, whatever its tokenizer claims."""
    config: Any = getattr(getattr(model[0], "auto_model", None), "config", None)
    positions = getattr(config, "max_position_embeddings", None)
    if not isinstance(positions, int):
        return
    if any(name in str(config.model_type) for name in ("roberta", "camembert")):
        positions -= int(config.pad_token_id or 0) + 1  # RoBERTa counts positions from its padding index
    limits = (positions, model.max_seq_length, getattr(model.tokenizer, "model_max_length", None))
    model.max_seq_length = min(limit for limit in limits if limit)
