"""Request lines as curl and scripts send them."""

import pytest

from web.addresses import encoded


@pytest.mark.parametrize(
    ("sent", "understood"),
    [
        (
            "GET /search?q=vụ HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /search?q=v%E1%BB%A5 HTTP/1.1\r\nHost: x\r\n\r\n",
        ),
        ("HEAD /đ HTTP/1.1\r\n", "HEAD /%C4%91 HTTP/1.1\r\n"),
        ("GET /a%20b HTTP/1.1\r\nX: đ\r\n", "GET /a%20b HTTP/1.1\r\nX: đ\r\n"),
        ("POST /đ HTTP/1.1\r\n", "POST /đ HTTP/1.1\r\n"),
        ("GET /đ", "GET /%C4%91"),
        ("", ""),
    ],
)
def test_letters_in_the_first_line_are_percent_encoded(sent: str, understood: str) -> None:
    assert encoded(sent.encode()) == understood.encode()
