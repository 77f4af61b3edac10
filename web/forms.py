"""Forms that change something: read within limits, and only from pages of this very server.

A page of another site can make a browser send a form here, but it cannot read our pages: so each of
our forms carries a token that only they know. (`Origin` would not do: our referrer policy makes
browsers send "null".)
"""

import hmac
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from corpus.errors import TracuuError

__all__ = ["FormError", "read_form"]

_LONGEST: Final = 64 * 1024
_MOST_FIELDS: Final = 50


class FormError(TracuuError):
    """A form that was not sent by one of our pages, or that nobody can have filled in."""


async def read_form(request: Request, token: str) -> dict[str, str]:
    """The fields of a form, which must hold `token`; of a repeated field the last one.

    FormError for anything else than an ordinary form from a page of ours.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise FormError("Biểu mẫu được gửi từ trang khác nên không nhận; hãy mở lại trang này.")
    if not request.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
        raise FormError("Dữ liệu gửi lên không phải một biểu mẫu; hãy tải lại trang rồi thử lại.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST:
            raise FormError("Nội dung gửi lên quá dài; hãy rút gọn rồi gửi lại.")
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise FormError("Biểu mẫu có quá nhiều mục; hãy tải lại trang rồi thử lại.") from error
    fields = dict(pairs)
    if not hmac.compare_digest(fields.pop("token", "").encode(), token.encode()):
        raise FormError("Trang này đã cũ; hãy tải lại trang rồi thử lại.")
    return fields
