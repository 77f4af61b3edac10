# ruff: noqa: E501 - tables read best one row a line
"""Metadata: names of bodies, dates, issuer from wherever it can be had, and saying so."""

import pytest

from corpus.bodies import body_name, body_of_symbol
from corpus.dates import read_date
from corpus.read.plain import blocks_of
from corpus.types import Metadata, SourceText
from corpus.understand import understand


def metadata_of(text: str) -> Metadata:
    return understand(SourceText(blocks_of(text)), name="a.txt", sha256="0" * 64).metadata


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK", "Ủy ban nhân dân tỉnh Đắk Lắk"),
        ("TỈNH ỦY HƯNG YÊN", "Tỉnh ủy Hưng Yên"),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
        ("BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Bộ Lao động - Thương binh và Xã hội"),
        ("ĐẢNG ỦY XÃ SÌN HỒ", "Đảng ủy xã Sìn Hồ"),
        ("UBND TP. HÀ NỘI", "Ủy ban nhân dân thành phố Hà Nội"),
        ("ĐẢNG ỦY ỦY BAN NHÂN DÂN TỈNH", "Đảng ủy Ủy ban nhân dân tỉnh"),
        ("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", "Hội đồng nhân dân thành phố Hồ Chí Minh"),
        ("BỘ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN", "Bộ Nông nghiệp và Phát triển nông thôn"),
        ("ỦY BAN THƯỜNG VỤ QUỐC HỘI", "Ủy ban Thường vụ Quốc hội"),
        ("BAN TUYÊN GIÁO VÀ DÂN VẬN", "Ban Tuyên giáo và Dân vận"),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
    ],
)
def test_body_name(printed: str, name: str) -> None:
    assert body_name(printed) == name


@pytest.mark.parametrize(
    ("symbol", "body"),
    [("NĐ-CP", "Chính phủ"), ("QĐ-TTg", "Thủ tướng Chính phủ"), ("QH15", "Quốc hội"), ("CTr/TU", "Tỉnh ủy"),
     ("UBND-VX", "Ủy ban nhân dân"), ("XX-YY", None)],
)  # fmt: skip
def test_body_of_symbol(symbol: str, body: str | None) -> None:
    assert body_of_symbol(symbol) == body


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("ngày 17/3/2026", "2026-03-17"), ("ngày 17 tháng 03 năm 2026", "2026-03-17"), ("17-3-2026", "2026-03-17"),
        ("ngày tháng 5 năm 2026", "2026-05"), ("ngày … tháng 5 năm 2026", "2026-05"), ("tháng 5/2026", "2026-05"),
        ("ngày tháng năm 2026", "2026"), ("NGÀY 10/01/2026", "2026-01-10"), ("ngày 45/13/2026", "2026"),
        ("không có ngày", None), ("năm học 2025 - 2026", None),
    ],
)  # fmt: skip
def test_dates_stay_partial(text: str, date: str | None) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("UBND TỈNH HÒN DÁU\n\nSỞ NỘI VỤ\n\nSố: 5/BC-SNV", "Sở Nội vụ tỉnh Hòn Dáu"),
        ("TỈNH ỦY HÒN DÁU\n\nBAN TỔ CHỨC\n\n*\n\nSố 5-HD/BTCTU", "Ban Tổ chức Tỉnh ủy Hòn Dáu"),
        ("ĐẢNG BỘ TỈNH HÒN DÁU\n\nĐẢNG ỦY XÃ BA KHE\n\nSố 5-KH/ĐU", "Đảng ủy xã Ba Khe"),
        ("BỘ GIÁO DỤC\n\nVÀ ĐÀO TẠO\n\nSố: 5/KH-BGDĐT", "Bộ Giáo dục và Đào tạo"),
        ("CHÍNH PHỦ\n\nSố: 5/NQ-CP", "Chính phủ"),
    ],
)
def test_issuer_from_the_letterhead(head: str, issuer: str) -> None:
    metadata = metadata_of(f"{head}\n\nKẾ HOẠCH\n\nNăm 2026\n\n1. Một\n\nHai.")
    assert metadata.issuer == issuer
    assert "issuer" not in metadata.inferred


def test_concluded_issuer_says_from_what() -> None:
    metadata = metadata_of("Số: 5/QĐ-TTg\n\nQUYẾT ĐỊNH\n\nPhê duyệt Đề án\n\nĐiều 1. Phê duyệt.")
    assert metadata.issuer == "Thủ tướng Chính phủ"
    assert metadata.inferred["issuer"] == "ký hiệu QĐ-TTg"


def test_missing_stays_missing() -> None:
    metadata = metadata_of("Một đoạn văn không có gì khác.")
    assert metadata == Metadata()


@pytest.mark.parametrize(
    ("signature", "authority", "role", "name"),
    [
        ("T/M BAN THƯỜNG VỤ\n\nBÍ THƯ\n\nLê Văn A Mẫu", "T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Lê Văn A Mẫu"),
        ("KT.CHỦ TỊCH\n\nPHÓ CHỦ TỊCH\n\n(Đã ký)\n\nLê B Mẫu", "KT.CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê B Mẫu"),
        ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH\n\nLê C Mẫu", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê C Mẫu"),
        ("TUQ. GIÁM ĐỐC\n\nTRƯỞNG PHÒNG\n\nThS. Lê D Mẫu", "TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG", "ThS. Lê D Mẫu"),
        ("BỘ TRƯỞNG\n\nLê Thị Mẫu", None, "BỘ TRƯỞNG", "Lê Thị Mẫu"),
        ("T/L BAN THƯỜNG VỤ\n\nCHÁNH VĂN PHÒNG", "T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", None),
    ],
)
def test_signer(signature: str, authority: str | None, role: str, name: str | None) -> None:
    metadata = metadata_of(f"KẾ HOẠCH\n\nNăm 2026\n\n1. Một\n\nHai./.\n\n{signature}\n\nNơi nhận:\n\n- Lưu.")
    assert (metadata.signer_authority, metadata.signer_role, metadata.signer_name) == (authority, role, name)
