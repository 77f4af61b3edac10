"""The original's page beside the text, and long documents in parts."""

import io
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from factories import add, make_document
from fastapi.testclient import TestClient
from htmlreading import text_of
from paged import COLOURS, add_paged, long_text
from PIL import Image
from webfakes import FakeEngine

from web import originals
from web.app import over


@pytest.fixture
def scan(engine: FakeEngine):
    return add_paged(engine.library)


def seen(response) -> tuple[int, tuple[int, int, int]]:
    """Width of a picture, and its colour where the coloured box is."""
    image = Image.open(io.BytesIO(response.content)).convert("RGB")
    return image.width, image.getpixel((image.width // 2, image.height // 5))


def near(one, colour: str) -> bool:
    other = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return all(abs(a - b) < 24 for a, b in zip(one, other, strict=True))


def test_pages_are_drawn_kept_and_asked_for_once(client: TestClient, engine, scan, monkeypatch):
    for page, colour in enumerate(COLOURS, 1):
        response = client.get(f"/documents/{scan.id}/pages/{page}?w=480")
        assert (response.status_code, response.headers["content-type"]) == (200, "image/jpeg")
        wide, at = seen(response)
        assert wide == 480 and near(at, colour)
    headers = response.headers
    assert headers["cache-control"] == "private, max-age=3600"
    assert headers["x-content-type-options"] == "nosniff"
    kept = sorted((engine.library.directory / "pictures").rglob("*-*"))
    assert [path.name for path in kept] == [f"{scan.id}-{page}-480" for page in (1, 2, 3)]
    monkeypatch.setattr(originals, "_draw", lambda *_: pytest.fail("drawn again"))
    again = client.get(f"/documents/{scan.id}/pages/3?w=480")
    assert again.content == response.content
    unchanged = client.get(f"/documents/{scan.id}/pages/3?w=480", headers={"If-None-Match": headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_the_same_page_is_drawn_once_however_many_ask(client: TestClient, scan, monkeypatch):
    drawn = []
    true = originals._draw
    monkeypatch.setattr(originals, "_draw", lambda *a: drawn.append(a) or true(*a))
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: client.get(f"/documents/{scan.id}/pages/1"), range(6)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(drawn) == 1


@pytest.mark.parametrize("page", ["0", "4", "x", "-1", "1e3", "9" * 30, "²", "1%00"])
def test_pages_that_there_are_not(client: TestClient, scan, page):
    assert client.get(f"/documents/{scan.id}/pages/{page}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "drawn"), [("1", 480), ("481", 800), ("99999", 1800), ("999999", 800), ("x", 800)]
)
def test_only_a_few_widths_are_drawn(asked, drawn):
    assert originals._width(asked) == drawn


def test_other_files_have_no_pages(client: TestClient, plan):
    assert client.get(f"/documents/{plan.id}/pages/1").status_code == 404
    assert "trang-goc" not in client.get(f"/documents/{plan.id}").text


def test_a_page_that_cannot_be_drawn_says_so(engine: FakeEngine):
    broken = make_document("^1\nMột đoạn.", source="hỏng.pdf", pages=1)
    add(engine.library, broken)
    response = TestClient(over(engine)).get(f"/documents/{broken.id}/pages/1")
    assert response.status_code == 422 and "hỏng.pdf" in response.text
    assert not list(engine.library.directory.glob("pictures/*/*"))


def test_a_read_only_library_still_shows_pages(client: TestClient, engine, scan, monkeypatch):
    monkeypatch.setattr(
        "corpus.library.pictures.tempfile.mkstemp", lambda **_: (_ for _ in ()).throw(OSError())
    )
    assert client.get(f"/documents/{scan.id}/pages/1?w=480").status_code == 200


def test_pictures_take_no_more_than_their_share(engine, monkeypatch):
    pictures = engine.library.pictures
    monkeypatch.setattr("corpus.library.pictures.MOST_BYTES", 5_000)
    monkeypatch.setattr("corpus.library.pictures._CLEAR_EVERY", 1)
    for page in range(12):
        pictures.put("0" * 16, page, 480, bytes(1_000))
    kept = list(engine.library.directory.glob("pictures/*/*"))
    assert 3 <= len(kept) <= 5
    pictures.clear()
    pictures.forget("0" * 16)
    assert not list(engine.library.directory.glob("pictures/*/*"))


def test_erasing_takes_the_pictures_along(client: TestClient, engine, scan):
    client.get(f"/documents/{scan.id}/pages/1?w=480")
    engine.library.erase(scan.id)
    assert not list(engine.library.directory.glob("pictures/*/*"))
    assert client.get(f"/documents/{scan.id}/pages/1?w=480").status_code == 404


# beside the text


def test_the_page_cited_stands_beside_the_text(client: TestClient, scan):
    cited = next(p for p in scan.passages if p.page == 3)
    page = client.get(f"/documents/{scan.id}?passage={cited.id}&q=kinh phí").text
    assert f'src="/documents/{scan.id}/pages/3?w=800"' in page
    assert re.search(r'name="page"[^>]* value="3"', page)
    previous = re.search(r'rel="prev" href="([^"]+)"', page)[1]
    assert "page=2" in previous and f"passage={cited.id}" in previous and previous.endswith("#trang-goc")
    assert 'rel="next" href="#trang-goc" aria-disabled="true"' in page
    turned = client.get(previous.replace("&amp;", "&")).text
    assert f'src="/documents/{scan.id}/pages/2?w=800"' in turned and "marked" in turned
    assert "độ tin cậy 93%" in turned


def test_a_heading_opens_its_page_too(client: TestClient, engine):
    """A heading that was found as an answer is cited by `at`."""
    scan = add_paged(engine.library, "^1\nMở đầu.\n^3\n# I. NHIỆM VỤ\nMở thư viện.", source="khác.pdf")
    (duties,) = scan.sections
    assert duties.page == 3
    page = client.get(f"/documents/{scan.id}?at={scan.id}.s0").text
    assert f'src="/documents/{scan.id}/pages/3?w=800"' in page


def test_the_page_can_be_hidden_and_shown(client: TestClient, scan):
    page = client.get(f"/documents/{scan.id}").text
    assert "/pages/1?w=800" in page  # nothing is cited: where the text begins
    hidden = client.get(re.search(r'class="hide" href="([^"]+)"', page)[1].replace("&amp;", "&")).text
    assert "/pages/" not in hidden and "Xem trang gốc bên cạnh" in hidden
    for odd in ("99", "x", "-3", "0x1"):
        assert client.get(f"/documents/{scan.id}?page={odd}&zoom={odd}").status_code == 200


def test_text_recognised_from_a_scan_says_so(client: TestClient, scan):
    page = text_of(client.get(f"/documents/{scan.id}").text)
    assert "nhận dạng từ bản quét · độ tin cậy 93%" in page
    results = text_of(client.get("/search?q=thư viện lưu động").text)
    assert re.search(r"trang 2\s+nhận dạng từ bản quét · độ tin cậy 93%", results)
    assert not re.search(r"trang 1\s+nhận dạng", results)


# parts


@pytest.fixture
def code(engine: FakeEngine):
    document = make_document(long_text())
    add(engine.library, document)
    return document


def test_a_long_document_comes_in_parts_with_the_whole_outline(client: TestClient, code):
    whole = client.get(f"/documents/{code.id}?part=all").text
    assert all(whole.count(f'id="{p.id}"') == 1 for p in code.passages)
    shown = []
    address, parts = f"/documents/{code.id}", 0
    while address:
        page = client.get(address).text
        parts += 1
        shown += re.findall(rf'id="({code.id}-\d+)"', page)
        assert len(page) < 0.5 * len(whole)
        for section in code.sections:  # the outline leads everywhere
            assert re.search(rf'href="[^"]*#{code.id}.s{section.ordinal}"', page)
        following = re.search(r'href="([^"]+)" rel="next">Phần sau', page)
        address = following and following[1].replace("&amp;", "&")
    assert parts > 2
    assert shown == [p.id for p in code.passages]  # every passage in one part, in order


def test_a_citation_opens_the_part_that_it_stands_in(client: TestClient, code):
    last = code.passages[-1]
    page = client.get(f"/documents/{code.id}?passage={last.id}").text
    assert re.search(rf'id="{last.id}" class="[^"]*marked', page)
    section = code.sections[-1]
    page = client.get(f"/documents/{code.id}?at={code.id}.s{section.ordinal}").text
    assert f'id="{code.id}.s{section.ordinal}"' in page and "marked" not in page
    for odd in ("0", "99", "x", "-1", "all2"):
        assert client.get(f"/documents/{code.id}?part={odd}").status_code == 200


def test_a_short_document_is_whole(client: TestClient, plan):
    assert 'class="parts"' not in client.get(f"/documents/{plan.id}").text


def test_text_without_headings_is_cut_too(engine: FakeEngine):
    document = make_document("\n".join(f"Đoạn {n}." for n in range(1_500)))
    add(engine.library, document)
    page = TestClient(over(engine)).get(f"/documents/{document.id}").text
    assert 'class="parts"' in page and page.count('class="passage') <= 701


def test_drawing_never_takes_all_threads(client: TestClient, scan, monkeypatch):
    monkeypatch.setattr(originals, "_WAIT_SECONDS", 0.05)
    holder = threading.Event()
    monkeypatch.setattr(originals, "_draw", lambda *_: holder.wait(20) and b"x")
    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(client.get, f"/documents/{scan.id}/pages/{n % 3 + 1}?w=480") for n in range(20)]
        until = time.monotonic() + 15
        while sum(one.done() for one in asked) < 18:  # two draw, the others are sent away
            assert time.monotonic() < until
            time.sleep(0.02)
        assert client.get("/documents").status_code == 200
        holder.set()
        codes = sorted(one.result().status_code for one in asked)
    assert codes[:1] == [200] and codes[-1] == 503 and codes.count(503) >= 16
