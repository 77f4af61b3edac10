"""Text files to paragraphs: Markdown left in .txt, wrapped prose, letterheads, tables, pages."""

import textwrap
from pathlib import Path

import pytest

from corpus.read import read_bytes, read_source
from corpus.read.plain import blocks_of
from corpus.types import Block

PROSE = [
    "Quán triệt, triển khai thực hiện có hiệu quả các nhiệm vụ, giải pháp chủ yếu được nêu trong Chỉ thị; "
    "qua đó nâng cao nhận thức, trách nhiệm của các cấp ủy đảng, chính quyền, các cơ quan, đơn vị.",
    "Tăng cường sự lãnh đạo, chỉ đạo của các cấp ủy, tổ chức đảng. Phát huy sức mạnh tổng "
    "hợp của cả hệ thống chính trị trong việc phát triển hoạt động xuất bản - một lĩnh vực tư tưởng.",
    "1. Sở Tài chính",
    "Chủ trì, phối hợp với các cơ quan liên quan tham mưu bố trí kinh phí thực hiện Kế hoạch theo quy định "
    "của pháp luật về ngân sách nhà nước; kiểm tra việc sử dụng kinh phí ở các đơn vị, địa phương.",
    "- Hướng dẫn lập dự toán kinh phí hằng năm cho các nhiệm vụ được giao tại Kế hoạch này của các đơn vị;",
    "- Thẩm định.",
]  # fmt: skip


