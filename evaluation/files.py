"""Reading the files of the field: JSON Lines (plain, .xz, .gz), qrels of BEIR and TREC, TREC runs."""

import gzip
import json
import lzma
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from corpus.errors import TracuuError

__all__ = ["json_lines", "opened", "read_qrels", "read_run", "write_qrels", "write_run", "write_text"]


def opened(path: Path) -> IO[str]:
    """A text file for reading, unpacked where its name says that it is packed."""
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8-sig")
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file. TracuuError, naming the line, where it is none."""
    try:
        with opened(path) as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                found = json.loads(line)
                if not isinstance(found, dict):
                    raise TracuuError(f"{path.name}, dòng {number}: cần một đối tượng JSON mỗi dòng.")
                yield found
    except json.JSONDecodeError as error:
        raise TracuuError(f"{path.name}, dòng {number}: không phải JSON ({error.msg}).") from error
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise TracuuError(f"{path}: không đọc được; hãy kiểm tra đường dẫn và tệp.") from error


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Judgements by question and passage id: BEIR (three columns, a header) or TREC (four columns)."""
    found: dict[str, dict[str, int]] = {}
    for number, columns in _columns(path):
        if len(columns) not in (3, 4):
            raise TracuuError(f"{path.name}, dòng {number}: cần 3 cột (BEIR) hoặc 4 cột (TREC).")
        question, passage, grade = columns[0], columns[-2], columns[-1]
        try:
            found.setdefault(question, {})[passage] = int(grade)
        except ValueError:
            if number > 1:  # the first line may be a header
                raise TracuuError(
                    f"{path.name}, dòng {number}: điểm “{grade}” không phải số nguyên."
                ) from None
            found.pop(question, None)
    return found


def write_qrels(path: Path, qrels: Mapping[str, Mapping[str, int]]) -> None:
    """Write judgements as trec_eval reads them."""
    rows = ((q, "0", passage, str(grade)) for q, judged in qrels.items() for passage, grade in judged.items())
    _write(path, (" ".join(row) + "\n" for row in rows))


def read_run(path: Path) -> dict[str, list[tuple[str, float]]]:
    """A TREC run: question → passage ids with scores, best first.

    The order is trec_eval's own: by score, equal ones by falling id; the column of ranks says nothing.
    """
    found: dict[str, list[tuple[str, float]]] = {}
    for number, columns in _columns(path):
        try:
            question, _, passage, _, score, _ = columns
            found.setdefault(question, []).append((passage, float(score)))
        except ValueError:
            raise TracuuError(f"{path.name}, dòng {number}: cần 6 cột của tệp kết quả TREC.") from None
    return {
        question: sorted(results, key=lambda result: (result[1], result[0]), reverse=True)
        for question, results in found.items()
    }


def write_run(path: Path, run: Mapping[str, Sequence[str]], tag: str) -> None:
    """Write a TREC run. Scores only say the order: trec_eval would turn equal ones around."""
    rows = (
        (q, "Q0", passage, str(rank), str(len(results) - rank + 1), tag)
        for q, results in run.items()
        for rank, passage in enumerate(results, start=1)
    )
    _write(path, (" ".join(row) + "\n" for row in rows))


def _columns(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        with opened(path) as lines:
            for number, line in enumerate(lines, start=1):
                # Ids of BEIR sets may hold spaces; then tabs stand between the columns.
                columns = line.rstrip("\r\n").split("\t") if "\t" in line else line.split()
                if any(columns):
                    yield number, columns
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise TracuuError(f"{path}: không đọc được; hãy kiểm tra đường dẫn và tệp.") from error


def write_text(path: Path, text: str) -> None:
    """Write a file. TracuuError where it cannot be written."""
    _write(path, (text,))


def _write(path: Path, pieces: Iterable[str]) -> None:
    try:
        with path.open("w", encoding="utf-8") as file:
            file.writelines(pieces)
    except OSError as error:
        raise TracuuError(f"{path}: không ghi được ({error.strerror}); hãy chọn nơi khác.") from error
