"""How long reading takes and where the time goes: seconds per 100 pages of text PDF and of scans.

    .venv/bin/python tests/corpus/throughput.py FILE.pdf…

reads the files (PDFs with text), then pictures of their first pages, into a new library each and indexes it.
"""

import resource
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

import pypdfium2
from renderings import scan

import corpus.ingest as ingest
import indexer.passages as passages
from corpus.library import Library
from corpus.read import sandbox
from indexer.encoders import load_encoder
from indexer.update import update

_spent: dict[str, float] = defaultdict(float)
_lock = threading.Lock()
_SCANNED_PAGES = 24


def _timed(owner: Any, name: str, step: str) -> None:
    function: Callable[..., Any] = getattr(owner, name)

    def timed(*arguments: Any, **named: Any) -> Any:
        what = step
        if owner is sandbox:
            what = "nhận dạng" if arguments[2].function == "recognise_page" else step
        start = time.monotonic()
        try:
            return function(*arguments, **named)
        finally:
            with _lock:
                _spent[what] += time.monotonic() - start

    setattr(owner, name, timed)


def _processor() -> float:
    """Seconds of processor time of this process and of all that it started."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measure(label: str, files: list[Path], pages: int) -> None:
    """Read and index the files in a new library; print the time and the share of each step."""
    _spent.clear()
    before = _processor()
    with tempfile.TemporaryDirectory() as directory, Library.open(directory, create=True) as library:
        start = time.monotonic()
        report = ingest.add_files(library, files, jobs=2)
        read = time.monotonic() - start
        assert not report.of("failed"), report.of("failed")
        encoder = load_encoder()
        start = time.monotonic()
        update(library, encoder)
        indexed = time.monotonic() - start
    whole = read + indexed
    print(f"{label}: {pages} trang, {100 * whole / pages:.1f} s cho 100 trang "  # noqa: T201
          f"(đọc {100 * read / pages:.1f}, lập chỉ mục {100 * indexed / pages:.1f})")  # fmt: skip
    print(f"    thời gian bộ xử lý: {100 * (_processor() - before) / pages:.1f} s cho 100 trang")  # noqa: T201
    busy = sum(_spent.values())
    for step, seconds in sorted(_spent.items(), key=lambda one: -one[1]):
        print(f"    {step}: {100 * seconds / pages:.2f} s cho 100 trang, {seconds / busy:.0%}")  # noqa: T201


def main(files: list[Path]) -> None:
    """Measure text, then scans."""
    _timed(sandbox, "_run", "đọc PDF")
    _timed(ingest, "understand", "hiểu văn bản")
    _timed(Library, "add", "ghi thư viện")
    _timed(passages, "words_of", "tách từ")
    _timed(passages, "vectors_of", "mã hóa")
    _timed(passages.VectorWriter, "add", "ghi chỉ mục")
    _timed(passages.LexicalWriter, "add", "ghi chỉ mục")
    _timed(passages.TokenWriter, "add", "ghi chỉ mục")
    counts = []
    for file in files:
        document = pypdfium2.PdfDocument(file)
        counts.append(len(document))
        document.close()
    measure("PDF có chữ", files, sum(counts))
    with tempfile.TemporaryDirectory() as directory:
        scans, left = [], _SCANNED_PAGES
        for file, count in zip(files, counts, strict=True):
            if left > 0:
                some = min(count, left, 8)
                scans.append(scan(file, Path(directory) / file.name, noisy=False, pages=range(some)))
                left -= some
        measure("bản quét", scans, _SCANNED_PAGES - left)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
