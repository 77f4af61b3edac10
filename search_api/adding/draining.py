"""What a refused client goes on sending is taken in, so that it gets to read the answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from starlette.requests import ClientDisconnect, Request

__all__ = ["drain"]

_BYTES, _SECONDS = 2_000_000_000, 20.0


async def drain(request: Request, stream: AsyncIterator[bytes]) -> None:
    """Take in what a refused client goes on sending, so that it reads the answer; with limits.

    A client that waits for leave to send ("Expect: 100-continue") never begins.
    """
    if "100-continue" in request.headers.get("Expect", "").lower():
        return
    taken = 0
    with suppress(TimeoutError, ClientDisconnect, RuntimeError):
        async with asyncio.timeout(_SECONDS):
            async for chunk in stream:
                taken += len(chunk)
                if taken > _BYTES:
                    return
