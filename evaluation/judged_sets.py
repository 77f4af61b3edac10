"""What a user names on the command line → a collection and the judged questions over it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import TracuuError
from evaluation.collection import Articles, Collection, Documents
from evaluation.files import json_lines, read_qrels
from evaluation.topics import ByPassage, ByQuote, Topic

__all__ = ["JudgedSet", "judged_set"]

_BUNDLED = Path(__file__).resolve().parent / "datasets"
_CORPUS = ("corpus.jsonl", "corpus.jsonl.xz", "corpus.jsonl.gz")
_QRELS = ("qrels.tsv", "qrels/test.tsv", "qrels/dev.tsv", "qrels/train.tsv")
_NO_KIND = "all"


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Questions with their judgements over a collection."""

    name: str
    collection: Collection
    topics: tuple[Topic, ...]
    """Only questions that can be answered: at least one thing is wanted."""
    unanswerable: int
    questions: str
    """Hash of questions and judgements."""


def judged_set(dataset: str, queries: Path | None = None, qrels: Path | None = None) -> JudgedSet:
    """The judged set that `dataset` names: "sample", a BEIR folder, or a folder of documents.

    `queries` and `qrels` ask other questions of it; over documents `queries` holds judged quotes.
    Raises TracuuError with advice where something is missing or malformed.
    """
    if dataset == "sample":
        from corpus.sample import sample_files

        collection = Documents("sample", tuple(sample_files()))
        return _quoted(collection, queries or _BUNDLED / "sample_queries.jsonl")
    folder = Path(dataset)
    if not folder.exists():
        raise TracuuError(f"{folder}: không có; hãy chỉ một thư mục BEIR, thư mục văn bản, hoặc “sample”.")
    corpus = next((folder / name for name in _CORPUS if (folder / name).is_file()), None)
    if corpus is None:
        if queries is None:
            raise TracuuError(
                f"{folder}: không có corpus.jsonl; với thư mục văn bản, hãy thêm --queries TỆP "
                "có trích dẫn đã chấm."
            )
        return _quoted(Documents(folder.resolve().name, (folder,)), queries)
    if queries is None:
        queries, found = _beside(folder)
        qrels = qrels or found
    elif qrels is None:
        raise TracuuError("Với bộ BEIR, --queries cần đi cùng --qrels.")
    return _by_passage(Articles(corpus), queries, qrels)


def _beside(folder: Path) -> tuple[Path, Path]:
    """Questions and judgements of a BEIR folder: in itself, or in its only subfolder that has both."""
    places = [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]
    found = [
        (queries, qrels)
        for place in places
        if (queries := place / "queries.jsonl").is_file()
        and (qrels := next((place / name for name in _QRELS if (place / name).is_file()), None))
    ]
    if not found:
        raise TracuuError(
            f"{folder}: thiếu queries.jsonl hoặc qrels.tsv; hãy chỉ chúng bằng --queries và --qrels."
        )
    if len(found) > 1 and found[0][0].parent != folder:
        names = ", ".join(queries.parent.name for queries, _ in found)
        raise TracuuError(f"{folder}: có nhiều bộ câu hỏi ({names}); hãy chọn một bằng --queries và --qrels.")
    return found[0]


def _by_passage(collection: Collection, queries: Path, qrels: Path) -> JudgedSet:
    judged = read_qrels(qrels)
    topics = []
    for row in json_lines(queries):
        id_ = _required(row, queries, "_id", "id")
        by_id = judged.get(id_)
        if by_id and any(grade > 0 for grade in by_id.values()):
            text = _required(row, queries, "text", "query")
            topics.append(Topic(id_, text, str(row.get("kind") or _NO_KIND), ByPassage(by_id)))
    if not topics:
        raise TracuuError(f"{qrels.name} không chấm câu hỏi nào của {queries.name}; hãy xem lại hai tệp.")
    return JudgedSet(collection.name, collection, tuple(topics), 0, _hash(queries, qrels))


def _quoted(collection: Collection, queries: Path) -> JudgedSet:
    topics = []
    unanswerable = 0
    for row in json_lines(queries):
        text = _required(row, queries, "query", "text")
        try:
            quotes = tuple((q["file"], q["quote"], int(q["grade"])) for q in row.get("relevant", ()))
        except (KeyError, TypeError, ValueError) as error:
            raise TracuuError(
                f'{queries.name}: mỗi mục trong "relevant" cần "file", "quote", "grade".'
            ) from error
        if not row.get("answerable", True) or all(grade <= 0 for _, _, grade in quotes):
            unanswerable += 1
            continue
        id_ = _required(row, queries, "id", "_id")
        topics.append(Topic(id_, text, str(row.get("kind") or _NO_KIND), ByQuote(quotes)))
    if not topics:
        raise TracuuError(f'{queries.name}: không câu hỏi nào có trích dẫn đã chấm ("relevant").')
    return JudgedSet(collection.name, collection, tuple(topics), unanswerable, _hash(queries))


def _required(row: Mapping[str, Any], path: Path, *names: str) -> str:
    for name in names:
        if row.get(name) is not None:
            return str(row[name])
    raise TracuuError(f'{path.name}: có câu hỏi thiếu "{names[0]}".')


def _hash(*paths: Path) -> str:
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in paths)).hexdigest()