def texts(text: str) -> list[str]:
    return [block.text for block in blocks_of(textwrap.dedent(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*", ["*"]),
        ("(*) Ghi chú (*)", ["(*) Ghi chú (*)"]),
        ("Định kỳ (*trước ngày 15/12*) hoặc", ["Định kỳ (trước ngày 15/12) hoặc"]),
        (r"\*không nghiêng\* và 1\. số", ["*không nghiêng* và 1. số"]),
        ("*Ghi chú: còn một dấu", ["*Ghi chú: còn một dấu"]),
        ("Biểu 5* và biểu 6**, 7 * 8 * 9", ["Biểu 5* và biểu 6**, 7 * 8 * 9"]),
        ("* Về công tác *cán bộ*", ["* Về công tác cán bộ"]),
        ("Họ tên: ______ Tuổi: ____", ["Họ tên: ______ Tuổi: ____"]),
        ("_nghiêng_, __đậm__, ten_tep_a", ["nghiêng, đậm, ten_tep_a"]),
        ("Gắn thẻ #1 và C# không phải đề mục", ["Gắn thẻ #1 và C# không phải đề mục"]),
        ("#không cách", ["#không cách"]),
        ("Kết nối <b>đậm</b> <u>gạch</u>, a < b > c", ["Kết nối đậm gạch, a < b > c"]),
        ("PCVP<sup>Minh, Huy,</sup>", ["PCVP Minh, Huy,"]),
        ("800 m<sup>2</sup>, 10<sup>3</sup>, luật<sup>1</sup>", ["800 m2, 103, luật[1]"]),
        ("a <sup>hở", ["a <sup>hở"]),
        ("một<br>hai<br/>ba", ["một\nhai\nba"]),
        ("Nơi nhận:<br>- Như trên;<br>- Lưu.<br><br>Hết", ["Nơi nhận:", "- Như trên;", "- Lưu.", "Hết"]),
        ("[trang tin](https://a.vn/x) [1](a) [a](b c)", ["trang tin [1](a) [a](b c)"]),
        ("![ảnh](x.png)chữ", ["chữ"]),
        ("chữ[^2]\n\n[^2]: chú giải", ["chữ[2]", "[2] chú giải"]),
        ("A&amp;B&nbsp;C &xyz; &", ["A&B C &xyz; &"]),
        ("<!-- trang 2 -->\nchữ <!-- hở", ["chữ <!-- hở"]),
        ("I. MỘT\n=====", ["I. MỘT"]),
        ("chữ\n-----", ["chữ", "-----"]),
        ("**Điều 1. **Phạm vi **đậm**", ["Điều 1. Phạm vi đậm"]),
        ("** Phạm vi**\n\n** Ghi chú\n\n2 ** 3 ** 4", ["Phạm vi", "** Ghi chú", "2 ** 3 ** 4"]),
        ("**hở\n**Mục tiêu:** x", ["**hở", "Mục tiêu: x"]),
        (
            "> Điều 5. Trích\n> **Đậm**\n\n> 50% số xã\n\na > b",
            ["Điều 5. Trích", "Đậm", "> 50% số xã", "a > b"],
        ),
        ("```\nchữ\n```", ["chữ"]),
        ("***", ["***"]),
        ("a\u200bb\u00adc\ufeff  d\u00a0e\tf", ["abc d e f"]),
        ("Tie\u0302\u0301ng", ["Tiếng"]),
        ("một\r\n\r\nhai\rba", ["một", "hai ba"]),
        ("một\u2028Hai", ["một", "Hai"]),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "level", "bold", "lead", "clean"),
    [
        ("### **III. TỔ CHỨC THỰC HIỆN**", 3, True, 0, "III. TỔ CHỨC THỰC HIỆN"),
        ("##### ***1.1. Chỉ đạo Sở:*** ##", 5, True, 0, "1.1. Chỉ đạo Sở:"),
        ("#### Nơi nhận:", 4, False, 0, "Nơi nhận:"),
        ("**3.** Chăm lo **đời sống**", None, False, 2, "3. Chăm lo đời sống"),
        ("- **Mục tiêu:** Nghị quyết", None, False, 0, "- Mục tiêu: Nghị quyết"),
        ("**Một** **hai**", None, True, 0, "Một hai"),
        ("**hở", None, False, 0, "**hở"),
        ("**Ghi chú: *nghiêng***", None, True, 0, "Ghi chú: nghiêng"),
    ],
)
def test_headings_and_bold(text: str, level: int | None, bold: bool, lead: int, clean: str) -> None:
    assert blocks_of(text) == (Block(clean, heading_level=level, bold=bold, bold_lead=lead),)


def test_two_heads_on_one_line_are_two_blocks() -> None:
    found = blocks_of("**I. MỤC ĐÍCH, YÊU CẦU****1. Mục đích**")
    assert [(block.text, block.bold) for block in found] == [
        ("I. MỤC ĐÍCH, YÊU CẦU", True),
        ("1. Mục đích", True),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Về việc  \ntăng cường**", ["Về việc\ntăng cường"]),
        ("**KT.CHỦ TỊCH\nPHÓ CHỦ TỊCH**", ["KT.CHỦ TỊCH\nPHÓ CHỦ TỊCH"]),
        ("**TM. UBND**  \n**CHỦ TỊCH**", ["TM. UBND", "CHỦ TỊCH"]),
        ("dòng một\\\nnối tiếp", ["dòng một\nnối tiếp"]),
        ("Nơi nhận:\n- Như trên;\n- Lưu VT.", ["Nơi nhận:", "- Như trên;", "- Lưu VT."]),
        ("+ một\n* hai\n• ba\n(1) bốn", ["+ một", "* hai", "• ba", "(1) bốn"]),
        ("1. Một\n2. Hai\na) Ba\nđ) Bốn\nIV. Năm", ["1. Một", "2. Hai", "a) Ba", "đ) Bốn", "IV. Năm"]),
        ("Điều 5. Một\nĐiều 6. Hai\nChương II\nKhác", ["Điều 5. Một", "Điều 6. Hai", "Chương II", "Khác"]),
        ("ĐẢNG BỘ TỈNH\nTỈNH ỦY\n*\nSố 5-KH/TU", ["ĐẢNG BỘ TỈNH", "TỈNH ỦY", "*", "Số 5-KH/TU"]),
        ("Một câu.\nCâu khác.", ["Một câu.", "Câu khác."]),
        ("Một câu bị\nngắt giữa chừng.", ["Một câu bị ngắt giữa chừng."]),
        ("# Đề mục\nĐoạn\n## Hai", ["Đề mục", "Đoạn", "Hai"]),
    ],
)
def test_lines_of_a_chunk(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize("width", [60, 72, 85, 100])
@pytest.mark.parametrize(("between", "indent"), [("\n\n", ""), ("\n", "    "), ("\n\n", "  ")])
def test_wrapped_prose_is_joined(width: int, between: str, indent: str) -> None:
    wrapped = [
        textwrap.fill(one, width, initial_indent=indent, break_long_words=False, break_on_hyphens=False)
        for one in PROSE
    ]
    assert texts(between.join(wrapped)) == PROSE


def test_one_line_per_paragraph_stays_so() -> None:
    assert texts("\n".join(PROSE)) == PROSE


@pytest.mark.parametrize("gap", ["          ", "\t\t"])
def test_letterhead_in_two_columns(gap: str) -> None:
    text = (
        f"UBND TỈNH BÌNH AN{gap}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"SỞ Y TẾ{gap}{gap}Độc lập - Tự do - Hạnh phúc\n\n"
        f"Số: 12/KH-SYT{gap}Bình An, ngày 3 tháng 2 năm 2026\n\nKẾ HOẠCH\n"
    )
    assert [block.text for block in blocks_of(text)] == [
        "UBND TỈNH BÌNH AN",
        "SỞ Y TẾ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/KH-SYT",
        "Bình An, ngày 3 tháng 2 năm 2026",
        "KẾ HOẠCH",
    ]


def test_signature_in_two_columns() -> None:
    text = (
        "Nơi nhận:                      TM. ỦY BAN NHÂN DÂN\n"
        "- Như trên;                         CHỦ TỊCH\n"
        "- Lưu: VT.\n"
        "                                 Nguyễn Văn An\n"
    )
    assert [block.text for block in blocks_of(text)] == [
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn An",
    ]  # fmt: skip


def test_prose_with_gaps_is_not_columns() -> None:
    assert texts("Một   hai   ba\nBốn   năm") == ["Một hai ba", "Bốn năm"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| A | B |\n|---|:-:|\n| 1 | **2** |\n|  |  |", ["A | B", "1 | 2"]),
        ("A | B\n--- | ---\n1 | 2", ["A | B", "1 | 2"]),
        (r"| a \| b | c |" + "\n| d | |", ["a | b | c", "d"]),
        ("| a<br>b | c |\n|---|---|", ["a b | c"]),
        (
            '<table border="1"><thead><tr><th>TT</th><th>Việc</th></tr></thead>\n<tr><td>1</td><td>a|b\n'
            "<b>c</b></td></tr></table>",
            ["TT | Việc", "1 | a|b c"],
        ),
    ],
)
def test_tables(text: str, expected: list[str]) -> None:
    found = blocks_of(text)
    assert [block.text for block in found] == expected
    assert all(block.table_row for block in found)


def test_a_bar_makes_no_table() -> None:
    assert [(b.text, b.table_row) for b in blocks_of("a | b")] == [("a | b", False)]


def test_pages() -> None:
    source = read_bytes("một\n\fhai\n\n\fba\f\n".encode(), "a.txt")
    assert [(block.text, block.page) for block in source.blocks] == [("một", 1), ("hai", 2), ("ba", 3)]
    assert source.pages == 3
    assert read_bytes(b"a", "a.txt").pages is None


@pytest.mark.shared
def test_real_plans(shared_dir: Path) -> None:
    """Nothing lost, nothing twice: the letters of the file are the letters of the blocks."""
    files = sorted((shared_dir / "documents" / "plans").glob("*.txt"))
    assert files
    for file in files:
        raw = file.read_text(encoding="utf-8").replace("<sup>", "").replace("</sup>", "")
        found = read_source(file)
        assert found.warnings == ()
        letters = [char for char in raw if char.isalnum()]
        assert [char for block in found.blocks for char in block.text if char.isalnum()] == letters
        assert not any(mark in block.text for block in found.blocks for mark in ("**", "#", "<", "  "))
