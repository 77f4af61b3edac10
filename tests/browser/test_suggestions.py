"""The search box as a combobox, in a real browser: keyboard, mouse, finger, and without a script."""

import pytest

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "has_touch": True, "is_mobile": True}


@pytest.fixture
def typed(open_page):
    """Opens a page, types, and waits for the list."""

    def typing(text, path="/", **options):
        page = open_page(path, **options)
        page.locator("#o-tim").fill(text)
        page.locator("#goi-y li").first.wait_for()
        return page

    return typing


def active(page):
    """Text of the option that the box points at."""
    return page.evaluate(
        """() => {
            const id = document.getElementById("o-tim").getAttribute("aria-activedescendant");
            const option = id && document.getElementById(id);
            return option ? option.querySelector(".what").textContent : null;
        }"""
    )


def options(page):
    return page.locator("#goi-y .what").all_inner_texts()


def test_arrows_enter_and_what_is_announced(typed):
    page = typed("so giao d")
    box = page.locator("#o-tim")
    assert box.get_attribute("role") == "combobox"
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-controls") == "goi-y"
    found = options(page)
    assert found[0] == "Sở Giáo dục và Đào tạo"
    page.locator("#loi-bao", has_text=f"{len(found)} gợi ý").wait_for(state="attached")
    assert active(page) is None
    box.press("ArrowDown")
    assert active(page) == found[0]
    assert page.locator("#goi-y [aria-selected=true]").count() == 1
    assert box.input_value() == "so giao d"
    assert page.evaluate("document.activeElement.id") == "o-tim"
    box.press("Enter")
    page.wait_for_url("**/search?q=S*")
    assert page.locator("#o-tim").input_value() == "Sở Giáo dục và Đào tạo"
    assert page.locator(".group").count() > 0


def test_the_ends_of_the_list(typed):
    page = typed("nh")
    box, found = page.locator("#o-tim"), options(page)
    assert len(found) > 3
    box.press("ArrowUp")
    assert active(page) == found[-1]
    box.press("Home")
    assert active(page) == found[0]
    box.press("End")
    assert active(page) == found[-1]
    box.press("ArrowDown")
    assert active(page) is None
    box.press("ArrowDown")
    assert active(page) == found[0]
    box.press("ArrowLeft")
    assert active(page) is None
    assert page.locator("#goi-y").is_visible()


def test_escape_closes_and_keeps_what_was_typed(typed):
    page = typed("giao duc")
    box = page.locator("#o-tim")
    box.press("Escape")
    assert page.locator("#goi-y").is_hidden()
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "giao duc"
    box.press("ArrowDown")
    page.locator("#goi-y li").first.wait_for()
    box.press("Tab")
    assert page.locator("#goi-y").is_hidden()


def test_enter_without_a_choice_searches_what_was_typed(typed):
    page = typed("nhiem vu")
    page.locator("#o-tim").press("Enter")
    page.wait_for_url("**/search?q=nhiem+vu")


def test_a_document_opens_itself(typed):
    page = typed("09-NQ")
    page.locator("#goi-y li", has_text="09-NQ/TU").first.click()
    page.wait_for_url("**/documents/*")
    assert "09-NQ/TU" in page.locator("main").inner_text()


def test_filters_stay_set(typed):
    page = typed("nhiệm v", "/search?q=giáo dục&kind=Kế hoạch")
    page.locator("#goi-y li", has_text="nhiệm vụ").first.click()
    page.wait_for_url("**/search?q=nhi*")
    assert "kind=K" in page.url


def test_a_finger_chooses(typed):
    page = typed("giao duc", **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.locator("#goi-y li").first.tap()
    page.wait_for_url("**/search?q=*")


def test_the_list_does_not_flicker_while_typing(typed):
    page = typed("nh")
    page.evaluate(
        """() => {
            window.gone = 0;
            const list = document.getElementById("goi-y");
            new MutationObserver(() => { if (list.hidden || !list.children.length) window.gone += 1; })
                .observe(list, { childList: true, attributes: true });
        }"""
    )
    page.locator("#o-tim").press_sequentially("iem vu", delay=60)
    page.locator("#goi-y b", has_text="vụ").first.wait_for()
    assert page.evaluate("window.gone") == 0


def test_what_is_late_is_not_shown(open_page):
    page = open_page("/")
    waiting = []

    def keep(route):
        waiting.append(route)

    page.route("**/api/suggest?*q=giao", keep)
    box = page.locator("#o-tim")
    box.press_sequentially("giao")
    while not waiting:
        page.wait_for_timeout(20)
    box.press_sequentially(" duc")
    page.locator("#goi-y li", has_text="giáo dục").first.wait_for()
    shown = options(page)
    waiting[0].abort()
    page.wait_for_timeout(100)
    assert options(page) == shown
    assert page.locator("#goi-y").is_visible()


def test_markup_is_text(open_page):
    page = open_page("/")
    found = {"kind": "term", "text": "<img src=x onerror=alert(1)>", "detail": "<b>x</b>", "url": "/"}
    answer = {"query": "x", "suggestions": [found | {"highlights": [[0, 4]]}], "took_ms": 1}
    page.route("**/api/suggest?*", lambda route: route.fulfill(json=answer))
    page.locator("#o-tim").press_sequentially("xx")
    page.locator("#goi-y li").first.wait_for()
    assert options(page) == ["<img src=x onerror=alert(1)>"]
    assert page.locator("#goi-y img").count() == 0


def test_where_the_server_cannot_answer_the_box_still_searches(open_page):
    page = open_page("/", expected=503)
    page.route("**/api/suggest?*", lambda route: route.fulfill(status=503, json={}))
    page.locator("#o-tim").press_sequentially("giao duc")
    page.wait_for_timeout(300)
    assert page.locator("#goi-y").is_hidden()
    page.locator("#o-tim").press("Enter")
    page.wait_for_url("**/search?q=giao+duc")


def test_without_a_script_it_is_an_ordinary_box(open_page):
    page = open_page("/", java_script_enabled=False)
    box = page.locator("#o-tim")
    box.fill("giao duc")
    assert box.get_attribute("role") is None
    assert page.locator("#goi-y").count() == 0
    box.press("Enter")
    page.wait_for_url("**/search?q=giao+duc")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_no_fault_with_the_list_open(typed, width, scheme):
    axe_core = pytest.importorskip("axe_core_python.sync_playwright", reason="needs axe-core-python")
    page = typed("ke hoach", width=width, color_scheme=scheme)
    page.locator("#o-tim").press("ArrowDown")
    found = axe_core.Axe().run(page)["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []
