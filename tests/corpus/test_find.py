"""Files and folders that a user names: what is taken, passed over, complained about."""

import os
from pathlib import Path

import pytest

from corpus import find
from corpus.find import find_files


def grow(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("chữ", encoding="utf-8")


def found(*paths: Path) -> tuple[list[str], list[str]]:
    files, problems = find_files(paths)
    return [path.name for path in files], [problem.reason for problem in problems]


def test_folder_in_order_with_the_kinds_that_can_be_read(tmp_path: Path) -> None:
    grow(tmp_path, "b.txt", "a.MD", "c/d.docx", "c/a.txt", "x.jpg", ".hidden.txt", "~$b.docx", ".git/e.txt")
    files, problems = found(tmp_path)
    assert files == ["a.MD", "b.txt", "a.txt", "d.docx"]
    advice = "ảnh chụp văn bản thì hãy nêu đích danh từng tệp"
    assert problems == [f"{tmp_path.name}: bỏ qua 1 tệp ảnh; {advice}."]


def test_other_files_are_one_line_however_many_they_are(tmp_path: Path) -> None:
    grow(tmp_path, "a.txt", "Makefile", *(f"x.{suffix}" for suffix in "abcdefgh"))
    assert found(tmp_path)[1] == [
        f"{tmp_path.name}: bỏ qua 9 tệp không phải văn bản đọc được (không đuôi, .a, .b, .c, .d, .e…)."
    ]


def test_a_folder_already_walked_is_no_folder_without_documents(tmp_path: Path) -> None:
    grow(tmp_path, "a.txt", "c/b.txt")
    assert found(tmp_path, tmp_path / "c") == (["a.txt", "b.txt"], [])


def test_each_file_once(tmp_path: Path) -> None:
    grow(tmp_path, "a.txt", "c/b.txt")
    (tmp_path / "c" / "link.txt").symlink_to(tmp_path / "a.txt")
    assert found(tmp_path / "c" / ".." / "a.txt", tmp_path, tmp_path / "c")[0] == ["a.txt", "b.txt"]


def test_a_named_file_is_taken_whatever_it_is(tmp_path: Path) -> None:
    grow(tmp_path, "x.jpg", ".h.txt")
    names = [tmp_path / "x.jpg", tmp_path / ".h.txt", tmp_path / "missing.txt"]
    assert found(*names) == (["x.jpg", ".h.txt", "missing.txt"], [])


def test_links_do_not_lead_out(tmp_path: Path) -> None:
    grow(tmp_path, "in/a.txt", "out/b.txt", "out/sub/c.txt")
    (tmp_path / "in" / "file.txt").symlink_to(tmp_path / "out" / "b.txt")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "up").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "broken.md").symlink_to(tmp_path / "nowhere")
    (tmp_path / "in" / "loop.txt").symlink_to(tmp_path / "in" / "loop.txt")
    files, problems = found(tmp_path / "in")
    assert files == ["a.txt"]
    assert [reason.split(":")[0] for reason in problems] == ["broken.md", "file.txt", "folder", "loop.txt"]


def test_kinds_that_are_not_read_are_said(tmp_path: Path) -> None:
    grow(tmp_path, "a.txt", "b.rar", "c.RAR", "d.wps")
    assert found(tmp_path)[1] == [
        f"{tmp_path.name}: bỏ qua 2 tệp .rar vì không đọc được loại này.",
        f"{tmp_path.name}: bỏ qua 1 tệp .wps vì không đọc được loại này.",
    ]


def test_folder_without_documents_gives_advice(tmp_path: Path) -> None:
    (tmp_path / "x.txt").mkdir()
    files, [problem] = found(tmp_path)
    assert files == []
    assert "không có văn bản nào đọc được" in problem


def test_folder_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path, "a.txt", "c/b.txt")
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "c":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(find.os, "scandir", scandir)
    assert found(tmp_path) == (["a.txt"], ["c: không mở được thư mục; hãy kiểm tra quyền đọc."])


def test_strange_names_and_pipes(tmp_path: Path) -> None:
    grow(tmp_path, "a\nb.txt", "c\udcff.txt")
    os.mkfifo(tmp_path / "p.txt")
    files, problems = found(tmp_path, Path("a\0b"))
    assert sorted(files) == sorted(["a\nb.txt", "c\udcff.txt", "p.txt", "a\0b"])
    assert problems == []


def test_deep_folders(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(120):
        deep = deep / "thư mục"
    grow(deep, "a.txt")
    assert found(tmp_path) == (["a.txt"], [])
