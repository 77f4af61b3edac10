"""One document to read: its text whole, its facts, its citations, its file, its fiction."""

import re

import pytest
from factories import add, make_citation, make_document
from fastapi.testclient import TestClient
from htmlreading import NASTY, elements, text_of
from webfakes import FakeEngine

from corpus.types import Document
from web import sample
from web.app import over


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


def test_versions_of_a_document_are_linked_both_ways(engine: FakeEngine, plan: Document):
    newer = make_document("Bản mới của kế hoạch.", source="ban-moi.docx")
    add(engine.library, newer)
    client = TestClient(over(engine))
    old = text_of(client.get(f"/documents/{plan.id}").text)
    assert re.search(r"Có bản mới hơn của văn bản này:\s+ban-moi.docx \(ngày 17/05/2026, đưa vào", old)
    new = client.get(f"/documents/{newer.id}").text
    assert "Có bản mới hơn" not in new
    assert re.search(rf'Bản cũ: <a href="/documents/{plan.id}">ke-hoach.txt', new)
    engine.library.remove(newer.id)
    assert "Có bản mới hơn" not in client.get(f"/documents/{plan.id}").text


@pytest.mark.parametrize(
    ("relation", "told"), [("replaces", "được thay thế bởi"), ("amends", "được sửa đổi, bổ sung bởi")]
)
def test_what_no_longer_holds_says_so(engine: FakeEngine, directive: Document, relation: str, told: str):
    later = make_document(
        "Thay thế.", kind="Chỉ thị", number="09-CT/TU", title="Về giáo dục", issuer="Tỉnh ủy Bình An",
        citations=[make_citation("04-CT/TU", relation=relation)],
    )  # fmt: skip
    add(engine.library, later)
    page = TestClient(over(engine)).get(f"/documents/{directive.id}").text
    assert re.search(
        rf'class="standing">Văn bản này {told} <a href="/documents/{later.id}">Chỉ thị · 09', page
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
