"""A real server over the sample library, and a real Chromium that may talk to nobody else."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import uvicorn
from fakes import FakeEncoder

from corpus.ingest import add_files
from corpus.library import Library
from corpus.sample import sample_files
from indexer.update import update
from search_api.admin.desk import Desk
from search_api.engine import Engine
from search_api.settings import Settings
from web.app import over

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install -e '.[dev]'")

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the pages over the sample library, searched by the real engine."""
    directory = tmp_path_factory.mktemp("browser") / "library"
    encoder = FakeEncoder()
    with Library.open(directory, create=True) as library:
        add_files(library, sample_files())
        update(library, encoder)
    engine = Engine(Library.open(directory), Settings(library=directory), encoder)
    with _Serving(engine) as address:
        yield address


@pytest.fixture(scope="session")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the pages over a library that holds nothing yet."""
    directory = tmp_path_factory.mktemp("browser-empty") / "library"
    engine = Engine(Library.open(directory, create=True), Settings(library=directory), FakeEncoder())
    with _Serving(engine) as address:
        yield address


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Serves the pages over an engine (and a desk) until the end; gives the address."""
    with ExitStack() as stack:
        yield lambda engine, desk=None: stack.enter_context(_Serving(engine, desk))


class _Serving:
    """The pages over an engine, served from a thread of this process."""

    def __init__(self, engine: Engine, desk: Desk | None = None) -> None:
        config = uvicorn.Config(
            over(engine, desk=desk), port=0, log_level="warning", timeout_graceful_shutdown=1
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def __enter__(self) -> str:
        self.thread.start()
        deadline = time.monotonic() + 20
        while not self.server.started:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.02)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture(scope="session")
def chromium() -> "Iterator[playwright.Browser]":
    """The browser, started once."""
    if not CHROMIUM.exists():
        reason = f"needs Chromium at {CHROMIUM}: apt-get install chromium (or set CHROMIUM)"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(
    chromium: "playwright.Browser", server: str, empty_server: str
) -> "Iterator[Callable[..., playwright.Page]]":
    """Opens pages; at the end, fails if one of them asked another server or logged an error.

    Keyword arguments are those of a browser context; answers that are meant to fail are named in
    `expected` by their status.
    """
    contexts: list[playwright.BrowserContext] = []
    faults: list[str] = []

    def open_one(
        path: str = "/",
        *,
        base: str = server,
        expected: int | None = None,
        width: int = 1280,
        **options: object,
    ) -> "playwright.Page":
        options.setdefault("viewport", {"width": width, "height": 844 if width < 500 else 900})
        context = chromium.new_context(base_url=base, locale="vi-VN", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)

        def console(message: "playwright.ConsoleMessage") -> None:
            if message.type in ("error", "warning") and (
                expected is None or str(expected) not in message.text
            ):
                faults.append(f"{path}: {message.text}")

        def request(asked: "playwright.Request") -> None:
            if not asked.url.startswith((server, empty_server, base)):
                faults.append(f"{path}: asked {asked.url}")

        page.on("console", console)
        page.on("pageerror", lambda error: faults.append(f"{path}: {error}"))
        page.on("request", request)
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []
