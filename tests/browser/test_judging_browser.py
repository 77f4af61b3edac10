"""Judging as judges do it, in a real browser: by keyboard, by mouse, by phone, with nothing ever lost."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from factories import make_document, make_library
from fakes import FakeEncoder
from fastapi import FastAPI
from judgingpools import TEXTS, make_pool, small

from corpus.library import Library
from evaluation.judging.app import create_app
from evaluation.judging.exchange import exported, from_json
from evaluation.judging.state import blind
from evaluation.judging.store import Pool
from indexer.update import update
from search_api.engine import Engine
from search_api.settings import Settings
from web.app import over

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Served:
    """Pages served from a thread of this process; `pool` is the one that is judged on them, if any."""

    def __init__(self, app: FastAPI, pool: Pool | None = None) -> None:
        self.pool = pool
        config = uvicorn.Config(app, port=0, log_level="warning", timeout_graceful_shutdown=1)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def __enter__(self) -> "Served":
        self.thread.start()
        until(lambda: self.server.started)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        return self

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(10)


def judging(pool: Pool) -> Served:
    return Served(create_app(pool), pool)


def until(happened: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with judging(make_pool(tmp_path)) as one:
        yield one


@pytest.fixture
def visit(chromium, served: Served):
    """Opens a page in a browser of its own; at the end, fails if one logged an error or asked elsewhere."""
    contexts, faults = [], []

    def open_one(path: str = "/", *, base: str | None = None, **options: object):
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = chromium.new_context(base_url=base or served.address, locale="vi-VN", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on(
            "console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: None if "127.0.0.1" in asked.url else faults.append(asked.url))
        page.goto(path)
        return page

    open_one.faults = faults
    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


def ready(page) -> None:
    """Wait for the script of a query page."""
    page.locator(".card.current").wait_for()


def order(page) -> list[str]:
    return page.locator(".card").evaluate_all("cards => cards.map(card => card.dataset.passage)")


def select(page, passage: str, words: str) -> None:
    """Select words of a passage, as a mouse would."""
    page.locator(f"#doan-{passage} [data-words]").evaluate(
        """(element, words) => {
            const node = element.firstChild, at = node.data.indexOf(words);
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        words,
    )


def test_two_judges_one_pool_agreement_and_an_export_that_comes_back(visit, served: Served, tmp_path: Path):
    """Check 5 of the issue."""
    pool = served.pool
    lan = visit()
    lan.locator("#ten").focus()
    lan.keyboard.type("Lan")
    lan.keyboard.press("Enter")
    lan.wait_for_url("**/judges/Lan")
    lan.get_by_role("link", name="Chấm tiếp câu 1").focus()
    lan.keyboard.press("Enter")
    ready(lan)
    grades = {"p1": "2", "p2": "0", "p3": "1"}
    for passage in order(lan):  # by keyboard alone
        assert lan.locator(".card.current").get_attribute("data-passage") == passage
        lan.keyboard.press(grades[passage])
    lan.locator("#tien-do", has_text="3 trên 3").wait_for()
    assert lan.evaluate("document.activeElement.id") == "cau-sau"
    lan.keyboard.press("u")
    until(lambda: pool.sheet("Lan", "q1").graded(TEXTS) == 2)
    lan.locator(".card.current [name=grade][aria-pressed=true]").wait_for(state="detached")
    undone = lan.locator(".card.current").get_attribute("data-passage")
    lan.keyboard.press(grades[undone])
    lan.locator("#doan-p1").scroll_into_view_if_needed()
    lan.locator("#doan-p1").click(position={"x": 5, "y": 5})
    lan.keyboard.press("n")
    lan.keyboard.type("đúng việc, có hạn 15/12")
    lan.keyboard.press("Escape")
    select(lan, "p1", "báo cáo trước ngày 15/12 hằng năm")
    lan.keyboard.press("q")
    lan.locator("#doan-p1 mark", has_text="báo cáo trước").wait_for()
    until(lambda: pool.sheet("Lan", "q1").marks["p1"].note == "đúng việc, có hạn 15/12")
    lan.keyboard.press("]")
    lan.wait_for_url("**/judges/Lan/2")
    ready(lan)
    lan.keyboard.press("x")
    lan.locator(".notice", has_text="không đoạn nào trả lời").wait_for()

    minh = visit()
    minh.locator("#ten").fill("Minh")
    minh.get_by_role("button", name="Bắt đầu chấm").click()
    minh.get_by_role("link", name="Chấm tiếp").click()
    ready(minh)
    for passage, grade in {"p1": "2", "p2": "1", "p3": "1"}.items():  # by mouse
        minh.locator(f"#doan-{passage} [name=grade][value='{grade}']").click()
    minh.locator("#tien-do", has_text="3 trên 3").wait_for()
    select(minh, "p1", "Sở Giáo dục và Đào tạo chủ trì")
    minh.locator("#doan-p1 [data-take]").click()
    minh.locator("#doan-p1 mark", has_text="chủ trì").wait_for()

    minh.goto("/agreement")
    assert minh.locator("tbody tr", has_text="Lan – Minh").locator("td").all_inner_texts() == [
        "3", "2", "0,500", "0,571", "0,667",
    ]  # fmt: skip
    assert minh.locator("#alpha").inner_text() == "0,778"  # by hand: 1 - 5 * 8 / 180
    assert minh.locator(".card").count() == 1
    minh.locator("#nguoi").fill("Hòa")
    minh.get_by_role("button", name="Ghi tên").click()
    minh.locator(".card [name=note]").fill("bố trí kinh phí không phải việc của Sở Giáo dục")
    minh.locator(".card [name=grade][value='0']").click()
    minh.locator(".notice", has_text="Đã thống nhất điểm 0, Hòa quyết định").wait_for()
    assert minh.locator("#con-mo").inner_text() == "0"

    minh.goto("/")
    minh.locator(".organiser summary").click()
    with minh.expect_download() as download:
        minh.get_by_role("link", name="Tải toàn bộ").click()
    download.value.save_as(tmp_path / "export.json")
    text = (tmp_path / "export.json").read_text(encoding="utf-8")
    assert text == exported(pool, "json")
    again = Pool.create(tmp_path / "again.pool", from_json(text))
    assert again.contents() == pool.contents()
    assert exported(again, "json") == text
    with judging(again) as copy:
        other = visit("/agreement", base=copy.address)
        minh.goto("/agreement")
        assert other.locator("main").inner_text() == minh.locator("main").inner_text()
    quotes = [json.loads(line) for line in exported(again, "quotes").splitlines()]
    assert [one["quote"] for one in quotes[0]["relevant"]] == [
        "Sở Giáo dục và Đào tạo chủ trì", "báo cáo trước ngày 15/12 hằng năm", TEXTS["p3"],
    ]  # fmt: skip
    assert quotes[1]["answerable"] is False


