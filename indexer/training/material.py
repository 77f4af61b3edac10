"""The files one may train on, read into segmented records.

Layout as in the README of the folder `shared`: training/, retrieval/, lexicon/. Whatever is not
segmented there is segmented here, once, into the cache directory.
"""

import json
import lzma
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from corpus.errors import TracuuError
from corpus.text import SYLLABLE, nfc, normalise_tones
from indexer.training.segmentation import joined, segmented

__all__ = ["Article", "Item", "Material", "Term", "Written"]

KINDS = ("natural", "paraphrase", "keyword", "summary")
_NEWS_WORDS = 200
_SHORT_LINE = 80
"""Shorter lines of an encyclopedia article are headings and lists."""
_PARAGRAPHS = 40


class Article(NamedTuple):
    """One article of the legal code; may be trained on only where `train` is true."""

    id: str
    train: bool
    title: str
    text: str


class Item(NamedTuple):
    """One news item or encyclopedia article: title, first sentences, the rest (maybe empty)."""

    title: str
    lead: str
    body: str


class Written(NamedTuple):
    """A passage for which queries were written by hand; `queries` by kind."""

    id: str
    source: str
    head: str
    text: str
    queries: dict[str, list[str]]


class Term(NamedTuple):
    """A term of the lexicon with its synonyms, everyday wordings, abbreviations, related terms."""

    term: str
    same: list[str]
    plain: list[str]
    abbr: list[str]
    near: list[str]


@dataclass(frozen=True, slots=True)
class Material:
    """Readers of the training files. All texts come out segmented, words joined by spaces."""

    shared: Path
    """The folder that holds training/, retrieval/ and lexicon/."""
    cache: Path
    processes: int = 1
    progress: Callable[[Iterable[Any]], Iterable[Any]] = field(default=iter)

    def articles(self) -> Iterator[Article]:
        """Every article of the legal code, those not to be trained on included."""
        path = self._segmented("phapdien", "retrieval/phapdien/corpus.jsonl.xz", _article)
        return (Article(*row) for row in read_lines(path))

    def written(self) -> list[Written]:
        """The passages with hand-written queries."""
        path = self._segmented("synthetic", "training/synthetic_queries.jsonl", _written)
        return [Written(**row) for row in read_lines(path)]

    def terms(self) -> list[Term]:
        """The administrative lexicon."""
        path = self._segmented("lexicon", "lexicon/administrative.jsonl", _term)
        return [Term(**row) for row in read_lines(path)]

    def news(self) -> Iterator[Item]:
        """News that another segmenter split; lower-cased and freed of punctuation here."""
        for row in read_lines(self._file("training/news.jsonl.xz")):
            body = " ".join(row["body"].split()[:_NEWS_WORDS])
            yield Item(_retokenised(row["title"]), _retokenised(row["abstract"]), _retokenised(body))

    def encyclopedia(self) -> Iterator[Item]:
        """Wikipedia: for each two paragraphs that follow each other, the title and both."""
        path = self._segmented("wikipedia", "training/wikipedia.jsonl.xz", _paragraphs)
        for title, paragraphs in read_lines(path):
            for first, second in zip(paragraphs[::2], paragraphs[1::2], strict=False):
                yield Item(title, first, second)

    def _file(self, name: str) -> Path:
        path = self.shared / name
        if not path.exists():
            raise TracuuError(
                f"Không thấy tệp huấn luyện {path}. Hãy chỉ đúng thư mục dữ liệu bằng --shared."
            )
        return path

    def _segmented(self, name: str, source: str, segment: Callable[[Any], Any]) -> Path:
        return segmented(
            self.cache / f"{name}.jsonl",
            lambda: read_lines(self._file(source)),
            segment,
            processes=self.processes,
            progress=self.progress,
        )


def read_lines(path: Path) -> Iterator[Any]:
    """The records of a JSON-lines file, plain or .xz."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _article(row: dict[str, Any]) -> list[Any]:
    train = bool(row.get("metadata", {}).get("train"))
    return [row["_id"], train, joined(row["title"]), joined(row["text"])]


def _written(row: dict[str, Any]) -> dict[str, Any]:
    queries = {kind: [joined(query) for query in row["queries"].get(kind, [])] for kind in KINDS}
    return {
        "id": row["id"],
        "source": row["source"],
        "head": joined(row["head"] or ""),
        "text": joined(row["text"]),
        "queries": queries,
    }


def _term(row: dict[str, Any]) -> dict[str, Any]:
    lists = {name: [joined(value) for value in row[name]] for name in ("same", "plain", "abbr", "near")}
    return {"term": joined(row["term"]), **lists}


def _paragraphs(row: dict[str, str]) -> list[Any]:
    lines = (line.strip() for line in row["text"].splitlines())
    long = [line for line in lines if len(line) > _SHORT_LINE]
    return [joined(row["title"]), [joined(line) for line in long[:_PARAGRAPHS]]]


def _retokenised(text: str) -> str:
    """The words of another segmenter in our spelling: lower case, old tone places, no punctuation."""
    tokens = normalise_tones(nfc(text)).lower().split()
    return " ".join(filter(None, ("_".join(SYLLABLE.findall(token)) for token in tokens)))
