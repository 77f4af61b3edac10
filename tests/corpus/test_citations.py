# ruff: noqa: E501 - tables read best one row a line
"""Citations: mentions found, their date, issuer and subject, relations, merging."""

import pytest

from corpus.citations import find_mentions
from corpus.read.plain import blocks_of
from corpus.types import Citation, SourceText
from corpus.understand import understand


def citations_of(text: str) -> tuple[Citation, ...]:
    return understand(SourceText(blocks_of(text)), name="a.txt", sha256="0" * 64).citations


@pytest.mark.parametrize(
    ("text", "kind", "number", "date", "issuer", "subject"),
    [
        ("Chỉ thị số 04-CT/TW, ngày 17/3/2026 của Ban Bí thư Trung ương Đảng về tăng cường xuất bản (viết tắt)",
         "Chỉ thị", "04-CT/TW", "2026-03-17", "Ban Bí thư Trung ương Đảng", "tăng cường xuất bản"),
        ("Công văn số 898-CV/TU ngày 16/4/2026 của Ban Thường vụ Tỉnh ủy về việc quán triệt Chỉ thị số 04-CT/TW; UBND",
         "Công văn", "898-CV/TU", "2026-04-16", "Ban Thường vụ Tỉnh ủy", "quán triệt Chỉ thị số 04-CT/TW"),
        ("KẾ HOẠCH SỐ 64-KH/TU, NGÀY 06/4/2026 CỦA BAN THƯỜNG VỤ TỈNH ỦY", "Kế hoạch", "64-KH/TU", "2026-04-06",
         "Ban Thường vụ Tỉnh ủy", None),
        ("Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;", "Nghị định",
         "30/2020/NĐ-CP", "2020-03-05", "Chính phủ", "công tác văn thư"),
        ("Thông tư số 7/2026/TT-BVHTTDL ngày 1/2/2026 của Bộ Văn hóa, Thể thao và Du lịch quy định mẫu biển;",
         "Thông tư", "7/2026/TT-BVHTTDL", "2026-02-01", "Bộ Văn hóa, Thể thao và Du lịch", "quy định mẫu biển"),
        ("Luật Đất đai số 31/2024/QH15;", "Luật", "31/2024/QH15", None, None, None),
        ("Quyết định của Thủ tướng Chính phủ số 127/QĐ-TTg", "Quyết định", "127/QĐ-TTg", None, "Thủ tướng Chính phủ",
         None),
        ("Chỉ thị số 5/CT-UBND của UBND tỉnh và Kế hoạch", "Chỉ thị", "5/CT-UBND", None, "UBND tỉnh", None),
        ("văn bản 58CT/TW của cấp trên", "Chỉ thị", "58-CT/TW", None, None, None),
        ("Công văn số 55/SYT-NVY ngày 3/3/2026 của Sở Y tế, Kế hoạch", "Công văn", "55/SYT-NVY", "2026-03-03",
         "Sở Y tế", None),
    ],
)  # fmt: skip
def test_mention(
    text: str, kind: str, number: str, date: str | None, issuer: str | None, subject: str | None
) -> None:
    first = next(find_mentions(text))
    assert (first.kind, first.number, first.date, first.issuer, first.subject) == (
        kind, number, date, issuer, subject,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("theo Kết luận 30 của Bộ Chính trị", "Kết luận 30"),
        ("Nghị quyết 80 về văn hóa", "Nghị quyết 80"),
        ("Luật Đất đai năm 2024 quy định", "Luật Đất đai năm 2024"),
        ("Luật Tổ chức chính quyền địa phương ngày 16/6/2025;", "Luật Tổ chức chính quyền địa phương"),
        ("Hiến pháp năm 2013", "Hiến pháp năm 2013"),
        ("Nghị quyết Đại hội Công đoàn tỉnh nhiệm kỳ 2025–2030.", "Nghị quyết Đại hội Công đoàn tỉnh nhiệm kỳ 2025–2030"),
    ],
)  # fmt: skip
def test_bare_name(text: str, name: str) -> None:
    (found,) = find_mentions(text)
    assert (found.number, found.name) == (None, name)


@pytest.mark.parametrize(
    "text",
    ["Nghị quyết 5 năm", "Quyết định 3 vấn đề", "thông báo số 2 lần", "Luật sư Nguyễn Văn A", "nghị quyết đại hội đảng",
     "Kết luận 100% vụ việc", "chương trình 135"],
)  # fmt: skip
def test_no_mention(text: str) -> None:
    assert list(find_mentions(text)) == []


def test_bare_name_joins_its_number() -> None:
    (found,) = citations_of(
        "1. Một\n\nNghị quyết số 80NQ/TW, ngày 07/01/2026. Sau Nghị quyết 80 về văn hóa, tỉnh làm tốt."
    )
    assert (found.number, found.date, len(found.spans)) == ("80-NQ/TW", "2026-01-07", 2)


def test_own_number_is_no_citation() -> None:
    assert (
        citations_of(
            "Số: 15/KH-UBND\n\nKẾ HOẠCH\n\nNăm 2026\n\n1. Một\n\nKế hoạch số 15/KH-UBND có hiệu lực."
        )
        == ()
    )


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("KẾ HOẠCH\n\nTriển khai Chỉ thị số 04-CT/TW\n\n1. Một\n\nHai.", "implements"),
        ("QUYẾT ĐỊNH\n\nVề phí\n\nCăn cứ Nghị định số 3/2020/NĐ-CP;\n\nĐiều 1. Thu phí.", "based_on"),
        ("NGHỊ ĐỊNH\n\nSửa đổi, bổ sung Nghị định số 3/2020/NĐ-CP\n\nĐiều 1. Phạm vi", "amends"),
        ("QUYẾT ĐỊNH\n\nVề phí\n\nĐiều 1. Quyết định này thay thế Quyết định số 3/QĐ-UBND.", "replaces"),
        (
            "THÔNG TƯ\n\nVề phí\n\nĐiều 1. Hiệu lực\n\nThông tư số 3/2010/TT-BTC hết hiệu lực từ 1/7.",
            "replaces",
        ),
        (
            "KẾ HOẠCH\n\nNăm 2026\n\n1. Việc\n\n- Tham mưu sửa đổi, bổ sung Nghị quyết số 3/NQ-HĐND.",
            "mentions",
        ),
        ("KẾ HOẠCH\n\nNăm 2026\n\n1. Việc\n\n- Tiếp tục thực hiện Nghị quyết số 3/NQ-HĐND.", "mentions"),
    ],
)
def test_relation(text: str, relation: str) -> None:
    (found,) = citations_of(text)
    assert found.relation == relation
