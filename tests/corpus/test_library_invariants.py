"""What goes in comes out, whatever is done in between."""

import dataclasses
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from factories import add, make_document, make_library, original_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import documents

from corpus.errors import LibraryError, ReadError
from corpus.library import Library
from corpus.types import Passage, Span

few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@contextmanager
def fresh_library() -> Iterator[Library]:
    with tempfile.TemporaryDirectory() as directory, Library.open(Path(directory), create=True) as library:
        yield library


def state(library: Library, *, without_keys: bool = False) -> object:
    """All rows of all tables and all files, in an order that does not depend on chance."""
    connection = sqlite3.connect(library.directory / "library.sqlite")
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    content = {
        table: sorted(map(repr, connection.execute(f"SELECT * FROM {table}")))
        for table in tables
        if not (without_keys and table == "sqlite_sequence")
    }
    connection.close()
    files = {p.name: p.read_bytes() for p in (library.directory / "originals").rglob("*") if p.is_file()}
    return content, files


@few
@given(documents())
def test_a_document_comes_out_as_it_went_in(document):
    with fresh_library() as library:
        assert library.add(document, original_of(document), reading_version="1") is True
        assert library.document(document.id) == document
        assert library.original(document.id).read_bytes() == original_of(document)
        stored = library.passages_of(document.id)
        assert [s.passage for s in stored] == list(document.passages)
        for s in stored:
            assert s.section_path == document.path(s.passage.section)
            lead = s.passage.lead
            assert s.lead_text == (None if lead is None else document.passages[lead].text)
            assert library.passage(s.passage.id) == s
        assert library.passages(s.key for s in stored) == {s.key: s for s in stored}
        assert library.summary(document.id) == library.documents()[0]
        assert library.summary(document.id).passages == len(document.passages)
        assert library.check() == []


@few
@given(st.lists(documents(), min_size=1, max_size=4, unique_by=lambda d: d.id))
def test_adding_twice_changes_nothing_and_erasing_leaves_nothing(made):
    *others, last = made
    with fresh_library() as library:
        add(library, *others)
        before = state(library, without_keys=True)
        add(library, last)
        after = state(library)
        assert library.add(last, original_of(last), reading_version="test") is False
        assert state(library) == after
        library.erase(last.id)
        assert state(library, without_keys=True) == before
        assert library.check() == []


def test_keys_are_never_used_again(tmp_path):
    document = make_document()
    with make_library(tmp_path, document) as library:
        keys = {s.key for s in library.passages_of(document.id)}
        old, content = library.summary(document.id).key, library.contents()
        library.erase(document.id)
        add(library, document)
        assert keys.isdisjoint(s.key for s in library.passages_of(document.id))
        assert library.summary(document.id).key > old
        assert library.passages(keys) == {}
        assert library.contents() != content  # its rows in an index made before are stale


def with_passage(document, ordinal, text):
    """`document` read differently: another text of the same length for one passage."""
    old = document.passages[ordinal]
    text = text.ljust(len(old.text), "x")[: len(old.text)]
    passages = list(document.passages)
    passages[ordinal] = dataclasses.replace(old, text=text)
    whole = document.text[: old.span.start] + text + document.text[old.span.end :]
    return dataclasses.replace(document, text=whole, passages=tuple(passages))


def test_another_reading_replaces_and_keeps_what_is_equal(tmp_path):
    document = make_document()
    other = make_document("Văn bản khác.", number="1/KH-UBND")
    with make_library(tmp_path, document, other) as library:
        before = {s.passage.ordinal: s.key for s in library.passages_of(document.id)}
        summary, contents = library.summary(document.id), library.contents()
        changed = with_passage(document, 2, "Đọc lại")
        assert library.add(changed, original_of(document), reading_version="next") is True
        assert library.document(document.id) == changed
        after = {s.passage.ordinal: s.key for s in library.passages_of(document.id)}
        assert {n for n in before if before[n] != after[n]} == {2}
        assert after[2] > max(before.values())
        assert library.summary(document.id).added == summary.added
        assert library.summary(document.id).key == summary.key
        assert library.contents()[document.id] != contents[document.id]
        assert library.contents()[other.id] == contents[other.id]
        assert library.check() == []


@pytest.mark.parametrize(
    ("change", "reindexed"),
    [
        ({}, False),
        ({"warnings": ("Đoán bảng mã.",)}, False),
        ({"pages": 9}, False),
        ({"source": "ten-khac.txt"}, False),
        ({"metadata": {"title": "Tên khác"}}, True),
        ({"metadata": {"date": "2026"}}, True),
    ],
)
def test_content_key_changes_with_what_is_indexed(tmp_path, change, reindexed):
    document = make_document()
    change = dict(change)
    if "metadata" in change:
        change["metadata"] = dataclasses.replace(document.metadata, **change["metadata"])
    with make_library(tmp_path, document) as library:
        before = library.contents()
        library.add(dataclasses.replace(document, **change), original_of(document), reading_version="next")
        assert (library.contents() != before) is reindexed


