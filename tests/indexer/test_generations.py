"""Damage of every kind is noticed before anything is read, said plainly, and mended by an update."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from factories import make_document, make_library
from fakes import FakeEncoder

from corpus.errors import LibraryError
from indexer.index import Index
from indexer.manifest import MANIFEST, File, Held, Manifest
from indexer.update import check, rebuild, update


@pytest.fixture
def library(tmp_path: Path, encoder: FakeEncoder):
    with make_library(tmp_path, make_document()) as library:
        update(library, encoder)
        yield library


def current(directory: Path) -> Path:
    return directory / "index" / (Index.published(directory) or "")


def change_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def break_pointer(index: Path) -> None:
    (index / "CURRENT").write_bytes(b"\xff\xfe nonsense")


def point_outside(index: Path) -> None:
    (index / "CURRENT").write_text("../../etc " + "0" * 64)


def point_to_nothing(index: Path) -> None:
    (index / "CURRENT").write_text("000009-00000000 " + "0" * 64)


def lose_the_generation(index: Path) -> None:
    shutil.rmtree(current(index.parent))


def lose_a_segment(index: Path) -> None:
    next((current(index.parent) / "lexical").glob("*.idx")).unlink()


def cut_the_vectors(index: Path) -> None:
    path = current(index.parent) / "vectors" / "vectors.f32"
    path.write_bytes(path.read_bytes()[:-4])


def change_the_vectors(index: Path) -> None:
    change_a_byte(current(index.parent) / "vectors" / "vectors.f32")


def change_a_segment(index: Path) -> None:
    change_a_byte(next((current(index.parent) / "lexical").glob("*.term")))


def change_the_manifest(index: Path) -> None:
    path = current(index.parent) / MANIFEST
    path.write_bytes(path.read_bytes().replace(b'"fake"', b'"fate"'))


DAMAGE = [
    break_pointer,
    point_outside,
    point_to_nothing,
    lose_the_generation,
    lose_a_segment,
    cut_the_vectors,
    change_the_vectors,
    change_a_segment,
    change_the_manifest,
]


@pytest.mark.parametrize("harm", DAMAGE)
@pytest.mark.parametrize("mend", [update, rebuild])
def test_damage_is_noticed_said_and_mended(
    library, encoder: FakeEncoder, harm: Callable[[Path], None], mend: Callable[..., object]
) -> None:
    harm(library.directory / "index")
    with pytest.raises(LibraryError, match=r"tracuu rebuild"):
        Index.open(library.directory)
    assert any("tracuu rebuild" in problem for problem in check(library))
    mend(library, encoder)
    assert check(library) == []
    with Index.open(library.directory) as index:
        assert len(index) == 5


def test_a_file_too_large_to_hash_at_opening_is_hashed_by_check(
    library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.generations._SMALL", 10)
    change_the_vectors(library.directory / "index")
    Index.open(library.directory).close()
    assert any("vectors.f32" in problem for problem in check(library))


def test_a_file_for_faiss_is_hashed_whatever_its_size(
    library, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.vectors.FLAT_UP_TO", 100)
    long = make_document("\n".join(f"Đoạn thứ {number}." for number in range(60)), number="60/KH-UBND")
    library.add(long, long.text.encode(), reading_version="test")
    rebuild(library, encoder)
    monkeypatch.setattr("indexer.generations._SMALL", 10)
    change_a_byte(current(library.directory) / "vectors" / "lists.faiss")
    with pytest.raises(LibraryError, match=r"lists\.faiss"):
        Index.open(library.directory)


def test_a_strange_file_hinders_nobody_but_check_names_it(library) -> None:
    (current(library.directory) / "lexical" / "Thumbs.db").write_bytes(b"?")
    Index.open(library.directory).close()
    assert any("Thumbs.db" in problem for problem in check(library))


def test_check_names_what_the_index_lacks_and_what_it_has_too_much(library) -> None:
    held = next(iter(library.contents()))
    other = make_document("Một đoạn khác.", number="99/KH-UBND")
    library.add(other, other.text.encode(), reading_version="test")
    assert any("chưa có trong chỉ mục" in problem and other.id in problem for problem in check(library))
    library.remove(held)
    assert any("đã gỡ" in problem and held in problem for problem in check(library))


def test_a_manifest_reads_what_it_wrote() -> None:
    from indexer.manifest import Built

    manifest = Manifest(
        generation="000001-0a0b0c0d",
        built=Built(model="mô hình", dimension=3),
        documents={"a": Held(1, "c", 2), "b": Held(5, "d", 0)},
        files={"lexical/x": File(3, "00")},
    )
    assert Manifest.from_bytes(manifest.to_bytes()) == manifest
    assert manifest.passages == 2


def test_unchanged_segments_are_linked_not_copied(library, encoder: FakeEncoder) -> None:
    before = {
        path.name: path.stat().st_ino for path in (current(library.directory) / "lexical").glob("*.idx")
    }
    other = make_document("Một đoạn khác.", number="99/KH-UBND")
    library.add(other, other.text.encode(), reading_version="test")
    update(library, encoder)
    after = {path.name: path.stat().st_ino for path in (current(library.directory) / "lexical").glob("*.idx")}
    assert before.items() <= after.items()
    assert len(after) > len(before)


def test_without_hard_links_files_are_copied(
    library, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr("os.link", refused)
    other = make_document("Một đoạn khác.", number="99/KH-UBND")
    library.add(other, other.text.encode(), reading_version="test")
    update(library, encoder)
    assert check(library) == []
