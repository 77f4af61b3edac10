"""The encoder's vocabulary: words, the syllables they are made of, and letters for all the rest.

The tokenizer is a WordPiece model without a mark for inner pieces: a word that is in the vocabulary
is one token, any other is cut greedily into the longest known words, syllables and letters
("giáo_dục_x" → giáo_dục, _, x). So nothing is unknown, and nothing but the plain tokenizer.json is
needed to do the same elsewhere.
"""

import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, product

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from corpus.text import SYLLABLE

__all__ = ["Vocabulary", "build_tokenizer", "choose"]

UNKNOWN = "[UNK]"
"""Required by the tokenizer; never produced, since every allowed letter is a token."""
FOREIGN = "¤"
"""Stands for every letter outside the Latin alphabet and Vietnamese."""
_VIETNAMESE = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
LETTERS = string.ascii_lowercase + string.digits + _VIETNAMESE + "_/.-" + FOREIGN
_LONGEST_WORD = 400


def choose(counts: Counter[str], size: int, *, least: int = 3) -> list[str]:
    """The tokens for word `counts`: letters, pairs of letters, then the commonest words and syllables.

    `counts` may weigh sources differently. At most `size` words seen at least `least` times are
    taken; every syllable of a word taken is a token too. The order is deterministic.
    """
    pairs = ("".join(pair) for pair in product(string.ascii_lowercase + string.digits, repeat=2))
    plain = re.compile(f"[{re.escape(LETTERS)}]+")
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    chosen = [word for word, count in ranked if count >= least and plain.fullmatch(word)][:size]
    lone: Counter[str] = Counter()
    for word, count in ranked:
        if "_" in word:
            for syllable in word.split("_"):
                lone[syllable] += count
    parts = [part for word in chosen if "_" in word for part in word.split("_")]
    common = [part for part, count in lone.items() if count >= 10 * least and plain.fullmatch(part)]
    return list(dict.fromkeys(chain([UNKNOWN], LETTERS, pairs, chosen, parts, sorted(common))))


def build_tokenizer(tokens: list[str]) -> Tokenizer:
    """The `tokenizers.Tokenizer` over `tokens`; takes words joined by spaces."""
    model = models.WordPiece(
        vocab={token: index for index, token in enumerate(tokens)},
        unk_token=UNKNOWN,
        continuing_subword_prefix="",
        max_input_chars_per_word=_LONGEST_WORD,
    )
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(rf"[^\s{re.escape(LETTERS)}]"), FOREIGN),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


@dataclass(slots=True)
class Vocabulary:
    """Tokens and what they are trained as.

    While training, a compound word counts as itself and as each of its syllables ("atoms"); the
    finished vector of a word is the sum of its atoms (`compose`). So rare words learn from their
    syllables, at no cost when encoding.
    """

    tokens: list[str]
    tokenizer: Tokenizer
    _atoms: "_Atoms"

    @classmethod
    def of(cls, tokens: list[str], *, whole: bool = False) -> "Vocabulary":
        """The vocabulary of `tokens` in this order; `whole` where vectors are composed already."""
        tokenizer = build_tokenizer(tokens)
        return cls(tokens, tokenizer, _Atoms(tokens, tokenizer, whole))

    def atoms(self, text: str) -> list[int]:
        """Atom ids of a segmented text."""
        return list(chain.from_iterable(map(self._atoms.__getitem__, text.split())))

    def flat(self, texts: Iterable[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """All atoms of `texts` in one array and the offsets at which each text begins (n + 1)."""
        lengths: list[int] = [0]
        ids = np.fromiter(self._stream(texts, lengths), dtype=np.int32)
        return ids, np.cumsum(np.asarray(lengths, dtype=np.int64))

    def compose(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Vectors of tokens from vectors of atoms."""
        composed = vectors.copy()
        for index, token in enumerate(self.tokens):
            parts = self._atoms[token][1:]
            if parts:
                composed[index] += vectors[list(parts)].sum(axis=0)
        return composed

    def _stream(self, texts: Iterable[str], lengths: list[int]) -> Iterator[int]:
        for text in texts:
            atoms = self.atoms(text)
            lengths.append(len(atoms))
            yield from atoms


class _Atoms(dict[str, tuple[int, ...]]):
    """Word → atom ids, filled on demand."""

    def __init__(self, tokens: list[str], tokenizer: Tokenizer, whole: bool) -> None:
        self.whole = whole
        self.index = {token: index for index, token in enumerate(tokens)}
        self.tokenizer = tokenizer

    def __missing__(self, word: str) -> tuple[int, ...]:
        if word in self.index:
            atoms = self._of_token(word)
        else:
            encoding = self.tokenizer.encode(word, add_special_tokens=False)
            atoms = tuple(chain.from_iterable(self[token] for token in encoding.tokens))
        self[word] = atoms
        return atoms

    def _of_token(self, token: str) -> tuple[int, ...]:
        parts = SYLLABLE.findall(token) if "_" in token and not self.whole else []
        return (self.index[token], *(self.index[part] for part in parts if part in self.index))
