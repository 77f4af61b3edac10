"""The report of an evaluation, opened from disk."""

from pathlib import Path

import pytest
from made_records import made_record

from evaluation.report import write_report

pytestmark = pytest.mark.browser
axe = pytest.importorskip("axe_core_python.sync_playwright")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_report_reads_well_on_desk_and_phone(chromium, tmp_path: Path, width: int, scheme: str):
    path = tmp_path / "report.html"
    write_report(path, [made_record(), made_record("lexical", seed=2), made_record("dense", seed=3)])
    context = chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("request", lambda asked: None if asked.url == path.as_uri() else faults.append(asked.url))
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("svg").count() >= 5
    assert page.locator("summary").first.is_visible()
    context.close()
    assert faults == []
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(path.as_uri())
    found = axe.Axe().run(page)
    context.close()
    assert [violation["id"] for violation in found["violations"]] == []
