"""A removed document is gone from everything but can come back; an erased one cannot."""

import pytest
from factories import add, make_citation, make_document, make_library, original_of

from corpus.errors import LibraryError, NotHeldError


def test_removed_is_gone_from_everything_that_is_searched(tmp_path):
    cited = make_document("Một việc.", kind="Chỉ thị", number="04-CT/TU", issuer="Tỉnh ủy Bình An")
    citing = make_document(citations=[make_citation("04-CT/TU")])
    with make_library(tmp_path, cited, citing) as library:
        keys = [stored.key for stored in library.passages_of(citing.id)]
        first = library.passages_of(citing.id)[0].passage.id
        library.remove(citing.id)
        assert [d.id for d in library.documents()] == [cited.id]
        assert set(library.contents()) == {cited.id}
        assert library.passages(keys) == {}
        assert library.cited_by(cited.id) == []
        assert library.mentions(None, "4/cttu", full=True) == []
        assert library.facets()["kind"] == {"Chỉ thị": 1}
        assert library.select(kinds=["Kế hoạch"]) == frozenset()
        assert not library.holds(citing.sha256, reading_version="test")
        for ask in (library.document, library.summary, library.original, library.passages_of,
                    library.remove, library.resolve, library.versions, library.corrections):  # fmt: skip
            with pytest.raises(NotHeldError):
                ask(citing.id)
        with pytest.raises(NotHeldError):
            library.passage(first)
        assert library.check() == [] and library.orphans() == []
        assert library.sweep() == 0  # its original is kept


def test_restored_is_as_it_was(tmp_path):
    document = make_document()
    with make_library(tmp_path, document) as library:
        keys, contents = [s.key for s in library.passages_of(document.id)], library.contents()
        library.remove(document.id)
        [removed] = library.removed()
        assert (removed.document.id, removed.removed[:2]) == (document.id, "20")
        library.restore(document.id)
        assert library.removed() == []
        assert library.document(document.id) == document
        assert library.original(document.id).read_bytes() == original_of(document)
        assert [s.key for s in library.passages_of(document.id)] == keys
        assert library.contents() == contents  # an index that still holds it needs nothing
        with pytest.raises(NotHeldError, match="--removed"):
            library.restore(document.id)


@pytest.mark.parametrize("version", ["test", "next"])
def test_adding_a_removed_file_again_restores_it(tmp_path, version):
    document = make_document()
    with make_library(tmp_path, document) as library:
        library.remove(document.id)
        assert library.add(document, original_of(document), reading_version=version) is True
        assert library.document(document.id) == document
        assert library.removed() == []
        assert library.add(document, original_of(document), reading_version=version) is False
        assert library.check() == []


def test_erasing_leaves_nothing(tmp_path):
    document, other = make_document("Một."), make_document("Hai.")
    with make_library(tmp_path, document, other) as library:
        original = library.original(document.id)
        library.correct(document.id, {"title": "Sửa"})
        library.remove(document.id)
        library.erase(document.id)
        assert not original.exists()
        assert library.removed() == []
        with pytest.raises(NotHeldError):
            library.erase(document.id)
        add(library, document)
        assert library.summary(document.id).metadata.title == document.metadata.title
        library.erase(other.id)  # one that is held
        assert library.check() == []


def test_damage_of_a_removed_document_is_told(tmp_path):
    document = make_document()
    with make_library(tmp_path, document) as library:
        original = library.original(document.id)
        library.remove(document.id)
        original.write_bytes(b"altered")
        assert any("bị thay đổi" in problem for problem in library.check())


def test_an_orphan_is_named_and_swept(tmp_path):
    with make_library(tmp_path, make_document()) as library:
        folder = next(p for p in (tmp_path / "originals").iterdir())
        (folder / "left-by-a-crash.pdf").touch()
        assert library.orphans() == [f"{folder.name}/left-by-a-crash.pdf"]
        assert library.sweep() == 1
        assert library.orphans() == []


def test_removing_without_permission_is_refused(tmp_path, monkeypatch):
    document = make_document()
    with make_library(tmp_path, document) as library:
        monkeypatch.setattr(library._database, "writable", False)
        for write in (library.remove, library.erase):
            with pytest.raises(LibraryError, match="quyền ghi"):
                write(document.id)
