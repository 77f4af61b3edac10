"""Static files under addresses that carry a hash of their bytes, so that browsers keep them for good."""

import hashlib
from dataclasses import dataclass
from importlib import resources
from typing import Final

from starlette.responses import Response

__all__ = ["Assets"]

_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class _Asset:
    body: bytes
    media_type: str


class Assets:
    """The files of `web/static`, held in memory: a few small ones."""

    def __init__(self, *packages: str) -> None:
        """With `packages`, also the files of their folders `static`, for pages of other rooms."""
        self._by_address: dict[str, _Asset] = {}
        self._addresses: dict[str, str] = {}
        for package in ("web", *packages):
            for file in resources.files(package).joinpath("static").iterdir():
                stem, _, suffix = file.name.rpartition(".")
                if suffix not in _TYPES:
                    continue
                body = file.read_bytes()
                address = f"{stem}.{hashlib.sha256(body).hexdigest()[:10]}.{suffix}"
                self._by_address[address] = _Asset(body, _TYPES[suffix])
                self._addresses[file.name] = address

    def url(self, name: str) -> str:
        """Address of a static file by its name in the folder."""
        return f"/static/{self._addresses[name]}"

    def response(self, address: str) -> Response | None:
        """The file at `/static/<address>`, None where there is none (any more)."""
        asset = self._by_address.get(address)
        if asset is None:
            return None
        return Response(
            asset.body,
            media_type=asset.media_type,
            headers={"Cache-Control": "public, max-age=31536000, immutable"},
        )
