"""`tracuu serve` as a process: what it says, what it answers, how it stops."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import make_document, make_library

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from search_api.cli import main; main()"]


def run(*arguments: str, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        **options,
    )


@pytest.fixture
def library(tmp_path: Path) -> str:
    make_library(tmp_path / "library", make_document()).close()
    return str(tmp_path / "library")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that something else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_it_says_where_it_is_answers_and_stops(library: str):
    process = run("--library", library, "serve", "--port", "0")
    try:
        first, second = process.stdout.readline(), process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", first)[0]
        assert second.strip().endswith(f"{address}/search?q=nhiệm+vụ+của+Sở+Giáo+dục")
        with urllib.request.urlopen(address + "/api/documents", timeout=20) as answer:
            assert json.load(answer)["total"] == 1
        with urllib.request.urlopen(address + "/", timeout=20) as answer:
            assert "Tra Cứu" in answer.read().decode()
            assert "server" not in answer.headers
        stranger = urllib.request.Request(address + "/", headers={"Host": "evil.example"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(stranger, timeout=20)
        refused.value.close()
        assert refused.value.code == 421
        with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=20) as typed:
            typed.sendall("GET /search?q=nhiệm+vụ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode())
            assert typed.recv(100).split()[1] == b"503"  # understood, though not percent-encoded
        longest = "%E1%BB%87" * 10_000
        with pytest.raises(urllib.error.HTTPError) as answered:  # no index yet: a page, not a broken line
            urllib.request.urlopen(f"{address}/search?q={longest}", timeout=20)
        answered.value.close()
        assert answered.value.code == 503
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=15)
        assert process.returncode in (0, 130)
        assert said == ""
    finally:
        process.kill()
        process.communicate()


def test_a_taken_port_is_one_plain_line(library: str, taken: int):
    process = run("--library", library, "serve", "--port", str(taken))
    out, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert out == ""
    assert said.count("\n") == 1
    assert f"Cổng {taken} đang có chương trình khác dùng" in said
    assert f"--port {taken + 1}" in said


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--host", "no.such.host.invalid"], 1, "--host 127.0.0.1"),
        (["--host", "192.0.2.1"], 1, "--host 127.0.0.1"),
        (["--port", "99999"], 2, "65535"),
        (["--port", "abc"], 2, "số"),
        (["--library", "/nonexistent/library"], 1, "/nonexistent/library"),
    ],
)
def test_mistakes_are_one_plain_line(library: str, arguments: list[str], code: int, said: str):
    given = [] if "--library" in arguments else ["--library", library]
    if "--port" not in arguments:
        arguments = [*arguments, "--port", "0"]
    process = run("serve", *given, *arguments)
    _, error = process.communicate(timeout=60)
    assert process.returncode == code
    assert error.count("\n") == 1
    assert error.startswith("Lỗi: ")
    assert said in error
    assert "Traceback" not in error
