"""Runs kept: what was measured, with what, on which data, question by question; small JSON files."""

import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import TracuuError

__all__ = ["PerQuery", "Record", "load_records", "machine", "revision", "save_records"]

FORMAT = 1

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PerQuery:
    """One question of a run."""

    text: str
    kind: str
    scores: dict[str, float]
    top: tuple[str, ...] = ()
    """Ids of the first ten results."""
    first: str = ""
    """Beginning of the first result, to read beside the question."""


@dataclass(frozen=True, slots=True)
class Record:
    """One configuration measured on one judged set."""

    configuration: Json
    model: str
    """`Encoder.key`."""
    dataset: str
    data: str
    """Hash of the collection."""
    questions: str
    """Hash of questions and judgements."""
    figures: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    """95% bootstrap intervals of the figures."""
    by_kind: dict[str, dict[str, float]]
    unanswerable: int
    unjudged: float
    """Mean number of the first ten results that nobody has judged."""
    latency_ms: dict[str, float]
    memory_mb: float
    index: Json
    code: str | None = None
    machine: Json = field(default_factory=dict)
    queries: dict[str, PerQuery] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of the configuration."""
        return str(self.configuration["name"])

    def as_json(self) -> Json:
        """Everything, as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Record":
        """Read what `as_json` gave. KeyError or TypeError where it is anything else."""
        queries = {id_: PerQuery(**{**one, "top": tuple(one["top"])}) for id_, one in data["queries"].items()}
        intervals = {name: (low, high) for name, (low, high) in data["intervals"].items()}
        return cls(**{**data, "queries": queries, "intervals": intervals})

    def summary(self) -> Json:
        """What `--json` prints: the figures at the top, no questions."""
        return {
            **_rounded(self.figures),
            "latency_ms": self.latency_ms,
            "intervals": _rounded(self.intervals),
            "by_kind": _rounded(self.by_kind),
            "queries": len(self.queries),
            "unanswerable": self.unanswerable,
            "unjudged@10": _rounded(self.unjudged),
            "memory_mb": self.memory_mb,
            "index": self.index,
            "model": self.model,
        }


def save_records(path: Path, records: Iterable[Record]) -> None:
    """Write runs into one file. TracuuError where it cannot be written."""
    runs = ",\n".join(_written(record) for record in records)
    try:
        path.write_text(f'{{"format": {FORMAT}, "runs": [\n{runs}\n]}}\n', encoding="utf-8")
    except OSError as error:
        raise TracuuError(f"{path}: không ghi được ({error.strerror}); hãy chọn nơi khác.") from error


def _written(record: Record) -> str:
    """JSON with one line per question: a change of one shows as such where files are compared."""
    data = _rounded(record.as_json())
    queries = data.pop("queries")
    rows = (f"  {_line(id_)}: {_line(one)}" for id_, one in queries.items())
    return (
        json.dumps(data, ensure_ascii=False, indent=1)[:-2]
        + ',\n "queries": {\n'
        + ",\n".join(rows)
        + "\n }}"
    )


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load_records(path: Path) -> list[Record]:
    """Read runs. TracuuError with advice where the file holds none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise TracuuError(f"{path.name}: do phiên bản khác ghi; hãy đo lại với --save.")
        return [Record.from_json(run) for run in data["runs"]]
    except OSError as error:
        raise TracuuError(f"{path}: không đọc được; hãy kiểm tra đường dẫn.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TracuuError(f"{path.name}: không phải tệp kết quả do --save ghi ra.") from error


def machine() -> Json:
    """What of the machine decides about times."""
    return {"cores": len(os.sched_getaffinity(0))}


def revision() -> str | None:
    """The checked-out commit, with "+" where files are changed; None outside a checkout."""
    root = Path(__file__).resolve().parent.parent
    if not (root / ".git").exists():
        return None
    try:
        commit = _git(root, "rev-parse", "--short=12", "HEAD")
        changed = _git(root, "status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.SubprocessError):
        return None
    return commit + ("+" if changed else "")


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout.strip()  # noqa: S603


def _rounded(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return value
