"""Parsers of hostile formats run in a process of their own, with limits, and can only answer JSON.

A parser may be made to loop, to eat memory or to crash by a file; none of that may reach the
process that holds the library. The file goes in and the blocks come out through nameless temporary
files, so nothing is left behind however the process ends, and the size of the answer is capped.
"""

import contextlib
import importlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import IO, Any

from corpus.cores import cores
from corpus.errors import ReadError
from corpus.types import Block, PageReading, SourceText

__all__ = [
    "HTML", "PDF", "SLOTS", "WORD", "Lent", "Parser", "end_group", "lent", "parse_apart",
    "source_of",
]  # fmt: skip

MAX_SECONDS = 60.0
"""Wall clock for one file; a 1,000-page .docx takes about ten."""

MAX_PDF_SECONDS = 240.0
"""2,000 pages with text take about a minute of a core."""

MAX_CPU_SECONDS = 200
MAX_MEMORY_BYTES = 1_500_000_000
MAX_ANSWER_BYTES = 200_000_000

_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from corpus.read.sandbox import serve; serve(*map(int, sys.argv[2:6]), *sys.argv[6:])"
)


@dataclass(frozen=True, slots=True)
class Parser:
    """A parser that runs apart.

    `module` and `function` name it: bytes and keyword arguments in; out come a `SourceText`, or a dict
    that JSON can hold; `ReadError` without the file's name. `package` is an installed package that it
    needs: it can import what is installed beside that one, other parsers only the standard library.
    `advice` ends the message about a file that stops it.
    """

    module: str
    function: str
    kind: str
    advice: str
    package: str | None = None
    seconds: float = MAX_SECONDS


WORD = Parser(
    "corpus.read.word.body", "parse_docx", "tệp Word",
    "hãy mở bằng Word, lưu lại thành .docx mới rồi thêm lại",
)  # fmt: skip
PDF = Parser(
    "corpus.read.pdf.parse", "parse_pdf", "tệp PDF",
    "hãy mở bằng phần mềm khác, in lại thành PDF mới hoặc tách nhỏ rồi thêm lại", "pypdfium2",
    MAX_PDF_SECONDS,
)  # fmt: skip
HTML = Parser(
    "corpus.read.web.parse", "parse_html", "trang web",
    "hãy mở bằng trình duyệt, chép chữ sang Word, lưu thành .docx rồi thêm lại", "selectolax",
)  # fmt: skip


def parse_apart(data: bytes, name: str, *, parser: Parser = WORD, seconds: float | None = None) -> SourceText:
    """Parse the bytes of a file in a limited process of its own.

    `name` is for messages. Raises `ReadError` if the file is bad or the process died of it.
    """
    with lent(data, name) as file:
        return source_of(file.ask(parser, seconds=seconds), name, parser)


@dataclass(frozen=True, slots=True)
class Lent:
    """A file's bytes in a nameless temporary file, which any number of processes can read."""

    file: IO[bytes]
    size: int
    name: str

    def ask(
        self, parser: Parser, *, seconds: float | None = None, arguments: Mapping[str, object] | None = None
    ) -> dict[str, Any]:
        """What a parser answers to the file, in a process of its own. May be called from several threads.

        Raises `ReadError` if the file is bad or the process died of it.
        """
        seconds = parser.seconds if seconds is None else seconds
        try:
            with SLOTS:
                answer, code = _run(self, seconds, parser, arguments or {})
        except subprocess.TimeoutExpired:
            raise ReadError(
                f"{self.name}: đọc quá lâu (trên {seconds:.0f} giây) nên đã dừng; tệp có thể hỏng, "
                f"{parser.advice}."
            ) from None
        except OSError as error:
            raise _no_machine(self.name, parser.kind, error) from error
        return _answered(answer, code, self.name, parser)


@contextlib.contextmanager
def lent(data: bytes, name: str) -> Iterator[Lent]:
    """The bytes of a file as something that parsers can be asked about; `name` is for messages."""
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(tempfile.TemporaryFile())
            file.write(data)
            file.flush()
        except OSError as error:
            raise _no_machine(name, "tệp", error) from error
        yield Lent(file, len(data), name)


SLOTS = threading.BoundedSemaphore(cores())
"""However many files are read at the same time, no more parsers run than there are cores."""


def _no_machine(name: str, kind: str, error: OSError) -> ReadError:
    reason = error.strerror or "lỗi hệ thống"
    return ReadError(
        f"{name}: máy không mở được bộ đọc {kind} ({reason}); hãy giải phóng đĩa tạm và bộ nhớ rồi thử lại."
    )


