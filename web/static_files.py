"""The addresses of static files, for every application of the house."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from web.assets import Assets
from web.errors import NotFoundError

__all__ = ["add_assets"]


def add_assets(app: FastAPI, assets: Assets) -> None:
    """Register the addresses of static files on `app`."""

    def static(request: Request) -> Response:
        """`/static/<name>.<hash>.<suffix>`."""
        response = assets.response(request.path_params["address"])
        if response is None:
            raise NotFoundError("Không có tệp này. Hãy tải lại trang.")
        return response

    def favicon(_: Request) -> Response:
        """Browsers ask for this address by themselves."""
        return RedirectResponse(assets.url("favicon.svg"), status_code=308)

    app.add_route("/static/{address}", static, include_in_schema=False)
    app.add_route("/favicon.ico", favicon, include_in_schema=False)
