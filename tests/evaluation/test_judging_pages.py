"""The judging pages over HTTP, as a browser without JavaScript uses them, and as an attacker would."""

import json
import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from judgingpools import TEXTS, make_pool

from corpus.errors import TracuuError
from evaluation.judging.app import create_app
from evaluation.judging.deeds import find_quote
from evaluation.judging.exchange import exported, from_json
from evaluation.judging.store import Pool

PAGE = {"Accept": "text/html"}


@pytest.fixture
def pool(tmp_path: Path) -> Pool:
    return make_pool(tmp_path, "Lan", "Minh")


@pytest.fixture
def client(pool: Pool) -> Iterator[TestClient]:
    with TestClient(create_app(pool), follow_redirects=False, headers=PAGE) as client:
        yield client


def token(client: TestClient) -> str:
    return re.search(r'name="token" value="(\w+)"', client.get("/").text)[1]


def send(client: TestClient, path: str, **fields: object):
    return client.post(path, data={"token": token(client), **fields})


def test_a_name_and_on_to_the_first_question(client: TestClient):
    answer = send(client, "/judges", name="  Hồng  Nhung ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/judges/H%E1%BB%93ng%20Nhung")
    page = client.get(answer.headers["location"]).text
    assert "Còn 2 trên 2 câu" in page
    assert 'href="/judges/H%E1%BB%93ng%20Nhung/1"' in page


def test_judging_is_blind(client: TestClient):
    page = client.get("/judges/Lan/1").text
    for text in ("hybrid", "dense", "doc.1", "natural", "factoid"):
        assert text not in page
    assert "Sở Tài chính" not in client.get("/judges/Lan/2").text.split("<article")[0]  # the known answer


def test_everything_that_a_judge_needs_is_shown_and_escaped(client: TestClient):
    page = client.get("/judges/Lan/1").text
    assert "- Rà soát &lt;b&gt;bể bơi&lt;/b&gt; &amp; “hồ” 😀" in page
    for text in ("II. NHIỆM VỤ", "12/KH-UBND", "Đoạn trước.", "Đoạn sau nữa.", "Các sở, ngành:", "trang 1"):
        assert text in page


def test_each_judge_has_an_order_of_their_own_that_stays(client: TestClient):
    def order(judge: str) -> list[str]:
        return re.findall(r'id="doan-(\w+)"', client.get(f"/judges/{judge}/1").text)

    assert order("Lan") == order("Lan")
    judges = ["Lan", "Minh", *(f"N{n}" for n in range(8))]
    for judge in judges[2:]:
        send(client, "/judges", name=judge)
    assert len({tuple(order(judge)) for judge in judges}) > 2
    assert all(sorted(order(judge)) == ["p1", "p2", "p3"] for judge in judges)


def test_a_grade_leads_to_the_next_passage(client: TestClient, pool: Pool):
    places = re.findall(r'id="doan-(\w+)"', client.get("/judges/Lan/1").text)
    answer = send(client, "/judges/Lan/1", passage=places[0], grade=2, note="", note_was="")
    assert answer.headers["location"] == f"/judges/Lan/1#doan-{places[1]}"
    answer = send(client, "/judges/Lan/1", passage=places[2], grade=0)
    assert answer.headers["location"] == "/judges/Lan/1#het"
    assert pool.sheet("Lan", "q1").grade(places[0]) == 2
    page = client.get("/judges/Lan/1").text
    assert "đã chấm 2 trên 3 đoạn" in page
    assert page.count('aria-pressed="true"') == 2
    answer = send(client, "/judges/Lan/1", passage=places[0], grade="")
    assert answer.headers["location"] == f"/judges/Lan/1#doan-{places[0]}"
    assert pool.sheet("Lan", "q1").grade(places[0]) is None


def test_a_grade_keeps_the_note_typed_beside_it_and_no_stale_one(client: TestClient, pool: Pool):
    send(client, "/judges/Lan/1", passage="p1", grade=1, note="mới gõ\r\nhai dòng", note_was="")
    assert pool.sheet("Lan", "q1").marks["p1"].note == "mới gõ\nhai dòng"
    # An older tab, whose note is as it was when the page was loaded, grades the same passage.
    send(client, "/judges/Lan/1", passage="p1", grade=2, note="", note_was="")
    assert pool.sheet("Lan", "q1").marks["p1"].note == "mới gõ\nhai dòng"
    assert pool.sheet("Lan", "q1").marks["p1"].grade == 2


def test_a_quote_edited_without_its_own_button_is_kept(client: TestClient, pool: Pool):
    send(client, "/judges/Lan/1", passage="p1", grade=2, quote=TEXTS["p1"], note="", note_was="")
    assert pool.sheet("Lan", "q1").marks["p1"].span is None
    send(client, "/judges/Lan/1", passage="p1", grade=2, quote="báo cáo trước ngày 15/12")
    start, end = pool.sheet("Lan", "q1").marks["p1"].span
    assert TEXTS["p1"][start:end] == "báo cáo trước ngày 15/12"
    send(client, "/judges/Lan/1", passage="p1", grade=1, quote=TEXTS["p1"])  # an older tab
    assert pool.sheet("Lan", "q1").marks["p1"].span == (start, end)
    answer = send(client, "/judges/Lan/1", passage="p1", grade=0, quote="chữ của người chấm")
    assert (answer.status_code, pool.sheet("Lan", "q1").marks["p1"].grade) == (422, 1)


