"""An administrator's desk over a library of its own, whose work is done when a test says so."""

import io
import zipfile
from pathlib import Path

from fakes import FakeEncoder
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.library import Library
from search_api.admin.access import Access
from search_api.admin.desk import Desk
from search_api.app import add_api
from search_api.engine import Engine
from search_api.settings import Settings

TOKEN = "một-mã-quản-trị-dài"
PLAN = (
    "KẾ HOẠCH\nPhát triển văn hóa đọc năm 2026\n\nSố: 12/KH-UBND\n\nXây dựng tủ sách lớp học, mở thư viện.\n"
)


class StillWorker:
    """Counts how often it is woken and does nothing."""

    def __init__(self) -> None:
        self.woken = 0
        self.running = False

    def wake(self) -> None:
        self.woken += 1

    def busy(self) -> bool:
        return self.running

    def start(self) -> None: ...

    def stop(self) -> None: ...


def make_desk(directory: Path, token: str | None = None) -> Desk:
    """A desk over a new library in `directory`."""
    return Desk(Library.open(directory, create=True), Access(token), StillWorker())  # type: ignore[arg-type]


def client_of(desk: Desk) -> TestClient:
    """A client of the API with the administrator's routes; nothing is indexed before `work`."""
    settings = Settings(library=desk.library.directory)
    app = FastAPI()
    add_api(app, Engine(desk.library, settings, FakeEncoder()), desk)
    return TestClient(app, raise_server_exceptions=False)


def zipped(**members: bytes) -> bytes:
    """A .zip of files; "__" in a name stands for a dot."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return data.getvalue()
