"""What an administrator does, and reading beside the original, in a real browser."""

import re
from pathlib import Path

import pytest
from factories import add, make_document
from fakes import FakeEncoder
from paged import add_paged, long_text

from corpus.library import Library
from indexer.update import update
from search_api.adding.worker import Worker
from search_api.admin.access import Access
from search_api.admin.desk import Desk
from search_api.engine import Engine
from search_api.settings import Settings

pytestmark = pytest.mark.browser

TOKEN = "một mã quản trị dài"
PHONE = {"width": 390, "has_touch": True, "is_mobile": True}
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
PLAN = (
    "KẾ HOẠCH\nPhát triển văn hóa đọc năm 2026\n\nSố: 12/KH-UBND\n\nXây dựng tủ sách lớp học, mở thư viện.\n"
)
SMALL = """() => [
        ...document.querySelectorAll('main button, main input:not([type=file]), .original-bar a, .row-acts a')
    ]
    .filter(e => e.offsetParent && e.type !== 'hidden' && e.getBoundingClientRect().height < 43.5)
    .map(e => e.outerHTML.slice(0, 80))"""
SLOW = 60_000
"""Milliseconds for the background work: it starts a process, on a machine that may be busy."""


@pytest.fixture(scope="module")
def serve_desk(tmp_path_factory, serve):
    """Starts a server with an administrator's desk; gives its address and its library."""

    def start(token=None, prepared=()):
        directory = tmp_path_factory.mktemp("desk") / "library"
        library = Library.open(directory, create=True)
        for prepare in prepared:
            prepare(library)
        update(library, FakeEncoder())
        engine = Engine(library, Settings(library=directory), FakeEncoder())
        return serve(engine, Desk(library, Access(token), Worker(library))), library

    return start


@pytest.fixture(scope="module")
def office(serve_desk):
    return serve_desk(prepared=[add_paged, lambda library: add(library, make_document(long_text(3)))])


@pytest.fixture(scope="module")
def guarded(serve_desk):
    return serve_desk(TOKEN)


@pytest.fixture
def at(open_page, office):
    return lambda path="/admin", **how: open_page(path, base=office[0], **how)


def files(tmp_path: Path, **texts: str) -> list[Path]:
    paths = []
    for name, text in texts.items():
        path = tmp_path / name.replace("__", ".")
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def test_give_watch_correct_remove_restore(at, tmp_path):
    page = at(expected=422)
    page.locator("#tep").set_input_files(
        files(tmp_path, plan__txt=PLAN, broken__pdf="%PDF-1.4 nothing", x__exe="MZ")
    )
    page.get_by_role("button", name="Nạp tệp").click()
    page.locator(".sending .why", has_text="x.exe: loại tệp này không đọc được").wait_for()
    row = page.locator(".given > li", has_text="plan.txt")
    row.locator(".status", has_text="đã thêm").wait_for(timeout=SLOW)
    assert "Kế hoạch" in row.inner_text() and "12/KH-UBND" in row.inner_text()
    bad = page.locator(".given > li", has_text="broken.pdf")
    bad.locator(".why").wait_for(timeout=SLOW)
    assert bad.get_by_role("button", name="Thử lại").is_visible()
    page.locator("#viec", has_text="Không có việc nào đang chạy").wait_for(timeout=SLOW)

    row.get_by_role("link", name="Sửa thông tin").click()
    page.get_by_label("Cơ quan ban hành").fill("Tỉnh ủy Bình An")
    page.get_by_label("Ngày ban hành").fill("hôm qua")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Cơ quan ban hành").input_value() == "Tỉnh ủy Bình An"  # nothing typed is lost
    page.get_by_label("Ngày ban hành").fill("17/5/2026")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("status").get_by_text("Đã lưu").wait_for()
    assert page.locator(".badge").count() == 2
    page.get_by_role("button", name="Hoàn nguyên Cơ quan ban hành").click()
    page.get_by_role("status").get_by_text("Đã lưu").wait_for()
    assert page.locator(".badge").count() == 1
    page.get_by_role("link", name="Xem văn bản").click()
    assert (
        "17/05/2026" in page.locator(".facts").inner_text()
        and "sửa tay" in page.locator(".facts").inner_text()
    )

    page.get_by_role("link", name="Sửa thông tin hoặc bỏ").click()
    page.get_by_role("button", name="Bỏ ra").click()
    page.locator(".given strong", has_text="Phát triển văn hóa đọc").wait_for()
    page.get_by_role("button", name=re.compile("Khôi phục")).click()
    page.get_by_role("status").get_by_text("Đã khôi phục").wait_for()
    page.get_by_role("button", name="Bỏ ra").click()
    page.get_by_role("button", name=re.compile("Xóa hẳn")).click()
    page.get_by_role("link", name="Giữ lại").click()
    page.get_by_role("button", name=re.compile("Xóa hẳn")).click()
    page.get_by_role("button", name="Xóa hẳn").click()
    page.get_by_role("status").get_by_text("Đã xóa hẳn").wait_for()
    assert "Không có văn bản nào đã bỏ" in page.locator("main").inner_text()


