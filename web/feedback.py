"""What readers say of results, kept for better judged sets: only where the administrator asks for it.

A mark ("hữu ích", "không") or an opened result is one line of JSON in the library's own directory. It
says what was asked, which passage was meant and on which day; nothing of the person: no address, no
cookie, no time of day. Questions that hold what looks like an address, telephone or identity number
are not kept.
"""

import json
import logging
import os
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from corpus.errors import TracuuError
from search_api.engine import Engine

__all__ = ["FILE", "MARKS", "Feedback", "FeedbackError", "Remark"]

FILE: Final = "feedback.jsonl"
"""In the directory of the library."""

MARKS: Final = ("useful", "useless", "opened")

_LARGEST_FILE = 64 * 1024 * 1024
_LONGEST_QUESTION = 2_000
_LONGEST_QUOTE = 4_000
_LAST_RANK = 1_000
_PERSONAL = re.compile(r"\S@\S|(?:\d[ .-]?){9,}")

_log = logging.getLogger(__name__)


class FeedbackError(TracuuError):
    """A remark cannot be kept."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the file."""

    day: str
    """ISO date (UTC)."""
    query: str
    mark: str
    rank: int
    passage_id: str
    file: str
    quote: str
    """The passage's words, so that they can be found again however documents are cut."""


class Feedback:
    """Keeps remarks on passages of one library."""

    def __init__(self, engine: Engine) -> None:
        """FeedbackError where the library's directory cannot be written."""
        self.token = secrets.token_urlsafe(18)
        """What forms must bring along."""
        self._engine = engine
        self._path = Path(engine.library.directory) / FILE
        try:
            os.close(self._opened())
        except OSError as error:
            raise FeedbackError(
                f"Không ghi được {self._path} ({error.strerror}); hãy xin quyền ghi thư mục thư viện, "
                "hoặc chạy không có --collect-feedback."
            ) from error

    def keep(self, query: str, passage_id: str, mark: str, rank: str) -> bool:
        """Keep one remark; False where it looks personal or the file is full, and nothing was kept.

        NotHeldError for a passage that the library does not hold, FeedbackError for anything else
        that no page of ours sends or that the disk does not take.
        """
        query = " ".join("".join(char if char.isprintable() else " " for char in query).split())
        known_rank = rank.isascii() and rank.isdigit() and len(rank) < 6 and 1 <= int(rank) <= _LAST_RANK
        if mark not in MARKS or not known_rank or not 0 < len(query) <= _LONGEST_QUESTION:
            raise FeedbackError("Nhận xét không đầy đủ nên không ghi được; hãy tải lại trang kết quả.")
        stored = self._engine.passage(passage_id)
        if _PERSONAL.search(query):
            return False
        remark = Remark(
            day=datetime.now(UTC).date().isoformat(),
            query=query,
            mark=mark,
            rank=int(rank),
            passage_id=passage_id,
            file=self._engine.library.summary(stored.document_id).source,
            quote=stored.passage.text[:_LONGEST_QUOTE],
        )
        return self._append(remark)

    def _append(self, remark: Remark) -> bool:
        """One write at the end of the file, whole beside those of other processes.

        The line break comes first, so that a line torn by a full disk spoils no other.
        """
        line = "\n" + json.dumps(asdict(remark), ensure_ascii=False)
        try:
            handle = self._opened()
            try:
                if os.fstat(handle).st_size > _LARGEST_FILE:
                    _log.warning("%s is full; no more feedback is kept", self._path)
                    return False
                os.write(handle, line.encode("utf-8", "replace"))
            finally:
                os.close(handle)
        except OSError as error:
            raise FeedbackError(
                f"Không ghi được nhận xét ({error.strerror}); hãy báo người quản trị."
            ) from error
        return True

    def _opened(self) -> int:
        return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
