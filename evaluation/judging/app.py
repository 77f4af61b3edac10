"""The judging pages as an application: the frame, headers and styles of `web`, over one pool."""

import hashlib
from collections.abc import Collection

from fastapi import FastAPI

from evaluation.judging.access import LEAST_TOKEN, TokenGate
from evaluation.judging.checking import PoolError
from evaluation.judging.pages import add_pages
from evaluation.judging.store import Pool
from web.assets import Assets
from web.errors import add_error_pages
from web.headers import KnownHosts, SecurityHeaders
from web.static_files import add_assets
from web.templating import Templates

__all__ = ["create_app"]

_HERE = "evaluation.judging"


def create_app(pool: Pool, *, token: str | None = None, hosts: Collection[str] | None = None) -> FastAPI:
    """The pages to judge `pool` on.

    With `token`, only for those who bring it; with `hosts`, only requests to these names are
    answered. PoolError for a token that is too short to keep anybody out.
    """
    if token is not None and len(token) < LEAST_TOKEN:
        raise PoolError(f"Mã truy cập quá ngắn; hãy dùng ít nhất {LEAST_TOKEN} ký tự.")
    app = FastAPI(title="Tra Cứu: chấm", docs_url=None, redoc_url=None, openapi_url=None)
    assets = Assets(_HERE)
    templates = Templates(assets, _HERE)
    # From the pool, so that pages left open survive a restart of the server.
    secret = hashlib.sha256(f"forms\0{pool.about().get('seed', '')}".encode()).hexdigest()[:32]
    add_pages(app, pool, templates, secret)
    add_assets(app, assets)
    add_error_pages(app, templates)
    if token is not None:
        app.add_middleware(TokenGate, token=token, templates=templates)
    if hosts is not None:
        app.add_middleware(KnownHosts, hosts=hosts)
    app.add_middleware(SecurityHeaders)
    return app
