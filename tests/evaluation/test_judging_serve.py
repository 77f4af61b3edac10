"""`tracuu judge serve` as a process: what it says, who may come in, how it stops."""

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from judgingpools import make_pool

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from search_api.cli import main; main()", "judge", "serve"]


def serve(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"} | environment,
    )


def test_on_this_computer_without_a_token(tmp_path: Path):
    process = serve(str(make_pool(tmp_path).path), "--port", "0")
    try:
        address = re.search(r"http://127\.0\.0\.1:\d+/$", process.stdout.readline().strip())[0]
        with urllib.request.urlopen(address, timeout=20) as answer:
            assert "Tên người chấm" in answer.read().decode()
        stranger = urllib.request.Request(address, headers={"Host": "evil.example"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(stranger, timeout=20)
        refused.value.close()
        assert refused.value.code == 421
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=15)
        assert process.returncode in (0, 130)
        assert said == ""
    finally:
        process.kill()
        process.communicate()


def test_beyond_it_with_one(tmp_path: Path):
    path = str(make_pool(tmp_path).path)
    process = serve(path, "--port", "0", "--host", "0.0.0.0")
    try:
        address, token = re.search(
            r"(http://127\.0\.0\.1:\d+/)\?token=([\w-]{16})$", process.stdout.readline().strip()
        ).groups()
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(address, timeout=20)
        refused.value.close()
        assert refused.value.code == 401
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(f"{address}?token={token}", timeout=20) as answer:
            assert answer.url == address
            assert "Tên người chấm" in answer.read().decode()
    finally:
        process.kill()
        process.communicate()
    process = serve(path, "--port", "0", TRACUU_JUDGE_TOKEN="ngắn")
    _, said = process.communicate(timeout=30)
    assert (process.returncode, "quá ngắn" in said, said.count("\n")) == (1, True, 1)
