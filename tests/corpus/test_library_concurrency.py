"""Threads, processes, forks, and processes killed at any moment."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from factories import add, make_document, make_library, original_of

from corpus.library import Library

ROOT = Path(__file__).resolve().parents[2]


def document(writer, number):
    return make_document(
        f"# I. CHUNG\nNgười ghi {writer}, văn bản {number}.\n- Việc một.", number=f"{number}/KH-{writer}"
    )


def test_threads_read_while_one_writes(tmp_path):
    with make_library(tmp_path, document("A", 0)) as library:
        first = library.documents()[0]
        done = threading.Event()

        def read():
            rounds = 0
            while not done.is_set() or rounds == 0:
                for summary in library.documents():
                    assert library.document(summary.id).id == summary.id
                assert library.resolve(first.id[:6]) == first.id
                rounds += 1
            return rounds

        with ThreadPoolExecutor(12) as pool:
            readers = [pool.submit(read) for _ in range(10)]
            try:
                for number in range(1, 12):
                    add(library, document("A", number))
            finally:
                done.set()
            assert all(reader.result() for reader in readers)
        assert len(library.documents()) == 12


def test_threads_adding_the_same_document_add_it_once(tmp_path):
    made = document("A", 1)
    with make_library(tmp_path) as library, ThreadPoolExecutor(6) as pool:
        added = list(pool.map(lambda _: library.add(made, original_of(made), reading_version="1"), range(6)))
        assert sorted(added) == [False] * 5 + [True]
        assert library.check() == []


def write_many(directory, writer, count, start):
    start.wait(30)
    with Library.open(directory, create=True) as library:
        for number in range(count):
            add(library, document(writer, number), document("shared", number))
            if number % 3 == 2:
                library.sweep()


def test_processes_create_and_add_at_once(tmp_path):
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    writers = [context.Process(target=write_many, args=(tmp_path, name, 6, start)) for name in "ABC"]
    for process in writers:
        process.start()
    start.set()
    for process in writers:
        process.join(90)
    assert [process.exitcode for process in writers] == [0, 0, 0]
    with Library.open(tmp_path) as library:
        assert len(library.documents()) == 4 * 6
        assert library.check() == []
        assert library.sweep() == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_opens_connections_of_its_own(tmp_path):
    with make_library(tmp_path, document("A", 1)) as library:
        library.documents()
        inherited = [id(connection) for connection in library._database._idle]
        assert inherited
        child = os.fork()
        if child == 0:
            code = 1
            try:
                add(library, document("A", 2))
                own = all(id(connection) not in inherited for connection in library._database._idle)
                code = 0 if len(library.documents()) == 2 and own else 2
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        add(library, document("A", 3))
        assert len(library.documents()) == 3
        assert library.check() == []


KILLED = f"""
import sys
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
from pathlib import Path
from corpus.library import Library
from factories import make_document, original_of
sys.stdout.write("ready\\n"); sys.stdout.flush()
with Library.open(Path(sys.argv[1]), create=True) as library:
    for turn in range(10_000):
        for number in range(5):
            made = make_document(f"Văn bản {{number}}.\\n- Việc một.", source=f"{{number}}.txt")
            library.add(made, original_of(made), reading_version=str(turn))
            if (turn + number) % 4 == 3:
                (library.erase if turn % 2 else library.remove)(made.id)
        library.embeddings.put("m", {{str(turn): b"x" * 5000}})
"""


def test_killed_at_any_moment(tmp_path):
    chance = random.Random(7)
    for _ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, tmp_path], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with Library.open(tmp_path, create=True) as library:
            assert library.check() == []
            for summary in library.documents():
                assert library.document(summary.id).text
    made = [make_document(f"Văn bản {number}.\n- Việc một.", source=f"{number}.txt") for number in range(5)]
    with Library.open(tmp_path) as library:
        for one in made:
            library.add(one, original_of(one), reading_version="last")
        assert {d.id for d in library.documents()} == {one.id for one in made}
        assert [library.document(one.id) for one in made] == made
        library.sweep()
        assert library.check() == []
        files = [p for p in (tmp_path / "originals").rglob("*") if p.is_file() and "incoming" not in p.name]
        assert len(files) == 5
