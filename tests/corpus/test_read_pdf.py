"""PDF with a text layer: paragraphs, columns, tables and notes from the places of characters."""

import pytest
from pdf_files import INDENT, LEFT, RIGHT, SIZE, STEP, TOP, Sheet, pdf, width

from corpus.errors import ReadError
from corpus.read.pdf.parse import parse_or_ask, parse_pdf
from corpus.types import Block, Document
from corpus.understand import understand

LONG = (
    "Đơn vị sự nghiệp công lập thuộc lĩnh vực kế hoạch và đầu tư được cấp có thẩm quyền thành lập theo "
    "quy định của pháp luật thì tổ chức bộ máy theo hướng tinh gọn, hiệu quả và chịu trách nhiệm trước"
)
SENTENCE = "Ủy ban nhân dân cấp tỉnh quyết định việc thành lập và phê duyệt quy chế hoạt động của đơn vị."
OTHERS = (
    "Hội đồng nhân dân giám sát việc thực hiện nghị quyết này tại các xã, phường trong toàn tỉnh.",
    "Sở Tài chính cân đối, bố trí kinh phí hằng năm theo phân cấp quản lý ngân sách hiện hành.",
    "Văn phòng theo dõi, đôn đốc, tổng hợp báo cáo người đứng đầu xem xét, chỉ đạo kịp thời.",
)


def blocks(*sheets: Sheet) -> tuple[Block, ...]:
    return parse_pdf(pdf(sheets)).blocks


def texts(*sheets: Sheet) -> list[str]:
    return [block.text for block in blocks(*sheets)]


def understood(*sheets: Sheet) -> Document:
    return understand(parse_pdf(pdf(sheets)), name="a.pdf", sha256="0" * 64)


def gazette_head(sheet: Sheet, number: int) -> None:
    """A running head with the page number at the outer edge, over a double line."""
    sheet.text(200, 800, "CÔNG BÁO/Số 12 + 13/Ngày 05-4-2026")
    sheet.text(RIGHT - 14 if number % 2 else LEFT, 800, str(number))
    sheet.rule(LEFT, 794, RIGHT, 794)
    sheet.y = 770


class TestParagraphs:
    def test_by_first_line_indent(self) -> None:
        sheet = Sheet()
        for text in (LONG + " pháp luật.", SENTENCE, "1. " + SENTENCE):
            sheet.prose(text, gap=0)
        assert texts(sheet) == [LONG + " pháp luật.", SENTENCE, "1. " + SENTENCE]

    def test_by_gap_without_indents(self) -> None:
        sheet = Sheet()
        for text in (LONG + " pháp luật.", SENTENCE, LONG + " nhân dân."):
            sheet.prose(text, indent=0, gap=9)
        assert texts(sheet) == [LONG + " pháp luật.", SENTENCE, LONG + " nhân dân."]

    def test_a_full_line_that_ends_a_sentence_goes_on(self) -> None:
        sheet = Sheet()
        sheet.line(
            "Cơ quan chủ trì trình cấp có thẩm quyền xem xét quyết định.", x=LEFT + INDENT, right=RIGHT
        )
        sheet.line("Trường hợp không đồng ý thì trả lời bằng văn bản.")
        sheet.prose(SENTENCE, gap=0)
        sheet.prose(LONG, gap=0)
        assert len(texts(sheet)) == 3

    def test_a_citation_at_the_start_of_a_line_opens_no_paragraph(self) -> None:
        sheet = Sheet()
        sheet.line("Việc đăng ký được thực hiện theo quy định tại khoản 2", x=LEFT + INDENT, right=RIGHT)
        sheet.line("Điều 5 Thông tư này và hướng dẫn của Bộ.")
        sheet.prose(SENTENCE)
        assert texts(sheet)[0].endswith("tại khoản 2 Điều 5 Thông tư này và hướng dẫn của Bộ.")

    def test_a_number_cut_at_its_hyphen(self) -> None:
        sheet = Sheet()
        sheet.line(
            "Căn cứ Kế hoạch của Ủy ban nhân dân tỉnh số 15/KH-UBND/2026/", x=LEFT + INDENT, right=RIGHT
        )
        sheet.line("TT-BYT ngày 3 tháng 2 năm 2026;")
        sheet.prose(SENTENCE)
        assert "2026/TT-BYT ngày" in texts(sheet)[0]

    def test_points_and_hanging_bullets(self) -> None:
        sheet = Sheet()
        sheet.prose("a) " + SENTENCE)
        sheet.line("- Rà soát quy hoạch, bố trí quỹ đất cho cơ sở giáo dục và y", x=LEFT, right=RIGHT)
        sheet.line("tế trên địa bàn;", x=LEFT + 14)
        sheet.line("- Tổng hợp báo cáo.")
        assert texts(sheet) == [
            "a) " + SENTENCE,
            "- Rà soát quy hoạch, bố trí quỹ đất cho cơ sở giáo dục và y tế trên địa bàn;",
            "- Tổng hợp báo cáo.",
        ]

    def test_centred_title_keeps_its_lines(self) -> None:
        sheet = Sheet()
        sheet.centred("QUYẾT ĐỊNH", bold=True)
        sheet.centred("Về việc ban hành quy chế làm việc", bold=True)
        sheet.centred("của Ủy ban nhân dân tỉnh", bold=True)
        sheet.prose(LONG)
        found = blocks(sheet)
        assert [(block.text, block.bold, block.aligned) for block in found[:2]] == [
            ("QUYẾT ĐỊNH", True, "center"),
            ("Về việc ban hành quy chế làm việc\ncủa Ủy ban nhân dân tỉnh", True, "center"),
        ]

    def test_bold_lead(self) -> None:
        sheet = Sheet()
        sheet.text(LEFT, TOP, "Mục tiêu:", bold=True)
        sheet.text(LEFT + width("Mục tiêu: "), TOP, "phát triển bền vững.")
        assert blocks(sheet)[0].bold_lead == len("Mục tiêu:")


