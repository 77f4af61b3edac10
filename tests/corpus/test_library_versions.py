"""Which files are versions of one document, and which is the newest."""

import pytest
from factories import add, make_citation, make_document, make_library


def of(library, document):
    return [version.id for version in library.versions(document.id)]


PLAN = {
    "title": "Chuyển đổi số trong các cơ quan nhà nước năm 2026",
    "issuer": "Ủy ban nhân dân tỉnh Bình An",
}


def plan(text, **more):
    return make_document(text, **{"date": "2026-05-17", **PLAN, **more})


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"date": "2026-06-20"},
        {"date": None},
        {"number": "012/kh-ubnd"},
        {"kind": "KẾ HOẠCH"},
        {"issuer": "UBND Ủy ban nhân dân tỉnh Bình An"},
        {"issuer": None},
        {"title": "Chuyền đồi số trong các cơ quan nhà nườc năm 2026"},
        {"title": None},
    ],
)
def test_versions_of_one_document(tmp_path, more):
    old, new = plan("Bản cũ."), plan("Bản mới.", **more)
    with make_library(tmp_path, old, new) as library:
        assert of(library, old) == of(library, new) == [new.id, old.id]
        assert library.superseded() == {old.id: new.id}


@pytest.mark.parametrize(
    "more",
    [
        {"number": "13/KH-UBND"},
        {"number": None},
        {"date": "2025-05-17"},
        {"kind": "Báo cáo"},
        {"issuer": "Ủy ban nhân dân tỉnh Hòa Giang"},
        {"issuer": None, "title": "Phòng chống thiên tai"},
        {"title": "Danh mục nhiệm vụ giao các sở, ngành"},
        {"is_attachment": True},
    ],
)
def test_different_documents(tmp_path, more):
    one, other = plan("Một."), plan("Hai.", **more)
    with make_library(tmp_path, one, other) as library:
        assert of(library, one) == [one.id] and of(library, other) == [other.id]
        assert library.superseded() == {}


def test_the_last_dated_is_the_newest_whenever_it_came_in(tmp_path):
    late, early, undated = plan("Ba.", date="2026-07-01"), plan("Hai."), plan("Một.", date=None)
    with make_library(tmp_path, late, early) as library:
        assert of(library, early) == [late.id, early.id]
        add(library, undated)
        assert of(library, early)[0] == undated.id  # of the same standing, the last that came in
        library.remove(undated.id)
        library.remove(late.id)
        assert of(library, early) == [early.id] and library.superseded() == {}


def test_a_citation_means_the_newest(tmp_path):
    old, new = plan("Cũ.", date="2026-05-17"), plan("Mới.", date="2026-05-20")
    citing = make_document("Ba.", number="9/BC-UBND", kind="Báo cáo",
                           citations=[make_citation("12/KH-UBND", kind="Kế hoạch")])  # fmt: skip
    with make_library(tmp_path, old, new, citing) as library:
        [(_, meant)] = library.cites(citing.id)
        assert meant is not None and meant.id == new.id


def test_a_file_changed_under_the_same_path(tmp_path):
    draft = make_document("Dự thảo.", number=None, title="Đọc sách trong nhà trường")
    final = make_document("Bản cuối.", number="12/KH-UBND", title="Đọc sách trong các nhà trường")
    with make_library(tmp_path / "l", draft, final) as library:
        library.arrived(tmp_path / "a.docx", draft.sha256)
        assert library.superseded() == {}
        library.arrived(tmp_path / "a.docx", final.sha256)
        library.arrived(tmp_path / "a.docx", final.sha256)
        assert library.superseded() == {draft.id: final.id}
        assert of(library, draft) == [final.id, draft.id]
        library.arrived(tmp_path / "a.docx", draft.sha256)  # put back as it was
        assert library.superseded() == {final.id: draft.id}


@pytest.mark.parametrize(
    "more",
    [{"title": "Phòng chống thiên tai"}, {"number": "99/KH-UBND"}, {"kind": "Báo cáo"}, {"title": None}],
)
def test_another_document_under_the_same_path_is_no_version(tmp_path, more):
    one, other = plan("Một."), plan("Hai.", **more)
    with make_library(tmp_path / "l", one, other) as library:
        for document in (one, other):
            library.arrived(tmp_path / "scan001.pdf", document.sha256)
        expected = {one.id: other.id} if more == {"title": None} else {}
        assert library.superseded() == expected  # without a title number and body decide


def test_a_number_names_the_newest(tmp_path):
    old, new = plan("Cũ."), plan("Mới.", date="2026-06-01")
    elsewhere = plan("Khác.", issuer="Ủy ban nhân dân tỉnh Hòa Giang", number="13/KH-UBND")
    with make_library(tmp_path, new, old, elsewhere) as library:
        assert library.resolve("12/KH-UBND") == library.resolve("Kế hoạch 12/KH-UBND") == new.id
        assert library.resolve(old.id[:8]) == old.id


def test_many_files_of_one_number_are_compared_in_reasonable_time(tmp_path):
    made = [plan(f"Bản {n}.", title=f"{PLAN['title']} lần {n}") for n in range(40)]
    with make_library(tmp_path, *made) as library:
        assert len(library.superseded()) == 39
