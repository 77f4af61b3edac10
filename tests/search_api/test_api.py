"""The HTTP API: answers, error shapes, hostile input."""

import pytest


def texts(answer):
    return [result["text"] for result in answer["results"]]


def test_search_answers_with_ranked_passages(client):
    answer = client.get("/api/search", params={"q": "nhiệm vụ của Sở Giáo dục", "k": 2}).json()
    assert set(texts(answer)) == {
        "- Xây dựng tủ sách lớp học, bố trí tiết đọc mỗi tuần.",
        "- Bồi dưỡng cán bộ thư viện trường học.",
    }
    first = answer["results"][0]
    assert first["rank"] == 1
    assert first["section"] == ["II. TỔ CHỨC THỰC HIỆN", "2. Sở Giáo dục và Đào tạo"]
    assert first["document"]["number"] == "12/KH-UBND"
    assert (
        first["url"]
        == f"/documents/{first['document']['id']}?passage={first['passage_id']}#{first['passage_id']}"
    )
    assert {"field": "kind", "value": "Kế hoạch", "count": 1} in answer["facets"]


@pytest.mark.parametrize(
    ("params", "status", "code", "part"),
    [
        ({}, 422, "invalid", "“q” là tham số bắt buộc."),
        ({"q": ""}, 422, "invalid", "“q” không được để trống."),
        ({"q": "  "}, 422, "invalid", "khoảng trắng"),
        ({"q": "sách", "k": 0}, 422, "invalid", "“k” phải từ 1 trở lên."),
        ({"q": "sách", "k": 101}, 422, "invalid", "“k” phải không quá 100."),
        ({"q": "sách", "k": "mười"}, 422, "invalid", "“k” phải là một số nguyên."),
        ({"q": "sách", "from": "17-3-2026"}, 422, "invalid", "“from” phải viết như 2026-03-17"),
        ({"q": "sách", "to": "2026-13"}, 422, "invalid", "“to” phải viết như"),
        ({"q": "a" * 10_001}, 422, "invalid", "10000 ký tự"),
        ({"q": "sách", "kind": "Thông cáo"}, 404, "not_held", "đang có: Chương trình, Kế hoạch"),
        ({"q": "sách", "issuer": "Bộ X"}, 404, "not_held", "Tỉnh ủy Bình An"),
        ({"q": "sách", "document": "khong-co.txt"}, 404, "not_held", "khong-co.txt"),
    ],
)
def test_search_errors(client, params, status, code, part):
    response = client.get("/api/search", params=params)
    assert response.status_code == status
    assert response.json()["error"]["code"] == code
    assert part in response.json()["error"]["message"]


@pytest.mark.parametrize(
    "q",
    [
        "'; DROP TABLE documents; --",
        "<script>alert(1)</script>",
        "\x00\x01\x1f",
        "sách\x00",
        "a OR b AND (c",
        'field:"x" +y -z ^2 ~3 *',
        "\U0001f4da",
        "\u202egnạđ",
        "sách " * 1_500,
        "a." * 4_000,
        "-",
        '"',
        '""',
        "-sách",
        "%",
    ],
)
def test_odd_queries_are_answered(client, q):
    response = client.get("/api/search", params={"q": q})
    assert response.status_code == 200
    assert response.elapsed.total_seconds() < 3


def test_a_long_query_is_cut_and_that_is_said(client):
    answer = client.get("/api/search", params={"q": "tủ sách lớp học " * 200}).json()
    assert answer["results"]
    assert [step["kind"] for step in answer["understood"]["steps"]] == ["shortened"]


@pytest.mark.parametrize(
    ("params", "sources"),
    [
        ({"kind": "Kế hoạch"}, {"van-hoa-doc.txt"}),
        ({"kind": "ke hoach"}, {"van-hoa-doc.txt"}),
        ({"kind": ["Kế hoạch", "Chương trình"]}, {"van-hoa-doc.txt", "chuong-trinh.md"}),
        ({"issuer": "Tỉnh ủy Bình An"}, {"chuong-trinh.md"}),
        ({"from": "2026"}, {"van-hoa-doc.txt"}),
        ({"to": "2025-03-10"}, {"chuong-trinh.md"}),
        ({"document": "12/KH-UBND"}, {"van-hoa-doc.txt"}),
        ({"from": "2027"}, set()),
    ],
)
def test_filters(client, params, sources):
    answer = client.get("/api/search", params={"q": "sách", "k": 50} | params).json()
    assert {result["document"]["source"] for result in answer["results"]} == sources


