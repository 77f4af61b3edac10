"""Old and foreign word processors' files (.doc, .rtf, .odt) turned into .docx by LibreOffice.

LibreOffice runs without a window, in a profile of its own that is thrown away, with macros and the
network off, limits on memory, time and disk, in a directory that goes with everything left in it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus.errors import ReadError
from corpus.read.limits import MAX_CONTAINER_BYTES
from corpus.read.sandbox import SLOTS, end_group

__all__ = ["to_docx"]

MAX_SECONDS = 150.0
"""Wall clock for one file, the start of LibreOffice (one to five seconds) included."""

_MAX_MEMORY_BYTES = 4_000_000_000
_INSTALL = (
    "hãy nhờ người quản trị cài gói libreoffice-writer (Debian, Ubuntu: sudo apt install "
    "libreoffice-writer), hoặc mở bằng Word và lưu thành .docx, rồi thêm lại"
)
_START = """
import os, resource, sys
for kind, most in ((resource.RLIMIT_AS, int(sys.argv[1])), (resource.RLIMIT_CPU, int(sys.argv[2])),
                   (resource.RLIMIT_FSIZE, int(sys.argv[3])), (resource.RLIMIT_CORE, 0)):
    hard = resource.getrlimit(kind)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))
os.execv(sys.argv[4], sys.argv[4:])
"""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def to_docx(data: bytes, name: str, suffix: str) -> bytes:
    """The bytes of a .docx with the content of a .doc, .rtf or .odt; `suffix` says which it is.

    Raises `ReadError` where LibreOffice is missing, cannot read the file, or takes too long.
    """
    command = shutil.which("soffice") or shutil.which("libreoffice")
    if command is None:
        raise ReadError(f"{name}: máy chưa cài LibreOffice nên chưa đọc được loại tệp này; {_INSTALL}.")
    with SLOTS, tempfile.TemporaryDirectory(prefix="tracuu-", ignore_cleanup_errors=True) as directory:
        folder = Path(directory)
        given = folder / f"van-ban{suffix}"
        try:
            given.write_bytes(data)
            _run(command, given, folder)
            made = folder / "ra" / "van-ban.docx"
            if not made.is_file():
                raise ReadError(
                    f"{name}: LibreOffice không mở được tệp này (có thể hỏng hoặc có mật khẩu); "
                    "hãy mở bằng Word, lưu thành .docx rồi thêm lại."
                )
            if made.stat().st_size > MAX_CONTAINER_BYTES:
                raise ReadError(f"{name}: nội dung quá lớn; hãy tách thành nhiều tệp rồi thêm lại.")
            return made.read_bytes()
        except subprocess.TimeoutExpired:
            raise ReadError(
                f"{name}: đọc quá lâu (trên {MAX_SECONDS:.0f} giây) nên đã dừng; "
                "hãy mở bằng Word, lưu thành .docx rồi thêm lại."
            ) from None
        except OSError as error:
            reason = error.strerror or "lỗi hệ thống"
            raise ReadError(
                f"{name}: máy không chạy được LibreOffice ({reason}); hãy giải phóng đĩa tạm rồi thử lại."
            ) from error


def _run(command: str, given: Path, folder: Path) -> None:
    profile = folder / "ho-so"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    (folder / "tam").mkdir()
    limits = [_MAX_MEMORY_BYTES, int(MAX_SECONDS), 4 * MAX_CONTAINER_BYTES]
    process = subprocess.Popen(  # noqa: S603 - LibreOffice from the PATH, no shell; the file's name is ours
        [
            sys.executable, "-I", "-S", "-c", _START, *map(str, limits),
            command, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo",
            "--nodefault", "--nolockcheck", "--nofirststartwizard",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "ra"), str(given),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(folder),
        cwd=folder,
        start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(MAX_SECONDS)
    finally:
        end_group(process)
        _settle(process.pid)


def _environment(folder: Path) -> dict[str, str]:
    """A home and a place for temporary files that go with the directory; proxies that lead nowhere."""
    nowhere = "http://127.0.0.1:9"
    return {
        "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "HOME": str(folder),
        "TMPDIR": str(folder / "tam"), "XDG_RUNTIME_DIR": str(folder / "tam"), "SAL_USE_VCLPLUGIN": "svp",
        "http_proxy": nowhere, "https_proxy": nowhere, "ftp_proxy": nowhere,
    }  # fmt: skip


def _settle(group: int) -> None:
    """Wait until what LibreOffice had started has ended, so that its directory can go."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except OSError:
            return
        time.sleep(0.02)
