"""Damage is found and told; what a crash may leave behind is swept."""

import dataclasses
import os
import sqlite3
import time

import pytest
from factories import make_document, make_library, original_of

from corpus.errors import LibraryError
from corpus.library import Library
from corpus.library.integrity import faults
from corpus.types import Span


def test_originals_missing_and_altered(tmp_path):
    gone, altered, well = (make_document(text, source=f"{text}.txt") for text in ("Một", "Hai", "Ba"))
    with make_library(tmp_path, gone, altered, well) as library:
        library.original(gone.id).unlink()
        with library.original(altered.id).open("ab") as file:
            file.write(b"!")
        problems = library.check()
        assert len(problems) == 2
        assert "Một.txt" in problems[0]
        assert "bị mất" in problems[0]
        assert "Hai.txt" in problems[1]
        assert "bị thay đổi" in problems[1]
        assert all("tracuu add" in problem and "\n" not in problem for problem in problems)
        with pytest.raises(LibraryError, match="mất tệp gốc"):
            library.original(gone.id)


def test_adding_again_mends_a_lost_original(tmp_path):
    document = make_document()
    with make_library(tmp_path, document) as library:
        original = library.original(document.id)
        original.unlink()
        assert not library.holds(document.sha256, reading_version="test")
        assert library.add(document, original_of(document), reading_version="test") is False
        assert library.check() == []
        original.write_bytes(b"altered")
        assert library.add(document, original_of(document), reading_version="test") is False
        assert library.check() == []


def test_adding_again_under_another_name_leaves_one_original(tmp_path):
    document = make_document(source="a.txt")
    with make_library(tmp_path, document) as library:
        other = dataclasses.replace(document, source="b.md")
        assert library.add(other, original_of(document), reading_version="test") is False
        assert library.sweep() == 0
        assert library.original(document.id).suffix == ".txt"


def test_rows_that_say_something_else_than_the_text(tmp_path):
    document = make_document()
    with make_library(tmp_path, document) as library:
        connection = sqlite3.connect(tmp_path / "library.sqlite")
        with connection:
            connection.execute("UPDATE passages SET text = 'Bịa đặt' WHERE ordinal = 1")
            connection.execute("DELETE FROM matter WHERE ordinal = 0")
        connection.close()
        problems = library.check()
        assert any("không khớp với toàn văn" in problem for problem in problems)
        assert any("không nằm trong đoạn nào" in problem for problem in problems)


def test_rows_without_their_document(tmp_path):
    document = make_document()
    with make_library(tmp_path, document) as library:
        connection = sqlite3.connect(tmp_path / "library.sqlite")  # foreign keys are off by default
        with connection:
            connection.execute("DELETE FROM documents")
        connection.close()
        assert any("không thuộc văn bản nào" in problem for problem in library.check())


def test_unreadable_json(tmp_path):
    with make_library(tmp_path, make_document()) as library:
        connection = sqlite3.connect(tmp_path / "library.sqlite")
        with connection:
            connection.execute("UPDATE passages SET repairs = '{'")
        connection.close()
        assert any("dữ liệu đã lưu bị hỏng" in problem for problem in library.check())


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_truncated_database(tmp_path, kept):
    make_library(tmp_path, *(make_document(f"Đoạn {n}.\n" * 50) for n in range(20))).close()
    path = tmp_path / "library.sqlite"
    with path.open("r+b") as file:
        file.truncate(int(path.stat().st_size * kept) // 4096 * 4096)
    try:
        with Library.open(tmp_path) as library:
            problems = library.check()
    except LibraryError as error:
        problems = [str(error)]
    assert problems
    assert any("hỏng" in problem for problem in problems)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda d: dataclasses.replace(d, text=d.text + "\nThừa."), "không nằm trong đoạn nào"),
        (lambda d: dataclasses.replace(d, text="Thừa. " + d.text), "không khớp"),
        (lambda d: dataclasses.replace(d, passages=d.passages[1:]), "không nằm trong đoạn nào"),
        (lambda d: dataclasses.replace(d, passages=d.passages + d.passages[:1]), "hai đoạn"),
        (
            lambda d: dataclasses.replace(
                d, sections=(dataclasses.replace(d.sections[0], span=Span(0, 10_000)), *d.sections[1:])
            ),
            "hai đoạn",
        ),
    ],
)
def test_faults_of_spans(damage, told):
    document = make_document()
    assert faults(document) == []
    assert any(told in fault for fault in faults(damage(document)))


def test_sweep_removes_only_what_nobody_needs(tmp_path):
    document = make_document()
    with make_library(tmp_path, document) as library:
        folder = library.original(document.id).parent
        orphan, old, fresh = folder / ("f" * 64 + ".txt"), folder / ".incoming-old", folder / ".incoming-new"
        for path in (orphan, old, fresh):
            path.write_bytes(b"x")
        os.utime(old, (time.time() - 7200,) * 2)
        assert library.sweep() == 2
        assert not orphan.exists()
        assert not old.exists()
        assert fresh.exists()  # somebody may be writing it
        assert library.sweep() == 0
        assert library.check() == []


def test_sweep_of_an_empty_library(tmp_path):
    with Library.open(tmp_path, create=True) as library:
        assert library.sweep() == 0
        assert library.check() == []
