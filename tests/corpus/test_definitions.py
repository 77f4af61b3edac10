"""Abbreviations that texts define themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.definitions import find_definitions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Toàn tỉnh có 64 trạm y tế (TYT) và 31 điểm trạm", [("TYT", "trạm y tế")]),
        ("hồ sơ thủ tục hành chính (viết tắt là TTHC) được", [("TTHC", "thủ tục hành chính")]),
        (
            "Trung tâm Phục vụ hành chính công (PVHCC) tỉnh",
            [("PVHCC", "Phục vụ hành chính công")],
        ),
        ("của Ủy ban nhân dân (sau đây viết tắt là UBND) các xã", [("UBND", "Ủy ban nhân dân")]),
        ("Sở Giáo dục và Đào tạo (GD&ĐT)", [("GD&ĐT", "Giáo dục và Đào tạo")]),
        ("Sở Văn hóa, Thể thao và Du lịch (VHTTDL)", [("VHTTDL", "Văn hóa, Thể thao và Du lịch")]),
        ("phát triển kinh tế - xã hội (KT-XH)", [("KT-XH", "kinh tế - xã hội")]),
        ("chuyên môn (sau đây gọi tắt là “GCNKNCM”)", []),
        ("Giấy chứng nhận quyền sử dụng đất, sau đây gọi tắt là GCNQSDĐ.",
         [("GCNQSDĐ", "Giấy chứng nhận quyền sử dụng đất")]),
        ("Bộ luật dân sự và tố tụng (DS và TT)", []),
        ("phương tiện thủy nội địa (sau đây gọi tắt là phương tiện)", []),
        ("Đoàn thanh niên (viết tắt là Tổ chức Đoàn)", []),
        ("Ban Thường vụ Tỉnh ủy (BTVTU), Hội đồng nhân dân (HĐND)",
         [("BTVTU", "Ban Thường vụ Tỉnh ủy"), ("HĐND", "Hội đồng nhân dân")]),
        ("chương trình hành động (CTrHĐ)", [("CTrHĐ", "chương trình hành động")]),
        ("xong việc. Hội đồng (VHĐ)", []),
        ("Thủ đô (Hà Nội) và các tỉnh (TP)", []),
        ("Nghị quyết số 18-NQ/TW (NQTW)", []),
        ("", []),
    ],
)  # fmt: skip
def test_definitions(text, found):
    assert [tuple(definition) for definition in find_definitions(text)] == found


@given(st.text(alphabet="ABĐ ab(&-),viết tắt là.", max_size=80))
def test_any_text_is_survived(text):
    for definition in find_definitions(text):
        assert definition.short in text
        assert definition.long
