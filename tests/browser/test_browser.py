"""What an official does in a morning, in a real browser."""

import re
import time
from pathlib import Path
from urllib.parse import unquote

import pytest

pytestmark = pytest.mark.browser

QUESTION = "nhiệm vụ của Sở Giáo dục"
RESULTS = "/search?q=nhiệm vụ của Sở Giáo dục"
PHONE = {"width": 390, "has_touch": True, "is_mobile": True}

ON_SCREEN = """element => {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.top < innerHeight;
}"""
TOO_WIDE = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


def until(happened):
    """Wait for what no locator can wait for; the page's own policy forbids waiting inside it."""
    deadline = time.monotonic() + 5
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def a_document(page):
    """Address of a long document of the library, with the id of a passage far down."""
    listed = page.context.request.get("/api/documents?limit=200").json()["documents"]
    longest = max(listed, key=lambda document: document["passages"])
    passages = page.context.request.get(f"/api/documents/{longest['id']}").json()["passages"]
    return f"/documents/{longest['id']}", passages[len(passages) * 2 // 3]["id"]


def test_search_filter_open_copy_and_back(open_page, server):
    page = open_page("/", permissions=["clipboard-read", "clipboard-write"])
    assert page.evaluate("document.activeElement.id") == "o-tim"
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert page.locator(".group").count() > 1
    assert page.locator(".hit mark").count() > 0

    page.locator(".side").get_by_role("link", name=re.compile("^Kế hoạch")).click()
    page.wait_for_url("**kind=*")
    lines = page.locator(".group .from").all_inner_texts()
    assert lines and all(line.startswith("Kế hoạch") for line in lines)
    results = page.url

    hit = page.locator(".hit").nth(1)
    words = hit.locator(".words").inner_text()
    hit.get_by_role("button", name="Sao chép trích dẫn").click()
    page.get_by_role("button", name="Đã sao chép").wait_for()
    page.locator("#loi-bao", has_text="Đã sao chép").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“") and "Kế hoạch" in copied
    assert words.strip(" …")[:60].lstrip("-–•+ ") in copied

    hit.locator("a.open").click()
    page.wait_for_url("**/documents/**")
    passage = unquote(page.url.rpartition("#")[2])
    marked = page.locator(f"[id='{passage}']")
    assert "marked" in marked.get_attribute("class")
    assert marked.evaluate(ON_SCREEN)
    assert words.strip(" …")[:60] in marked.inner_text()
    assert page.locator(".outline.wide a[aria-current]").count() == 1

    page.go_back()
    assert page.url == results
    assert page.locator(".hit").count() > 0


def test_without_javascript_everything_is_still_there(open_page):
    page = open_page("/", java_script_enabled=False)
    page.locator("#o-tim").fill(QUESTION)
    page.get_by_role("button", name="Tìm").click()
    page.locator(".side").get_by_role("link", name=re.compile("^Kế hoạch")).click()
    hit = page.locator(".hit").first
    assert hit.get_by_role("button").count() == 0
    hit.locator("summary").click()
    assert hit.locator("[data-citation]").inner_text().startswith("“")
    hit.locator("a.open").click()
    passage = unquote(page.url.rpartition("#")[2])
    marked = page.locator(f"[id='{passage}']")
    assert marked.evaluate(ON_SCREEN)
    assert page.locator(":target").count() == 1
    assert page.locator(".sheet .copy summary").count() == 1


def test_an_address_without_fragment_still_scrolls_to_the_passage(open_page):
    page = open_page("/documents")
    address, passage = a_document(page)
    page.goto(f"{address}?passage={passage}")
    until(lambda: page.evaluate("scrollY > 0"))
    assert page.locator(f"[id='{passage}']").evaluate(ON_SCREEN)
    page.goto(f"{address}#{passage}")
    assert page.locator(f"[id='{passage}']").evaluate(ON_SCREEN)
    shade = page.locator(f"[id='{passage}']").evaluate("e => getComputedStyle(e).backgroundColor")
    assert shade != "rgba(0, 0, 0, 0)"


def test_the_keyboard_alone_is_enough(open_page):
    page = open_page(RESULTS)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Tới kết quả"
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "open":
            break
    focus = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert focus == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "o-tim"
    page.keyboard.press("/")
    assert page.locator("#o-tim").input_value() in (QUESTION + "/", "/")


def test_the_outline_leads_to_headings(open_page):
    page = open_page("/documents")
    address, _ = a_document(page)
    page.goto(address)
    link = page.locator(".outline.wide a").last
    link.click()
    target = unquote(link.get_attribute("href")[1:])
    assert page.locator(f"[id='{target}']").evaluate(ON_SCREEN)
    page.locator(".outline.wide a[aria-current]").wait_for()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        RESULTS,
        RESULTS + "&kind=Kế hoạch",
        "/search?q=zzzz",
        "/search?q=a&k=x",
        "/documents",
        "/x",
        "document",
    ],
)
def test_a_phone_never_scrolls_sideways(open_page, path):
    status = {"/x": 404, "/search?q=a&k=x": 422}.get(path)
    page = open_page("/documents" if path == "document" else path, expected=status, **PHONE)
    if path == "document":
        address, passage = a_document(page)
        page.goto(f"{address}?passage={passage}#{passage}")
        page.locator(".outline-fold summary").click()
    assert page.evaluate(TOO_WIDE) <= 0
    small = page.evaluate("""() => [
            ...document.querySelectorAll('button, input, select, summary, .acts a, .menu a')
        ]
        .filter(e => e.offsetParent && e.type !== 'hidden' && e.getBoundingClientRect().height < 43.5)
        .map(e => e.outerHTML.slice(0, 80))""")
    assert small == []


