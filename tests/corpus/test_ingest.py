"""The way in: every file gets an outcome, one bad file never stops the others."""

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from word_files import docx, p

from corpus import ingest
from corpus.errors import LibraryError, ReadError
from corpus.ingest import add_files, read_document
from corpus.library import Library
from corpus.read import limits
from corpus.types import Document, SourceText

PLAN = """UBND TỈNH BÌNH AN

Số: {number}/KH-UBND

Bình An, ngày 17 tháng 5 năm 2026

KẾ HOẠCH

Nâng cao chất lượng giáo dục năm 2026

I. MỤC ĐÍCH, YÊU CẦU

Nâng cao chất lượng giáo dục và đào tạo trên địa bàn tỉnh.

II. NHIỆM VỤ

1. Sở Giáo dục và Đào tạo chủ trì, phối hợp với các sở, ngành thực hiện Kế hoạch này.
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", create=True) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    here = tmp_path / "vào"
    here.mkdir()
    return here


def plan(path: Path, number: int) -> Path:
    path.write_text(PLAN.format(number=number), encoding="utf-8")
    return path


def statuses(report: ingest.IngestReport) -> list[tuple[str, str]]:
    return [(outcome.path.name, outcome.status) for outcome in report.outcomes]


def test_read_document_knows_its_bytes(folder: Path) -> None:
    path = plan(folder / "kế hoạch.txt", 12)
    document = read_document(path)
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.source == "kế hoạch.txt"
    assert document.metadata.number == "12/KH-UBND"
    assert any("chủ trì, phối hợp" in passage.text for passage in document.passages)


def test_a_file_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that changes while it is read: hash and text still belong together."""
    path = plan(folder / "a.txt", 1)
    first = path.read_bytes()
    real = limits.os.open

    def change_afterwards(name: Path, flags: int) -> int:
        descriptor = real(name, flags)
        path.unlink()
        plan(path, 2)
        return descriptor

    monkeypatch.setattr(limits.os, "open", change_afterwards)
    document = read_document(path)
    assert document.sha256 == hashlib.sha256(first).hexdigest()
    assert document.metadata.number == "1/KH-UBND"


@pytest.mark.parametrize("jobs", [1, 2])
def test_outcomes(library: Library, folder: Path, tmp_path: Path, jobs: int) -> None:
    plan(folder / "a.txt", 1)
    (folder / "b.docx").write_bytes(docx(p("KẾ HOẠCH") + p("Nội dung của một văn bản Word.")))
    (folder / "c-hỏng.docx").write_bytes(b"PK\x03\x04")
    (folder / "d-bản sao.txt").write_bytes((folder / "a.txt").read_bytes())
    (folder / "e-rỗng.txt").write_bytes(b"")
    plan(folder / "f.md", 3)
    seen: list[tuple[int, int]] = []
    report = add_files(
        library, [folder, tmp_path / "không có.txt"], progress=lambda *done: seen.append(done), jobs=jobs
    )
    assert statuses(report) == [
        ("a.txt", "added"),
        ("b.docx", "added"),
        ("c-hỏng.docx", "failed"),
        ("d-bản sao.txt", "duplicate"),
        ("e-rỗng.txt", "failed"),
        ("f.md", "added"),
        ("không có.txt", "failed"),
    ]
    assert seen == [(done, 7) for done in range(1, 8)]
    assert report.changed
    assert report.of("duplicate")[0].same_as == "a.txt"
    assert report.of("duplicate")[0].document_id == report.outcomes[0].document_id
    assert [document.source for document in library.documents()] == ["a.txt", "b.docx", "f.md"]
    for outcome in report.of("failed"):
        assert outcome.reason
        assert outcome.reason.startswith(outcome.path.name)
    again = add_files(library, [folder], jobs=jobs)
    assert Counter(outcome.status for outcome in again.outcomes) == {
        "unchanged": 3, "duplicate": 1, "failed": 2,
    }  # fmt: skip
    assert not again.changed


