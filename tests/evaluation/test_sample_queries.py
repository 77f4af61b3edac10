"""The judged queries over the sample library hold together, and with the documents as we read them."""

import json
from collections import Counter
from pathlib import Path

import pytest
from sample_documents import sample_documents

from corpus.types import Passage, Section

QUERIES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "evaluation/datasets/sample_queries.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
FACTOIDS = [query for query in QUERIES if query["kind"] == "factoid"]
LEAST = {
    "natural": 25, "keyword": 15, "paraphrase": 30, "factoid": 15, "abbreviation": 8,
    "nodiacritics": 8, "typo": 8, "docref": 8, "unanswerable": 8,
}  # fmt: skip


def test_there_are_enough_queries_of_every_kind() -> None:
    counts = Counter(query["kind"] for query in QUERIES)
    assert counts.keys() == LEAST.keys()
    assert {kind: least for kind, least in LEAST.items() if counts[kind] < least} == {}
    assert len(QUERIES) >= 120


def test_ids_and_queries_are_unique() -> None:
    assert len({query["id"] for query in QUERIES}) == len(QUERIES)
    assert len({query["query"] for query in QUERIES}) == len(QUERIES)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query["id"])
def test_every_quote_stands_in_one_passage_or_heading_of_the_named_file_and_nowhere_else(query: dict) -> None:
    assert query["answerable"] == bool(query["relevant"]) == (query["kind"] != "unanswerable")
    quotes = [(judged["file"], judged["quote"]) for judged in query["relevant"]]
    assert len(set(quotes)) == len(quotes)
    parts: list[tuple[str, Passage | Section]] = []
    for file, quote in quotes:
        holders = [
            (name, part)
            for name, document in sample_documents().items()
            for part in (*document.passages, *document.sections)
            if quote in document.text[slice(*part.span)]
        ]
        assert [name for name, _ in holders] == [file], quote
        parts += holders
    assert len({(name, part.span) for name, part in parts}) == len(parts), "a passage is judged once"
    if query["answerable"]:
        assert {judged["grade"] for judged in query["relevant"]} in ({2}, {1, 2})


@pytest.mark.parametrize(
    "query", [q for q in QUERIES if q["kind"] == "factoid"], ids=lambda query: query["id"]
)
def test_an_answer_is_printed_in_every_passage_judged_to_give_it(query: dict) -> None:
    gives = [judged["quote"] for judged in query["relevant"] if judged["grade"] == 2]
    assert [quote for quote in gives if query["answer"] not in quote] == []


def test_only_factoid_queries_carry_an_answer() -> None:
    assert {query["kind"] for query in QUERIES if query["answer"]} == {"factoid"}
