"""What readers asked and marked on the search page → candidate questions for a pool."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.text import nfc, normalise_tones
from evaluation.judging.checking import PoolError
from web.feedback import FILE, MARKS

__all__ = ["Candidate", "candidates"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that readers asked, with how often they marked or opened a result of it."""

    id: str
    query: str
    useful: int
    useless: int
    opened: int
    last: str
    """Day of the latest remark."""

    def as_json(self) -> dict[str, Any]:
        """As `tracuu judge pool --queries` reads it."""
        return {
            "id": self.id,
            "query": self.query,
            "kind": "asked",
            "useful": self.useful,
            "useless": self.useless,
            "opened": self.opened,
            "last": self.last,
        }


def candidates(library: Path, *, least: int = 1) -> list[Candidate]:
    """Questions with at least `least` remarks: where readers were let down first, then the most frequent.

    The same question typed in another letter case or tone placement is one; it is shown as it was
    typed most often. Its id follows from its words, so that it stays when more remarks come.
    PoolError where nothing was collected.
    """
    path = library / FILE
    typed: dict[str, Counter[str]] = {}
    marks: dict[str, Counter[str]] = {}
    last: dict[str, str] = {}
    for row in _rows(path):
        key = " ".join(normalise_tones(nfc(row["query"])).lower().split())
        typed.setdefault(key, Counter())[row["query"]] += 1
        marks.setdefault(key, Counter())[row["mark"]] += 1
        last[key] = max(last.get(key, ""), row["day"])
    found = [
        Candidate(
            id=f"hoi-{hashlib.sha256(key.encode()).hexdigest()[:10]}",
            query=typed[key].most_common(1)[0][0],
            useful=marks[key]["useful"],
            useless=marks[key]["useless"],
            opened=marks[key]["opened"],
            last=last[key],
        )
        for key in typed
        if marks[key].total() >= least
    ]
    return sorted(found, key=lambda one: (-one.useless, -(one.useful + one.opened), one.query))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """The remarks; a line torn by a full disk or a crash is passed over."""
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                try:
                    row = json.loads(line)
                    fits = row["mark"] in MARKS and row["query"] and row["day"]
                except (ValueError, KeyError, TypeError):
                    continue
                if fits and all(isinstance(row[name], str) for name in ("query", "mark", "day")):
                    yield row
    except FileNotFoundError as error:
        raise PoolError(
            f"Thư viện {path.parent} chưa có nhận xét nào của người đọc; hãy bật bằng "
            "`tracuu serve --collect-feedback`."
        ) from error
    except OSError as error:
        raise PoolError(f"{path}: không đọc được ({error.strerror}); hãy kiểm tra quyền đọc.") from error