def _package_directory(package: str | None) -> str:
    """The directory that holds an installed package; "" where there is none."""
    spec = importlib.util.find_spec(package) if package else None
    return str(Path(spec.origin).parents[1]) if spec is not None and spec.origin else ""


def _run(given: Lent, seconds: float, parser: Parser, arguments: Mapping[str, object]) -> tuple[bytes, int]:
    """What the process answered, and its exit status."""
    limits = [MAX_MEMORY_BYTES, min(MAX_CPU_SECONDS, int(seconds) + 1), MAX_ANSWER_BYTES, given.size]
    named = [parser.module, parser.function, _package_directory(parser.package)]
    with contextlib.ExitStack() as stack:
        answered = stack.enter_context(tempfile.TemporaryFile())
        passed: tuple[int, ...] = ()
        if arguments:  # they may be longer than a command line
            told = stack.enter_context(tempfile.TemporaryFile())
            told.write(json.dumps(arguments).encode())
            told.flush()
            passed = (told.fileno(),)
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and code, no shell
            [
                sys.executable,
                "-I",
                "-S",
                "-c",
                _START,
                str(_ROOT),
                *map(str, limits),
                *named,
                *map(str, passed),
            ],
            stdin=given.file,
            stdout=answered,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd=tempfile.gettempdir(),
            start_new_session=True,
            pass_fds=passed,
        )
        try:
            code = process.wait(seconds)
        finally:
            end_group(process)
        answered.seek(0)
        return answered.read(MAX_ANSWER_BYTES + 1), code


def _environment() -> dict[str, str]:
    """Nothing of ours but what the system needs; one thread for what counts in arrays."""
    kept = {name: value for name, value in os.environ.items() if name == "SYSTEMROOT"}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads a group, and whatever it started; harmless where all have ended already."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        elif process.poll() is None:
            process.kill()
    process.wait()


def _answered(answer: bytes, code: int, name: str, parser: Parser) -> dict[str, Any]:
    broken = ReadError(f"{name}: tệp làm bộ đọc dừng đột ngột (có thể hỏng hoặc quá nặng); {parser.advice}.")
    if code != 0:
        raise broken
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise broken from error
    if not isinstance(found, dict):
        raise broken
    if "error" in found:
        raise ReadError(f"{name}: {found['error']}")
    return found


def source_of(found: Mapping[str, Any], name: str, parser: Parser) -> SourceText:
    """The answer of a parser as a `SourceText`. Raises `ReadError` where it is none."""
    try:
        blocks = tuple(Block(*fields) for fields in found["blocks"])
        readings = tuple(PageReading(*fields) for fields in found["page_readings"])
        return SourceText(blocks, found["pages"], tuple(found["warnings"]), readings)
    except (ValueError, TypeError, KeyError) as error:
        raise ReadError(
            f"{name}: tệp làm bộ đọc dừng đột ngột (có thể hỏng hoặc quá nặng); {parser.advice}."
        ) from error


def serve(memory: int, cpu_seconds: int, answer_bytes: int, size: int, *parser: str) -> None:
    """Body of the process: limit itself, parse standard input, answer on standard output.

    `parser`: module and function that parse, the directory of installed packages or "", and the
    descriptor of the file that holds the arguments, if there are any.
    """
    module, function, packages, *told = parser
    _limit(memory, cpu_seconds, answer_bytes)
    if packages:
        sys.path.append(packages)
    parse = getattr(importlib.import_module(module), function)
    try:
        arguments = json.loads(_all_of(int(told[0]))) if told else {}
        found: SourceText | dict[str, object] = parse(_all_of(0, size), **arguments)
        answer = _packed(found) if isinstance(found, SourceText) else found
    except ReadError as error:
        answer = {"error": str(error)}
    except (MemoryError, RecursionError):
        answer = {"error": "tệp quá nặng hoặc lồng quá sâu; hãy tách thành nhiều tệp rồi thêm lại."}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.buffer.flush()
    os._exit(0)  # freeing a large tree piece by piece would take longer than parsing it


def _all_of(descriptor: int, size: int | None = None) -> bytes:
    """The bytes of an open file that others read at the same time, whatever place they are at."""
    left = os.fstat(descriptor).st_size if size is None else size
    pieces: list[bytes] = []
    at = 0
    while left and (piece := os.pread(descriptor, left, at)):
        pieces.append(piece)
        at, left = at + len(piece), left - len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _packed(source: SourceText) -> dict[str, object]:
    return {
        "blocks": [astuple(block) for block in source.blocks],
        "pages": source.pages,
        "warnings": source.warnings,
        "page_readings": [astuple(reading) for reading in source.page_readings],
    }


def _limit(memory: int, cpu_seconds: int, answer_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the wall clock alone guards
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, answer_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (limit, limit))
