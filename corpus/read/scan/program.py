"""Is Tesseract there, with its data for Vietnamese? If not, what to install."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache

from corpus.errors import ReadError

__all__ = ["NoRecogniserError", "Program", "tesseract"]

_INSTALL = (
    "hãy nhờ người quản trị cài gói tesseract-ocr và tesseract-ocr-vie "
    "(Debian, Ubuntu: sudo apt install tesseract-ocr tesseract-ocr-vie) rồi thêm lại tệp này."
)


class NoRecogniserError(ReadError):
    """Nothing on this machine recognises Vietnamese text."""


@dataclass(frozen=True, slots=True)
class Program:
    """The program `command` and the directory of its data, "" for its own."""

    command: str
    tessdata: str


def tesseract() -> Program:
    """Tesseract on the PATH with Vietnamese. Raises `NoRecogniserError`, which names the Debian packages."""
    command = shutil.which("tesseract")
    if command is None:
        raise NoRecogniserError(f"máy chưa cài bộ nhận dạng chữ; {_INSTALL}")
    tessdata = os.environ.get("TESSDATA_PREFIX", "")
    if not _knows_vietnamese(command, tessdata):
        raise NoRecogniserError(f"bộ nhận dạng chữ trên máy thiếu dữ liệu tiếng Việt; {_INSTALL}")
    return Program(command, tessdata)


@cache
def _knows_vietnamese(command: str, tessdata: str) -> bool:
    environment = {"TESSDATA_PREFIX": tessdata} if tessdata else {}
    try:
        done = subprocess.run(  # noqa: S603 - found on the PATH, no shell
            [command, "--list-langs"], capture_output=True, timeout=30, env=environment, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return b"vie" in (done.stdout + done.stderr).split()
