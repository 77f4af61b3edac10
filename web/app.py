"""The web application: the API of `search_api` and the pages over it."""

import threading
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI

from corpus.errors import TracuuError
from search_api.app import add_api
from search_api.engine import Engine
from search_api.settings import Settings
from web.assets import Assets
from web.errors import add_error_pages
from web.headers import KnownHosts, SecurityHeaders
from web.pages import add_pages
from web.sample import is_sample
from web.templating import Templates

__all__ = ["create_app", "over"]


def create_app(settings: Settings, *, hosts: Collection[str] | None = None) -> FastAPI:
    """The application over the library that `settings` names.

    With `hosts`, only requests to these names are answered. Raises `TracuuError` where the library
    cannot be opened. The library is closed when the server shuts down.
    """
    return over(Engine.open(settings), hosts=hosts, warm=True)


def over(engine: Engine, *, hosts: Collection[str] | None = None, warm: bool = False) -> FastAPI:
    """The application over an engine that is already open; it is closed on shutdown.

    With `warm`, the segmenter and the index are loaded as soon as the server starts, so that the
    first question of the morning is as fast as the others.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        warming = threading.Thread(target=_warm, args=(engine,), daemon=True)
        if warm:
            warming.start()
        yield
        if warm:
            warming.join()
        engine.close()

    # FastAPI's own documentation pages fetch scripts from the internet; the schema itself stays.
    app = FastAPI(title="Tra Cứu", docs_url=None, redoc_url=None, lifespan=lifespan)
    assets = Assets()
    templates = Templates(assets)
    add_api(app, engine)
    add_pages(app, engine, templates, assets, is_sample)
    add_error_pages(app, templates)
    if hosts is not None:
        app.add_middleware(KnownHosts, hosts=hosts)
    app.add_middleware(SecurityHeaders)
    return app


def _warm(engine: Engine) -> None:
    with suppress(TracuuError):  # no index yet: whoever searches is told so
        engine.ask("khởi động", k=1)
