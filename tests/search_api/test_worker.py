"""The server's side of the background work: one process at a time, tried again, ended with the server."""

import threading
import time

import pytest
from admin_desk import PLAN
from factories import make_library

from search_api.adding import worker as module
from search_api.adding.worker import Worker


@pytest.fixture
def library(tmp_path):
    with make_library(tmp_path / "library") as library:
        yield library


def give(library):
    path, file = library.incoming.open_new()
    file.write(PLAN.encode())
    return library.incoming.take(path, file, "plan.txt")


def until(happened, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)


class Scripted(Worker):
    """Instead of starting a process: exits with these codes, one after another, then with 0."""

    def __init__(self, library, *codes):
        super().__init__(library)
        self.codes, self.runs, self.at_once = list(codes), 0, threading.Lock()

    def _work(self):
        assert self.at_once.acquire(blocking=False)
        self.runs += 1
        time.sleep(0.01)
        code = self.codes.pop(0) if self.codes else 0
        if code == 0:
            for file in self._library.incoming.files():
                self._library.incoming.finish(file.key, "failed", reason="x")
        self.at_once.release()
        return code


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(module, "_AGAIN_SECONDS", (0.01, 0.01, 0.01))
    monkeypatch.setattr(module, "_OTHER_SECONDS", 0.01)


def test_what_an_earlier_server_left_is_gone_on_with(library):
    give(library)
    worker = Scripted(library)
    worker.start()
    until(lambda: library.incoming.waiting()[0] == 0)
    worker.stop()
    assert worker.runs == 1


def test_nothing_is_started_without_need(library):
    worker = Scripted(library)
    worker.start()
    time.sleep(0.1)
    assert worker.runs == 0 and not worker.busy()
    worker.wake()
    until(lambda: worker.runs == 1)
    worker.stop()


def test_a_process_that_fails_is_started_again_but_not_for_ever(library):
    give(library)
    worker = Scripted(library, *[1] * 100)
    worker.start()
    until(lambda: worker.runs >= 4)
    time.sleep(0.2)
    runs = worker.runs
    time.sleep(0.2)
    assert worker.runs == runs < 8
    worker.codes.clear()
    worker.wake()
    until(lambda: library.incoming.waiting()[0] == 0)
    worker.stop()


def test_while_another_process_works_ours_waits_for_its_turn(library):
    give(library)
    worker = Scripted(library, *[module.ANOTHER_WORKS] * 12)
    worker.start()
    until(lambda: library.incoming.waiting()[0] == 0)
    assert worker.runs == 13
    worker.stop()


def test_a_library_that_cannot_be_written_has_no_worker(library, monkeypatch):
    give(library)
    monkeypatch.setattr(library._database, "writable", False)
    worker = Scripted(library)
    worker.start()
    time.sleep(0.1)
    assert worker.runs == 0
    worker.stop()