class TestCharacters:
    def test_order_of_printing_does_not_matter(self) -> None:
        sheet = Sheet()
        for at in (3, 0, 2, 1):
            word = ["giảm", "nghèo", "bền", "vững"][at]
            sheet.text(LEFT + at * 50, TOP, word)
        assert texts(sheet) == ["giảm nghèo bền vững"]

    def test_letters_one_by_one(self) -> None:
        sheet = Sheet()
        for at, letter in enumerate("công báo"):
            if letter != " ":
                sheet.text(LEFT + at * SIZE / 2, TOP, letter)
        assert texts(sheet) == ["công báo"]

    def test_combining_marks_are_attached(self) -> None:
        sheet = Sheet()
        before, mark, after = (
            "".join(f"{ord(char):04x}" for char in part) for part in ("Huyê", "\u0323", "n xa")
        )
        sheet.ops.append(f"BT /R 13 Tf {LEFT} {TOP} Td [<{before}> 480 <{mark}> 20 <{after}>] TJ ET")
        assert texts(sheet) == ["Huyện xa"]

    def test_raised_digits(self) -> None:
        sheet = Sheet()
        sheet.text(LEFT, TOP, "rộng 20 m")
        sheet.text(LEFT + width("rộng 20 m"), TOP + 5, "2", size=8)
        sheet.text(LEFT, TOP - 40, "theo Luật")
        sheet.text(LEFT + width("theo Luật"), TOP - 35, "12", size=8)
        assert texts(sheet) == ["rộng 20 m2", "theo Luật[12]"]

    def test_invisible_text_beside_visible_is_left_out(self) -> None:
        sheet = Sheet()
        sheet.prose(SENTENCE)
        sheet.text(LEFT, 300, "chữ ẩn", mode=3)
        assert texts(sheet) == [SENTENCE]

    def test_layer_of_recognised_text_is_read_and_said(self) -> None:
        sheet = Sheet()
        sheet.picture(0, 0, 595, 842)
        for number in range(8):
            sheet.text(LEFT, TOP - 20 * number, SENTENCE[:60], mode=3)
        source = parse_pdf(pdf([sheet]))
        assert source.blocks
        assert "lớp nhận dạng ẩn" in source.warnings[0]

    @pytest.mark.parametrize(
        ("matrix", "places"),
        [("0 1 -1 0", [(100, 100), (190, 100)]), ("0 -1 1 0", [(300, 700), (210, 700)]),
         ("-1 0 0 -1", [(500, 100), (500, 190)])],
    )  # fmt: skip
    def test_turned_pages(self, matrix: str, places: list[tuple[float, float]]) -> None:
        sheet = Sheet()
        for (x, y), text in zip(places, ["Dòng thứ nhất.", "Dòng thứ hai."], strict=True):
            sheet.text(x, y, text, matrix=matrix)
        assert texts(sheet) == ["Dòng thứ nhất.", "Dòng thứ hai."]