def test_a_phone_folds_outline_and_filters(open_page):
    page = open_page(RESULTS, **PHONE)
    assert not page.locator(".side").is_visible()
    page.locator(".filters-fold > summary").click()
    page.locator(".filters-fold").get_by_role("link", name=re.compile("^Kế hoạch")).click()
    page.wait_for_url("**kind=*")
    page.locator("a.open").first.click()
    page.locator(".outline-fold > summary").click()
    page.locator(".outline-fold a").last.click()
    assert not page.locator(".outline-fold ol").first.is_visible()


def test_copying_where_the_clipboard_is_closed(open_page):
    """On another computer of the office the page is no secure context and has no clipboard."""
    page = open_page("/documents")
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(RESULTS)
    page.get_by_role("button", name="Sao chép trích dẫn").first.click()
    page.get_by_role("button", name="Đã sao chép").wait_for()
    page.add_init_script("document.execCommand = () => false")
    page.goto(RESULTS)
    page.get_by_role("button", name="Sao chép trích dẫn").first.click()
    page.locator("#loi-bao", has_text="Ctrl+C").wait_for(state="attached")
    assert page.evaluate("String(getSelection())").startswith("“")


def test_the_original_can_be_saved(open_page, tmp_path: Path):
    page = open_page("/documents")
    address, _ = a_document(page)
    page.goto(address)
    with page.expect_download() as download:
        page.locator("a[download]").click()
    assert download.value.suggested_filename == page.locator("a[download]").inner_text()
    download.value.save_as(tmp_path / "saved")
    assert (tmp_path / "saved").stat().st_size > 0


def test_print_keeps_the_text_and_drops_the_controls(open_page):
    page = open_page("/documents")
    address, _ = a_document(page)
    page.goto(address)
    page.emulate_media(media="print")
    for gone in (".masthead", ".outline.wide", ".foot", ".within", ".anchor >> nth=0"):
        assert not page.locator(gone).is_visible(), gone
    assert page.locator(".sheet .passage").first.is_visible()
    assert page.locator(".notice").is_visible()  # a printed fiction says so too
    assert len(page.pdf()) > 10_000


PAGES = [
    ("/", None), (RESULTS, None), (RESULTS + "&kind=Kế hoạch&from=2026", None), ("/search?q=zzzz", None),
    ("/search?q=a&k=x", 422), ("/documents", None), ("/documents?q=zzzz", None), ("/x", 404),
    ("document", None), ("empty", None),
]  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
@pytest.mark.parametrize(("path", "status"), PAGES)
def test_axe_finds_no_fault(open_page, empty_server, path, status, width, scheme):
    axe_core = pytest.importorskip("axe_core_python.sync_playwright", reason="needs axe-core-python")
    base = {"base": empty_server} if path == "empty" else {}
    start = {"document": "/documents", "empty": "/"}.get(path, path)
    page = open_page(start, expected=status, width=width, color_scheme=scheme, **base)
    if path == "document":
        address, passage = a_document(page)
        page.goto(f"{address}?passage={passage}&q=giáo dục#{passage}")
    found = axe_core.Axe().run(page)["violations"]
    assert [(v["id"], v["impact"], v["nodes"][0]["html"][:120]) for v in found] == []
