"""Removing, restoring and erasing, versions of a document and mending, on the command line."""

import json

import pytest
from tiny_model import write_tiny_model

from corpus.library import Library
from search_api.cli.run import run

OLD = """KẾ HOẠCH
Phát triển văn hóa đọc năm 2026

Số: 12/KH-UBND

Xây dựng tủ sách lớp học trước ngày 15 tháng 5.
"""
NEW = OLD.replace("ngày 15 tháng 5", "ngày 30 tháng 6")


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return write_tiny_model(tmp_path_factory.mktemp("model"), OLD)


@pytest.fixture
def tracuu(tmp_path, model, monkeypatch, capsys):
    """Run the command line on a library of its own that holds `plan.txt`; exit code, stdout, stderr."""
    monkeypatch.setenv("TRACUU_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("TRACUU_MODEL", str(model))
    (tmp_path / "plan.txt").write_text(OLD, encoding="utf-8")

    def call(*arguments):
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    assert call("--quiet", "add", tmp_path / "plan.txt")[0] == 0
    return call


def found(tracuu, *options):
    answer = json.loads(tracuu("search", "tủ sách lớp học", "--json", *options)[1])
    return [result["text"] for result in answer["results"] if "tủ sách" in result["text"]]


def listed(tracuu, *options):
    return json.loads(tracuu("documents", "--json", *options)[1])


def test_a_removed_document_comes_back(tracuu):
    [document] = listed(tracuu)
    code, out, err = tracuu("remove", document["id"][:8])
    assert (code, err) == (0, "") and out.startswith("Đã bỏ: ")
    assert listed(tracuu) == [] and found(tracuu) == []
    assert [one["id"] for one in listed(tracuu, "--removed")] == [document["id"]]
    code, out, _ = tracuu("restore", "plan.txt")
    assert code == 0 and out.startswith("Đã khôi phục: ")
    assert [one["id"] for one in listed(tracuu)] == [document["id"]]
    assert len(found(tracuu)) == 1
    assert "Không có văn bản nào đã bỏ" in tracuu("documents", "--removed")[1]
    assert tracuu("check")[0] == 0


@pytest.mark.parametrize("removed_first", [True, False])
def test_an_erased_document_does_not(tracuu, tmp_path, removed_first):
    [document] = listed(tracuu)
    if removed_first:
        tracuu("remove", document["id"])
    code, out, _ = tracuu("remove", "--forever", document["id"])
    assert code == 0 and out.startswith("Đã xóa hẳn: ")
    assert listed(tracuu) == listed(tracuu, "--removed") == []
    assert not [path for path in (tmp_path / "library/originals").rglob("*") if path.is_file()]
    code, _, err = tracuu("restore", document["id"])
    assert code == 1 and "--removed" in err and err.count("\n") == 1
    assert tracuu("remove", document["id"])[0] == 1


def test_removed_documents_that_cannot_be_told_apart_are_listed(tracuu, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other/plan.txt").write_text("Một văn bản khác hẳn, không có số.", encoding="utf-8")
    tracuu("--quiet", "add", tmp_path / "other")
    for document in listed(tracuu):
        tracuu("remove", document["id"])
    code, _, err = tracuu("restore", "plan.txt")
    assert code == 1 and "2 văn bản đã bỏ" in err
    assert listed(tracuu) == []


def test_a_file_changed_on_disk_is_a_new_version_and_the_search_prefers_it(tracuu, tmp_path):
    (tmp_path / "plan.txt").write_text(NEW, encoding="utf-8")
    code, out, _ = tracuu("add", tmp_path / "plan.txt")
    assert code == 0 and "1 thêm" in out
    assert [("30 tháng 6" in text) for text in found(tracuu)] == [True]
    assert sorted("30 tháng 6" in text for text in found(tracuu, "--all-versions")) == [False, True]
    answer = json.loads(tracuu("search", "tủ sách lớp học", "--json")[1])
    assert answer["older_versions"] == 1
    old, new = listed(tracuu)
    answer = json.loads(tracuu("search", "tủ sách lớp học", "--json", "--document", old["id"])[1])
    assert {result["newer_version"] for result in answer["results"]} == {new["id"]}  # asked for by name
    tracuu("remove", new["id"])
    assert [("15 tháng 5" in text) for text in found(tracuu)] == [True]


def test_a_folder_added_again_takes_only_what_changed(tracuu, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(f"BÁO CÁO\nVề việc số {n}\n\nNội dung {n}.\n", encoding="utf-8")
    assert "3 thêm" in tracuu("add", folder)[1]
    (folder / "1.txt").write_text("BÁO CÁO\nVề việc số 1\n\nNội dung mới.\n", encoding="utf-8")
    assert "1 thêm, 2 không đổi" in tracuu("add", folder)[1]
    assert "0 thêm, 3 không đổi" in tracuu("add", folder)[1]


def test_check_mends_what_a_crash_or_an_old_backup_left(tracuu, tmp_path):
    [document] = listed(tracuu)
    with Library.open(tmp_path / "library") as library:
        whole = library.original(document["id"])
        data = whole.read_bytes()
        library.erase(document["id"])
    whole.write_bytes(data)  # as if the database were older than the originals
    (whole.parent / f"{'f' * 64}.txt").write_bytes(b"half a fi")
    code, _, err = tracuu("check")
    assert "2 tệp gốc không thuộc văn bản nào" in err and "--mend" in err
    code, out, _ = tracuu("check", "--mend")
    assert code == 0 and "Đã đưa lại vào thư viện 1 tệp gốc" in out and "Đã dọn 1 tệp" in out
    assert [one["id"] for one in listed(tracuu)] == [document["id"]]
    assert len(found(tracuu)) == 1
    assert tracuu("check")[2] == ""


def test_what_an_earlier_version_read_is_read_again_and_keeps_its_name_and_corrections(tracuu, tmp_path):
    [document] = listed(tracuu)
    with Library.open(tmp_path / "library") as library:
        whole = library.document(document["id"])
        library.add(whole, library.original(document["id"]), reading_version="an earlier one")
        library.correct(document["id"], {"issuer": "Tỉnh ủy Bình An"})
        assert [one.id for one in library.outdated()] == [document["id"]]
    code, out, err = tracuu("reread")
    assert (code, out, err) == (0, "Đã đọc lại 1 văn bản.\n", "")
    [again] = listed(tracuu)
    assert (again["source"], again["issuer"]) == ("plan.txt", "Tỉnh ủy Bình An")
    assert tracuu("reread")[1] == "Đã đọc lại 0 văn bản.\n"
