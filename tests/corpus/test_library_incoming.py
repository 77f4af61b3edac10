"""Files that wait to be read: whole or not at all, one worker, nothing lost when it dies."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from factories import make_library

from corpus.errors import NotHeldError
from corpus.library import Library


def give(library, name="a.txt", data=b"abc"):
    path, file = library.incoming.open_new()
    file.write(data)
    return library.incoming.take(path, file, name)


def test_a_file_waits_is_read_and_reported(tmp_path):
    with make_library(tmp_path) as library:
        key = give(library, "../../kế hoạch\x00.docx", b"abc")
        file = library.incoming.file(key)
        assert (file.status, file.bytes, file.name) == ("waiting", 3, "../../kế hoạch\x00.docx")
        path = library.incoming.path(file)
        assert path.parent == tmp_path / "incoming" and path.read_bytes() == b"abc"
        assert library.incoming.waiting() == (1, 3)
        with library.incoming.working() as mine:
            assert mine
            claimed = library.incoming.claim()
            assert claimed.key == key
            assert library.incoming.claim() is None
            library.incoming.finish(key, "added", document_id="x", warnings=("Một.",))
        done = library.incoming.file(key)
        assert (done.status, done.document_id, done.warnings, done.stored) == ("added", "x", ("Một.",), None)
        assert not path.exists()
        assert library.incoming.waiting() == (0, 0)


def test_one_worker_at_a_time(tmp_path):
    with make_library(tmp_path) as library, Library.open(tmp_path) as other:
        with library.incoming.working() as mine, other.incoming.working() as theirs:
            assert mine and not theirs
        with other.incoming.working() as theirs:
            assert theirs


def test_what_a_dead_worker_had_begun_waits_again_but_not_for_ever(tmp_path):
    with make_library(tmp_path) as library:
        key = give(library)
        for _ in range(3):
            with library.incoming.working():
                assert library.incoming.claim().key == key
        with library.incoming.working():
            assert library.incoming.claim() is None
        file = library.incoming.file(key)
        assert file.status == "failed" and "nhiều lần" in file.reason
        library.incoming.retry(key)
        with library.incoming.working():
            assert library.incoming.claim().key == key


def test_a_failed_file_is_kept_to_be_tried_again_and_can_be_forgotten(tmp_path):
    with make_library(tmp_path) as library:
        key, other = give(library), give(library)
        with library.incoming.working():
            library.incoming.claim()
            library.incoming.finish(key, "failed", reason="hỏng")
        path = library.incoming.path(library.incoming.file(key))
        assert path.exists()
        assert library.incoming.forget(key) == 1
        assert not path.exists()
        with pytest.raises(NotHeldError):
            library.incoming.file(key)
        with pytest.raises(NotHeldError):
            library.incoming.retry(other)  # has not failed
        assert library.incoming.forget() == 0  # it waits
        assert library.incoming.forget(other) == 1


def test_leftovers_are_cleaned_by_the_worker(tmp_path):
    with make_library(tmp_path) as library:
        give(library)
        folder = tmp_path / "incoming"
        old, fresh, stray = folder / ".receiving-old", folder / ".receiving-new", folder / "stray"
        for path in (old, fresh, stray):
            path.touch()
        os.utime(old, (time.time() - 100_000,) * 2)
        with library.incoming.working():
            pass
        assert not old.exists() and not stray.exists() and fresh.exists()
        assert library.incoming.waiting() == (1, 3)


def test_nothing_that_arrives_is_cleared_away(tmp_path):
    with make_library(tmp_path) as library, ThreadPoolExecutor(4) as pool:
        arriving = [pool.submit(give, library, f"{n}.txt") for n in range(32)]
        while not all(one.done() for one in arriving):
            with library.incoming.working():
                pass
        files = [library.incoming.file(one.result()) for one in arriving]
        assert all(library.incoming.path(file).read_bytes() == b"abc" for file in files)
        assert library.incoming.waiting()[0] == 32


def test_reports_do_not_grow_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr("corpus.library.incoming._KEPT", 3)
    with make_library(tmp_path) as library, library.incoming.working():
        keys = [give(library) for _ in range(6)]
        for key in keys:
            library.incoming.finish(key, "failed", reason="x")
        assert [file.key for file in library.incoming.files()] == keys[:2:-1]
        assert len(list((tmp_path / "incoming").iterdir())) == 4  # with the lock


def test_what_the_work_is_doing_is_kept(tmp_path):
    with make_library(tmp_path) as library:
        library.incoming.say("index", {"done": 1, "of": 2})
        library.incoming.say("index", {"done": 2, "of": 2})
        assert library.incoming.said() == {"index": {"done": 2, "of": 2}}
