"""Judged sets whose answers are quotes from documents, as for the plans and the sample library."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.ingest import read_document
from corpus.text import fold, nfc
from corpus.types import Document
from indexer.training.material import read_lines
from indexer.training.measure import JudgedSet
from indexer.training.segmentation import joined

__all__ = ["Quotable", "passages_of", "plan_questions", "quoted_set"]

_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Quotable:
    """One passage: the file it is from, its text, and what of its surroundings is encoded with it."""

    file: str
    text: str
    context: str


def plan_questions(shared: Path) -> JudgedSet:
    """The judged queries over the plans, in the passages that the product finds in them."""
    files = sorted((shared / "documents" / "plans").glob("*.txt"))
    passages = [one for file in files for one in passages_of(read_document(file), file.name)]
    return quoted_set("plans", passages, read_lines(shared / "retrieval" / "plans_dev_queries.jsonl"))


def passages_of(document: Document, file: str) -> list[Quotable]:
    """A document's passages with title, heading path and lead, as the product indexes them."""
    about = document.metadata
    title = " ".join(filter(None, (about.kind, about.number, about.title)))
    found = []
    for passage in document.passages:
        lead = document.passages[passage.lead].text if passage.lead is not None else ""
        context = "\n".join(filter(None, (title, *document.path(passage.section), lead)))
        found.append(Quotable(file, passage.text, context))
    return found


def quoted_set(name: str, passages: Sequence[Quotable], rows: Iterable[dict[str, Any]]) -> JudgedSet:
    """Queries with quotes as answers: a passage has the best grade of the quotes it covers.

    It covers a quote of its file that it contains, or three in five of whose word triples it has.
    """
    plain = [_plain(one.text) for one in passages]
    triples = [_triples(text) for text in plain]
    queries, relevant = [], []
    for row in rows:
        grades: dict[int, int] = {}
        for answer in row["relevant"]:
            quote = _plain(answer["quote"])
            wanted = _triples(quote)
            for index, one in enumerate(passages):
                if one.file != answer["file"]:
                    continue
                shared = len(wanted & triples[index])
                if f" {quote} " in f" {plain[index]} " or (wanted and shared >= _SHARE * len(wanted)):
                    grades[index] = max(grades.get(index, 0), int(answer["grade"]))
        if grades:
            queries.append(joined(row["query"]))
            relevant.append(grades)
    return JudgedSet(
        name,
        [joined(one.context) for one in passages],
        [joined(one.text) for one in passages],
        queries,
        relevant,
    )


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(nfc(text))).split())


def _triples(plain: str) -> set[tuple[str, str, str]]:
    words = plain.split()
    return set(zip(words, words[1:], words[2:], strict=False))