def test_quote_note_status_and_undo(client: TestClient, pool: Pool):
    send(client, "/judges/Lan/1", passage="p1", do="quote", quote="báo cáo  trước\nngày 15/12")
    start, end = pool.sheet("Lan", "q1").marks["p1"].span
    assert TEXTS["p1"][start:end] == "báo cáo trước ngày 15/12"
    assert "<mark>báo cáo trước ngày 15/12</mark>" in client.get("/judges/Lan/1").text
    answer = send(client, "/judges/Lan/1", passage="p1", do="quote", quote="không có trong đoạn")
    assert (answer.status_code, "nguyên văn" in answer.text) == (422, True)
    send(client, "/judges/Lan/1", passage="p1", do="quote", quote=TEXTS["p1"])
    assert pool.sheet("Lan", "q1").marks["p1"].span is None
    send(client, "/judges/Lan/1", do="undo")
    assert pool.sheet("Lan", "q1").marks["p1"].span == (start, end)
    send(client, "/judges/Lan/1", do="note", note="cả câu", note_was="")
    assert pool.sheet("Lan", "q1").note == "cả câu"
    answer = send(client, "/judges/Lan/1", do="skip")
    assert answer.headers["location"] == "/judges/Lan/2"
    assert "để sau" in client.get("/judges/Lan").text
    send(client, "/judges/Lan/2", do="unanswerable")
    assert "không có câu trả lời" in client.get("/judges/Lan").text
    send(client, "/judges/Lan/2", do="reopen")
    assert pool.sheet("Lan", "q2").status == ""


P3 = TEXTS["p3"]
SECOND = P3.rindex("soát")


@pytest.mark.parametrize(
    ("quote", "near", "start", "end"),
    [
        ("Rà soát", 0, 2, 9),
        ("rà soát", 0, SECOND - 3, SECOND + 4),
        ("soát", 20, SECOND, SECOND + 4),
        ("soát", 10_000, 5, 9),
        ("“hồ”  😀\n trong", 0, P3.index("“"), P3.index(" cụm")),
        (unicodedata.normalize("NFD", "bể bơi"), 0, P3.index("bể"), P3.index("</b>")),
    ],
)
def test_quotes_are_found_in_characters(quote: str, near: int, start: int, end: int):
    assert find_quote(P3, quote, near) == (start, end)


def test_an_empty_quote_is_none():
    with pytest.raises(TracuuError):
        find_quote("văn bản", " \n ")


def test_the_script_gets_the_state(client: TestClient):
    script = {"Accept": "application/json"}
    form = {"token": token(client), "passage": "p3", "do": "quote", "quote": "soát", "near": "40"}
    state = client.post("/judges/Lan/1", data=form, headers=script).json()
    assert state["passage"] == "p3"
    assert state["marks"]["p3"]["quote"] == "soát"
    assert state["marks"]["p3"]["before"] == P3[:SECOND]
    assert client.get("/judges/Lan/1", headers=script).json()["marks"] == state["marks"]
    refused = client.post("/judges/Lan/1", data={**form, "token": "cũ"}, headers=script)
    assert refused.status_code == 422
    assert "tải lại trang" in refused.json()["error"]


def test_agreement_and_settling(client: TestClient, pool: Pool):
    for passage, (lan, minh) in {"p1": (2, 2), "p2": (0, 1), "p3": (1, 1)}.items():
        pool.record("Lan", "q1", passage, "grade", lan)
        pool.record("Minh", "q1", passage, "grade", minh)
    page = client.get("/agreement").text
    assert "3 đoạn có từ hai người chấm" in page
    assert "0,500" in page  # kappa: observed 2/3; by chance (0 + 2 + 1) / 9
    assert TEXTS["p2"] in page and TEXTS["p1"] not in page
    assert 'name="by"' in page and "Điểm cuối cùng" not in page  # nobody decides without a name
    assert "Điểm cuối cùng" in client.get("/agreement?by=Hòa").text
    answer = send(client, "/agreement", by="Hòa", query="q1", passage="p2", grade=1, note="đủ")
    assert answer.headers["location"] == "/agreement?by=H%C3%B2a#khac-nhau"
    page = unescape(client.get("/agreement").text)
    assert "Đã thống nhất điểm 1, Hòa quyết định: đủ" in page
    assert '<span id="con-mo">0</span>' in page
    assert pool.settled()["q1", "p2"].grade == 1
    assert send(client, "/agreement", by="", query="q1", passage="p2", grade=1).status_code == 422