def test_a_quote_by_keyboard_alone(visit, served: Served):
    served.pool.join("Lan")
    page = visit("/judges/Lan/1")
    ready(page)
    while page.locator(".card.current").get_attribute("data-passage") != "p3":
        page.keyboard.press("j")
    page.keyboard.press("q")
    assert page.evaluate("document.activeElement.name") == "quote"
    at = TEXTS["p3"].index("😀")
    for _ in range(at):
        page.keyboard.press("ArrowRight")
    page.keyboard.down("Shift")
    for _ in range(len("😀 trong cụm trường")):
        page.keyboard.press("ArrowRight")
    page.keyboard.up("Shift")
    page.keyboard.press("Enter")
    page.locator("#doan-p3 mark").wait_for()
    assert page.locator("#doan-p3 mark").inner_text() == "😀 trong cụm trường"
    assert served.pool.sheet("Lan", "q1").marks["p3"].span == (at, at + len("😀 trong cụm trường"))
    page.reload()
    assert page.locator("#doan-p3 mark").inner_text() == "😀 trong cụm trường"
    page.locator("#doan-p3").get_by_role("button", name="Lấy cả đoạn").click()
    page.locator("#doan-p3 mark").wait_for(state="detached")
    select(page, "p3", "rà soát hằng năm")  # the second of two places that read alike
    page.locator("#doan-p3 [data-take]").click()
    page.locator("#doan-p3 mark").wait_for()
    start = TEXTS["p3"].index("rà soát")
    assert served.pool.sheet("Lan", "q1").marks["p3"].span == (start, start + len("rà soát hằng năm"))


def test_what_was_typed_survives_a_closed_browser(visit, served: Served):
    served.pool.join("Lan")
    page = visit("/judges/Lan/1")
    ready(page)
    first = order(page)[0]
    page.keyboard.press("2")
    page.keyboard.press("k")
    page.keyboard.press("n")
    page.keyboard.type("chưa xong")
    page.close(run_before_unload=False)
    until(lambda: served.pool.sheet("Lan", "q1").marks.get(first) is not None)
    until(lambda: served.pool.sheet("Lan", "q1").marks[first].note == "chưa xong")
    page = visit("/judges/Lan/1")
    ready(page)
    assert page.locator(f"#doan-{first} [name=note]").input_value() == "chưa xong"
    assert page.locator(f"#doan-{first} [aria-pressed=true]").get_attribute("value") == "2"
    assert page.locator(".card.current").get_attribute("data-passage") == order(page)[1]


