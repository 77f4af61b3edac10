"""Adapting a model to a library's own documents, or refusing to, with the reason.

The library teaches by its own order: a heading belongs to the passages under it, a passage to the
one that follows it in its section, a span to the rest of its passage. Whole sections are set aside;
only a model that finds their passages by their headings better than before is written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import torch
from numpy.typing import NDArray

from corpus.library import Library
from indexer.encoders.static import StaticEncoder
from indexer.training.export import export
from indexer.training.material import read_lines
from indexer.training.measure import ndcg, paired_test
from indexer.training.origin import Origin, read_origin
from indexer.training.pairs import Pairs, alone
from indexer.training.quoted import passages_of, quoted_set
from indexer.training.segmentation import joined
from indexer.training.stores import Store
from indexer.training.trainer import Bag, Loss, encode, gather
from indexer.training.vocabulary import Vocabulary

__all__ = ["Adaptation", "Leaf", "adapt", "judge_of", "leaves"]

_FEWEST = 200
"""Pairs below which there is nothing to learn from."""
_GAIN = 0.005
_SET_ASIDE = 5
"""Every fifth section is measured on instead of trained on."""
_RATE = 0.02
"""Learning rate, as a share of the mean size of a value in the model."""
_PASSES, _BATCH, _DROP = 4, 256, 0.1


@dataclass(frozen=True, slots=True)
class Leaf:
    """One passage, segmented, with its innermost heading; `section` is one number for its section."""

    heading: str
    text: str
    section: int
    order: int


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What came of it. `refused` is None where the adapted model was written, else the reason."""

    pairs: int
    before: float
    after: float
    refused: str | None


Judge = Callable[[StaticEncoder], NDArray[np.float64]]
"""Scores an encoder on judged queries of the library: one value for each query."""


def adapt(
    library: Library, model: Path, out: Path, *, seed: int = 1, judge: Judge | None = None
) -> Adaptation:
    """Train `model` on `library` and write it to `out` if that helps.

    Helping is judged by `judge` where there is one, else by headings of sections set aside:
    nDCG@10 of finding a section's passages by its heading.
    """
    held = leaves(library)
    vocabulary, vectors = _opened(model)
    store = Store.of(vocabulary, (text for leaf in held for text in (leaf.heading, leaf.text)))
    aside = np.array([leaf.section % _SET_ASIDE == 0 for leaf in held], dtype=bool)
    pairs = _pairs(held, store, aside, np.random.default_rng([seed, 0]))
    if len(pairs) < _FEWEST:
        return Adaptation(
            len(pairs), 0.0, 0.0, f"thư viện còn ít văn bản ({len(pairs)} cặp câu, cần {_FEWEST})"
        )
    adapted = _trained(held, store, aside, vectors, seed)
    work = out.with_name(out.name + ".new")
    documents = tuple(_as_origin(library, summary.id) for summary in library.documents())
    export(work, vocabulary.tokens, adapted, _CARD, (*read_origin(model), *documents))
    if judge is not None:
        before, after = (judge(StaticEncoder(path, key=path.name)) for path in (model, work))
    else:
        before, after = (_by_heading(held, store, aside, table) for table in (vectors, adapted))
    refused = _reason(before, after)
    if refused is None:
        _replace(work, out)
    else:
        _remove(work)
    return Adaptation(len(pairs), float(before.mean()), float(after.mean()), refused)


def _as_origin(library: Library, document_id: str) -> Origin:
    document = library.document(document_id)
    return {"name": document.source, "part": "texts", "data": document.sha256}


def judge_of(library: Library, queries: Path) -> Judge:
    """A judge by the queries of a file: {"query", "relevant": [{"file", "quote", "grade"}]} per line."""
    passages = [
        one
        for summary in library.documents()
        for one in passages_of(library.document(summary.id), summary.source)
    ]
    asked = quoted_set("library", passages, read_lines(queries))
    texts = [f"{context} {text}" for context, text in zip(asked.titles, asked.texts, strict=True)]

    def judge(encoder: StaticEncoder) -> NDArray[np.float64]:
        queries, found = (
            encoder.encode_passages(several, [text.split() for text in several])
            for several in (asked.queries, texts)
        )
        return ndcg(queries @ found.T, asked.relevant)

    return judge


def leaves(library: Library) -> list[Leaf]:
    """Every passage of the library, in reading order."""
    found: list[Leaf] = []
    for summary in library.documents():
        for order, stored in enumerate(library.passages_of(summary.id)):
            path = "\n".join((summary.id, *stored.section_path))
            heading = stored.section_path[-1] if stored.section_path else ""
            found.append(Leaf(joined(heading), joined(stored.passage.text), crc32(path.encode()), order))
    return found


