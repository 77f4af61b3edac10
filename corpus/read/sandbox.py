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
from dataclasses import astuple, dataclass
from pathlib import Path

from corpus.errors import ReadError
from corpus.types import Block, SourceText

__all__ = ["PDF", "WORD", "Parser", "parse_apart"]

MAX_SECONDS = 60.0
"""Wall clock for one file; a 1,000-page .docx takes about ten."""

MAX_CPU_SECONDS = 50
MAX_MEMORY_BYTES = 1_500_000_000
MAX_ANSWER_BYTES = 200_000_000

_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from corpus.read.sandbox import serve; serve(*map(int, sys.argv[2:5]), *sys.argv[5:])"
)


@dataclass(frozen=True, slots=True)
class Parser:
    """A parser that runs apart.

    `module` and `function` name it: bytes in, `SourceText` out, `ReadError` without the file's name.
    `package` is the one installed package that it may import. `advice` ends the message about a
    file that stops it.
    """

    module: str
    function: str
    kind: str
    advice: str
    package: str | None = None


WORD = Parser(
    "corpus.read.word.body", "parse_docx", "tệp Word",
    "hãy mở bằng Word, lưu lại thành .docx mới rồi thêm lại",
)  # fmt: skip
PDF = Parser(
    "corpus.read.pdf.parse", "parse_pdf", "tệp PDF",
    "hãy mở bằng phần mềm khác, in lại thành PDF mới hoặc tách nhỏ rồi thêm lại", "pypdfium2",
)  # fmt: skip


def parse_apart(data: bytes, name: str, *, parser: Parser = WORD, seconds: float = MAX_SECONDS) -> SourceText:
    """Parse the bytes of a file in a limited process of its own.

    That process has the standard library, this package and at most the one package that the parser
    needs. `name` is for messages. Raises `ReadError` if the file is bad or the process died of it.
    """
    try:
        answer, code = _run(data, seconds, parser)
    except subprocess.TimeoutExpired:
        raise ReadError(
            f"{name}: đọc quá lâu (trên {seconds:.0f} giây) nên đã dừng; tệp có thể hỏng, {parser.advice}."
        ) from None
    except OSError as error:
        reason = error.strerror or "lỗi hệ thống"
        raise ReadError(
            f"{name}: máy không mở được bộ đọc {parser.kind} ({reason}); "
            "hãy giải phóng đĩa tạm và bộ nhớ rồi thử lại."
        ) from error
    return _source(answer, code, name, parser)


def _package_directory(package: str | None) -> str:
    """The directory that holds an installed package; "" where there is none."""
    spec = importlib.util.find_spec(package) if package else None
    return str(Path(spec.origin).parents[1]) if spec is not None and spec.origin else ""


def _run(data: bytes, seconds: float, parser: Parser) -> tuple[bytes, int]:
    """What the process answered to the bytes of a file, and its exit status."""
    limits = [str(MAX_MEMORY_BYTES), str(MAX_CPU_SECONDS), str(MAX_ANSWER_BYTES)]
    limits += [parser.module, parser.function, _package_directory(parser.package)]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answered:
        given.write(data)
        given.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and code, no shell
            [sys.executable, "-I", "-S", "-c", _START, str(_ROOT), *limits],
            stdin=given,
            stdout=answered,
            stderr=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if name == "SYSTEMROOT"},
            cwd=tempfile.gettempdir(),
            start_new_session=True,
        )
        try:
            code = process.wait(seconds)
        finally:
            _kill(process)
        answered.seek(0)
        return answered.read(MAX_ANSWER_BYTES + 1), code


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and whatever it started; harmless where it has ended already."""
    with contextlib.suppress(OSError):
        if process.poll() is None and hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        elif process.poll() is None:
            process.kill()
    process.wait()


def _source(answer: bytes, code: int, name: str, parser: Parser) -> SourceText:
    broken = ReadError(f"{name}: tệp làm bộ đọc dừng đột ngột (có thể hỏng hoặc quá nặng); {parser.advice}.")
    if code != 0:
        raise broken
    try:
        found = json.loads(answer)
        if "error" in found:
            raise ReadError(f"{name}: {found['error']}")
        blocks = tuple(Block(*fields) for fields in found["blocks"])
        return SourceText(blocks, found["pages"], tuple(found["warnings"]))
    except (ValueError, TypeError, KeyError) as error:
        raise broken from error


def serve(memory: int, cpu_seconds: int, answer_bytes: int, *parser: str) -> None:
    """Body of the process: limit itself, parse standard input, answer on standard output.

    `parser`: module and function that parse, and the directory of installed packages or "".
    """
    module, function, packages = parser
    _limit(memory, cpu_seconds, answer_bytes)
    if packages:
        sys.path.append(packages)
    parse = getattr(importlib.import_module(module), function)
    try:
        source: SourceText = parse(sys.stdin.buffer.read())
        answer: dict[str, object] = {
            "blocks": [astuple(block) for block in source.blocks],
            "pages": source.pages,
            "warnings": source.warnings,
        }
    except ReadError as error:
        answer = {"error": str(error)}
    except (MemoryError, RecursionError):
        answer = {"error": "tệp quá nặng hoặc lồng quá sâu; hãy tách thành nhiều tệp rồi thêm lại."}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.buffer.flush()
    os._exit(0)  # freeing a large tree piece by piece would take longer than parsing it


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