def test_files_are_dropped(at, tmp_path):
    page = at()
    page.evaluate(
        """text => {
            const carried = new DataTransfer();
            carried.items.add(new File([text], 'thả.txt', {type: 'text/plain'}));
            const drop = new DragEvent('drop', {dataTransfer: carried, bubbles: true});
            document.getElementById('nap').dispatchEvent(drop);
        }""", PLAN.replace("12", "34"))  # fmt: skip
    page.locator(".given > li", has_text="thả.txt").wait_for(timeout=SLOW)
    page.reload()
    assert page.locator(".given > li", has_text="thả.txt").count() == 1


def test_without_javascript_files_are_given_too(at, tmp_path):
    page = at(java_script_enabled=False)
    page.locator("#tep").set_input_files(files(tmp_path, giay__txt=PLAN.replace("12", "56"), la__exe="MZ"))
    page.get_by_role("button", name="Nạp tệp").click()
    page.get_by_role("status").get_by_text("Đã nhận tệp").wait_for()
    assert "loại tệp này không đọc được" in page.locator(".given > li", has_text="la.exe").inner_text()
    row = page.locator(".given > li", has_text="giay.txt")
    row.locator(".status", has_text="đã thêm").wait_for(timeout=SLOW)  # the page is asked for again by itself
    row.get_by_role("link", name="Sửa thông tin").click()
    page.get_by_label("Họ tên người ký").fill("Nguyễn Văn A")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("status").get_by_text("Đã lưu").wait_for()


def test_elsewhere_a_token_is_asked_for(open_page, guarded):
    page = open_page("/admin", base=guarded[0], expected=401)
    assert page.url.endswith("/admin/login")
    page.get_by_label("Mã quản trị").fill("sai")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_text("không đúng").wait_for()
    page.get_by_label("Mã quản trị").fill(TOKEN)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Quản trị").wait_for()
    [cookie] = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert page.evaluate("document.cookie") == ""
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto("/admin")
    assert page.url.endswith("/admin/login")


# beside the original


@pytest.fixture
def paged(office):
    _, library = office
    return next(document for document in library.documents() if document.source == "bản quét.pdf")


