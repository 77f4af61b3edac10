"""Archives of documents (.zip): their members taken out one by one, in memory, within limits.

A member's name is only ever shown. Nothing is written to disk, so no name can lead anywhere.
"""

import contextlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.errors import ReadError
from corpus.read.limits import MAX_CONTAINER_BYTES, megabytes, printable, shown
from corpus.read.sniff import ZIP
from corpus.text import nfc

__all__ = ["INSIDE", "Member", "members"]

INSIDE = " › "
"""Between the name of an archive and that of a member: "a.zip › b.docx"."""

_MOST_MEMBERS = 2_000
_MOST_BYTES = 1_000_000_000
"""Unpacked, of one archive with all archives in it; one document at a time is held."""

_MOST_RATIO = 200
"""Unpacked to packed, of members over ten megabytes: text reaches 30."""

_DEEPEST = 2
"""Archives in an archive are opened; archives in those are not."""

_DIRECTORY_BYTES = 8_000_000
_CHUNK = 1 << 20
_JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
_AGAIN = "hãy giải nén bằng phần mềm của máy rồi thêm thư mục đã giải nén"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive; `name` is "a.zip › b.docx". Either `data` or, in plain Vietnamese, `problem`."""

    name: str
    data: bytes = b""
    problem: str = ""


def members(data: bytes, name: str) -> Iterator[Member]:
    """The files in an archive, one at a time; those that cannot be taken with the reason.

    Raises `ReadError` where the archive itself cannot be opened or holds nothing.
    """
    budget = _Budget(_MOST_MEMBERS, _MOST_BYTES)
    yield from _members(data, shown(name), budget, 1)


@dataclass(slots=True)
class _Budget:
    members: int
    bytes: int


def _members(data: bytes, name: str, budget: _Budget, depth: int) -> Iterator[Member]:
    with _opened(data, name) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        names = {entry.filename: _name(entry) for entry in entries}
        entries = [entry for entry in entries if not _JUNK.search(names[entry.filename])]
        if not entries:
            raise ReadError(f"{name}: tệp nén không có tệp nào bên trong; hãy kiểm tra lại tệp gốc.")
        for entry in sorted(entries, key=lambda one: names[one.filename]):
            label = f"{name}{INSIDE}{shown(PurePosixPath(names[entry.filename]).name or 'không tên')}"
            budget.members -= 1
            if budget.members < 0:
                yield Member(label, problem=f"tệp nén có quá {_MOST_MEMBERS} tệp; {_AGAIN}.")
                return
            try:
                content = _unpacked(archive, entry, budget)
            except ReadError as error:
                yield Member(label, problem=str(error))
                continue
            if not (content.startswith(ZIP) and label.lower().endswith(".zip")):
                yield Member(label, content)
            elif depth >= _DEEPEST:
                yield Member(label, problem=f"tệp nén lồng trong tệp nén quá sâu; {_AGAIN}.")
            else:
                yield from _inner(content, label, budget, depth + 1)


def _inner(content: bytes, label: str, budget: _Budget, depth: int) -> Iterator[Member]:
    try:
        yield from _members(content, label, budget, depth)
    except ReadError as error:
        yield Member(label, problem=str(error).removeprefix(f"{label}: "))


@contextlib.contextmanager
def _opened(data: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    end = data.rfind(b"PK\5\6", -66_000 if len(data) > 66_000 else 0)
    size = int.from_bytes(data[end + 12 : end + 16], "little") if end >= 0 else 0
    if _DIRECTORY_BYTES < size < 0xFFFFFFFF:
        raise ReadError(f"{name}: tệp nén có quá nhiều tệp; {_AGAIN}.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise ReadError(f"{name}: tệp nén hỏng hoặc tải về chưa đủ; hãy chép hoặc tải lại.") from error


def _name(entry: zipfile.ZipInfo) -> str:
    """The member's name. Old programs wrote UTF-8 or the machine's code page, and say neither."""
    name = entry.filename.replace("\\", "/")
    if not entry.flag_bits & 0x800:  # zipfile took it for cp437
        with contextlib.suppress(UnicodeError):
            raw = name.encode("cp437")
            with contextlib.suppress(UnicodeError):
                return printable(raw.decode("utf-8"))
            return printable(nfc(raw.decode("cp1258")))
    return printable(name)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: _Budget) -> bytes:
    """The bytes of a member. Raises `ReadError`, without a name, where it is none that can be taken."""
    if entry.flag_bits & 1:
        raise ReadError("tệp nén có mật khẩu; hãy giải nén bằng mật khẩu rồi thêm các tệp bên trong.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ReadError("là liên kết, không phải tệp; hãy nén lại kèm tệp thật.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ReadError(f"kiểu nén này không mở được; {_AGAIN}.")
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(entry) as file:
            while piece := file.read(_CHUNK):
                size += len(piece)
                budget.bytes -= len(piece)
                if size > 10_000_000 and size > _MOST_RATIO * max(1, entry.compress_size):
                    raise ReadError("tệp nở ra quá lớn khi giải nén (bom nén) nên không đọc.")
                if size > MAX_CONTAINER_BYTES:
                    raise ReadError(
                        f"tệp quá lớn (tối đa {megabytes(MAX_CONTAINER_BYTES)}); hãy tách nhỏ rồi thêm lại."
                    )
                if budget.bytes < 0:
                    raise ReadError(f"tệp nén nở ra quá {megabytes(_MOST_BYTES)}; {_AGAIN}.")
                pieces.append(piece)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError, RuntimeError):
        raise ReadError("thành phần này của tệp nén bị hỏng; hãy chép hoặc tải lại tệp nén.") from None
    return b"".join(pieces)