def test_an_impossible_range_of_dates_is_explained(client):
    response = client.get("/api/search", params={"q": "sách", "from": "2026-05", "to": "2025"})
    assert response.status_code == 404
    assert "2026-05" in response.json()["error"]["message"]


def test_documents_come_in_pages(client):
    everything = client.get("/api/documents").json()
    second = client.get("/api/documents", params={"offset": 1, "limit": 1}).json()
    assert everything["total"] == second["total"] == 2
    assert second["documents"] == everything["documents"][1:]


def test_document(client):
    listed = client.get("/api/documents").json()["documents"][0]
    document = client.get(f"/api/documents/{listed['id']}").json()
    assert document["number"] == "12/KH-UBND"
    assert [node["label"] for node in document["outline"]] == ["I.", "II."]
    assert [node["title"] for node in document["outline"][1]["children"]][1] == "Sở Giáo dục và Đào tạo"
    assert document["passages"][0]["section"] == ["I. MỤC ĐÍCH, YÊU CẦU"]


def test_passage_with_neighbours_and_citation(client):
    result = client.get("/api/search", params={"q": "tủ sách lớp học"}).json()["results"][0]
    passage = client.get(f"/api/passages/{result['passage_id']}").json()
    assert passage["text"] == result["text"]
    assert passage["before"][-1]["text"] == "- Tuyên truyền về ngày sách trên địa bàn tỉnh."
    assert passage["after"][0]["text"] == "- Bồi dưỡng cán bộ thư viện trường học."
    assert passage["citation"] == (
        "“Xây dựng tủ sách lớp học, bố trí tiết đọc mỗi tuần.” (mục II.2, Kế hoạch số 12/KH-UBND ngày "
        "17/5/2026 của Ủy ban nhân dân tỉnh Bình An về phát triển văn hóa đọc trong nhà trường)"
    )


def test_a_heading_found_can_be_opened(client):
    answer = client.get("/api/search", params={"q": "CT 04-CT/TW"}).json()
    heading = answer["results"][0]
    assert heading["kind"] == "heading"
    assert heading["text"].startswith("I. CHƯƠNG TRÌNH THỰC HIỆN CHỈ THỊ SỐ 04-CT/TW")
    assert client.get(f"/api/passages/{heading['passage_id']}").json()["text"] == heading["text"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/documents/none",
        "/api/passages/none",
        "/api/passages/none.s1",
        "/api/passages/a%2Fb",
        "/api/nothing",
    ],
)
def test_not_found(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["error"]["message"]


def test_wrong_method(client):
    response = client.post("/api/search")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET"
    assert response.json()["error"]["code"] == "method_not_allowed"


def test_health(client):
    answer = client.get("/health").json()
    assert (answer["status"], answer["documents"]) == ("ok", 2)


def test_without_an_index_the_service_says_so(tmp_path):
    from factories import make_document, make_library
    from fakes import FakeEncoder
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from search_api.app import add_api
    from search_api.engine import Engine
    from search_api.settings import Settings

    with Engine(make_library(tmp_path, make_document()), Settings(library=tmp_path), FakeEncoder()) as engine:
        app = FastAPI()
        add_api(app, engine)
        client = TestClient(app)
        response = client.get("/api/search", params={"q": "sách"})
        assert response.status_code == 503
        assert "tracuu rebuild" in response.json()["error"]["message"]
        assert client.get("/health").status_code == 503


def test_api_alone_sets_headers_and_no_cors(library_dir):
    from fastapi.testclient import TestClient

    from search_api.app import create_app
    from search_api.settings import Settings

    with TestClient(create_app(Settings(library=library_dir))) as client:
        response = client.get("/health", headers={"Origin": "https://example.org"})
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in response.headers
