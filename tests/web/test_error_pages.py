"""What is missing, wrong or broken is said in plain words, on a page or in JSON."""

import pytest
from fastapi.testclient import TestClient
from webfakes import FakeEngine

from corpus.errors import LibraryError, TracuuError
from web.app import over


@pytest.mark.parametrize("path", ["/nothing", "/documents/none", "/documents/none/original", "/static/x.css"])
def test_what_is_not_there_is_said_on_a_page(client: TestClient, path: str):
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "Không có" in response.text
    assert 'href="/documents"' in response.text
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (LibraryError("Chỉ mục hỏng; hãy chạy `tracuu rebuild`."), 503, "tracuu rebuild"),
        (TracuuError("Câu hỏi không tìm được; hãy viết lại."), 422, "hãy viết lại"),
        (RuntimeError("secret detail"), 500, "Thư viện vẫn nguyên vẹn"),
    ],
)
def test_failures_are_pages_that_help(engine: FakeEngine, error: Exception, status: int, said: str):
    engine.crash = error
    client = TestClient(over(engine))
    response = client.get("/search?q=x")
    assert response.status_code == status
    assert said in response.text
    assert "secret" not in response.text
    assert response.headers["content-security-policy"].startswith("default-src 'self'")


def test_the_api_keeps_its_own_answers(engine: FakeEngine, client: TestClient):
    assert client.get("/api/search?q=giáo dục").json()["results"]
    assert client.get("/api/nothing").json()["error"]["code"] == "not_found"
    assert client.get("/api/search").json()["error"]["code"] == "invalid"
    engine.crash = RuntimeError("x")
    crashed = client.get("/api/search?q=x")
    assert (crashed.status_code, crashed.json()["error"]["code"]) == (500, "crashed")
    assert crashed.headers["x-content-type-options"] == "nosniff"
    assert "/search" not in client.get("/openapi.json").json()["paths"]


def test_pages_are_only_for_looking(client: TestClient):
    response = client.post("/search")
    assert response.status_code == 405
    assert response.headers["content-type"].startswith("text/html")
