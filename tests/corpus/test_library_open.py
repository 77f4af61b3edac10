"""Opening whatever lies there, in whatever state: one plain message, or a library that works."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from factories import add, make_document, make_library, original_of

from corpus.errors import LibraryError
from corpus.library import Library, database, files, schema

ROOT = Path(__file__).resolve().parents[2]
NEXT = schema.VERSION + 1
ADDED_IN_2 = ("removed", "read_metadata", "page_readings")


def refused(directory, **how) -> str:
    with pytest.raises(LibraryError) as caught:
        Library.open(directory, **how)
    message = str(caught.value)
    assert "\n" not in message
    assert str(directory) in message
    return message


def execute(directory, *statements):
    connection = sqlite3.connect(directory / "library.sqlite")
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_missing_directory_says_how_to_begin(tmp_path):
    assert "tracuu add" in refused(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_directory_without_library(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    assert "tracuu add" in refused(tmp_path)
    Library.open(tmp_path, create=True).close()
    assert (tmp_path / "notes.txt").read_text() == "x"


def test_empty_file_left_by_a_killed_first_start(tmp_path):
    (tmp_path / "library.sqlite").touch()
    assert "tracuu add" in refused(tmp_path)
    with Library.open(tmp_path, create=True) as library:
        assert library.documents() == []


def test_creates_parents_and_odd_names(tmp_path):
    directory = tmp_path / "Thư viện 100% #1?mode=ro" / "b"
    make_library(directory, make_document()).close()
    with Library.open(str(directory)) as library:
        assert len(library.documents()) == 1


def test_relative_directory_stays_where_it_was(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with make_library(Path("here"), make_document()) as library:
        monkeypatch.chdir("/")
        assert library.check() == []


@pytest.mark.parametrize("create", [False, True])
def test_a_file_is_no_library(tmp_path, create):
    path = tmp_path / "file"
    path.write_text("x")
    assert "là một tệp" in refused(path, create=create)


@pytest.mark.parametrize("create", [False, True])
def test_below_a_file(tmp_path, create):
    (tmp_path / "file").write_text("x")
    assert "--library" in refused(tmp_path / "file" / "library", create=create)


@pytest.mark.parametrize("create", [False, True])
def test_no_sqlite_file(tmp_path, create):
    (tmp_path / "library.sqlite").write_bytes(b"Kinh gui: " * 1000)
    assert "không phải thư viện" in refused(tmp_path, create=create)
    assert (tmp_path / "library.sqlite").read_bytes() == b"Kinh gui: " * 1000


@pytest.mark.parametrize("create", [False, True])
def test_somebody_elses_sqlite_file(tmp_path, create):
    execute(tmp_path, "CREATE TABLE contacts (name TEXT)")
    before = (tmp_path / "library.sqlite").read_bytes()
    assert "không phải thư viện" in refused(tmp_path, create=create)
    assert (tmp_path / "library.sqlite").read_bytes() == before


def test_library_sqlite_is_a_directory(tmp_path):
    (tmp_path / "library.sqlite").mkdir()
    assert "Không mở được" in refused(tmp_path)


def test_newer_version_is_refused_and_left_alone(tmp_path):
    make_library(tmp_path, make_document()).close()
    execute(tmp_path, f"PRAGMA user_version = {schema.VERSION + 1}")
    for create in (False, True):
        assert "nâng cấp Tra Cứu" in refused(tmp_path, create=create)
    execute(tmp_path, f"PRAGMA user_version = {schema.VERSION}")
    with Library.open(tmp_path) as library:
        assert library.check() == []


def test_damaged_header_page(tmp_path):
    make_library(tmp_path, make_document()).close()
    path = tmp_path / "library.sqlite"
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xa5" * 3996 + whole[4096:])
    assert "hỏng" in refused(tmp_path)


@pytest.fixture
def next_version(monkeypatch):
    """A further version of the schema, as a later release will bring one."""
    first, scripts = (
        schema.script,
        {NEXT: "ALTER TABLE documents ADD COLUMN note TEXT;\nUPDATE documents SET note = 'x';\n"},
    )
    monkeypatch.setattr(schema, "VERSION", NEXT)
    monkeypatch.setattr(schema, "script", lambda version: scripts.get(version) or first(version))
    return scripts


def test_older_library_is_migrated_after_a_backup(tmp_path, next_version):
    document = make_document()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "VERSION", NEXT - 1)
        make_library(tmp_path, document).close()
    with Library.open(tmp_path) as library:
        assert library.document(document.id) == document
        assert library.check() == []
    backup = sqlite3.connect(tmp_path / f"library.sqlite.v{NEXT - 1}.backup")
    assert backup.execute("PRAGMA user_version").fetchone() == (NEXT - 1,)
    assert backup.execute("SELECT id FROM documents").fetchall() == [(document.id,)]
    assert "note" not in [row[1] for row in backup.execute("PRAGMA table_info(documents)")]
    backup.close()
    assert {p.name for p in tmp_path.iterdir()} == {
        "library.sqlite", f"library.sqlite.v{NEXT - 1}.backup", "originals",
    }  # fmt: skip


def test_a_library_of_version_1_goes_on(tmp_path):
    document = make_document()
    make_library(tmp_path, document).close()
    execute(
        tmp_path,
        "DROP VIEW held", *(f"ALTER TABLE documents DROP COLUMN {name}" for name in ADDED_IN_2),
        *(f"DROP TABLE {name}" for name in ("corrections", "paths", "successions", "incoming", "work")),
        "PRAGMA user_version = 1",
    )  # fmt: skip
    with Library.open(tmp_path) as library:
        assert library.document(document.id) == document
        assert library.removed() == [] and library.superseded() == {}
        assert library.check() == []
    assert (tmp_path / "library.sqlite.v1.backup").exists()


def test_new_library_runs_every_step_without_backup(tmp_path, next_version):
    make_library(tmp_path, make_document()).close()
    assert not list(tmp_path.glob("*.backup*"))


def test_failed_migration_changes_nothing(tmp_path, next_version):
    document = make_document()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "VERSION", NEXT - 1)
        make_library(tmp_path, document).close()
    next_version[NEXT] += "UPDATE nothing_of_this_name SET a = 1;\n"
    refused(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "VERSION", NEXT - 1)
        with Library.open(tmp_path) as library:
            assert library.document(document.id) == document
            assert library.check() == []


def test_older_library_that_may_not_be_written(tmp_path, next_version, monkeypatch):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "VERSION", NEXT - 1)
        make_library(tmp_path).close()
    monkeypatch.setattr(database, "_writable", lambda path: False)
    assert "quyền ghi" in refused(tmp_path)


UNPRIVILEGED = f"""
import os, sys
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
from pathlib import Path
from corpus.errors import LibraryError
from corpus.library import Library
from factories import make_document, original_of
if os.geteuid() == 0:
    os.setgid(65534), os.setuid(65534)
