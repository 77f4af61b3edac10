"""What is searched in: articles of a BEIR set or a folder of documents, put into a library of their own.

The library lies in a cache directory named after the data and the encoder, so that the same data
are indexed once; it is a library like any other, indexed and searched by the product's own code.
"""

import hashlib
import json
import shutil
import time
from collections import Counter
from collections.abc import Collection as Several
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from corpus.errors import TracuuError
from corpus.ingest import add_files, find_files
from corpus.library import Library
from corpus.types import Document, Metadata, Passage, Section, Span
from evaluation.files import json_lines
from evaluation.topics import Result
from indexer.encoders import Encoder
from indexer.update import Progress, update

__all__ = ["ARTICLES", "Articles", "Build", "Collection", "Documents", "indexed"]

ARTICLES = "articles.jsonl"
"""What documents that hold articles are called; it says nothing to a reader."""

_TOGETHER = 1_000
"""Articles kept as one document of the library: a transaction for each would take half an hour."""
_ARTICLES_VERSION = "1"
"""Changes when articles are laid into the library otherwise."""
_BUILD = "build.json"
_COLD = "cold.json"
"""Beside the libraries of the same data: how long it took from nothing."""


class Collection(Protocol):
    """Data that can be put into a library."""

    @property
    def name(self) -> str:
        """For showing."""

    @property
    def data(self) -> str:
        """Hash of everything that decides what the library will hold."""

    @property
    def hashes(self) -> frozenset[str]:
        """SHA-256 of the files, by which it is known whether a model has seen them."""

    def fill(self, library: Library) -> None:
        """Put everything into a library that is new or holds a part of it."""