def test_held_documents_are_not_read_again(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(folder / "a.txt", 1)
    add_files(library, [folder])
    monkeypatch.setattr(ingest, "understand", None)
    shutil.copy(folder / "a.txt", folder / "b.txt")
    assert statuses(add_files(library, [folder])) == [("a.txt", "unchanged"), ("b.txt", "duplicate")]


def test_a_new_reading_version_replaces(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(folder / "a.txt", 1)
    add_files(library, [folder])
    monkeypatch.setattr("corpus.understand.READING_VERSION", "mới")
    report = add_files(library, [folder])
    assert statuses(report) == [("a.txt", "replaced")]
    assert report.changed
    assert len(library.documents()) == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_content_decides_over_the_suffix(library: Library, folder: Path, jobs: int) -> None:
    word = docx(p("Nội dung của một văn bản Word."))
    (folder / "a.txt").write_bytes(word)
    (folder / "b.docx").write_bytes(word)
    report = add_files(library, [folder], jobs=jobs)
    assert statuses(report) == [("a.txt", "added"), ("b.docx", "duplicate")]
    assert "mang đuôi .txt nhưng là tệp Word" in report.outcomes[0].warnings[0]


def test_our_own_mistakes_do_not_stop_the_rest(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ingest.understand

    def fragile(source: SourceText, *, name: str, sha256: str) -> Document:
        if name == "a.txt":
            raise ZeroDivisionError
        return real(source, name=name, sha256=sha256)

    monkeypatch.setattr(ingest, "understand", fragile)
    plan(folder / "a.txt", 1)
    plan(folder / "b.txt", 2)
    report = add_files(library, [folder])
    assert statuses(report) == [("a.txt", "failed"), ("b.txt", "added")]
    assert "ZeroDivisionError" in str(report.outcomes[0].reason)


def test_a_library_that_keeps_failing_ends_the_work(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def full(_: Library, document: Document, __: bytes) -> bool:
        tried.append(document.source)
        raise LibraryError("Ổ đĩa đầy; hãy giải phóng chỗ trống.")

    monkeypatch.setattr(Library, "add", full)
    for number in range(9):
        plan(folder / f"{number}.txt", number)
    report = add_files(library, [folder])
    assert len(tried) == 5
    assert len(report.of("failed")) == 9
    assert "Ổ đĩa đầy" in str(report.outcomes[0].reason)
    assert "chưa xử lý" in str(report.outcomes[-1].reason)


def test_warnings_reach_the_report(library: Library, folder: Path) -> None:
    (folder / "a.txt").write_bytes(PLAN.format(number=1).encode().replace("giáo".encode(), b"gi\xff"))
    [outcome] = add_files(library, [folder]).outcomes
    assert outcome.status == "added"
    assert "không đọc được" in outcome.warnings[0]


def test_strange_names_can_be_kept(library: Library, folder: Path) -> None:
    path = folder / "kế\nhoạch\udcff.txt"
    plan(path, 1)
    [outcome] = add_files(library, [path]).outcomes
    assert outcome.status == "added"
    assert outcome.name == "kế?hoạch?.txt"
    assert library.documents()[0].source == "kế?hoạch?.txt"


def test_folders_and_pipes_among_the_paths(library: Library, folder: Path) -> None:
    os.mkfifo(folder / "p.txt")
    (folder / "b.wps").write_bytes(b"x")
    report = add_files(library, [folder, folder / "b.wps"])
    assert statuses(report) == [("p.txt", "failed"), ("b.wps", "failed")]
    assert ["bỏ qua 1 tệp .wps" in problem.reason for problem in report.problems] == [True]


def test_nothing_to_do(library: Library, folder: Path) -> None:
    report = add_files(library, [folder])
    assert report.outcomes == ()
    assert len(report.problems) == 1
    assert not report.changed


def test_read_document_says_what_is_wrong(folder: Path) -> None:
    with pytest.raises(ReadError, match="không tìm thấy"):
        read_document(folder / "a.txt")