class TestPages:
    def two_pages(self) -> list[Sheet]:
        """A paragraph that runs over the page break, between running heads and numbers."""
        first, second, third = Sheet(), Sheet(), Sheet()
        for number, sheet in enumerate((first, second, third), 5):
            gazette_head(sheet, number)
        first.prose(SENTENCE)
        first.prose(LONG, cut=True)
        second.prose("Bộ trưởng Bộ Kế hoạch về kết quả thực hiện.", indent=0)
        second.prose(OTHERS[0])
        third.prose(OTHERS[1])
        return [first, second, third]

    def test_running_heads_and_numbers_are_dropped(self) -> None:
        found = blocks(*self.two_pages())
        assert not any("CÔNG BÁO" in block.text or block.text.isdigit() for block in found)
        assert [block.page for block in found] == [1, 1, 2, 2, 3]

    def test_paragraph_over_a_page_break_is_one_passage_with_its_repair(self) -> None:
        passages = understood(*self.two_pages()).passages
        joined = passages[1]
        assert joined.text == f"{LONG} Bộ trưởng Bộ Kế hoạch về kết quả thực hiện."
        assert (joined.page, [repair.at for repair in joined.repairs]) == (1, [len(LONG) + 1])
        assert [passage.page for passage in passages] == [1, 1, 2, 3]

    def test_an_indented_line_opens_a_paragraph_of_the_new_page(self) -> None:
        first, second = Sheet(), Sheet()
        first.prose(SENTENCE)
        first.prose(LONG + " nhân dân.", cut=True)
        second.prose(OTHERS[0])
        second.prose(OTHERS[1])
        assert [block.continues for block in blocks(first, second)] == [False] * 4

    @pytest.mark.parametrize("form", ["{}", "- {} -", "Trang {}/3"])
    def test_page_numbers_below(self, form: str) -> None:
        sheets = [Sheet() for _ in range(3)]
        for number, sheet in enumerate(sheets, 1):
            sheet.prose(OTHERS[number - 1])
            sheet.text(290, 40, form.format(number))
        assert texts(*sheets) == list(OTHERS)

    def test_only_number_of_a_second_page(self) -> None:
        sheets = [Sheet(), Sheet()]
        sheets[1].text(300, 810, "2")
        for sheet, text in zip(sheets, OTHERS, strict=False):
            sheet.prose(text)
        assert texts(*sheets) == list(OTHERS[:2])

    def test_what_returns_in_the_middle_stays(self) -> None:
        sheets = [Sheet() for _ in range(4)]
        for sheet in sheets:
            for _ in range(6):
                sheet.prose(LONG + " nhân dân.")
            sheet.prose("Điều 3. Trách nhiệm")
            for _ in range(6):
                sheet.prose(LONG + " nhân dân.")
        assert texts(*sheets).count("Điều 3. Trách nhiệm") == 4


