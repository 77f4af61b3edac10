"""Start, results and list over a small library and a fake engine: what is there, what is safe, what helps."""

import re

import pytest
from factories import add, make_document
from fastapi.testclient import TestClient
from htmlreading import NASTY, elements, text_of
from webfakes import FakeEngine

from corpus.types import Document
from web.app import over

# start


def test_the_start_page_says_what_the_library_holds(client: TestClient, plan: Document):
    page = client.get("/").text
    assert "2" in re.findall(r"<strong>(\d+)</strong> văn bản", page)
    assert "7" in re.findall(r"<strong>(\d+)</strong> đoạn", page)
    assert f'href="/documents/{plan.id}"' in page
    assert 'href="/documents?kind=K%E1%BA%BF+ho%E1%BA%A1ch"' in page
    assert page.index("17/05/2026") < page.index("tháng 3/2026")  # newest first
    assert 4 <= page.count('href="/search?q=') <= 6
    assert "autofocus" in page


def test_only_the_start_page_takes_the_focus(client: TestClient, plan: Document):
    for path in ("/search?q=a", "/documents", f"/documents/{plan.id}", "/nothing"):
        assert "autofocus" not in client.get(path).text


def test_an_empty_library_tells_how_to_fill_it(engine: FakeEngine, plan: Document, directive: Document):
    engine.library.remove(plan.id)
    engine.library.remove(directive.id)
    client = TestClient(over(engine))
    for path in ("/", "/documents"):
        page = client.get(path)
        assert page.status_code == 200
        assert f"tracuu --library {engine.settings.library} add THƯ-MỤC" in page.text


# search


def test_results_are_grouped_under_their_heading_path(client: TestClient, plan: Document):
    page = client.get("/search", params={"q": "nhiệm vụ của Sở Giáo dục"}).text
    group = re.search(r'<article class="group" id="nhom-1".*?</article>', page, re.S)[0]
    assert "II. NHIỆM VỤ" in group
    assert "1. Sở Giáo dục và Đào tạo" in group
    assert [part for part in ("Kế hoạch", "12/KH-UBND", "17/05/2026") if part in group] == [
        "Kế hoạch", "12/KH-UBND", "17/05/2026",
    ]  # fmt: skip
    assert group.count('class="hit') >= 2
    passage = plan.passages[1]
    assert f"/documents/{plan.id}?passage={passage.id}&amp;q=" in group
    assert f"#{passage.id}" in group
    assert "<mark>nhiệm</mark>" in group
    assert "“Chủ trì, phối hợp" in group  # the citation, for browsers without scripts


def test_what_was_understood_is_shown_and_can_be_undone(client: TestClient):
    page = text_of(client.get("/search?q=nhiệm vụ của sgd").text)
    assert "viết tắt: “sgd” là “Sở Giáo dục”" in page
    assert "tìm nguyên văn" in page
    literal = client.get("/search?q=nhiệm vụ của sgd&literal=1").text
    assert "Đang tìm nguyên văn" in literal
    assert "viết tắt:" not in literal


def test_filters_are_links_with_counts_that_can_be_undone(client: TestClient):
    page = client.get("/search?q=giáo dục").text
    assert re.search(
        r'href="/search\?q=gi%C3%A1o\+d%E1%BB%A5c&amp;kind=Ch%E1%BB%89\+th%E1%BB%8B".*?Chỉ thị.*?>1<', page
    )
    filtered = client.get("/search?q=giáo dục&kind=Chỉ thị").text
    assert "12/KH-UBND" not in filtered
    assert "04-CT/TU" in filtered
    assert re.search(r'href="/search\?q=gi%C3%A1o\+d%E1%BB%A5c"[^>]*>.*?Chỉ thị', filtered)


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("issuer=Tỉnh ủy Bình An", "04-CT/TU", "12/KH-UBND"),
        ("from=1/5/2026", "12/KH-UBND", "tháng 3/2026"),
        ("to=3/2026", "04-CT/TU", "12/KH-UBND"),
        ("from=2026&to=2026", "04-CT/TU", "nothing"),
    ],
)
def test_filters_narrow(client: TestClient, query: str, there: str, gone: str):
    results = client.get(f"/search?q=giáo dục&{query}").text.partition('class="results"')[2]
    assert there in results
    assert gone not in results


