"""The HTTP API as routes to add to an application, and as an application of its own."""

from fastapi import FastAPI

from search_api.engine import Engine
from search_api.settings import Settings

__all__ = ["add_api", "create_app"]


def add_api(app: FastAPI, engine: Engine) -> None:
    """Register the routes under /api, /health and the exception handlers of the API on `app`.

    The engine is kept as `app.state.engine`. Handlers answer JSON under /api and /health only.
    """
    raise NotImplementedError


def create_app(settings: Settings) -> FastAPI:
    """An application with nothing but the API."""
    raise NotImplementedError
