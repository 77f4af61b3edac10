import re
from importlib import resources

import pytest
from fastapi.testclient import TestClient
from webfakes import FakeEngine

from web.app import over
from web.headers import LOOPBACK

PAGES = ("/", "/search?q=giáo dục", "/documents", "/nothing", "/search?q=a&k=x")


@pytest.mark.parametrize("path", [*PAGES, "/api/documents", "/health"])
def test_every_answer_is_locked_down(client: TestClient, path: str):
    headers = client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_nothing_inline_and_nothing_from_outside(client: TestClient, path: str):
    page = client.get(path).text
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|javascript:", page)
    assert not re.search(r'(?:src|href|action)="(?!/|#|\?)', page)
    assert '<html lang="vi">' in page
    assert page.count("<h1") == 1
    assert page.count("<main") == 1


@pytest.mark.parametrize(
    ("path", "cache"),
    [
        ("/", "private, no-cache"),
        ("/documents", "private, no-cache"),
        ("/api/documents", "no-store"),
        ("/nothing", "no-store"),
    ],
)
def test_what_may_be_kept(client: TestClient, path: str, cache: str):
    assert client.get(path).headers["cache-control"] == cache


def test_static_files_are_kept_for_good_under_an_address_that_changes(client: TestClient):
    page = client.get("/").text
    addresses = re.findall(r'"(/static/[^"]+)"', page)
    assert len(addresses) >= 5
    types = set()
    for address in addresses:
        assert re.fullmatch(r"/static/\w+\.[0-9a-f]{10}\.\w+", address)
        response = client.get(address)
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
        types.add(response.headers["content-type"].partition(";")[0])
    assert types == {"text/css", "text/javascript", "image/svg+xml"}
    assert client.get("/favicon.ico").headers["location"] in addresses
    assert client.get("/static/..%2Fapp.py").status_code == 404


def test_static_files_stay_small():
    static = resources.files("web").joinpath("static")
    assert len(static.joinpath("tracuu.css").read_bytes()) <= 25_000
    assert len(static.joinpath("tracuu.js").read_bytes()) <= 6_000


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("evil.example:8000", 421),
        ("127.0.0.1.evil.example", 421),
        ("", 421),
    ],
)
def test_a_local_server_answers_only_to_its_own_names(engine: FakeEngine, host: str, status: int):
    client = TestClient(over(engine, hosts=LOOPBACK))
    response = client.get("/health", headers={"host": host})
    assert response.status_code == status
    assert response.headers["x-content-type-options"] == "nosniff"