def test_many_disagreements_come_in_pages(client: TestClient, pool: Pool, monkeypatch):
    monkeypatch.setattr("evaluation.judging.views._ON_A_PAGE", 2)
    for passage in ("p1", "p2", "p3"):
        pool.record("Lan", "q1", passage, "grade", 2)
        pool.record("Minh", "q1", passage, "grade", 0)
    pool.settle("Hòa", "q1", "p1", 2)
    first, second = (client.get(f"/agreement?by=Hòa&page={n}").text for n in (1, 2))
    assert (first.count("<article"), second.count("<article")) == (2, 1)
    assert "Đã thống nhất điểm 2" in second  # what is settled comes last
    assert "Trang 1 trên 2" in first and "page=2#khac-nhau" in first
    for odd in ("0", "99", "x", "²"):
        assert client.get(f"/agreement?page={odd}").status_code == 200


def test_exports_are_files(client: TestClient, pool: Pool):
    pool.record("Lan", "q1", "p1", "grade", 2)
    for form in ("json", "quotes", "qrels"):
        answer = client.get(f"/export/{form}")
        assert answer.text == exported(pool, form)
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''th%E1%BB%AD-")
    assert from_json(client.get("/export/json").text) == pool.contents()
    assert client.get("/export/csv").status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/judges/Ai", 404), ("/judges/Lan/0", 404), ("/judges/Lan/3", 404), ("/judges/Lan/x", 404),
        ("/judges/Lan/²", 404), ("/judges/Lan/99999999999", 404), ("/x", 404), ("/static/x.js", 404),
        ("/judges", 405),
    ],
)  # fmt: skip
def test_addresses_that_lead_nowhere(client: TestClient, path: str, status: int):
    answer = client.get(path)
    assert answer.status_code == status
    assert "Về trang đầu" in answer.text


def test_forms_from_elsewhere_change_nothing(client: TestClient, pool: Pool):
    fields = {"passage": "p1", "grade": "2"}
    for extra, headers in (
        ({}, {}),
        ({"token": "0" * 32}, {}),
        ({"token": token(client)}, {"Sec-Fetch-Site": "cross-site"}),
        ({"token": token(client)}, {"Content-Type": "application/json"}),
        ({"token": token(client), "note": "x" * 70_000}, {}),
    ):
        assert client.post("/judges/Lan/1", data={**fields, **extra}, headers=headers).status_code == 422
    assert client.post("/judges/Ai/1", data={**fields, "token": token(client)}).status_code == 404
    assert pool.contents().events == ()


def test_headers_are_those_of_the_house(client: TestClient):
    for path in ("/", "/judges/Lan/1", "/agreement", "/x"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["x-frame-options"] == "DENY"
    page = client.get("/judges/Lan/1").text
    assert "<script>" not in page and " style=" not in page and " onclick" not in page


def test_pages_left_open_survive_a_restart(pool: Pool):
    before = token(TestClient(create_app(pool)))
    after = TestClient(create_app(Pool.open(pool.path)), follow_redirects=False)
    assert (
        after.post("/judges/Lan/1", data={"token": before, "passage": "p1", "grade": "1"}).status_code == 303
    )


def test_beyond_this_computer_a_token_is_needed(pool: Pool):
    client = TestClient(create_app(pool, token="mat-khau-dai"), follow_redirects=False, headers=PAGE)
    for path in ("/", "/judges/Lan/1", "/export/json", "/?token=sai"):
        answer = client.get(path)
        assert answer.status_code == 401
        assert "Cần mã truy cập" in answer.text
        assert "Lan" not in answer.text
    assert client.post("/judges", data={"name": "Kẻ lạ"}).status_code == 401
    answer = client.get("/judges/Lan/1?token=mat-khau-dai&x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/judges/Lan/1?x=1")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "mat-khau" not in cookie
    assert client.get("/judges/Lan/1").status_code == 200
    elsewhere = client.get("http://testserver//evil.example/?token=mat-khau-dai")
    assert elsewhere.headers["location"] == "/evil.example/"
    with pytest.raises(TracuuError, match="quá ngắn"):
        create_app(pool, token="ngắn")


def test_strangers_pointing_their_name_here_are_refused(pool: Pool):
    client = TestClient(create_app(pool, hosts={"127.0.0.1"}), base_url="http://evil.example")
    assert client.get("/").status_code == 421


def test_a_query_that_found_nothing_is_said(tmp_path: Path):
    made = make_pool(tmp_path).contents()
    data = json.loads(exported(Pool.open(tmp_path / "thu.pool"), "json"))
    data["pooled"] = [one for one in data["pooled"] if one["query"] != "q2"]
    pool = Pool.create(tmp_path / "rỗng.pool", from_json(json.dumps(data)))
    pool.join("Lan")
    client = TestClient(create_app(pool), headers=PAGE)
    assert "Không cách tìm nào" in client.get("/judges/Lan/2").text
    assert len(made.queries) == 2
