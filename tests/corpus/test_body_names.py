"""Names of bodies out of headings, recipients and sentences."""

import pytest

from corpus.body_names import bodies_in_heading, bodies_in_recipients, body_in_sentence


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Sở Giáo dục và Đào tạo", ["Sở Giáo dục và Đào tạo"]),
        ("Chỉ đạo Sở Giáo dục và Đào tạo", ["Sở Giáo dục và Đào tạo"]),
        ("Sở Văn hóa, Thể thao và Du lịch:", ["Sở Văn hóa, Thể thao và Du lịch"]),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", ["Ban Tuyên giáo và Dân vận"]),
        ("Công an tỉnh", []),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các đoàn thể", ["Ủy ban Mặt trận Tổ quốc Việt Nam"]),
        ("Trách nhiệm của Sở Tài chính", ["Sở Tài chính"]),
        ("Hội nghị triển khai", []),
        ("Ban này họp hằng tháng", []),
        ("Bộ trưởng", []),
        ("MỤC ĐÍCH, YÊU CẦU", []),
        ("Sở Lao động - Thương binh và Xã hội", ["Sở Lao động - Thương binh và Xã hội"]),
        ("Sở Tư pháp, Sở Nội vụ", ["Sở Tư pháp", "Sở Nội vụ"]),
        ("Sở GDĐT", []),
        ("", []),
    ],
)
def test_headings(title, names):
    assert list(bodies_in_heading(title)) == names


def test_recipients():
    text = "Nơi nhận: - Ban Thường vụ Tỉnh ủy (b/c); - Sở Nội vụ; - Các sở, ngành; - Như trên; - Lưu VT."
    assert list(bodies_in_recipients(text)) == ["Sở Nội vụ"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Y tế chủ trì, phối hợp với Sở Tài chính", ["Sở Y tế"]),
        ("- Giao Sở Khoa học và Công nghệ tham mưu", ["Sở Khoa học và Công nghệ"]),
        ("Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh chỉ đạo", ["Ủy ban Mặt trận Tổ quốc Việt Nam"]),
        ("Các địa phương chủ trì", []),
        ("Hội thảo tổ chức", []),
        ("a " * 5_000, []),
    ],
)
def test_sentences(text, names):
    assert list(body_in_sentence(text)) == names
