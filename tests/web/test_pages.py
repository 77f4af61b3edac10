"""Every page over a small library and a fake engine: what is there, what is safe, what helps."""

import html
import re
from html.parser import HTMLParser

import pytest
from factories import add, make_document
from fastapi.testclient import TestClient
from webfakes import FakeEngine

from corpus.errors import LibraryError, TracuuError
from corpus.types import Document
from web import sample
from web.app import over

NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def elements(page: str) -> set[str]:
    """What a browser would make of the page: tag names, and the ways in which something could run."""
    found: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            names = {name for name, _ in attrs}
            found.add(tag)
            if tag == "script" and "src" not in names:
                found.add("script without src")
            if any(name.startswith("on") for name in names):
                found.add("event handler")

    Reader().feed(page)
    return found


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


# one document


def test_a_document_reads_like_the_document(client: TestClient, plan: Document):
    page = client.get(f"/documents/{plan.id}").text
    sheet = re.search(r'<article class="sheet".*?</article>', page, re.S)[0]
    assert [re.sub(r"<[^>]+>", "", h) for h in re.findall(r"<h[2-6] id=.*?</h[2-6]>", sheet)] == [
        "I. MỤC ĐÍCH, YÊU CẦU", "II. NHIỆM VỤ", "1. Sở Giáo dục và Đào tạo", "2. Sở Tài chính:", "Phụ lục I",
    ]  # fmt: skip
    for passage in plan.passages:
        assert page.count(f'id="{passage.id}"') == 1
        assert f'href="?passage={passage.id}#{passage.id}"' in page
    words = re.sub(r"\W+", "", text_of(sheet).replace("§", "").replace("trang 2", ""))
    assert words == re.sub(r"\W+", "", plan.text)  # all of it, in order, nothing twice
    assert page.count("<h1") == 1
    assert f'href="#{plan.id}.s2"' in page  # the outline


def test_the_passage_asked_for_is_marked_and_citable(client: TestClient, plan: Document):
    passage = plan.passages[2]
    page = client.get(f"/documents/{plan.id}?passage={passage.id}&q=chương trình").text
    assert re.findall(r'id="([^"]+)" class="[^"]*marked', page) == [passage.id]
    assert re.search(
        r"data-citation[^>]*>“(- )?Tham mưu Ủy ban nhân dân .*phổ cập.” \(.*Kế hoạch số 12/KH-UBND", page
    )
    assert "Kết quả tìm “chương trình”" in page
    lost = client.get(f"/documents/{plan.id}?passage=none").text
    assert "Không thấy đoạn được dẫn" in lost


def test_metadata_say_what_is_missing_and_what_was_inferred(client: TestClient, directive: Document):
    page = text_of(client.get(f"/documents/{directive.id}").text)
    assert re.search(r"Nơi ban hành\s+không ghi", page)
    assert re.search(r"Cơ quan ban hành\s+Tỉnh ủy Bình An\s+suy ra từ chữ ký và đoạn căn cứ", page)
    assert "tháng 3/2026" in page


def test_citations_lead_both_ways(client: TestClient, plan: Document, directive: Document):
    page = client.get(f"/documents/{plan.id}").text
    assert f'<a class="cite" href="/documents/{directive.id}">Chỉ thị số 04-CT/TU</a>' in page
    assert f'<a href="/documents/{directive.id}">Chỉ thị · 04-CT/TU</a>' in page
    assert re.search(
        r"Nghị quyết · 99-NQ/TW · 02/01/2025</span>\s+<span[^>]*>\(chưa có trong thư viện\)", page
    )
    back = client.get(f"/documents/{directive.id}").text
    assert "Được thực hiện bởi" in back and f"/documents/{plan.id}" in back


def test_nasty_documents_are_shown_as_text(engine: FakeEngine):
    document = make_document(
        f"# I. {NASTY}\n{NASTY}\n- {NASTY}\n@signature {NASTY}",
        kind=NASTY, number=None, issuer=NASTY, title=NASTY, source=f"../{NASTY}\r\nX: y.docx",
        warnings=[NASTY], inferred={"kind": NASTY}, date="2026-05-17",
    )  # fmt: skip
    add(engine.library, document)
    client = TestClient(over(engine))
    for path in ("/", "/documents", f"/documents/{document.id}", "/search?q=script alert"):
        page = client.get(path).text
        assert "alert(1)" in page, path
        assert elements(page).isdisjoint({"img", "script without src", "event handler"})


def test_the_original_is_saved_under_its_name_and_never_run(client: TestClient, directive: Document):
    response = client.get(f"/documents/{directive.id}/original")
    assert response.content == directive.text.encode()
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["content-disposition"] == (
        "attachment; filename=\"chi thi.txt\"; filename*=UTF-8''chi%20thi.txt"
    )
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "no-store"
    assert "sandbox" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("source", "plain", "starred"),
    [
        ("kế hoạch.docx", "k_ ho_ch.docx", "k%E1%BA%BF%20ho%E1%BA%A1ch.docx"),
        ('a"b;\r\nc.txt', "ab_c.txt", "ab%3Bc.txt"),
        ("../../etc/passwd", "passwd", "passwd"),
        ("..\\..\\x.md", "x.md", "x.md"),
        ("...", "van-ban", "van-ban"),
    ],
)
def test_file_names_are_made_safe(engine: FakeEngine, source: str, plain: str, starred: str):
    document = make_document("Một đoạn riêng.", source=source)
    add(engine.library, document)
    header = TestClient(over(engine)).get(f"/documents/{document.id}/original").headers["content-disposition"]
    assert header == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{starred}"


def test_other_files_of_the_same_document_are_linked(engine: FakeEngine, plan: Document):
    scan = make_document("Bản quét của kế hoạch.", source="ban-quet.docx")
    add(engine.library, scan)
    assert (
        f'<a href="/documents/{scan.id}">ban-quet.docx</a>'
        in TestClient(over(engine)).get(f"/documents/{plan.id}").text
    )


# fiction


def test_fictional_documents_are_named_so_on_every_page_that_shows_them(
    engine: FakeEngine, plan: Document, directive: Document, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("web.app.is_sample", lambda document_id: document_id == plan.id)
    client = TestClient(over(engine))
    for path in ("/", "/documents", f"/documents/{plan.id}", "/search?q=nhiệm vụ"):
        assert "Tài liệu mẫu hư cấu" in client.get(path).text, path
    assert client.get("/documents").text.count("mẫu hư cấu</span>") == 1  # each says which it is
    for path in (f"/documents/{directive.id}", "/search?q=cấp ủy&kind=Chỉ thị", "/documents?kind=Chỉ thị"):
        assert "Tài liệu mẫu hư cấu" not in client.get(path).text, path


def test_the_bundled_files_count_as_fiction():
    from corpus.sample import sample_files

    ids = sample._ids()
    assert len(ids) == len(sample_files()) > 0
    assert sample.is_sample(next(iter(ids)))
    assert not sample.is_sample("0" * 16)


# errors


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
