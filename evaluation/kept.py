"""Runs kept: small JSON files, one line per question, that show in a diff what changed.

A file holds runs of one judged set. What they share stands once: the questions with what they want,
and the beginnings of passages.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from corpus.errors import TracuuError
from evaluation.files import write_text
from evaluation.measures import MEASURES
from evaluation.outcomes import Shown, Wanted
from evaluation.records import PerQuery, Question, Record, rounded

__all__ = ["load_records", "save_records"]

_FORMAT = 2
_LONG = 32
"""Characters from which ids of passages are kept in a table."""
_SHARED = ("dataset", "data", "questions", "unanswerable")

Json = dict[str, Any]


def save_records(path: Path, records: Sequence[Record]) -> None:
    """Write runs of one judged set into one file. TracuuError where it cannot be written."""
    first = records[0]
    asked = {
        id_: {
            "text": one.text,
            "kind": one.kind,
            "wanted": [[w.id, w.where, w.text, w.grade] for w in one.wanted],
        }
        for id_, one in first.asked.items()
    }
    texts = {id_: [one.where, one.text] for record in records for id_, one in record.texts.items()}
    head: Json = {"format": _FORMAT, **{name: getattr(first, name) for name in _SHARED}}
    head["ids"] = _long_ids(records)
    numbers = {id_: number for number, id_ in enumerate(head["ids"])}
    runs = ",\n".join(_run(record, numbers) for record in records)
    tables = f'"asked": {_rows(asked)},\n"texts": {_rows(texts)}'
    written = f'{json.dumps(head, ensure_ascii=False)[:-1]},\n{tables},\n"runs": [\n{runs}\n]}}\n'
    write_text(path, written)


def _long_ids(records: Sequence[Record]) -> list[str]:
    """Ids that stand once in the file, numbered; short ones are better read in place."""
    ids = {id_ for record in records for one in record.queries.values() for id_ in one.top}
    return sorted(ids) if max(map(len, ids), default=0) > _LONG else []


def _run(record: Record, numbers: Mapping[str, int]) -> str:
    rows = {
        id_: [
            [rounded(one.scores[name]) for name in MEASURES],
            [numbers.get(passage, passage) for passage in one.top],
            list(one.right),
        ]
        for id_, one in record.queries.items()
    }
    data = {
        one.name: rounded(getattr(record, one.name))
        for one in fields(record)
        if one.name not in {*_SHARED, "asked", "queries", "texts"}
    }
    about = json.dumps({**data, "measures": list(MEASURES)}, ensure_ascii=False, indent=1)
    return f'{about[:-2]},\n "queries": {_rows(rows)}}}'


def _rows(rows: Mapping[str, object]) -> str:
    lines = (f"{_line(id_)}: {_line(one)}" for id_, one in rows.items())
    return "{\n" + ",\n".join(lines) + "\n}"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load_records(path: Path) -> list[Record]:
    """Read runs. TracuuError with advice where the file holds none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != _FORMAT:
            raise TracuuError(f"{path.name}: do phiên bản khác ghi; hãy đo lại với --save.")
        asked = {
            id_: Question(one["text"], one["kind"], tuple(Wanted(*each) for each in one["wanted"]))
            for id_, one in data["asked"].items()
        }
        texts = {id_: Shown(where, text) for id_, (where, text) in data["texts"].items()}
        shared = {name: data[name] for name in _SHARED}
        records = [_read(run, shared, data["ids"], asked, texts) for run in data["runs"]]
    except OSError as error:
        raise TracuuError(f"{path}: không đọc được; hãy kiểm tra đường dẫn.") from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise TracuuError(f"{path.name}: không phải tệp kết quả do --save ghi ra.") from error
    if not records:
        raise TracuuError(f"{path.name}: không có kết quả nào; hãy đo lại với --save.")
    return records


def _read(
    run: Mapping[str, Any],
    shared: Json,
    ids: Sequence[str],
    asked: Mapping[str, Question],
    texts: Mapping[str, Shown],
) -> Record:
    measures = run["measures"]
    queries = {
        id_: PerQuery(
            dict(zip(measures, scores, strict=True)),
            tuple(ids[one] if isinstance(one, int) else one for one in top),
            tuple(right),
        )
        for id_, (scores, top, right) in run["queries"].items()
    }
    rest = {name: value for name, value in run.items() if name != "measures"}
    return Record(
        **{
            **rest,
            **shared,
            "intervals": {name: (low, high) for name, (low, high) in run["intervals"].items()},
            "trained_on": tuple(run["trained_on"]),
            "seen": tuple(run["seen"]),
            "queries": queries,
            "asked": asked,
            "texts": texts,
        }
    )