@dataclass(frozen=True)
class Articles:
    """The `corpus.jsonl` of a BEIR set. Each article is a passage under its title as heading.

    The passage's id is the article's.
    """

    path: Path

    @property
    def name(self) -> str:
        """Name of the set's folder."""
        return self.path.resolve().parent.name

    @cached_property
    def data(self) -> str:
        """Hash of the file."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @property
    def hashes(self) -> frozenset[str]:
        """That of the file."""
        return frozenset([self.data])

    def fill(self, library: Library) -> None:
        """Add the articles, many to a document.

        The product shows a text once per document, so articles of the same text go apart.
        """
        seen: Counter[str] = Counter()
        waiting: dict[int, list[dict[str, str]]] = {}
        for article in self._read():
            layer = waiting.setdefault(seen[article["text"]], [])
            seen[article["text"]] += 1
            layer.append(article)
            if len(layer) == _TOGETHER:
                _add(library, layer)
                layer.clear()
        for layer in waiting.values():
            if layer:
                _add(library, layer)

    def find(self, ids: Several[str]) -> dict[str, Result]:
        """Articles by id, read from the file; ids that it does not hold are left out."""
        return {
            article["_id"]: Result(article["_id"], article["text"], ARTICLES, article["title"])
            for article in self._read()
            if article["_id"] in ids
        }

    def _read(self) -> Iterator[dict[str, str]]:
        for row in json_lines(self.path):
            if "_id" not in row:
                raise TracuuError(f'{self.path.name}: có dòng thiếu "_id"; hãy xem lại định dạng BEIR.')
            yield {
                name: str(row.get(name) or "").encode("utf-8", "ignore").decode()
                for name in ("_id", "title", "text")
            }


def _add(library: Library, articles: Sequence[dict[str, str]]) -> None:
    original = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles).encode()
    sha256 = hashlib.sha256(original).hexdigest()
    library.add(_as_document(articles, sha256), original, reading_version=f"articles-{_ARTICLES_VERSION}")


def _as_document(articles: Sequence[dict[str, str]], sha256: str) -> Document:
    text: list[str] = []
    length = 0

    def put(words: str) -> Span:
        nonlocal length
        start = length
        text.append(words)
        length += len(words) + 1
        return Span(start, start + len(words))

    sections: list[Section] = []
    passages: list[Passage] = []
    for article in articles:
        under: int | None = None
        if article["title"].strip():
            under = len(sections)
            sections.append(Section(under, "heading", "", article["title"], 1, None, put(article["title"])))
        place = len(passages)
        passages.append(
            Passage(article["_id"], place, "paragraph", article["text"], put(article["text"]), under)
        )
    whole = "\n".join(text)
    nothing = Metadata()
    return Document(sha256[:16], sha256, ARTICLES, whole, nothing, (), tuple(sections), tuple(passages), ())


@dataclass(frozen=True)
class Documents:
    """Files and folders read by the product's own way in."""

    name: str
    paths: tuple[Path, ...]

    @cached_property
    def data(self) -> str:
        """Hash of the files and of the code that reads them: figures follow the parser as it is."""
        seen = hashlib.sha256()
        for name, sha256 in self._files:
            seen.update(name.encode() + b"\0" + bytes.fromhex(sha256))
        seen.update(_code("corpus"))
        return seen.hexdigest()

    @property
    def hashes(self) -> frozenset[str]:
        """Those of the files."""
        return frozenset(sha256 for _, sha256 in self._files)

    @cached_property
    def _files(self) -> list[tuple[str, str]]:
        files, _ = find_files(self.paths)
        if not files:
            raise TracuuError(f"{self.name}: không có văn bản nào; hãy chỉ đúng thư mục văn bản.")
        return [(file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files]

    def fill(self, library: Library) -> None:
        """Read the files in. TracuuError where one cannot be read."""
        report = add_files(library, self.paths)
        failed = report.of("failed")
        if failed:
            raise TracuuError(f"Không đọc được hết bộ văn bản: {failed[0].reason}")


def _code(package: str) -> bytes:
    root = Path(__file__).resolve().parent.parent / package
    seen = hashlib.sha256()
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.toml")]):
        seen.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.digest()


@dataclass(frozen=True, slots=True)
class Build:
    """How the index came about."""

    passages: int
    seconds: float
    """Of the last update that indexed something: analysing, encoding, writing."""
    reading_seconds: float
    """Putting the data into the library."""
    index_bytes: int
    cold: bool
    """Whether nothing was known beforehand: no segmentation or vector kept from an earlier index."""
    cold_seconds: float | None = None
    """What reading and indexing took together when last nothing was known; None if that was never seen."""

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def indexed(
    collection: Collection, encoder: Encoder, cache: Path, *, progress: Progress | None = None
) -> tuple[Path, Build]:
    """The directory of a library that holds `collection`, indexed with `encoder`; made where needed.

    TracuuError where the cache cannot be written.
    """
    family = cache / f"{_plain(collection.name)}-{collection.data[:16]}"
    directory = family / hashlib.sha256(encoder.key.encode()).hexdigest()[:12]
    try:
        _carry(family, directory)
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TracuuError(
            f"{cache}: không ghi được ({error.strerror}); hãy chọn thư mục khác bằng --cache."
        ) from error
    started = time.perf_counter()
    with Library.open(directory, create=True) as library:
        cold = not library.analyses.spaces()
        if not (directory / _BUILD).exists():
            collection.fill(library)
        reading = time.perf_counter() - started
        report = update(library, encoder, progress=progress)
        passages = sum(document.passages for document in library.documents())
    known = directory / _BUILD
    if report.published or not known.exists():
        size = sum(path.stat().st_size for path in (directory / "index").rglob("*") if path.is_file())
        build = Build(
            passages,
            round(report.seconds, 2),
            round(reading, 2),
            size,
            cold,
            _cold_seconds(family, round(reading + report.seconds, 2) if cold else None),
        )
        known.write_text(json.dumps(build.as_json()), encoding="utf-8")
    return directory, Build(**json.loads(known.read_text(encoding="utf-8")))


def _cold_seconds(family: Path, measured: float | None) -> float | None:
    """What was measured now is remembered, else what was remembered is given."""
    known = family / _COLD
    if measured is not None:
        known.write_text(json.dumps(measured), encoding="utf-8")
        return measured
    return float(json.loads(known.read_text(encoding="utf-8"))) if known.exists() else None


def _carry(family: Path, directory: Path) -> None:
    """Start from the same data's library under another encoder: the segmentation is as good there."""
    if directory.exists() or not family.exists():
        return
    for other in sorted(path for path in family.iterdir() if path.is_dir()):
        if (other / _BUILD).exists():
            unfinished = directory.with_name(directory.name + ".tmp")
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(other, unfinished, ignore=shutil.ignore_patterns("index", _BUILD))
            unfinished.rename(directory)
            return


def _plain(name: str) -> str:
    return "".join(c if c.isalnum() and c.isascii() else "-" for c in name)[:40]
