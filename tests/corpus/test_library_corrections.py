"""Metadata corrected by hand: over whatever is read, as often as it is read, and undone."""

import dataclasses

import pytest
from factories import add, make_document, make_library, original_of

from corpus.errors import NotHeldError
from corpus.library import CORRECTED, CorrectionError, Library


def metadata(library, document):
    return library.summary(document.id).metadata


def test_a_correction_is_seen_everywhere_and_outlives_a_new_reading(tmp_path):
    document = make_document(issuer=None, inferred={"issuer": "chữ ký"})
    with make_library(tmp_path, document) as library:
        contents = library.contents()
        assert library.correct(document.id, {"issuer": "Tỉnh ủy Bình An", "number": "7-ct/tu"}) is True
        assert library.contents() != contents
        found = metadata(library, document)
        assert (found.issuer, found.number, found.symbol) == ("Tỉnh ủy Bình An", "7-CT/TU", "CT/TU")
        assert found.inferred == {"issuer": CORRECTED, "number": CORRECTED}
        assert library.document(document.id).metadata == found
        assert library.select(issuers=["tinh uy binh an"]) == {library.summary(document.id).key}
        assert library.resolve("7-CT/TU") == document.id
        read_anew = dataclasses.replace(
            document, metadata=dataclasses.replace(document.metadata, issuer="Đọc sai", title="Tên đọc lại")
        )
        library.add(read_anew, original_of(document), reading_version="next")
        found = metadata(library, document)
        assert (found.issuer, found.number, found.title) == ("Tỉnh ủy Bình An", "7-CT/TU", "Tên đọc lại")
        kept = library.corrections(document.id)
        assert kept.read.issuer == "Đọc sai"
        assert kept.corrected == {"issuer": "Tỉnh ủy Bình An", "number": "7-CT/TU"}
    with Library.open(tmp_path) as library:
        assert library.correct(document.id, {}, undo=["issuer", "number"]) is True
        assert metadata(library, document) == read_anew.metadata
        assert library.corrections(document.id).corrected == {}
        assert library.check() == []


def test_a_field_can_be_said_to_be_missing(tmp_path):
    document = make_document()
    with make_library(tmp_path, document) as library:
        library.correct(document.id, {"number": " ", "date": None})
        found = metadata(library, document)
        assert (found.number, found.date) == (None, None)
        assert library.select(date_from="1900") == frozenset()


def test_what_was_read_is_no_correction(tmp_path):
    document = make_document()
    with make_library(tmp_path, document) as library:
        contents = library.contents()
        assert library.correct(document.id, {"title": document.metadata.title, "kind": "Kế  hoạch"}) is False
        assert library.corrections(document.id).corrected == {}
        library.correct(document.id, {"kind": "Báo cáo"})
        assert library.correct(document.id, {"kind": "Kế hoạch"}) is True  # set back by hand
        assert library.corrections(document.id).corrected == {}
        assert library.contents() == contents


def test_corrections_come_back_with_a_removed_document(tmp_path):
    document = make_document()
    with make_library(tmp_path, document) as library:
        library.correct(document.id, {"title": "Tên đúng"})
        library.remove(document.id)
        add(library, document)
        assert metadata(library, document).title == "Tên đúng"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("date", "hôm qua", "2026-05-17"),
        ("date", "2026-02-30", "2026-05-17"),
        ("kind", "x" * 81, "quá dài"),
        ("sha256", "x", "các trường sửa được"),
    ],
)
def test_what_cannot_be_is_refused_whole(tmp_path, field, value, told):
    document = make_document()
    with make_library(tmp_path, document) as library:
        with pytest.raises(CorrectionError, match=told):
            library.correct(document.id, {"title": "Tên mới", field: value})
        assert metadata(library, document) == document.metadata


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Về   việc\r\nđọc sách\x00 ", "Về việc đọc sách"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("abc\u202egnp.exe", "abc gnp.exe"),
        ("a\ud800b", "a b"),
        ("Ke\u0302\u0301 hoa\u0323ch", "Kế hoạch"),
    ],
)
def test_values_are_kept_on_one_clean_line(tmp_path, typed, kept):
    document = make_document()
    with make_library(tmp_path, document) as library:
        library.correct(document.id, {"title": typed})
        assert metadata(library, document).title == kept


def test_unknown_documents_are_told(tmp_path):
    with make_library(tmp_path) as library, pytest.raises(NotHeldError):
        library.correct("none", {"title": "x"})