def test_passage_moved_to_another_page_needs_no_new_index(tmp_path):
    document = make_document("Một đoạn.")
    [passage] = document.passages
    moved = dataclasses.replace(document, passages=(dataclasses.replace(passage, page=3),))
    with make_library(tmp_path, document) as library:
        before = library.contents()
        library.add(moved, original_of(document), reading_version="next")
        assert library.contents() == before
        assert library.passage(passage.id).passage.page == 3


def test_holds_tells_whether_reading_can_be_spared(tmp_path):
    document = make_document()
    with make_library(tmp_path, document) as library:
        assert library.holds(document.sha256, reading_version="test")
        assert not library.holds(document.sha256, reading_version="next")
        assert not library.holds("0" * 64, reading_version="test")


def test_original_is_the_file_as_given(tmp_path):
    document = make_document(source="../../Kế hoạch số 12.DOCX")
    file = tmp_path / "given"
    file.write_bytes(original_of(document))
    with Library.open(tmp_path / "library", create=True) as library:
        library.add(document, file, reading_version="1")
        stored = library.original(document.id)
        name = f"{document.sha256}.docx"
        assert stored.relative_to(library.directory).as_posix() == f"originals/{name[:2]}/{name}"
        assert stored.read_bytes() == file.read_bytes()


@pytest.mark.parametrize("source", ["a/b\0c", "x." + "y" * 300, "tệp.tài liệu", "..", "", "CON.tx/t"])
def test_no_file_name_escapes_or_fails(tmp_path, source):
    document = make_document(source=source)
    with make_library(tmp_path, document) as library:
        assert library.original(document.id).is_relative_to(tmp_path / "originals")
        assert library.document(document.id).source == source
        assert library.check() == []


def test_a_file_that_changed_while_it_was_read_is_refused(tmp_path):
    document = make_document()
    with make_library(tmp_path) as library:
        with pytest.raises(ReadError, match="thay đổi"):
            library.add(document, b"something else", reading_version="1")
        with pytest.raises(ReadError, match="Không đọc được tệp"):
            library.add(document, tmp_path / "vanished.txt", reading_version="1")
        assert library.documents() == []
        assert not [p for p in (tmp_path / "originals").rglob("*") if p.is_file()]


def test_a_reading_with_another_suffix_moves_the_original(tmp_path):
    document = make_document(source="a.txt")
    with make_library(tmp_path, document) as library:
        old = library.original(document.id)
        again = dataclasses.replace(document, source="a.md")
        library.add(again, original_of(document), reading_version="next")
        assert library.original(document.id).suffix == ".md"
        assert not old.exists()


def test_lone_surrogates_are_refused_with_a_message(tmp_path):
    document = make_document("Một đoạn.")
    bad = dataclasses.replace(document, warnings=("\ud800",))
    with make_library(tmp_path) as library:
        with pytest.raises(LibraryError, match="ký tự không hợp lệ"):
            library.add(bad, original_of(document), reading_version="1")
        with pytest.raises(LibraryError):
            library.summary("\udcff")
        assert library.documents() == []


def test_unknown_ids_are_told(tmp_path):
    with make_library(tmp_path) as library:
        for ask in (library.document, library.summary, library.remove, library.original, library.passages_of,
                    library.cites, library.cited_by, library.versions):  # fmt: skip
            with pytest.raises(LibraryError, match="tracuu documents"):
                ask("khong-co")
        with pytest.raises(LibraryError, match="Không có đoạn văn"):
            library.passage("khong-co")
        assert library.passages([1, 2, 3]) == {}


def test_passages_come_in_the_order_asked(tmp_path):
    document = make_document("\n".join(f"Đoạn {n}." for n in range(30)))
    with make_library(tmp_path, document) as library:
        keys = [s.key for s in library.passages_of(document.id)][::-3]
        assert list(library.passages(keys)) == keys


def test_factories_tile(tmp_path):
    document = make_document(
        "@letterhead TỈNH ỦY\n# I. CHUNG\n^2\n## 1. Mục tiêu: | Xây dựng nền tảng:\n"
        "- Một.\na) Hai.\n#! Phụ lục\nHết."
    )
    assert [s.role for s in document.sections] == ["heading", "run_in", "attachment"]
    assert document.path(1) == ("I. CHUNG", "1. Mục tiêu")
    assert [p.lead for p in document.passages] == [None, 0, 0, None]
    assert [p.label for p in document.passages] == ["", "", "a)", ""]
    assert document.passages[0] == Passage(
        id=f"{document.id}-0000", ordinal=0, role="paragraph", text="Xây dựng nền tảng:", section=1, page=2,
        span=Span(document.text.index("Xây"), document.text.index("Xây") + 18),
    )  # fmt: skip
    with make_library(tmp_path, document) as library:
        assert library.check() == []
