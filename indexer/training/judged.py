"""The judged sets that an encoder is measured on, read from the shared folder and segmented."""

from pathlib import Path

from indexer.training.material import Material, Written, read_lines
from indexer.training.measure import JudgedSet
from indexer.training.segmentation import joined
from indexer.training.split import split

__all__ = ["legal_questions", "paraphrases", "reading_questions"]


def legal_questions(material: Material) -> JudgedSet:
    """Questions of citizens over all articles of the legal code (development part)."""
    articles = list(material.articles())
    folder = material.shared / "retrieval" / "phapdien" / "dev"
    queries = {row["_id"]: joined(row["text"]) for row in read_lines(folder / "queries.jsonl")}
    return _judged(
        "phapdien",
        {article.id: (article.title, article.text) for article in articles},
        queries,
        folder / "qrels.tsv",
    )


def reading_questions(material: Material) -> JudgedSet:
    """XQuAD in Vietnamese as retrieval: only ever measured on."""
    folder = material.shared / "retrieval" / "xquad_vi"
    passages = {
        row["_id"]: (joined(row.get("title") or ""), joined(row["text"]))
        for row in read_lines(folder / "corpus.jsonl")
    }
    queries = {row["_id"]: joined(row["text"]) for row in read_lines(folder / "queries.jsonl")}
    return _judged("xquad", passages, queries, folder / "qrels.tsv")


def paraphrases(written: list[Written], held_out: int, seed: int) -> JudgedSet:
    """Paraphrases of the passages that training set aside, over all written passages."""
    held = split(written, held_out, seed).held
    asked = [(index, query) for index in held for query in written[index].queries["paraphrase"]]
    return JudgedSet(
        "paraphrase",
        [one.head for one in written],
        [one.text for one in written],
        [query for _, query in asked],
        [{index: 1} for index, _ in asked],
    )


def _judged(
    name: str, passages: dict[str, tuple[str, str]], queries: dict[str, str], qrels: Path
) -> JudgedSet:
    number = {key: index for index, key in enumerate(passages)}
    relevant: dict[str, dict[int, int]] = {key: {} for key in queries}
    with qrels.open(encoding="utf-8") as file:
        next(file)
        for line in file:
            query, passage, grade = line.split("\t")
            if query in relevant and passage in number:
                relevant[query][number[passage]] = int(grade)
    judged = [key for key in queries if relevant[key]]
    return JudgedSet(
        name,
        [title for title, _ in passages.values()],
        [text for _, text in passages.values()],
        [queries[key] for key in judged],
        [relevant[key] for key in judged],
    )
