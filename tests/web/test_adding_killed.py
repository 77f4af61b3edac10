"""A server killed in the middle of its work: nothing is lost, nothing comes in twice, the next goes on."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from corpus.library import Library

ROOT = Path(__file__).resolve().parents[2]
TRACUU = (sys.executable, "-c", "import sys; from search_api.cli import main; main()")
FILES = 40
SECONDS = 90


@pytest.fixture
def library(tmp_path: Path) -> Path:
    Library.open(tmp_path / "library", create=True).close()
    return tmp_path / "library"


class Server:
    """`tracuu serve` in a process of its own."""

    def __init__(self, library: Path) -> None:
        self.process = subprocess.Popen(
            [*TRACUU, "--library", library, "serve", "--port", "0"],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        line = self.process.stdout.readline()
        self.address = re.search(r"http://[\d.]+:\d+", line)[0]

    def get(self, path: str) -> httpx.Response:
        return self.until(lambda: httpx.get(self.address + path, timeout=30))

    def status(self) -> dict:
        return self.get("/api/admin/status").json()

    def until(self, happened):
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                if found := happened():
                    return found
            except httpx.TransportError:  # not listening yet
                pass
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def end(self, how: int) -> None:
        self.process.send_signal(how)
        self.process.wait(SECONDS)
        self.process.stdout.close()


def children(process: subprocess.Popen) -> list[int]:
    found = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [int(pid) for path in found for pid in path.read_text().split()]


def gone(pid: int) -> bool:
    try:
        return "Z" in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True


@pytest.mark.slow
def test_killed_in_mid_job_and_going_on(library: Path, tmp_path: Path):
    server = Server(library)
    server.get("/health")
    for n in range(FILES):
        text = f"BÁO CÁO\nVề công việc số {n}\n\nNội dung công việc thứ {n} của đơn vị.\n"
        answer = httpx.post(
            f"{server.address}/api/admin/files?name={n}.txt", content=text.encode(), timeout=30
        )
        assert answer.status_code == 202
    server.until(lambda: any(file["status"] == "added" for file in server.status()["files"]))
    workers = children(server.process)
    server.end(signal.SIGKILL)
    for pid in workers:  # the work ends with the server that began it
        server.until(lambda pid=pid: gone(pid))
    with Library.open(library) as held:
        left = held.incoming.waiting()[0]
        assert len(held.documents()) + left >= FILES  # one may be held though its report was not written
        assert held.check() == []

    server = Server(library)
    server.get("/health")
    (tmp_path / "beside.txt").write_text("BÁO CÁO\nVề việc khác\n\nMột việc khác hẳn.\n", encoding="utf-8")
    beside = subprocess.run(  # the command line adds at the same time
        [*TRACUU, "--library", library, "add", tmp_path / "beside.txt"],
        cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert (beside.returncode, "1 thêm" in beside.stdout) == (0, True), beside.stderr
    assert server.until(lambda: not server.status()["busy"] and server.status())["waiting"] == 0
    assert server.get("/api/documents?limit=1").json()["total"] == FILES + 1
    assert server.get("/health").json()["status"] == "ok"  # indexed
    results = httpx.get(f"{server.address}/api/search", params={"q": "công việc thứ 39"}, timeout=60).json()
    assert results["results"]
    workers = children(server.process)
    server.end(signal.SIGTERM)
    assert all(map(gone, workers))
    with Library.open(library) as held:
        assert held.check() == []
        assert {file.status for file in held.incoming.files()} <= {"added", "unchanged"}
        assert [path.name for path in (library / "incoming").iterdir()] == ["lock"]


def test_the_page_says_who_may_administer(library: Path):
    environment = {name: value for name, value in os.environ.items() if name != "TRACUU_ADMIN_TOKEN"}
    for given in ({}, {"TRACUU_ADMIN_TOKEN": "một mã thật dài"}):
        process = subprocess.Popen(
            [*TRACUU, "--library", library, "serve", "--host", "0.0.0.0", "--port", "0"],
            cwd=ROOT, env=environment | given, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        said = ""
        for line in process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        process.terminate()
        process.wait(SECONDS)
        process.stdout.close()
        if given:
            assert "TRACUU_ADMIN_TOKEN" in said and "một mã thật dài" not in said
        else:
            token = (library / "admin-token").read_text().strip()
            assert f"Mã quản trị (trang /admin): {token}" in said