def test_going_back_shows_what_was_judged(visit, served: Served):
    served.pool.join("Lan")
    page = visit("/judges/Lan/1")
    ready(page)
    page.keyboard.press("1")
    page.locator("#tien-do", has_text="1 trên 3").wait_for()
    page.keyboard.press("]")
    page.wait_for_url("**/2")
    page.go_back()
    page.locator("#tien-do", has_text="1 trên 3").wait_for()
    assert page.locator("[aria-pressed=true]").count() == 1


def test_two_tabs_do_not_undo_each_other(visit, served: Served):
    served.pool.join("Lan")
    one, two = visit("/judges/Lan/1"), visit("/judges/Lan/1")
    ready(one)
    ready(two)
    first = order(one)[0]
    one.keyboard.press("n")
    one.keyboard.type("ghi ở trang một")
    one.keyboard.press("Escape")
    until(lambda: served.pool.sheet("Lan", "q1").marks.get(first) is not None)
    two.keyboard.press("2")
    two.locator(f"#doan-{first} [name=grade][value='2'][aria-pressed=true]").wait_for()
    until(lambda: two.locator(f"#doan-{first} [name=note]").input_value() == "ghi ở trang một")
    one.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    one.locator(f"#doan-{first} [name=grade][value='2'][aria-pressed=true]").wait_for()
    mark = served.pool.sheet("Lan", "q1").marks[first]
    assert (mark.grade, mark.note) == (2, "ghi ở trang một")


def test_a_server_out_of_reach_is_said_and_nothing_is_lost(visit, served: Served):
    served.pool.join("Lan")
    page = visit("/judges/Lan/1")
    ready(page)
    page.route("**/judges/Lan/1", lambda route: route.abort())
    page.keyboard.press("2")
    page.keyboard.press("1")
    page.locator("#chua-ghi", has_text="Chưa ghi được").wait_for()
    assert served.pool.contents().events == ()
    page.unroute("**/judges/Lan/1")
    page.locator("#chua-ghi").wait_for(state="hidden")
    page.locator("#tien-do", has_text="2 trên 3").wait_for()
    sheet = served.pool.sheet("Lan", "q1")
    assert [sheet.grade(passage) for passage in order(page)] == [2, 1, None]
    visit.faults[:] = [fault for fault in visit.faults if "ERR_FAILED" not in fault]


def test_keys_only_where_wanted(visit, served: Served):
    served.pool.join("Lan")
    page = visit("/judges/Lan/1")
    ready(page)
    page.keyboard.press("n")
    page.keyboard.type("2 x u s ]")
    page.keyboard.press("Escape")
    page.locator(".keys summary").click()
    page.locator("#dung-phim").uncheck()
    page.keyboard.press("2")
    page.reload()
    ready(page)
    page.keyboard.press("2")
    page.keyboard.press("Control+1")
    until(lambda: any(mark.note == "2 x u s ]" for mark in served.pool.sheet("Lan", "q1").marks.values()))
    assert served.pool.sheet("Lan", "q1").graded(TEXTS) == 0
    page.locator(".keys summary").click()
    page.locator("#dung-phim").check()
    page.locator(".card").first.click(position={"x": 5, "y": 5})
    page.keyboard.press("c")
    assert page.locator(".card.current .around[open]").count() == 1
    page.keyboard.press("0")
    page.locator("#tien-do", has_text="1 trên 3").wait_for()


def test_arrows_read_a_long_passage_to_its_end(visit, tmp_path: Path):
    made = small()
    long = replace(made.passages[0], text="Sở Giáo dục và Đào tạo chủ trì dạy bơi. " * 200)
    pool = Pool.create(tmp_path / "long.pool", replace(made, passages=(long, *made.passages[1:])))
    ids, seed = list(pool.passages("q1")), pool.about()["seed"]
    judge = next(name for name in map(str, range(99)) if blind(seed, name, "q1", ids)[0] == "p1")
    pool.join(judge)
    with judging(pool) as served:
        page = visit(f"/judges/{judge}/1", base=served.address)
        ready(page)
        page.locator("#doan-p1").evaluate("card => card.scrollIntoView()")
        before = page.evaluate("scrollY")
        page.keyboard.press("ArrowDown")
        until(lambda: page.evaluate("scrollY") > before)
        assert page.locator(".card.current").get_attribute("data-passage") == "p1"
        page.keyboard.press("End")
        until(lambda: page.locator(".card.current").get_attribute("data-passage") != "p1")