try:
    with Library.open(Path(sys.argv[1])) as library:
        found = [library.document(d.id) for d in library.documents()]
        sys.stdout.write(f"{{len(found)}} writable={{library.writable}} problems={{library.check()}}|")
        for write in (
            lambda: library.remove(found[0].id),
            lambda: library.add(make_document("x"), original_of(make_document("x")), reading_version="1"),
            lambda: library.embeddings.put("a", {{"1": b""}}),
            library.sweep,
        ):
            try:
                write()
            except LibraryError as error:
                sys.stdout.write(f"{{error}}|")
except LibraryError as error:
    sys.stdout.write(str(error))
"""


def as_somebody_else(directory) -> str:
    """What a process without write permission reports about the library in `directory`."""
    done = subprocess.run(
        [sys.executable, "-c", UNPRIVILEGED, directory],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert not done.stderr
    return done.stdout


@pytest.fixture
def guarded():
    """A directory for a library that other users can reach, which pytest's own are not."""
    directory = Path(tempfile.mkdtemp(prefix="tracuu-"))
    directory.chmod(0o755)
    yield directory
    for path in [directory, *directory.rglob("*")]:
        path.chmod(0o700)
    shutil.rmtree(directory)


def make_read_only(directory):
    for path in [*directory.rglob("*"), directory]:
        path.chmod(0o555 if path.is_dir() else 0o444)


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_read_only_directory_is_readable_and_says_what_to_do_on_writing(guarded):
    make_library(guarded, make_document()).close()
    make_read_only(guarded)
    read, *written = as_somebody_else(guarded).rstrip("|").split("|")
    assert read == "1 writable=False problems=[]"
    assert len(written) == 4
    assert all("quyền ghi" in message and "--library" in message for message in written)


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_read_only_while_the_owner_writes(guarded):
    with make_library(guarded, make_document()) as library:
        make_read_only(guarded)
        if os.geteuid() != 0:
            guarded.chmod(0o755)
        assert as_somebody_else(guarded).startswith("1 writable=False problems=[]")
        assert library.writable


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_unreadable_library(guarded):
    make_library(guarded, make_document()).close()
    for path in (guarded / "library.sqlite", guarded):
        path.chmod(0)
    assert "hãy kiểm tra quyền" in as_somebody_else(guarded)