def test_a_filter_on_a_document_is_named_by_its_title(client: TestClient, plan: Document):
    page = client.get(f"/search?q=giáo dục&document={plan.id}").text
    chips = re.search(r'class="chips".*?</ul>', page, re.S)[0]
    assert "Nâng cao chất lượng giáo dục năm 2026" in chips
    assert client.get("/search?q=giáo dục&document=0000").status_code == 200


def test_more_results_are_one_link_away(client: TestClient):
    few = client.get("/search?q=giáo dục&k=2").text
    assert "k=12#nhom-" in few
    assert "Xem thêm" not in client.get("/search?q=giáo dục&k=100").text


def test_filters_stay_when_the_question_changes(client: TestClient):
    page = client.get("/search?q=giáo dục&kind=Chỉ thị&from=2026").text
    box = re.search(r'<form class="search".*?</form>', page, re.S)[0]
    assert '<input type="hidden" name="kind" value="Chỉ thị">' in box
    assert '<input type="hidden" name="from" value="2026">' in box


def test_nothing_found_helps(client: TestClient):
    page = client.get("/search?q=khoan giếng nước ngầm sâu&kind=Chỉ thị&literal=1")
    assert page.status_code == 200
    said = text_of(page.text)
    for way in ("Không tìm thấy", "bỏ các điều kiện lọc", "Bỏ “tìm nguyên văn”", "Tìm ít từ hơn", "đủ dấu"):
        assert way in said


@pytest.mark.parametrize("query", ["", "q=", "q=+++", "kind=Chỉ thị"])
def test_nothing_asked_leads_to_the_start(client: TestClient, query: str):
    response = client.get("/search?" + query)
    assert (response.status_code, response.headers["location"]) == (303, "/")


@pytest.mark.parametrize("query", ["k=0", "k=abc", "from=xyz", "from=2027&to=2026"])
def test_an_address_that_makes_no_sense_is_explained(client: TestClient, query: str):
    response = client.get(f"/search?q=giáo dục&{query}")
    assert response.status_code == 422
    assert "Hãy" in response.text or "phải là" in response.text
    assert 'value="giáo dục"' in response.text
    assert "/search?q=gi%C3%A1o+d%E1%BB%A5c" in response.text


@pytest.mark.parametrize(
    "q", [NASTY, "' OR 1=1 --", "a" * 10_000, "\x00\x07 x", "%ff%fe", "ạ̣̣" * 50, "../../etc/passwd", "🙂"]
)
def test_nasty_questions_are_answered_and_never_run(client: TestClient, q: str):
    response = client.get("/search", params={"q": q})
    assert response.status_code == 200
    assert elements(response.text).isdisjoint({"img", "script without src", "event handler"})
    assert ">49<" not in response.text and "49&" not in response.text


# documents


def test_the_list_sorts_filters_and_links(client: TestClient, plan: Document, directive: Document):
    page = client.get("/documents").text
    assert page.index(f'"/documents/{plan.id}"') < page.index(f'"/documents/{directive.id}"')
    turned = client.get("/documents?sort=date").text
    assert turned.index(f'"/documents/{directive.id}"') < turned.index(f'"/documents/{plan.id}"')
    assert 'aria-sort="ascending"' in turned
    for query in ("kind=Chỉ thị", "issuer=Tỉnh ủy Bình An", "q=cong tac", "q=04-ct"):
        only = client.get("/documents?" + query).text
        assert directive.id in only and plan.id not in only
    assert "Không có văn bản nào như vậy" in client.get("/documents?q=zzz").text
    assert client.get("/documents?sort=xyz&page=-4&year=abc").status_code == 200


def test_a_long_list_comes_in_pages(engine: FakeEngine):
    add(engine.library, *(make_document("Một đoạn.", number=f"{n}/KH-UBND", title=None) for n in range(60)))
    client = TestClient(over(engine))
    first = client.get("/documents?sort=number").text
    assert "page=2" in first and "Trang 1 trên 2" in first
    assert first.index(">9/KH-UBND<") < first.index(">10/KH-UBND<")
    assert "Trang 2 trên 2" in client.get("/documents?page=999").text
