"""A folder of hostile and broken files: each refused or read with a message, and nothing stays behind."""

import os
import shutil
import tempfile
import time
from pathlib import Path

import hostile_files
import pytest

from corpus.ingest import add_files
from corpus.library import Library


def descendants() -> set[str]:
    """Children of this process, and LibreOffice wherever it went: its command names the scratch directory."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                state = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            ours = int(state[1]) == os.getpid() and state[0] != "Z"
            if ours or tempfile.gettempdir() in command:
                found.add(f"{entry.name} {command}")
    return found


@pytest.mark.slow
def test_every_file_gets_its_line_and_the_good_ones_come_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not shutil.which("soffice") or not shutil.which("tesseract"):
        pytest.skip("needs LibreOffice and Tesseract: make system-packages")
    folder, scratch = tmp_path / "vào", tmp_path / "tạm"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setenv("TMPDIR", str(scratch))
    bad = hostile_files.write(folder, only=lambda name: name not in hostile_files.SLOW)
    assert len(bad) >= 40
    before = descendants()
    start = time.monotonic()
    with Library.open(tmp_path / "thư viện", create=True) as library:
        report = add_files(library, [folder], jobs=2)
        held = {document.source for document in library.documents()}
        assert not library.check()
    assert time.monotonic() - start < 400
    assert set(hostile_files.GOOD) <= held
    told = {outcome.path.name for outcome in report.outcomes} | {one.path.name for one in report.problems}
    assert not {path.name for path in bad} - told
    for outcome in report.of("failed"):
        assert outcome.reason
        assert "\n" not in outcome.reason
        assert outcome.reason.endswith(".")
        assert "chương trình gặp lỗi" not in outcome.reason, outcome.reason
    assert not list(scratch.iterdir())
    assert not descendants() - before
    assert not list(Path("/tmp").glob("tracuu-leo*"))
    assert not Path("/etc/tracuu-leo.txt").exists()
    # Read in part, or refused: never something that was not in the file.
    for document in held - set(hostile_files.GOOD):
        assert "passwd" not in document