def test_log_of_a_killed_writer_is_not_passed_over(tmp_path, monkeypatch):
    """Read-only, and the last commits only in the log: an old state must not pass for the whole."""
    with make_library(tmp_path / "a", make_document()):
        shutil.copytree(tmp_path / "a", tmp_path / "b", ignore=shutil.ignore_patterns("*-shm"))
    monkeypatch.setattr(database, "_writable", lambda path: False)
    connect = sqlite3.connect

    def without_shared_memory(name, **how):
        if name.endswith("mode=ro"):
            raise sqlite3.OperationalError("unable to open database file")
        return connect(name, **how)

    monkeypatch.setattr(database.sqlite3, "connect", without_shared_memory)
    assert "ghi dở" in refused(tmp_path / "b")


def test_disk_full_in_the_database(tmp_path):
    kept, too_much = make_document("Một."), make_document("Đoạn dài.\n" * 3000)
    with make_library(tmp_path, kept) as library:
        with library._database.write() as connection:  # the pool hands this connection out again
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(LibraryError, match="đã đầy"):
            add(library, too_much)
        assert [d.id for d in library.documents()] == [kept.id]
        assert library.check() == []
        assert library.sweep() == 1
        with library._database.write() as connection:
            connection.execute("PRAGMA max_page_count = 1000000")
        add(library, too_much)
        assert len(library.documents()) == 2


@pytest.mark.parametrize(("code", "told"), [(errno.ENOSPC, "đã đầy"), (errno.EIO, "Không ghi được")])
def test_disk_full_for_the_original(tmp_path, monkeypatch, code, told):
    document = make_document()

    def fail(_):
        raise OSError(code, os.strerror(code))

    with make_library(tmp_path) as library:
        monkeypatch.setattr(files.os, "fsync", fail)
        with pytest.raises(LibraryError, match=told):
            library.add(document, original_of(document), reading_version="1")
        monkeypatch.undo()
        assert library.documents() == []
        assert not [p for p in (tmp_path / "originals").rglob("*") if p.is_file()]
        add(library, document)
        assert library.check() == []


def test_an_original_that_cannot_be_deleted(tmp_path, monkeypatch):
    document = make_document()

    def fail(*_, **__):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with make_library(tmp_path, document) as library:
        (tmp_path / "originals" / "ff").mkdir()
        (tmp_path / "originals" / "ff" / "orphan").touch()
        monkeypatch.setattr(Path, "unlink", fail)
        with pytest.raises(LibraryError, match="kiểm tra quyền ghi"):
            library.sweep()
        with pytest.raises(LibraryError, match="kiểm tra quyền ghi"):
            library.erase(document.id)
        monkeypatch.undo()
        assert library.check() == []
        library.sweep()
        assert not [p for p in (tmp_path / "originals").rglob("*") if p.is_file()]


def test_another_writer_is_waited_for_and_then_named(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    document = make_document()
    with make_library(tmp_path) as library, Library.open(tmp_path) as other:
        with library._database.write(), pytest.raises(LibraryError, match="tiến trình khác ghi"):
            add(other, document)
        assert other.documents() == []
        add(other, document)
        assert library.document(document.id) == document


def test_a_closed_library_says_so(tmp_path):
    library = make_library(tmp_path)
    library.close()
    library.close()
    with pytest.raises(LibraryError, match="đã đóng"):
        library.documents()


def test_nothing_is_left_beside_a_closed_library(tmp_path):
    make_library(tmp_path, make_document()).close()
    assert {p.name for p in tmp_path.iterdir()} == {"library.sqlite", "originals"}
