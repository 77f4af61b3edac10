"""The command line: what DESIGN.md promises, exit codes, errors in one Vietnamese line."""

import json
import subprocess
import sys

import pytest
from tiny_model import write_tiny_model

from search_api.cli.run import run

PLAN = """KẾ HOẠCH
Phát triển văn hóa đọc năm 2026

I. MỤC ĐÍCH

Nâng cao chất lượng thư viện trường học, xây dựng thói quen đọc sách cho học sinh trên địa bàn tỉnh.

II. TỔ CHỨC THỰC HIỆN

1. Sở Giáo dục và Đào tạo

- Xây dựng tủ sách lớp học, bố trí tiết đọc mỗi tuần trong các nhà trường.

- Bồi dưỡng cán bộ làm công tác thư viện.

2. Sở Tài chính

Bố trí kinh phí hằng năm theo phân cấp ngân sách, hướng dẫn thanh toán, quyết toán.
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return write_tiny_model(tmp_path_factory.mktemp("model"), PLAN)


@pytest.fixture
def tracuu(tmp_path, model, monkeypatch, capsys):
    """Run the command line on a library of its own; returns exit code, stdout, stderr."""
    monkeypatch.setenv("TRACUU_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("TRACUU_MODEL", str(model))
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")

    def call(*arguments):
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def filled(tracuu, tmp_path):
    assert tracuu("--quiet", "add", tmp_path / "plan.txt") == (0, "", "")
    return tracuu


def test_add_reports_each_file(tracuu, tmp_path):
    bad = tmp_path / "binary.txt"
    bad.write_bytes(bytes(range(256)) * 40)
    code, out, err = tracuu("add", tmp_path / "plan.txt", bad)
    assert code == 1
    assert out == "Văn bản: 1 thêm, 1 lỗi.\n"
    assert err.startswith("Lỗi: ")
    assert "binary.txt" in err
    assert "Đã đọc: plan.txt: Kế hoạch" in err
    code, out, _ = tracuu("add", tmp_path / "plan.txt")
    assert (code, out) == (0, "Văn bản: 0 thêm, 1 không đổi.\n")


def test_add_of_what_is_not_there_fails(tracuu, tmp_path):
    code, _, err = tracuu("add", tmp_path / "nothing")
    assert code == 1
    assert "nothing" in err


def test_search_json(filled):
    code, out, _ = filled("search", "nhiệm vụ", "của Sở Giáo dục", "--json", "-k", "2")
    answer = json.loads(out)
    assert code == 0
    assert answer["query"] == "nhiệm vụ của Sở Giáo dục"
    assert [result["rank"] for result in answer["results"]] == [1, 2]
    for result in answer["results"]:
        assert result["section"][-1] == "1. Sở Giáo dục và Đào tạo"
        assert set(result) == {
            "rank", "score", "kind", "passage_id", "text", "highlights", "section", "page", "document", "url",
            "newer_version",
        }  # fmt: skip
        assert set(result["document"]) == {"id", "kind", "number", "date", "issuer", "title", "source"}


def test_search_for_a_person(filled):
    code, out, err = filled("search", "bố trí kinh phí")
    assert (code, err) == (0, "")
    assert out.startswith("1. Kế hoạch")
    assert "   II. TỔ CHỨC THỰC HIỆN › 2. Sở Tài chính" in out.splitlines()
    assert "\x1b[" not in out


def test_search_queries(filled, tmp_path):
    queries = tmp_path / "queries.jsonl"
    queries.write_text(
        '{"id": "a", "query": "tủ sách lớp học"}\n\n{"id": 2, "query": "kinh phí"}\n', encoding="utf-8"
    )
    code, out, _ = filled("search", "--queries", queries, "-k", "3")
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [line["id"] for line in lines] == ["a", 2]
    assert "tủ sách" in lines[0]["results"][0]["text"]
    assert lines[0]["results"][0]["file"] == "plan.txt"


def test_show_json(filled):
    code, out, _ = filled("show", "plan.txt", "--json")
    document = json.loads(out)
    assert code == 0
    assert document["kind"] == "Kế hoạch"
    assert [node["label"] for node in document["outline"]] == ["I.", "II."]
    assert set(document["outline"][1]["children"][0]) == {"label", "title", "level", "children"}
    assert set(document["passages"][0]) == {"id", "text", "section", "page"}
    assert {"number", "date", "issuer", "place", "title", "signer_role", "source", "sha256"} <= set(document)


def test_documents_remove_check_rebuild(filled):
    [document] = json.loads(filled("documents", "--json")[1])
    assert filled("check")[0] == 0
    assert filled("rebuild")[0] == 0
    assert filled("remove", document["id"][:8])[0] == 0
    assert json.loads(filled("documents", "--json")[1]) == []
    assert json.loads(filled("search", "tủ sách", "--json")[1])["results"] == []


@pytest.mark.parametrize("place", ["before", "after"])
def test_global_options_stand_before_or_after_the_command(tracuu, tmp_path, place):
    other = ("--library", tmp_path / "other")
    add = ("add", tmp_path / "plan.txt", "--quiet")
    assert tracuu(*((*other, *add) if place == "before" else (*add, *other)))[0] == 0
    assert (tmp_path / "other" / "library.sqlite").exists()
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["tim"], 2, "Không có lệnh “tim”"),
        (["serch", "x"], 2, "search"),
        (["search"], 2, "một câu hỏi"),
        (["search", "x", "--queries", "y"], 2, "chỉ một trong hai"),
        (["search", "x", "-k", "0"], 2, "cần từ 1 đến 1000"),
        (["search", "x", "-k", "abc"], 2, "“abc” không phải là số nguyên"),
        (["search", "x", "-k"], 2, "Tùy chọn -k cần kèm một giá trị"),
        (["search", "x", "--from", "hôm qua"], 2, "2026-03-17"),
        (["search", "x", "--from", "31/2/2026"], 2, "2026-03-17"),
        (["search", "x", "--kinds", "KH"], 2, "Không có tùy chọn --kinds (có phải --kind?)"),
        (["search", "x", "--kind", "Thông cáo"], 2, "Không có loại văn bản “Thông cáo”; đang có: Kế hoạch"),
        (["search", "x", "--document", "zzz"], 2, "zzz"),
        (["search", "a" * 10_001], 2, "10001 ký tự"),
        (["search", "--queries", "/khong/co"], 2, "/khong/co"),
        (["show"], 2, "Thiếu tham số VĂN_BẢN"),
        (["show", "zzz"], 1, "zzz"),
        (["remove", "zzz"], 1, "zzz"),
        (["add"], 2, "Thiếu tham số TỆP"),
        (["--library", "/khong/co", "documents"], 1, "/khong/co"),
    ],
)
def test_errors_are_one_line(filled, arguments, code, part):
    found, out, err = filled(*arguments)
    assert found == code
    assert out == ""
    assert err.startswith("Lỗi: ")
    assert err.count("\n") == 1
    assert part in err


def test_a_bad_line_of_queries_is_named(filled, tmp_path):
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"id": 1, "query": "a"}\n{"id": 2}\n', encoding="utf-8")
    code, out, err = filled("search", "--queries", queries)
    assert (code, out) == (2, "")
    assert "dòng 2" in err


@pytest.mark.parametrize("query", ["", "   ", "???", "'; DROP TABLE documents; --", "<b>", "a." * 4_000, '"'])
def test_odd_queries(filled, query):
    code, _, err = filled("search", "--", query)
    assert code == (2 if not query.strip() else 0)
    assert "Traceback" not in err


def test_help_is_vietnamese_and_names_every_command(tracuu):
    code, out, _ = tracuu("--help")
    assert code == 0
    assert out.startswith("Cách dùng: tracuu")
    for command in ("add", "search", "show", "documents", "remove", "check", "rebuild"):
        assert f"\n  {command}" in out
        code, page, _ = tracuu(command, "--help")
        assert code == 0
        assert page.startswith(f"Cách dùng: tracuu {command}")
        for english in ("Usage", "Options", "Show this", "default", "required"):
            assert english not in page


def test_version(tracuu):
    assert tracuu("--version")[1].startswith("tracuu ")
    assert tracuu("search", "--version")[0] == 0


def test_a_command_whose_room_is_missing_does_not_break_the_others(tracuu, monkeypatch):
    from importlib.metadata import EntryPoint

    from search_api.cli import app

    broken = EntryPoint("broken", "no_such_module:command", "tracuu.commands")
    monkeypatch.setattr(app, "_added", lambda: {"broken": broken})
    assert tracuu("--help")[0] == 0
    code, _, err = tracuu("broken")
    assert code == 1
    assert "thiếu một phần cài đặt" in err


def test_an_unexpected_failure_is_one_line(tracuu, monkeypatch):
    from corpus.library import Library

    def fail(*_, **__):
        raise RuntimeError("boom")

    monkeypatch.setattr(Library, "open", fail)
    code, _, err = tracuu("documents")
    assert code == 1
    assert err.count("\n") == 1
    assert "--debug" in err
    assert "Traceback" in tracuu("--debug", "documents")[2]


def test_ctrl_c_is_quiet(tracuu, monkeypatch):
    from corpus.library import Library

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(Library, "open", interrupt)
    assert tracuu("documents") == (130, "", "")


def test_a_search_from_the_shell_imports_nothing_heavy(filled):
    script = (
        "import sys; from search_api.cli.run import run; code = run(['search', 'tủ sách lớp học']); "
        "print([name for name in ('torch', 'sentence_transformers', 'fastapi', 'pydantic', 'uvicorn')"
        " if name in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "tủ sách" in done.stdout
    assert done.stderr == "[]\n"


def test_a_closed_pipe_is_quiet(filled):
    script = "import sys; from search_api.cli.run import run; sys.exit(run(['show', 'plan.txt', '--json']))"
    done = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -c "{script}" | true; exit ${{PIPESTATUS[0]}}'],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode in (0, 141)  # 0 where the pipe still took it all
