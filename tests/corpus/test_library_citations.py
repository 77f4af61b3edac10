"""Citations resolved against the documents held, in both directions."""

import pytest
from factories import add, make_citation, make_document, make_library


def directive(text="Chỉ thị.", **about):
    return make_document(
        text, **{"kind": "Chỉ thị", "number": "04-CT/TU", "issuer": "Tỉnh ủy Bình An", **about}
    )


@pytest.mark.parametrize(
    ("citation", "held", "meant"),
    [
        (make_citation("04-CT/TU"), {}, True),
        (make_citation("4-CT/TU"), {}, True),
        (make_citation("04-CT/TU", kind="CHỈ THỊ"), {}, True),
        (make_citation("04-CT/TU", kind="Chỉ thị"), {"kind": None}, True),
        (make_citation("04-CT/TU", kind="Kết luận"), {}, False),
        (make_citation("05-CT/TU"), {}, False),
        (make_citation(None), {"number": None}, False),
        (make_citation("04-CT/TU", date="2026-05-17"), {}, True),
        (make_citation("04-CT/TU", date="2026"), {}, True),
        (make_citation("04-CT/TU", date="2021-03-01"), {}, False),
        (make_citation("04-CT/TU", date="2021"), {"date": None}, True),
        (make_citation("04-CT/TU", issuer="Ban Thường vụ Tỉnh uỷ Bình An"), {}, True),
        (make_citation("04-CT/TU", issuer="Tỉnh ủy Hòa Giang"), {}, False),
        # only one body in the country writes TW, whatever it is called in print
        (make_citation("04-CT/TW", issuer="Ban Bí thư"),
         {"number": "04-CT/TW", "issuer": "Ban Chấp hành Trung ương"}, True),
        (make_citation("1/CTr-UBND", kind="Chương trình"),
         {"number": "01/CTr-UBND", "kind": "Chương trình hành động"}, True),
    ],
)  # fmt: skip
def test_which_document_is_meant(tmp_path, citation, held, meant):
    cited = directive(**held)
    citing = make_document(issuer=None, citations=[citation])
    with make_library(tmp_path, citing, cited) as library:
        [(found, document)] = library.cites(citing.id)
        assert found == citation
        assert (document and document.id) == (cited.id if meant else None)
        assert [(c, d.id) for c, d in library.cited_by(cited.id)] == (
            [(citation, citing.id)] if meant else []
        )


@pytest.mark.parametrize(
    ("citing", "cited_as", "issuer", "meant"),
    [
        # one's own province is not named: its documents are meant, and no other's
        ("Ủy ban nhân dân tỉnh Bình An", None, "Tỉnh ủy Bình An", True),
        ("Ủy ban nhân dân tỉnh Bình An", None, "Tỉnh ủy Hòa Giang", False),
        ("Ủy ban nhân dân tỉnh Bình An", "Ban Thường vụ Tỉnh ủy", "Tỉnh uỷ Hòa Giang", False),
        ("Ủy ban nhân dân tỉnh Bình An", "Ban Chấp hành Đảng bộ tỉnh", "Tỉnh ủy Bình An", True),
        ("Ủy ban nhân dân tỉnh Bình An", "Tỉnh ủy Hòa Giang", "Ban Thường vụ Tỉnh ủy Hoà Giang", True),
        ("Đảng ủy phường Bến Sậy", "Tỉnh ủy", "Tỉnh ủy Bình An", True),
        ("Đảng ủy phường Bến Sậy, tỉnh Bình An", "Tỉnh ủy", "Tỉnh ủy Hòa Giang", False),
        # the same office of another level
        ("Báo Nhân Dân", "Ủy ban nhân dân tỉnh", "Ủy ban nhân dân phường Bến Sậy", False),
        ("Báo Nhân Dân", "Ban Bí thư", "Tỉnh ủy Bình An", False),
        # "xã hội" is no commune, "quân sự" no district
        ("Báo Nhân Dân", "Sở Lao động - Thương binh và Xã hội", "Bộ Chỉ huy quân sự tỉnh Bình An", False),
        ("Báo Nhân Dân", "Bộ trưởng Bộ Y tế", "Bộ Y tế", True),
    ],
)
def test_whose_document_is_meant(tmp_path, citing, cited_as, issuer, meant):
    cited = directive(issuer=issuer)
    other = make_document(issuer=citing, citations=[make_citation("04-CT/TU", issuer=cited_as)])
    with make_library(tmp_path, cited, other) as library:
        [(_, document)] = library.cites(other.id)
        assert (document is not None) is meant
        assert len(library.cited_by(cited.id)) == meant


def test_the_same_full_date_identifies(tmp_path):
    """The board that signed is cited, the letterhead names the committee; number and day are the same."""
    cited = directive(issuer="Đảng bộ Quân khu", date="2026-05-17")
    same, month = (
        make_citation("04-CT/TU", issuer="Thường vụ", date=date) for date in ("2026-05-17", "2026-05")
    )
    citing = make_document(issuer=None, citations=[same, month])
    with make_library(tmp_path, cited, citing) as library:
        assert [d and d.id for _, d in library.cites(citing.id)] == [cited.id, None]


def test_same_number_of_two_provinces(tmp_path):
    north, south = directive(), directive(issuer="Tỉnh ủy Hòa Giang")
    bare, named = make_citation("04-CT/TU"), make_citation("04-CT/TU", issuer="Tỉnh ủy Hòa Giang")
    neutral = make_document("Một.", issuer="Báo", citations=[bare, named])
    local = make_document("Hai.", issuer="Ban Tuyên giáo Tỉnh ủy Bình An", citations=[bare])
    with make_library(tmp_path, north, south, neutral, local) as library:
        assert [d and d.id for _, d in library.cites(neutral.id)] == [None, south.id]
        assert {d.id for d in library.candidates(bare)} == {north.id, south.id}
        assert [d and d.id for _, d in library.cites(local.id)] == [north.id]
        assert [d.id for _, d in library.cited_by(north.id)] == [local.id]
        assert [(c, d.id) for c, d in library.cited_by(south.id)] == [(named, neutral.id)]


def test_two_files_of_one_document(tmp_path):
    first, second = directive("Bản quét."), directive("Bản gõ.")
    citing = make_document(citations=[make_citation("04-CT/TU")])
    with make_library(tmp_path, first, second, citing) as library:
        [(_, meant)] = library.cites(citing.id)
        assert meant.id == second.id
        for document in (first, second):
            assert [d.id for _, d in library.cited_by(document.id)] == [citing.id]
        assert [d.id for d in library.versions(first.id)] == [second.id, first.id]
        assert [d.id for d in library.versions(citing.id)] == [citing.id]


def test_a_document_does_not_cite_itself(tmp_path):
    document = directive(citations=[make_citation("04-CT/TU")])
    with make_library(tmp_path, document) as library:
        assert [d for _, d in library.cites(document.id)] == [None]
        assert library.cited_by(document.id) == []


def test_citations_follow_what_comes_and_goes(tmp_path):
    citing = make_document(citations=[make_citation("04-CT/TU"), make_citation(None, kind="Kết luận 30")])
    cited = directive()
    with make_library(tmp_path, citing) as library:
        assert [d for _, d in library.cites(citing.id)] == [None, None]
        add(library, cited)
        assert [d and d.id for _, d in library.cites(citing.id)] == [cited.id, None]
        library.remove(citing.id)
        assert library.cited_by(cited.id) == []
