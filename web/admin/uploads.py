"""Files sent by a form: read part by part, each no larger and all together no more than allowed."""

from collections.abc import AsyncGenerator

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from corpus.read.limits import megabytes
from search_api.adding.draining import drain
from search_api.errors import RefusedError

__all__ = ["chunks_of", "read_form", "read_upload"]

MAX_FORM_BYTES = 500_000_000
"""All files of one form together; more are sent by several forms, or by the page's script one by one."""

_MAX_FILES = 500
_SMALL_FORM = 64_000
_CHUNK = 1 << 20


async def read_form(request: Request) -> dict[str, str]:
    """A small form without files, as name → value."""
    form = await FormParser(request.headers, _limited(request, _SMALL_FORM)).parse()
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def read_upload(request: Request) -> FormData:
    """A form with files, spooled to disk; the caller closes it. RefusedError: too large, or no such form."""
    if not request.headers.get("Content-Type", "").startswith("multipart/form-data"):
        raise RefusedError(
            415, "no_form", "Yêu cầu không phải biểu mẫu gửi tệp; hãy gửi tệp từ trang quản trị."
        )
    length = request.headers.get("Content-Length", "")
    stream = _limited(request, MAX_FORM_BYTES)
    try:
        if length.isdecimal() and int(length) > MAX_FORM_BYTES:
            raise _too_large()
        return await MultiPartParser(request.headers, stream, max_files=_MAX_FILES, max_fields=20).parse()
    except RefusedError:
        await drain(request, request.stream())
        raise
    except (MultiPartException, HTTPException, ClientDisconnect) as error:
        raise RefusedError(400, "bad_form", "Biểu mẫu gửi lên bị ngắt hoặc hỏng; hãy gửi lại.") from error


async def chunks_of(file: UploadFile) -> AsyncGenerator[bytes, None]:
    """The bytes of one file of a form."""
    while chunk := await file.read(_CHUNK):
        yield chunk


async def _limited(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    taken = 0
    async for chunk in request.stream():
        taken += len(chunk)
        if taken > most:
            raise _too_large()
        yield chunk


def _too_large() -> RefusedError:
    return RefusedError(
        413, "too_large",
        f"Các tệp gửi cùng lúc quá lớn (tối đa {megabytes(MAX_FORM_BYTES)} một lần); hãy gửi ít tệp hơn.",
    )  # fmt: skip
