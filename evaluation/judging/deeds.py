"""One form of the judging page → what is recorded."""

from collections.abc import Mapping

from corpus.text import nfc
from evaluation.judging.checking import LONGEST_NOTE, PoolError
from evaluation.judging.store import Pool

__all__ = ["deed", "find_quote"]

_STATUS = {"skip": "skipped", "unanswerable": "unanswerable", "reopen": ""}


def deed(pool: Pool, judge: str, query: str, form: Mapping[str, str]) -> str:
    """Record what a form says; the id of the passage it is about, "" for the query as a whole.

    A note that came along unchanged (`note_was`) is left alone: another tab may have written since; so
    is a quote.
    PoolError for what cannot be recorded.
    """
    passage, do = form.get("passage", ""), form.get("do", "")
    if do == "undo":
        undone = pool.undo(judge, query)
        return undone.passage if undone else ""
    if do in _STATUS:
        pool.record(judge, query, "", "status", _STATUS[do])
        return ""
    text = pool.passages(query)[passage].text if passage in pool.passages(query) else ""
    if do != "whole" and "quote" in form and (do == "quote" or _changed(pool, judge, query, form, text)):
        pool.record(judge, query, passage, "span", _span(text, form))
    note = form.get("note")
    if note is not None and _lines(note) != _lines(form.get("note_was", "")):
        pool.record(judge, query, passage, "note", _lines(note)[:LONGEST_NOTE])
    if do == "whole":
        pool.record(judge, query, passage, "span", None)
    elif "grade" in form:
        pool.record(judge, query, passage, "grade", _grade(form["grade"]))
    return passage


def find_quote(text: str, quote: str, near: int = 0) -> tuple[int, int]:
    """Where `quote` stands in `text`, white space aside; of several places the first from `near` on.

    PoolError where it stands nowhere: a quote is always verbatim.
    """
    places = [at for at, char in enumerate(text) if not char.isspace()]
    bare = "".join(text[at] for at in places)
    wanted = "".join(nfc(quote).split())
    if not wanted:
        raise PoolError("Phần trích còn trống; hãy chọn một phần của đoạn, hoặc bấm “Lấy cả đoạn”.")
    begin = next((n for n, at in enumerate(places) if at >= near), len(places))
    found = bare.find(wanted, begin)
    if found < 0:
        found = bare.find(wanted)
    if found < 0:
        raise PoolError("Phần trích phải nằm nguyên văn trong đoạn; hãy chỉ bớt chữ ở đầu và cuối.")
    return places[found], places[found + len(wanted) - 1] + 1


def _changed(pool: Pool, judge: str, query: str, form: Mapping[str, str], text: str) -> bool:
    """Whether the words in the field of the quote were edited, without its own button being pressed.

    As the whole passage or as the quote held, they only came along with another button of the form.
    """
    mark = pool.sheet(judge, query).marks.get(form["passage"])
    held = text[slice(*mark.span)] if mark and mark.span else text
    came = "".join(form["quote"].split())
    return came not in ("", "".join(text.split()), "".join(held.split()))


def _span(text: str, form: Mapping[str, str]) -> tuple[int, int] | None:
    near = form.get("near", "0")
    quote = form.get("quote", "")
    start, end = find_quote(text, quote, int(near) if near.isascii() and near.isdigit() else 0)
    whole = text[start:end].strip() == text.strip()
    return None if whole else (start, end)


def _grade(typed: str) -> int | None:
    if typed == "":
        return None
    if typed not in ("0", "1", "2"):
        raise PoolError("Điểm phải là 0, 1 hoặc 2; hãy chọn lại.")
    return int(typed)


def _lines(text: str) -> str:
    """As browsers hold it: lines end in one character; nothing behind the last."""
    return text.replace("\r\n", "\n").replace("\0", "").rstrip()
