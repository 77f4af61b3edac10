"""Marks on results: only where switched on, only from our own pages, nothing of the person."""

import json
import os
import re
import threading
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from webfakes import FakeEngine

from evaluation.judging.candidates import candidates
from search_api.cli.run import run
from web.app import over
from web.feedback import FILE, Feedback, FeedbackError

ASKED = "/search?q=nhiệm vụ của Sở Giáo dục&kind=Kế hoạch"


@pytest.fixture
def collecting(engine: FakeEngine) -> TestClient:
    return TestClient(over(engine, collect_feedback=True), follow_redirects=False)  # type: ignore[arg-type]


@pytest.fixture
def kept(engine: FakeEngine) -> Path:
    return Path(engine.library.directory) / FILE


def form_of(client: TestClient) -> dict[str, str]:
    """The fields of the first form for marks on a results page."""
    page = client.get(ASKED).text
    form = re.search(r'<form class="useful".*?</form>', page, re.DOTALL)[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def test_off_by_default(client: TestClient, kept: Path):
    page = client.get(ASKED).text
    assert "/feedback" not in page and "feedback." not in page and "Hữu ích" not in page
    assert client.post("/feedback", data={"mark": "useful"}).status_code in (404, 405)
    assert not kept.exists()


def test_a_mark_is_one_line_without_anything_of_the_person(collecting: TestClient, kept: Path):
    form = form_of(collecting)
    answer = collecting.post(
        "/feedback",
        data={**form, "mark": "useful"},
        headers={"User-Agent": "Trình duyệt riêng".encode(), "Accept": "text/html", "Cookie": "ai=toi"},
    )
    assert answer.status_code == 200
    assert "Đã ghi nhận xét" in answer.text
    assert "set-cookie" not in answer.headers
    assert "/search?q=nhi%E1%BB%87m+v%E1%BB%A5" in answer.text  # the way back
    (line,) = lines(kept)
    assert line.keys() == {"day", "query", "mark", "rank", "passage_id", "file", "quote"}
    assert (line["query"], line["mark"], line["rank"]) == ("nhiệm vụ của Sở Giáo dục", "useful", 1)
    assert (line["file"], line["passage_id"]) == ("ke-hoach.txt", form["passage"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", line["day"])
    assert "riêng" not in kept.read_text(encoding="utf-8")
    if os.name == "posix":
        assert kept.stat().st_mode & 0o077 == 0


def test_a_script_gets_no_page(collecting: TestClient, kept: Path):
    answer = collecting.post(
        "/feedback", data={**form_of(collecting), "mark": "opened"}, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.text) == (204, "")
    assert lines(kept)[0]["mark"] == "opened"


def test_every_page_says_that_marks_are_kept(collecting: TestClient):
    for path in ("/", ASKED, "/documents"):
        assert "Người quản trị đã bật ghi nhận xét" in collecting.get(path).text


@pytest.mark.parametrize(
    ("change", "headers"),
    [
        ({"token": "đoán"}, {}),
        ({"token": ""}, {}),
        ({}, {"Sec-Fetch-Site": "cross-site"}),
        ({}, {"Content-Type": "text/plain"}),
        ({"mark": "xấu"}, {}),
        ({"rank": "0"}, {}),
        ({"rank": "²"}, {}),
        ({"q": ""}, {}),
        ({"q": "x" * 3000}, {}),
        ({"q": "x" * 70_000}, {}),
        ({"passage": "không có"}, {}),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(collecting: TestClient, kept: Path, change, headers):
    form = {**form_of(collecting), "mark": "useful", **change}
    answer = collecting.post("/feedback", data=form, headers={"Accept": "text/html", **headers})
    assert answer.status_code in (404, 422)
    assert lines(kept) == []


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/search?\\evil", "/search?a\nb", "javascript:1"]
)
def test_the_way_back_is_ours(collecting: TestClient, back: str):
    answer = collecting.post(
        "/feedback",
        data={**form_of(collecting), "mark": "useful", "back": back},
        headers={"Accept": "text/html"},
    )
    assert '<a href="/">Trở lại kết quả</a>' in answer.text


@pytest.mark.parametrize(
    "query", ["gọi 0912 345 678", "căn cước 012345678901", "thư lan@example.vn", "0912.345.678"]
)
def test_questions_with_personal_data_are_not_kept(collecting: TestClient, kept: Path, query: str):
    answer = collecting.post(
        "/feedback",
        data={**form_of(collecting), "mark": "useful", "q": query},
        headers={"Accept": "text/html"},
    )
    assert "Không ghi nhận xét này" in answer.text
    assert lines(kept) == []


def test_a_full_file_grows_no_more(collecting: TestClient, kept: Path, monkeypatch):
    monkeypatch.setattr("web.feedback._LARGEST_FILE", 10)
    for _ in range(3):
        collecting.post("/feedback", data={**form_of(collecting), "mark": "useful"})
    assert len(lines(kept)) == 1


def test_many_readers_at_once(engine: FakeEngine, kept: Path):
    passage = engine.library.passages_of(engine.library.documents()[0].id)[0].passage.id
    keepers = [Feedback(engine) for _ in range(4)]  # type: ignore[arg-type]

    def work(feedback: Feedback) -> None:
        for _ in range(50):
            feedback.keep("câu hỏi", passage, "useful", "1")

    threads = [threading.Thread(target=work, args=(one,)) for one in keepers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lines(kept)) == 200


def test_a_library_that_cannot_be_written_is_said(engine: FakeEngine, kept: Path):
    kept.mkdir()
    with pytest.raises(FeedbackError, match="--collect-feedback"):
        Feedback(engine)  # type: ignore[arg-type]


def test_candidates_come_from_marks(kept: Path, capsys):
    rows = [
        ("Hóa đơn điện tử", "useful"), ("hoá đơn  điện tử", "opened"), ("Hóa đơn điện tử", "opened"),
        ("nhiệm vụ", "useless"), ("kinh phí", "useful"),
    ]  # fmt: skip
    text = "".join(
        "\n"
        + json.dumps({"day": f"2026-11-0{n}", "query": query, "mark": mark, "rank": 1}, ensure_ascii=False)
        for n, (query, mark) in enumerate(rows, start=1)
    )
    kept.write_text(
        text + '\n{"torn": "li\n[]\nnull\n{"mark": "useful", "query": 7, "day": "x"}', encoding="utf-8"
    )
    found = candidates(kept.parent)
    assert [(one.query, one.useful, one.useless, one.opened, one.last) for one in found] == [
        ("nhiệm vụ", 0, 1, 0, "2026-11-04"),
        ("Hóa đơn điện tử", 1, 0, 2, "2026-11-03"),
        ("kinh phí", 1, 0, 0, "2026-11-05"),
    ]
    assert [one.query for one in candidates(kept.parent, least=2)] == ["Hóa đơn điện tử"]
    out = kept.parent / "câu hỏi.jsonl"
    assert run(["--library", str(kept.parent), "judge", "candidates", "--out", str(out)]) == 0
    assert "Đã ghi 3 câu hỏi" in capsys.readouterr().out
    from evaluation.judging.pooling import read_questions

    assert [query.text for query in read_questions(out)] == [one.query for one in found]
    kept.unlink()
    assert run(["--library", str(kept.parent), "judge", "candidates"]) == 1
    assert "--collect-feedback" in capsys.readouterr().err
