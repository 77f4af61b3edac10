"""Addresses as people type them: `curl 'http://…/api/search?q=nhiệm+vụ'` sends the letters as they are.

Browsers percent-encode an address before they send it; curl and scripts do not, and the HTTP parser
refuses such a request line. Encoding it ourselves loses nothing: the bytes are those of the UTF-8 text.
"""

import re
from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["TypedAddresses", "encoded"]

_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]")
_READING: Final = (b"GET ", b"HEAD ")
"""Requests without a body: what arrives while none is under way begins with the request line."""


def encoded(data: bytes) -> bytes:
    """`data` with the bytes beyond ASCII in its first line percent-encoded, if it begins a request."""
    if not data.startswith(_READING):
        return data
    line, end, rest = data.partition(b"\r\n")
    return _BEYOND_ASCII.sub(lambda match: b"%%%02X" % match.group()[0], line) + end + rest


class TypedAddresses(H11Protocol):
    """uvicorn's HTTP/1.1, taking addresses with letters that are not percent-encoded."""

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        if self.conn.their_state is h11.IDLE:
            data = encoded(data)
        super().data_received(data)
