"""One document from whatever the user calls it."""

import unicodedata

import pytest
from factories import make_document, make_library

from corpus.errors import LibraryError
from corpus.library import fold_name, fold_number

DOCUMENTS = {
    "directive": make_document("Một.", kind="Chỉ thị", number="04-CT/TW", issuer="Ban Bí thư",
                               title="Tăng cường chuyển đổi số", source="Chỉ thị số 4 (bản ký).pdf"),
    "decree": make_document("Hai.", kind="Nghị định", number="15/2024/NĐ-CP", issuer="Chính phủ",
                            title="Quy định về đất đai", source="15.2024.docx"),
    "north": make_document("Ba.", kind="Chỉ thị", number="09-CT/TU", issuer="Tỉnh ủy Bình An",
                           title="Về công tác cán bộ", source="ct09.txt"),
    "south": make_document("Bốn.", kind="Chỉ thị", number="09-CT/TU", issuer="Tỉnh ủy Hòa Giang",
                           title="Về công tác dân vận", source="ct09.md"),
    "nameless": make_document("Năm.", kind=None, number=None, issuer=None, title=None, source="Đề cương.md"),
    "amending": make_document("Sáu.", kind="Quyết định", number="77/QĐ-UBND",
                              title="Sửa đổi Kế hoạch 12/KH-UBND về phổ cập", source="qd77.txt"),
    "plan": make_document("Bảy.", number="12/KH-UBND", title="Phổ cập giáo dục", source="kh12.txt"),
}  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with make_library(tmp_path_factory.mktemp("library"), *DOCUMENTS.values()) as opened:
        yield opened


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("04-CT/TW", "directive"),
        ("04-ct/tw", "directive"),
        (" 4ct tw ", "directive"),
        ("Chỉ thị 04-CT/TW", "directive"),
        ("chi thi so: 04-CT/TW", "directive"),
        ("số 04-CT/TW", "directive"),
        ("Kết luận 04-CT/TW", "directive"),  # the kind is wrong but the number is not
        ("15/2024/nd-cp", "decree"),
        ("15/2024/NĐCP", "decree"),
        ("Chỉ thị số 4 (bản ký).pdf", "directive"),
        ("chi thi so 4 (ban ky)", "directive"),
        ("/home/ai/do/Chỉ thị số 4 (bản ký).pdf", "directive"),
        ("C:\\Tài liệu\\Đề cương.md", "nameless"),
        (unicodedata.normalize("NFD", "Đề cương.md"), "nameless"),
        ("15.2024", "decree"),
        ("ct09.md", "south"),
        ("CHUYỂN ĐỔI SỐ", "directive"),
        ("dat  dai", "decree"),
        ("dân vận", "south"),
        ("Sửa đổi Kế hoạch 12/KH-UBND", "amending"),
        ("Kế hoạch 12/KH-UBND", "plan"),
    ],
)
def test_resolves(library, reference, name):
    assert library.resolve(reference) == DOCUMENTS[name].id


@pytest.mark.parametrize("name", DOCUMENTS)
def test_resolves_ids_and_their_beginnings(library, name):
    document = DOCUMENTS[name]
    for reference in (document.id, document.id.upper(), document.id[:8], document.sha256):
        assert library.resolve(reference) == document.id


@pytest.mark.parametrize("reference", ["09-CT/TU", "ct09", "công tác", "Chỉ thị 9-CT/TU"])
def test_several_are_listed_with_what_to_type(library, reference):
    with pytest.raises(LibraryError) as caught:
        library.resolve(reference)
    for name in ("north", "south"):
        assert DOCUMENTS[name].id[:8] in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "reference", ["99-CT/TW", "không có", DOCUMENTS["plan"].id[:3], "%", "_", "'; --", "\udcff"]
)
def test_nothing_found_says_where_to_look(library, reference):
    with pytest.raises(LibraryError, match="tracuu documents"):
        library.resolve(reference)


@pytest.mark.parametrize("reference", ["", "  ", "\n"])
def test_nothing_asked(library, reference):
    with pytest.raises(LibraryError, match="Chưa nói văn bản nào"):
        library.resolve(reference)


def test_at_most_five_candidates(tmp_path):
    made = [make_document(f"Số {n}.", title=f"Báo cáo quý {n}", number=None) for n in range(9)]
    with make_library(tmp_path, *made) as library, pytest.raises(LibraryError) as caught:
        library.resolve("báo cáo")
    assert sum(document.id[:8] in str(caught.value) for document in made) == 5
    assert "9 văn bản" in str(caught.value)
    assert "4 văn bản khác" in str(caught.value)


@pytest.mark.parametrize(
    ("number", "folded"),
    [
        ("04-CT/TW", "4/cttw"),
        ("4CT/TW", "4/cttw"),
        ("4 ct-tw", "4/cttw"),
        ("15/2024/NĐ-CP", "15/2024/ndcp"),
        ("123/2020/QH14", "123/2020/qh/14"),
        ("00", None),
        ("KH-UBND", None),
        ("", None),
    ],
)
def test_fold_number(number, folded):
    assert fold_number(number) == folded


@pytest.mark.parametrize(
    "name", ["Ủy ban nhân dân", "Uỷ  ban\nnhân dân", unicodedata.normalize("NFD", "ỦY BAN NHÂN DÂN")]
)
def test_fold_name(name):
    assert fold_name(name) == "uy ban nhan dan"
