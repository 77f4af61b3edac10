"""The report: one page that stands alone, escapes what it shows, and says what a reader must know."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from made_records import made_record

from corpus.errors import TracuuError
from evaluation.report import render, write_report
from evaluation.report.facts import facts
from evaluation.report.plots import Point, Span, differences, scatter, spans
from evaluation.report.wording import about, decimal, signed, verdict
from evaluation.statistics import difference

BAD = '<script>alert("1")</script> & <img src=x onerror=alert(2)>'


class Outline(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "line", "rect", "circle", "polygon"} or (
            tag in {"rect", "circle", "polygon"} and not self.get_starttag_text().endswith("/>")
        ):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_stands_alone_and_is_well_formed():
    page = render([made_record(), made_record("lexical", seed=2)])
    tags = Outline(page).tags
    assert not {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "object"}
    addresses = [
        value for _, attributes in tags for name, value in attributes.items() if name in ("href", "src")
    ]
    assert addresses
    ids = {attributes.get("id") for _, attributes in tags}
    assert all(address.startswith("#") and address[1:] in ids for address in addresses)
    assert "url(" not in page
    assert "@import" not in page


def test_what_stands_in_data_is_escaped_everywhere():
    record = made_record(BAD, text=BAD)
    other = made_record("lexical", seed=2, text=BAD)
    page = render([replace(record, dataset=BAD, model=BAD, seen=("texts",)), other])
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert" in page
    Outline(page)


def test_worst_questions_come_with_what_is_wanted_and_what_was_returned():
    record = made_record()
    page = render([record])
    worst = min(record.queries, key=lambda id_: record.queries[id_].scores["nDCG@10"])
    first = page[page.index("<article") : page.index("</article>")]
    assert f"Câu {worst}" in first
    assert "đoạn cần tìm" in first
    assert "b.txt › I. Mục" in first
    assert "✓ đúng" in first
    assert "câu tự nhiên" in page


def test_a_set_that_a_model_has_seen_is_flagged_in_sentence_and_row():
    page = render([replace(made_record(), seen=("texts", "questions")), made_record("lexical", seed=2)])
    assert "đã được huấn luyện trên văn bản và câu hỏi của bộ này" in page
    assert page.count("⚑ đã thấy") == 1
    assert "⚑" not in render([made_record()])


def test_the_verdict_follows_the_corrected_p():
    clear = render([made_record(count=200), made_record("worse", count=200, shift=-0.3)])
    assert "Kém rõ so với hybrid: worse." in clear
    assert "kém rõ</td>" in clear
    same = render([made_record(), made_record("twin")])
    assert "Không cách tìm nào khác rõ" in same
    assert "Mọi câu đều bằng nhau." in same
    found = difference([0.0] * 9, [1.0] * 9)
    assert [verdict(found, p) for p in (0.01, 0.05)] == ["hơn rõ", "chưa rõ khác"]


def test_runs_without_times_index_or_kinds_are_reported():
    bare = replace(
        made_record("bm25"), model="", latency_ms={}, memory_mb=0.0, index={}, by_kind={}, trained_on=()
    )
    page = render([bare, replace(made_record("two", seed=3), by_kind={})])
    assert "theo loại câu hỏi" not in page
    assert '<td class="n">–</td>' in page
    assert "Chất lượng và thời gian" not in page


def test_many_configurations_get_one_page():
    page = render([made_record(f"hybrid-no-{n}", seed=n) for n in range(20)])
    assert page.count("<details") == 19
    assert len(page) < 1_000_000


def test_plots_hold_their_marks_inside_the_frame():
    rows = [Span(f"cấu hình {n}", 0.1 * n, 0.1 * n + 0.02, 0.1 * n + 0.05) for n in range(9)]
    points = [Point(str(n), 5.0 + n % 3, 0.7 + n / 1000, "") for n in range(18)]
    for drawing in (
        spans("a", rows, 0.4),
        scatter("b", points, "x", "y"),
        differences("c", [0.0, -1.0, 0.5]),
    ):
        height = float(re.search(r'viewBox="0 0 420 (\d+)"', drawing)[1])
        xs = [float(x) for x in re.findall(r'\b(?:cx|x1|x2|x)="([-\d.]+)"', drawing)]
        ys = [float(y) for y in re.findall(r'\b(?:cy|y1|y2|y)="([-\d.]+)"', drawing)]
        assert min(xs) >= 0
        assert max(xs) <= 420
        assert min(ys) >= 0
        assert max(ys) <= height


def test_labels_of_near_points_do_not_cover_each_other():
    drawing = scatter("b", [Point(str(n), 5.0, 0.7, "") for n in range(6)], "x", "y")
    places = re.findall(r'class="label" x="([\d.]+)" y="([\d.]+)"', drawing)
    assert len(set(places)) == 6


@pytest.mark.parametrize(
    ("configuration", "said"),
    [
        ({"name": "hybrid"}, "như lệnh tracuu search"),
        ({"name": "hybrid · cũ"}, "như lệnh tracuu search"),
        ({"name": "hybrid-no-accents"}, "bỏ thêm dấu"),
        ({"name": "hybrid-no-telex"}, "bỏ bước telex"),
        ({"name": "dense@./m"}, "chỉ theo nghĩa, mô hình ./m"),
        ({"name": "x", "run": "x.run"}, "tệp kết quả x.run"),
        ({"name": "dense=2"}, ""),
    ],
)
def test_configurations_are_said_in_words(configuration, said):
    assert about(configuration) == said


def test_numbers_are_written_for_a_vietnamese_reader():
    assert (decimal(0.7761), signed(-0.0134), signed(0.5, 1)) == ("0,776", "−0,013", "+0,5")
    assert (signed(-0.0001), signed(0.0)) == ("0,000", "0,000")


def test_the_facts_are_said_once():
    busy = replace(made_record("b", seed=2), machine={**made_record().machine, "load": 3.5})
    found = facts([made_record(), busy, replace(made_record("c", seed=3), at="2026-11-25T09:12Z")])
    terms = [term for term, _ in found]
    assert len(set(terms)) == len(terms)
    assert ("Máy", "2 lõi, Linux x86_64, Python 3.11.7, tải máy lúc đo 0,5–3,5") in found
    assert ("Lúc đo", "2026-11-25T09:00Z – 2026-11-25T09:12Z") in found
    assert ("Dữ liệu huấn luyện", "nhà làm mô hình không ghi") in found


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path):
    with pytest.raises(TracuuError, match="không ghi được"):
        write_report(tmp_path / "không" / "có.html", [made_record()])
