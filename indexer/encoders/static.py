"""Static encoders: a vector per word, a text is the mean of its words. Needs neither torch nor model2vec.

Reads what sentence-transformers saves for a `StaticEmbedding` module: `tokenizer.json` and
`model.safetensors`. The word vectors are mapped, not loaded: a query touches a few rows of them.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.errors import TracuuError
from indexer.encoders.forms import InputForm, Words, detected_form, prepared
from indexer.vectors import Floats

__all__ = ["StaticEncoder"]

_TYPES = {"F32": "<f4", "F16": "<f2", "F64": "<f8", "I8": "<i1"}
_NAMES = ("embedding.weight", "embeddings")
_SCALES = "weights"
"""One factor a token, as model2vec saves beside int8 vectors."""
_BATCH = 1_024


class StaticEncoder:
    """A static sentence-transformers model. Thread-safe."""

    def __init__(self, directory: Path, *, key: str, form: InputForm | None = None) -> None:
        """Load the module in `directory`; `form` None: as its vocabulary shows.

        Raises TracuuError where its files are missing or unreadable.
        """
        from tokenizers import Tokenizer

        try:
            self._vectors, self._scales = _mapped(directory / "model.safetensors")
            self._tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        except Exception as error:  # tokenizers raises a bare Exception
            raise TracuuError(
                f"Không nạp được mô hình trong {directory} ({error}); "
                "hãy kiểm tra thư mục mô hình hoặc bỏ tùy chọn --model để dùng mô hình đi kèm."
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.dimension: int = self._vectors.shape[1]
        self.form: InputForm = form or detected_form(self._tokenizer.get_vocab(with_added_tokens=False))
        self.key = f"{key}:{self.form}"

    def encode_passages(self, texts: Sequence[str], words: Words | None = None) -> Floats:
        """Unit vectors of `texts`; zero where no word is known."""
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            part = slice(start, start + _BATCH)
            found[part] = self._encode(prepared(texts[part], self.form, words and words[part]))
        return found

    def encode_queries(self, texts: Sequence[str], words: Words | None = None) -> Floats:
        """The same as for passages: a static model knows no prompts."""
        return self.encode_passages(texts, words)

    @property
    def vocabulary_size(self) -> int:
        """Number of tokens that have a vector."""
        return len(self._vectors)

    def tokens(self, words: Words) -> list[list[int]]:
        """The tokens of each text, given as its words; a model that reads plain text is given them joined."""
        texts = [" ".join(found).replace("_", " ") for found in words]
        return self._ids(prepared(texts, self.form, words))

    def token_vectors(self, tokens: npt.NDArray[np.int64]) -> Floats:
        """(tokens, dimension): the vector of each as it enters a mean; its length is what it counts."""
        rows = self._vectors[tokens].astype(np.float32)
        if self._scales is not None:
            rows *= self._scales[tokens, None]
        return rows

    def _ids(self, inputs: Sequence[str]) -> list[list[int]]:
        encodings = self._tokenizer.encode_batch_fast(inputs, add_special_tokens=False)
        return [encoding.ids for encoding in encodings]

    def _encode(self, inputs: Sequence[str]) -> Floats:
        ids = self._ids(inputs)
        lengths = np.fromiter(map(len, ids), dtype=np.int64, count=len(ids))
        found = np.zeros((len(ids), self.dimension), dtype=np.float32)
        filled = np.flatnonzero(lengths)
        if not len(filled):
            return found
        tokens = np.concatenate([np.asarray(ids[at], dtype=np.int64) for at in filled])
        rows = self.token_vectors(tokens)
        starts = np.concatenate(([0], np.cumsum(lengths[filled])[:-1]))
        sums = np.add.reduceat(rows, starts, axis=0)
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        found[filled] = np.divide(sums, norms, out=np.zeros_like(sums), where=norms > 0)
        return found


def _mapped(path: Path) -> tuple[npt.NDArray[np.floating], npt.NDArray[np.floating] | None]:
    """The word vectors of a safetensors file and, where it has one, the scale of each word's vector.

    Mapped, not read: 8 bytes of header length, JSON header, data. int8 vectors come with scales.
    """
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if length > 1_000_000:
            raise ValueError("model.safetensors: đầu tệp hỏng")
        header = json.loads(file.read(length))

    def tensor(name: str) -> npt.NDArray[np.floating]:
        entry = header[name]
        kind, begin = _TYPES[entry["dtype"]], 8 + length + entry["data_offsets"][0]
        return np.memmap(path, dtype=kind, mode="r", offset=begin, shape=tuple(entry["shape"]))

    vectors = tensor(next(name for name in _NAMES if name in header))
    return vectors, tensor(_SCALES) if _SCALES in header else None