def _opened(model: Path) -> tuple[Vocabulary, NDArray[np.float32]]:
    """Vocabulary and word vectors of a model directory made by `export`."""
    import json

    from safetensors.numpy import load_file

    known = json.loads((model / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    tensors = load_file(model / "model.safetensors")
    vectors = tensors["embeddings"].astype(np.float32) * tensors["weights"][:, None]
    return Vocabulary.of(sorted(known, key=known.__getitem__), whole=True), vectors


def _pairs(held: Sequence[Leaf], store: Store, aside: NDArray[np.bool_], rng: np.random.Generator) -> Pairs:
    """Heading–passage, passage–next passage, span–rest, of what is not set aside."""
    taught = np.flatnonzero(~aside)
    heading, text = store.spans(2 * taught, 60), store.spans(2 * taught + 1, 200)
    section = np.array([held[index].section for index in taught.tolist()], dtype=np.int64)
    next_one = np.flatnonzero(np.diff(section) == 0) if len(section) else taught
    length = text[:, 1] - text[:, 0]
    size = np.maximum(length // 4, 1)
    start = text[:, 0] + (rng.random(len(taught)) * (length - size)).astype(np.int64)
    rest = np.stack([text[:, 0], start, start + size, text[:, 1]], axis=1)
    parts = [
        Pairs(alone(heading), alone(text), section),
        Pairs(alone(text[next_one]), alone(text[next_one + 1]), section[next_one]),
        Pairs(alone(np.stack([start, start + size], axis=1)), rest, section),
    ]
    pairs = Pairs.joined(parts)
    left = (pairs.left[:, 1::2] - pairs.left[:, ::2]).sum(axis=1)
    right = (pairs.right[:, 1::2] - pairs.right[:, ::2]).sum(axis=1)
    return pairs.take(np.flatnonzero((left >= 2) & (right >= 6)))


def _trained(
    held: Sequence[Leaf], store: Store, aside: NDArray[np.bool_], vectors: NDArray[np.float32], seed: int
) -> NDArray[np.float32]:
    bag = Bag(torch.from_numpy(vectors.copy()))
    loss = Loss(20.0, (vectors.shape[1],))
    optimiser = torch.optim.Adam(bag.parameters(), lr=_RATE * float(np.abs(vectors).mean()))
    for number in range(_PASSES):
        rng = np.random.default_rng([seed, 1, number])
        pairs = _pairs(held, store, aside, rng)
        order = rng.permutation(len(pairs))
        size = min(_BATCH, len(pairs))
        for start in range(0, len(order) - size + 1, size):
            drawn = pairs.take(order[start : start + size])
            left = bag(*gather(store.flat, drawn.left, rng, _DROP))
            right = bag(*gather(store.flat, drawn.right, rng, _DROP))
            optimiser.zero_grad(set_to_none=True)
            loss(left, right, torch.from_numpy(drawn.group)).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    adapted: NDArray[np.float32] = bag.weight.detach().numpy()
    return adapted


def _by_heading(
    held: Sequence[Leaf], store: Store, aside: NDArray[np.bool_], vectors: NDArray[np.float32]
) -> NDArray[np.float64]:
    """nDCG@10 of finding the passages of each section set aside by its heading, among all passages."""
    sections: dict[int, list[int]] = {}
    for index in np.flatnonzero(aside).tolist():
        if held[index].heading:
            sections.setdefault(held[index].section, []).append(index)
    asked = np.array([indices[0] for indices in sections.values()], dtype=np.int64)
    queries = encode(vectors, store.flat, alone(store.spans(2 * asked, 60)))
    passages = encode(vectors, store.flat, alone(store.spans(2 * np.arange(len(held)) + 1, 400)))
    relevant = [dict.fromkeys(indices, 1) for indices in sections.values()]
    return ndcg(queries @ passages.T, relevant)


def _reason(before: NDArray[np.float64], after: NDArray[np.float64]) -> str | None:
    gain = float(after.mean() - before.mean()) if len(before) else 0.0
    if gain < _GAIN:
        return f"mô hình thích nghi không tìm tốt hơn (nDCG@10 {before.mean():.3f} → {after.mean():.3f})"
    chance = paired_test(after, before)
    if chance > 0.05:
        return f"tốt hơn chưa chắc chắn ({before.mean():.3f} → {after.mean():.3f}, p = {chance:.2f})"
    return None


def _replace(new: Path, out: Path) -> None:
    _remove(out)
    new.rename(out)


def _remove(directory: Path) -> None:
    import shutil

    if directory.exists():
        shutil.rmtree(directory)


_CARD = """---
language: vi
library_name: sentence-transformers
---
# Tra Cứu encoder adapted to one library
The bundled encoder of Tra Cứu, trained further on the headings and passages of a library
(`python -m indexer.training adapt`). It may have learnt what those documents say: treat it as you treat them.
"""
