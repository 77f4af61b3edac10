"""Runs made elsewhere: a file of results scored like our own, and judgements as trec_eval reads them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import NotHeldError, TracuuError
from corpus.library import Library
from evaluation.collection import Articles, indexed
from evaluation.files import json_lines, read_run, write_qrels
from evaluation.judged_sets import JudgedSet
from evaluation.outcomes import outcome
from evaluation.records import Question, Record, questions_of, recorded
from evaluation.running import where
from evaluation.topics import ByPassage, Result
from indexer.encoders import load_encoder
from search_api.engine import Engine
from search_api.settings import Settings

__all__ = ["as_qrels", "foreign", "judged_runs", "write_judgements"]


def judged_runs(judged: JudgedSet, paths: Sequence[Path], cache: Path, model: str | None) -> list[Record]:
    """Records of runs made elsewhere; over documents their passages are looked up in the cached library."""
    if not paths:
        return []
    asked = questions_of(judged)
    quoted = not isinstance(judged.collection, Articles) and any(path.suffix != ".jsonl" for path in paths)
    library = indexed(judged.collection, load_encoder(model), cache)[0] if quoted else None
    return [foreign(judged, path, asked, library) for path in paths]


def write_judgements(judged: JudgedSet, folder: Path, cache: Path, model: str | None) -> None:
    """Write `qrels.txt`, as trec_eval reads it, beside our runs."""
    library, _ = indexed(judged.collection, load_encoder(model), cache)
    write_qrels(folder / "qrels.txt", as_qrels(judged, library))


def foreign(judged: JudgedSet, path: Path, asked: Mapping[str, Question], library: Path | None) -> Record:
    """Score a TREC run, or JSON Lines as `tracuu search --queries` prints them (name ending .jsonl).

    `library` holds the passages that a TREC run names where quotes are judged. TracuuError where the
    file answers none of the questions.
    """
    if path.suffix == ".jsonl":
        results = _printed(path)
    else:
        run = {question: [id_ for id_, _ in found] for question, found in read_run(path).items()}
        held = _texts(judged, {id_ for ids in run.values() for id_ in ids}, library)
        results = {
            question: [held.get(id_) or Result(id_, "", "") for id_ in ids] for question, ids in run.items()
        }
    if not results.keys() & {topic.id for topic in judged.topics}:
        raise TracuuError(f"{path.name}: không trả lời câu hỏi nào của bộ {judged.name}; hãy xem lại tệp.")
    about = {"name": path.stem, "run": path.name}
    return recorded(judged, about, outcome(judged.topics, results), asked=asked)


def _printed(path: Path) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = {}
    for row in json_lines(path):
        try:
            found[str(row["id"])] = [_result(one) for one in row["results"]]
        except (KeyError, TypeError, AttributeError) as error:
            raise TracuuError(
                f'{path.name}: mỗi dòng cần "id" và "results", như `tracuu search --queries` in ra.'
            ) from error
    return found


def _result(row: Mapping[str, Any]) -> Result:
    document = row.get("document") or {}
    file = str(row.get("file") or document.get("source") or "")
    text = str(row.get("text") or "")
    return Result(str(row.get("passage_id") or text), text, file, where(file, row.get("section") or ()))


def _texts(judged: JudgedSet, ids: set[str], library: Path | None) -> dict[str, Result]:
    if isinstance(judged.collection, Articles):
        return judged.collection.find(ids)
    if library is None:
        return {}
    found = {}
    with Engine(Library.open(library), Settings(library=library)) as engine:
        for id_ in ids:
            try:
                stored = engine.passage(id_)
            except NotHeldError:
                continue
            file = engine.library.summary(stored.document_id).source
            found[id_] = Result(id_, stored.passage.text, file, where(file, stored.section_path))
    return found


def as_qrels(judged: JudgedSet, library: Path) -> dict[str, dict[str, int]]:
    """Judgements by passage id: of quotes the best grade that each passage of `library` brings.

    trec_eval credits every passage that holds a quote, `tracuu evaluate` the first only.
    """
    qrels = {
        topic.id: topic.judgement.by_id for topic in judged.topics if isinstance(topic.judgement, ByPassage)
    }
    quoted = [topic for topic in judged.topics if topic.id not in qrels]
    if not quoted:
        return qrels
    with Library.open(library) as opened:
        held = [
            Result(stored.passage.id, stored.passage.text, document.source)
            for document in opened.documents()
            for stored in opened.passages_of(document.id)
        ]
    for topic in quoted:
        grades = topic.judgement.grades
        qrels[topic.id] = {
            result.id: max(grades[item] for item in brought)
            for result in held
            if (brought := topic.judgement.brings(result))
        }
    return qrels