def test_without_javascript(visit, served: Served):
    page = visit(java_script_enabled=False)
    page.locator("#ten").fill("Hồng")
    page.get_by_role("button", name="Bắt đầu chấm").click()
    page.get_by_role("link", name="Chấm tiếp").click()
    first, second, third = (card.get_attribute("data-passage") for card in page.locator(".card").all())
    card = page.locator(f"#doan-{first}")
    card.locator(".note summary").click()
    card.locator("[name=note]").fill("có ích")
    card.locator("[name=grade][value='1']").click()
    assert page.url.endswith(f"#doan-{second}")
    card = page.locator(f"#doan-{third}")
    card.locator(".quote summary").click()
    card.locator("[name=quote]").fill(TEXTS[third][:20])
    card.get_by_role("button", name="Lưu trích dẫn").click()
    assert page.locator(f"#doan-{third} mark").inner_text().strip() == TEXTS[third][:20].strip()
    page.get_by_role("button", name="Hoàn tác").click()
    assert page.locator("mark").count() == 0
    sheet = served.pool.sheet("Hồng", "q1")
    assert (sheet.marks[first].grade, sheet.marks[first].note) == (1, "có ích")
    page.get_by_role("button", name="Để sau").click()
    assert page.url.endswith("/2")
    page.get_by_role("button", name="Không có câu trả lời").click()
    assert page.locator(".notice:visible").count() == 1
    assert not page.locator(".keys").is_visible()


PAGES = ["/", "/judges/Lan", "/judges/Lan/1", "/agreement?by=Hòa", "/x"]


@pytest.fixture
def judged(served: Served) -> Served:
    for judge, grades in {"Lan": (2, 0, 1), "Minh": (2, 2, 0)}.items():
        served.pool.join(judge)
        for passage, grade in zip(("p1", "p2", "p3"), grades, strict=True):
            served.pool.record(judge, "q1", passage, "grade", grade)
    served.pool.record("Lan", "q1", "p1", "note", "một ghi chú")
    served.pool.record("Lan", "q1", "p1", "span", (0, 22))
    served.pool.record("Lan", "q1", "", "status", "skipped")
    served.pool.settle("Hòa", "q1", "p2", 1, "xem lại")
    return served


TOO_SMALL = """() => [...document.querySelectorAll('button, input, summary, .menu a, .pager a')]
    .filter(e => e.offsetParent && !['hidden', 'checkbox'].includes(e.type))
    .filter(e => e.getBoundingClientRect().height < 43.5)
    .map(e => e.outerHTML.slice(0, 80))"""
DESK = {"viewport": {"width": 1280, "height": 900}}


@pytest.mark.parametrize(
    "screen", [DESK, {**PHONE, "color_scheme": "dark"}], ids=["desk", "phone in the dark"]
)
def test_axe_finds_no_fault_and_a_phone_has_room(visit, judged: Served, screen: dict[str, object]):
    axe_core = pytest.importorskip("axe_core_python.sync_playwright", reason="needs axe-core-python")
    page = visit("/", **screen)
    for path in PAGES:
        page.goto(path)
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        found = axe_core.Axe().run(page)["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == [], path
        if screen is not DESK:
            assert page.evaluate(TOO_WIDE) <= 0, path
            assert page.evaluate(TOO_SMALL) == [], path
    visit.faults[:] = [fault for fault in visit.faults if "404" not in fault]


def test_readers_mark_results_where_the_administrator_asks_for_it(visit, tmp_path: Path):
    axe_core = pytest.importorskip("axe_core_python.sync_playwright", reason="needs axe-core-python")
    directory, encoder = tmp_path / "library", FakeEncoder()
    with make_library(directory, make_document()) as library:
        update(library, encoder)
    engine = Engine(Library.open(directory), Settings(library=directory), encoder)
    kept = directory / "feedback.jsonl"

    def marks() -> list[str]:
        return [json.loads(line)["mark"] for line in kept.read_text("utf-8").splitlines() if line]

    with Served(over(engine, collect_feedback=True)) as search:
        page = visit("/search?q=Sở Giáo dục", base=search.address, **PHONE)
        hit = page.locator(".hit").first
        hit.get_by_role("button", name="Hữu ích", exact=False).first.click()
        hit.locator("[aria-pressed=true]", has_text="Hữu ích").wait_for()
        page.locator("#loi-bao", has_text="Đã ghi").wait_for(state="attached")
        assert page.evaluate(TOO_WIDE) <= 0
        assert page.evaluate(TOO_SMALL) == []
        assert axe_core.Axe().run(page)["violations"] == []
        hit.locator("a.open").click()
        page.wait_for_url("**/documents/**")
        until(lambda: marks() == ["useful", "opened"])
        plain = visit("/search?q=Sở Giáo dục", base=search.address, java_script_enabled=False)
        plain.locator(".hit").first.get_by_role("button", name="Không hữu ích").click()
        assert plain.locator("h1").inner_text() == "Đã ghi nhận xét"
        plain.get_by_role("link", name="Trở lại kết quả").click()
        assert plain.locator(".hit").count() > 0
        assert marks() == ["useful", "opened", "useless"]
