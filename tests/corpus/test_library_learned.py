"""What a library teaches about names."""

from factories import make_document, make_library

from corpus.library import Learned, Library

PLAN = """
    # I. NHIỆM VỤ
    ## 1. Sở Giáo dục và Đào tạo
    Hỗ trợ 64 trạm y tế (TYT) trên địa bàn.
    ## 2. Việc khác
    - Sở Y tế chủ trì, phối hợp với các xã.
    @recipients Nơi nhận: - Sở Nội vụ; - Lưu VT.
"""


def test_names_with_the_documents_that_use_them(tmp_path):
    other = make_document("# 1. Sở Y tế\nBáo cáo về trạm y tế (TYT).", source="khac.txt")
    with make_library(tmp_path / "library", make_document(PLAN), other) as library:
        found = library.learned()
    assert found.abbreviations == (("TYT", "trạm y tế", 2),)
    assert dict(found.bodies).items() >= {
        ("Sở Y tế", 2), ("Sở Giáo dục và Đào tạo", 1), ("Sở Nội vụ", 1),
    }  # fmt: skip


def test_learned_again_only_when_the_library_changes(tmp_path):
    with make_library(tmp_path / "library", make_document(PLAN)) as library:
        first = library.learned()
        assert [space for space in library.analyses.spaces() if space.startswith("learned")]
        assert library.learned() == first
        library.remove(library.documents()[0].id)
        assert library.learned() == Learned()
        assert sum(n for space, n in library.analyses.spaces().items() if space.startswith("learned")) == 1


def test_a_damaged_cache_is_no_harm(tmp_path):
    with make_library(tmp_path / "library", make_document(PLAN)) as library:
        first = library.learned()
        [space] = [space for space in library.analyses.spaces() if space.startswith("learned")]
        with library._database.write() as connection:
            connection.execute("UPDATE analyses SET value = ? WHERE space = ?", (b"{", space))
        assert library.learned() == first


def test_a_library_that_may_not_be_written_teaches_too(tmp_path):
    make_library(tmp_path / "library", make_document(PLAN)).close()
    for path in (tmp_path / "library").rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    with Library.open(tmp_path / "library") as library:
        assert library.learned().abbreviations