class TestColumns:
    def letterhead(self) -> Sheet:
        sheet = Sheet()
        for left, right in (
            ("BỘ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("", "Độc lập - Tự do - Hạnh phúc"),
            ("Số: 7/2026/TT-BYT", "Hà Nội, ngày 03 tháng 4 năm 2026"),
        ):
            sheet.text(140 - width(left, 12) / 2, sheet.y, left, size=12)
            sheet.text(430 - width(right, 12) / 2, sheet.y, right, size=12)
            sheet.y -= STEP
        sheet.y -= 20
        sheet.centred("THÔNG TƯ", bold=True)
        sheet.centred("Quy định về khám bệnh", bold=True)
        for _ in range(3):
            sheet.prose(LONG + " nhân dân.")
        return sheet

    def test_letterhead_left_then_right(self) -> None:
        assert texts(self.letterhead())[:7] == [
            "BỘ Y TẾ",
            "Số: 7/2026/TT-BYT",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Hà Nội, ngày 03 tháng 4 năm 2026",
            "THÔNG TƯ",
            "Quy định về khám bệnh",
        ]

    def test_metadata_of_a_letterhead(self) -> None:
        metadata = understood(self.letterhead()).metadata
        assert (metadata.kind, metadata.number, metadata.date) == ("Thông tư", "7/2026/TT-BYT", "2026-04-03")

    def test_recipients_and_signature(self) -> None:
        sheet = Sheet()
        sheet.prose(LONG + " nhân dân./.")
        start = sheet.y
        for number, text in enumerate(["Nơi nhận:", "- Như Điều 3;", "- Lưu: VT, TH."]):
            sheet.text(LEFT, start - number * STEP, text, size=11)
        for number, text in enumerate(["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]):
            sheet.text(430 - width(text) / 2, start - number * STEP, text, bold=True)
        sheet.text(430 - width("Lò Văn Mẫu") / 2, start - 110, "Lò Văn Mẫu", bold=True)
        metadata = understood(sheet).metadata
        assert texts(sheet)[1:] == [
            "Nơi nhận:", "- Như Điều 3;", "- Lưu: VT, TH.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lò Văn Mẫu",
        ]  # fmt: skip
        assert (metadata.signer_role, metadata.signer_name) == ("CHỦ TỊCH", "Lò Văn Mẫu")

    def test_columns_of_prose(self) -> None:
        sheet = Sheet()
        for number in range(8):
            sheet.text(60, TOP - number * STEP, f"cột trái dòng thứ {number} của bài này", size=12)
            sheet.text(330, TOP - number * STEP, f"cột phải dòng thứ {number} của bài này", size=12)
        joined = " ".join(texts(sheet))
        assert joined.index("cột trái dòng thứ 7") < joined.index("cột phải dòng thứ 0")

    def test_wide_spaces_of_a_justified_line_are_no_columns(self) -> None:
        sheet = Sheet()
        sheet.line("Ủy ban nhân dân tỉnh chịu trách", x=LEFT, right=RIGHT)
        sheet.line("nhiệm thi hành.")
        assert len(texts(sheet)) == 1


class TestTables:
    def test_ruled_table(self) -> None:
        sheet = Sheet()
        sheet.prose(SENTENCE)
        sheet.table([["TT", "Nhiệm vụ", "Hạn"], ["1", "Rà soát\nquy hoạch", "Quý I"], ["2", "", "Quý II"]],
                    [LEFT, 120, 350, 450])  # fmt: skip
        sheet.prose(SENTENCE)
        found = blocks(sheet)
        assert [(block.text, block.table_row) for block in found] == [
            (SENTENCE, False),
            ("TT | Nhiệm vụ | Hạn", True),
            ("1 | Rà soát quy hoạch | Quý I", True),
            ("2 | | Quý II", True),
            (SENTENCE, False),
        ]

    def test_head_repeated_on_the_next_page_is_read_once(self) -> None:
        sheets = [Sheet(), Sheet()]
        for number, sheet in enumerate(sheets):
            sheet.table([["TT", "Việc"], [f"{number}", f"Việc thứ {number}"]], [LEFT, 120, 350])
        assert texts(*sheets) == ["TT | Việc", "0 | Việc thứ 0", "1 | Việc thứ 1"]

    def test_columns_without_lines(self) -> None:
        sheet = Sheet()
        sheet.prose(LONG + " nhân dân.")
        for row in (("Xã", "Số hộ", "Tỷ lệ"), ("Nà Hươm", "120", "15%"), ("Làng Vọng", "98", "11%")):
            for x, cell in zip((LEFT, 260, 400), row, strict=True):
                sheet.text(x, sheet.y, cell)
            sheet.y -= STEP
        assert texts(sheet)[1:] == ["Xã | Số hộ | Tỷ lệ", "Nà Hươm | 120 | 15%", "Làng Vọng | 98 | 11%"]

    def test_white_boxes_and_underlines_are_no_table(self) -> None:
        sheet = Sheet()
        sheet.prose(SENTENCE)
        sheet.ops.append("1 1 1 rg 80 600 470 30 re f 80 640 470 30 re f 300 500 2 300 re f 0 0 0 rg")
        sheet.rule(200, 640, 300, 640)
        sheet.rule(200, 600, 300, 600)
        sheet.prose(SENTENCE)
        assert texts(sheet) == [SENTENCE] * 2


def test_footnotes_come_last_with_their_page() -> None:
    sheets = [Sheet(), Sheet()]
    for number, sheet in enumerate(sheets, 1):
        for text in OTHERS if number == 1 else (SENTENCE, *OTHERS[:2]):
            sheet.prose(text)
        sheet.rule(LEFT, 100, LEFT + 140, 100)
        sheet.text(LEFT, 88, str(number), size=6)
        sheet.text(LEFT + 5, 84, ["Theo báo cáo năm 2025,", "Không tính xã mới lập,"][number - 1], size=10)
        sheet.text(LEFT, 70, ["chưa kiểm toán.", "số tạm tính."][number - 1], size=10)
    assert [(block.text, block.page) for block in blocks(*sheets)][6:] == [
        ("[1] Theo báo cáo năm 2025, chưa kiểm toán.", 1),
        ("[2] Không tính xã mới lập, số tạm tính.", 2),
    ]


def test_law_with_chapters_articles_and_points() -> None:
    first, second = Sheet(), Sheet()
    first.centred("Chương I", bold=True)
    first.centred("QUY ĐỊNH CHUNG", bold=True)
    first.y -= 10
    first.prose("Điều 1. Phạm vi điều chỉnh", bold=True)
    first.prose(LONG + " nhân dân.")
    first.prose("Điều 2. Đối tượng áp dụng", bold=True)
    first.prose("1. " + SENTENCE)
    first.prose("2. Các cơ quan, tổ chức, cá nhân sau đây:")
    first.prose("a) " + SENTENCE)
    first.prose("b) " + LONG, cut=True)
    second.prose("pháp luật.", indent=0)
    second.prose("Điều 3. Nguyên tắc", bold=True)
    second.prose(SENTENCE)
    document = understood(first, second)
    assert [(section.label, section.title, section.level, section.page) for section in document.sections] == [
        ("Chương I", "QUY ĐỊNH CHUNG", 1, 1),
        ("Điều 1.", "Phạm vi điều chỉnh", 2, 1),
        ("Điều 2.", "Đối tượng áp dụng", 2, 1),
        ("Điều 3.", "Nguyên tắc", 2, 2),
    ]
    labels = [(passage.label, passage.section, passage.page) for passage in document.passages]
    assert labels == [("", 1, 1), ("1.", 2, 1), ("2.", 2, 1), ("a)", 2, 1), ("b)", 2, 1), ("", 3, 2)]
    assert document.passages[4].text == f"b) {LONG} pháp luật."


class TestScans:
    def scan(self, text: str = "") -> Sheet:
        sheet = Sheet()
        sheet.picture(0, 0, 595, 842)
        if text:
            sheet.text(LEFT, 100, text)
        return sheet

    def read(self, *texts: str) -> Sheet:
        sheet = Sheet()
        for text in texts:
            sheet.prose(text)
        return sheet

    @pytest.mark.parametrize("stamp", ["", "Ký bởi: Văn phòng Ủy ban nhân dân, ngày 3/2/2026"])
    def test_a_scan_is_named(self, stamp: str) -> None:
        with pytest.raises(ReadError, match=r"^đây là bản quét .* hãy dùng bản chữ .*\.$"):
            parse_pdf(pdf([self.scan(stamp), self.scan()]))

    def test_pages_without_text_are_named(self) -> None:
        sheets = [self.scan() for _ in range(6)]
        sheets[0], sheets[4] = self.read(*OTHERS), self.read(SENTENCE)
        assert parse_or_ask(pdf(sheets)) == {"textless": [2, 3, 4, 6]}
        source = parse_pdf(pdf(sheets))
        assert [block.page for block in source.blocks] == [1, 1, 1, 5]
        assert source.warnings[0].startswith("Trang 2–4, 6 là ảnh quét")
        assert [reading.how for reading in source.page_readings] == [
            "text", "unread", "unread", "unread", "text", "unread",
        ]  # fmt: skip

    def test_a_picture_in_a_text_is_no_scan(self) -> None:
        sheet = self.read(*OTHERS)
        sheet.picture(100, 100, 400, 300)
        assert not parse_pdf(pdf([sheet])).warnings

    def test_blank_page(self) -> None:
        assert not parse_pdf(pdf([self.read(SENTENCE), Sheet()])).warnings

    def test_no_text_at_all(self) -> None:
        with pytest.raises(ReadError, match="không có chữ nào"):
            parse_pdf(pdf([Sheet()]))


def test_date_with_a_blank_day_and_a_motto_wrapped_by_its_column() -> None:
    sheet = Sheet()
    for text in ("CỘNG HÒA XÃ HỘI CHỦ", "NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"):
        sheet.text(430 - width(text, 12) / 2, sheet.y, text, size=12)
        sheet.y -= STEP
    sheet.text(100, TOP, "SỞ Y TẾ", size=12)
    sheet.text(100, sheet.y, "Số: /TTr-SYT", size=12)
    sheet.text(330, sheet.y, "Vân Khuê, ngày", size=12)
    sheet.text(450, sheet.y, "tháng 8 năm 2026", size=12)
    assert texts(sheet) == [
        "SỞ Y TẾ", "Số: /TTr-SYT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Vân Khuê, ngày tháng 8 năm 2026",
    ]  # fmt: skip


def test_a_short_line_spread_over_the_width_is_no_row_of_columns() -> None:
    sheet = Sheet()
    sheet.prose(SENTENCE)
    sheet.line("T/M BAN THƯỜNG VỤ", right=RIGHT, bold=True)
    sheet.line("Lò Văn Mẫu", x=400)
    assert "T/M BAN THƯỜNG VỤ" in texts(sheet)


def test_tiny_letters_and_underlining_are_left_out() -> None:
    sheet = Sheet()
    sheet.text(LEFT, TOP, "BẢO HIỂM")
    sheet.text(LEFT, TOP, "________")
    sheet.text(LEFT + 30, TOP, "77", size=1)
    assert texts(sheet) == ["BẢO HIỂM"]


def test_letterheads_of_forms_are_no_headings() -> None:
    sheet = Sheet()
    sheet.prose("Điều 1. Phạm vi điều chỉnh", bold=True)
    for text in OTHERS:
        sheet.prose(text)
    sheet.centred("TÊN DOANH NGHIỆP", bold=True)
    sheet.y -= 12
    sheet.centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True)
    sheet.centred("Độc lập - Tự do - Hạnh phúc", bold=True)
    sheet.y -= 12
    sheet.prose(SENTENCE)
    assert [section.title for section in understood(sheet).sections] == ["Phạm vi điều chỉnh"]


@pytest.mark.parametrize(
    ("font", "printed", "read"),
    [
        (b".VnTimeAAAAAAAAAA", "Quy\xd5t \xae\xdenh ban h\xb5nh", "Quyết định ban hành"),
        (b".VnTimeAAAAAAAAAH", "quy\xd5t \xae\xdenh", "QUYẾT ĐỊNH"),
        (b"VNI-TimesAAAAAAAA", "Quye\xe1t \xf1\xf2nh ban ha\xf8nh", "Quyết định ban hành"),
        (b".VnTimeAAAAAAAAAA", "Quyết định", "Quyết định"),
    ],
)
def test_fonts_from_before_unicode(font: bytes, printed: str, read: str) -> None:
    sheet = Sheet()
    sheet.text(LEFT, TOP, printed)
    data = pdf([sheet]).replace(b"TimesNewRomanPSMT", font)
    assert [block.text for block in parse_pdf(data).blocks] == [read]


@pytest.mark.parametrize(
    ("last", "first", "rows"),
    [
        (
            ["1", "Tỷ lệ trẻ em biết", "40%"],
            ["", "bơi an toàn", ""],
            ["1 | Tỷ lệ trẻ em biết bơi an toàn | 40%"],
        ),
        (["Lượng", "62", "95"], ["hàng", "", ""], ["Lượng hàng | 62 | 95"]),
        (["1", "Xã An", "40%"], ["", "Xã Bình", "50%"], ["1 | Xã An | 40%", "| Xã Bình | 50%"]),
        (["1", "Xã An.", "40%"], ["", "tiếp", ""], ["1 | Xã An. | 40%", "| tiếp"]),
        (["1", "Xã An", "40%"], ["2", "bản", "3"], ["1 | Xã An | 40%", "2 | bản | 3"]),
    ],
)
def test_row_of_a_table_cut_by_a_page_break(last: list[str], first: list[str], rows: list[str]) -> None:
    one, two = Sheet(), Sheet()
    one.prose(SENTENCE)
    head = ["TT", "Nội dung", "Năm 2026"]
    one.y = 200
    one.table([head, last], [85, 120, 260, 400])
    two.table([head, first], [85, 120, 260, 400])
    assert [block.text for block in blocks(one, two) if block.table_row][1:] == rows
