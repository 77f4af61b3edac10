"""The web application: the API of `search_api` and the pages over it."""

import threading
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool

from search_api.adding.worker import Worker
from search_api.admin.access import Access
from search_api.admin.desk import Desk
from search_api.app import add_api
from search_api.engine import Engine
from search_api.settings import Settings
from web.admin.pages import add_admin_pages
from web.assets import Assets
from web.errors import add_error_pages
from web.feedback import Feedback
from web.feedback_pages import add_feedback
from web.headers import KnownHosts, SecurityHeaders
from web.pages import add_pages
from web.sample import is_sample
from web.static_files import add_assets
from web.templating import Templates

__all__ = ["create_app", "over"]


def create_app(
    settings: Settings,
    *,
    hosts: Collection[str] | None = None,
    access: Access | None = None,
    collect_feedback: bool = False,
) -> FastAPI:
    """The application over the library that `settings` names.

    With `hosts`, only requests to these names are answered. With `access`, those whom it lets in may
    add, correct and remove documents. Raises `TracuuError` where the library cannot be opened, or with
    `collect_feedback` not written. The library is closed when the server shuts down.
    """
    engine = Engine.open(settings)
    desk = None
    if access is not None:
        desk = Desk(engine.library, access, Worker(engine.library, settings.model))
    return over(engine, hosts=hosts, warm=True, desk=desk, collect_feedback=collect_feedback)


def over(
    engine: Engine,
    *,
    hosts: Collection[str] | None = None,
    warm: bool = False,
    desk: Desk | None = None,
    collect_feedback: bool = False,
) -> FastAPI:
    """The application over an engine that is already open; it is closed on shutdown.

    With a `desk`, also the administrator's pages; its worker runs as long as the server. With `warm`,
    the segmenter and the index are loaded as soon as the server starts, so that the first question of
    the morning is as fast as the others. With `collect_feedback`, readers can mark results, which is
    kept in the library's directory (`web.feedback`).
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        warming = threading.Thread(target=engine.warm, daemon=True)
        if warm:
            warming.start()
        if desk is not None:
            desk.worker.start()
        yield
        if desk is not None:
            await run_in_threadpool(desk.worker.stop)
        if warm:
            warming.join()
        engine.close()

    # FastAPI's own documentation pages fetch scripts from the internet; the schema itself stays.
    app = FastAPI(title="Tra Cứu", docs_url=None, redoc_url=None, lifespan=lifespan)
    assets = Assets()
    templates = Templates(assets, administered=desk is not None)
    add_api(app, engine, desk)
    add_pages(app, engine, templates, is_sample)
    add_assets(app, assets)
    if desk is not None:
        add_admin_pages(app, desk, templates)
    if collect_feedback:
        add_feedback(app, Feedback(engine), templates)
    add_error_pages(app, templates)
    if hosts is not None:
        app.add_middleware(KnownHosts, hosts=hosts)
    app.add_middleware(SecurityHeaders)
    return app