def test_the_original_is_turned_enlarged_and_followed_by_keyboard(at, paged):
    page = at(f"/documents/{paged.id}", width=1400)
    picture = page.locator("#trang-goc-anh")
    assert "/pages/1?" in picture.get_attribute("src")
    page.locator(".original-page").focus()
    page.keyboard.press("ArrowRight")
    assert "/pages/2?" in picture.get_attribute("src") and "page=2" in page.url
    assert page.locator("[data-for='2']").is_visible()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    assert "/pages/3?" in picture.get_attribute("src")
    before = picture.bounding_box()["width"]
    page.keyboard.press("+")
    assert picture.bounding_box()["width"] > 1.3 * before
    page.keyboard.press("-")
    page.get_by_role("link", name="Trang trước").click()
    assert page.get_by_label("Trang", exact=True).input_value() == "2"
    page.get_by_role("link", name="Xem trang 3 của tệp gốc").click()
    assert "/pages/3?" in picture.get_attribute("src")
    box, text = page.locator(".original").bounding_box(), page.locator(".sheet").bounding_box()
    assert box["x"] >= text["x"] + text["width"]  # beside it
    page.get_by_role("link", name="Ẩn trang gốc").click()
    assert page.locator("#trang-goc").count() == 0


def test_without_javascript_the_original_is_turned_too(at, paged):
    page = at(f"/documents/{paged.id}", java_script_enabled=False)
    page.get_by_role("link", name="Trang sau").click()
    page.get_by_role("link", name="Phóng to").click()
    assert "/pages/2?" in page.locator("#trang-goc-anh").get_attribute("src")
    assert page.locator(".zoom-2").count() == 1


def test_on_a_phone_text_and_page_take_turns(at, paged):
    page = at(f"/documents/{paged.id}", **PHONE)
    assert page.locator(".sheet").is_visible() and not page.locator("#trang-goc").is_visible()
    page.get_by_role("link", name="Trang gốc", exact=True).click()
    assert page.locator("#trang-goc-anh").is_visible() and not page.locator(".sheet").is_visible()
    assert page.evaluate(TOO_WIDE) <= 0
    page.get_by_role("link", name="Văn bản", exact=True).last.click()
    assert page.locator(".sheet").is_visible()


def test_the_outline_leads_into_other_parts(at, office):
    _, library = office
    long = max(library.documents(), key=lambda document: document.passages)
    page = at(f"/documents/{long.id}")
    link = page.locator(".outline.wide a").last
    name = link.inner_text()
    link.click()
    heading = page.locator(".sheet :is(h2, h3)", has_text=name.split(". ", 1)[1])
    heading.wait_for()
    page.get_by_role("link", name="← Phần trước").first.click()
    page.get_by_role("link", name="Cả văn bản").first.click()
    assert page.locator(".sheet .passage").count() == long.passages


@pytest.mark.parametrize(
    ("path", "width", "scheme"),
    [
        ("/admin", 1280, "light"), ("/admin", 390, "dark"), ("/admin/removed", 390, "light"),
        ("/admin/documents/{}", 1280, "dark"), ("/admin/documents/{}", 390, "light"),
        ("/documents/{}?page=2", 1280, "light"), ("/documents/{}?view=page", 390, "dark"),
    ],
)  # fmt: skip
def test_axe_finds_no_fault_and_nothing_is_too_wide(at, paged, path, width, scheme):
    axe_core = pytest.importorskip("axe_core_python.sync_playwright", reason="needs axe-core-python")
    page = at(path.format(paged.id), width=width, color_scheme=scheme)
    assert page.evaluate(TOO_WIDE) <= 0
    small = page.evaluate(SMALL) if width < 500 else []
    assert small == []
    found = axe_core.Axe().run(page)["violations"]
    assert [(v["id"], v["impact"], v["nodes"][0]["html"][:120]) for v in found] == []


def test_the_login_has_no_fault(open_page, guarded):
    axe_core = pytest.importorskip("axe_core_python.sync_playwright", reason="needs axe-core-python")
    page = open_page("/admin/login", base=guarded[0], width=390)
    assert axe_core.Axe().run(page)["violations"] == []


def test_an_address_with_only_a_fragment_leads_into_its_part(at, office):
    _, library = office
    long = max(library.documents(), key=lambda document: document.passages)
    last = library.passages_of(long.id)[-1].passage.id
    page = at(f"/documents/{long.id}#{last}")
    page.locator(f"[id='{last}']").wait_for()
    assert "at=" in page.url and page.url.endswith(f"#{last}")
