"""Word documents: what is printed on paper is what is read."""

from pathlib import Path

import pytest
from word_files import docx, levels, p, r, table, tc

from corpus.errors import ReadError
from corpus.read import read_bytes, read_source
from corpus.read.word.body import parse_docx
from corpus.types import Block

PAGE = '<w:r><w:br w:type="page"/></w:r>'
BR = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"
RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"


def blocks(body: str, **parts: str) -> tuple[Block, ...]:
    return parse_docx(docx(body, **parts)).blocks


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in blocks(body, **parts)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("Một", " đoạn"), ["Một đoạn"]),
        (p("") + p("  ") + p("chữ"), ["chữ"]),
        (p("a", "<w:r><w:tab/></w:r>", "b"), ["a b"]),
        (p("a", "<w:r><w:br/></w:r>", "b"), ["a\nb"]),
        (
            p("Nơi nhận:", BR, "- Như trên;", BR, "- Lưu: VT."),
            ["Nơi nhận:", "- Như trên;", "- Lưu: VT."],
        ),
        (p("một", BR, BR, "hai", BR, "ba"), ["một", "hai\nba"]),
        (
            p("UBND TỈNH", TAB, TAB, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ["UBND TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ),
        (
            p("Số: 5/KH-UBND          Bình An, ngày 3 tháng 2 năm 2026"),
            ["Số: 5/KH-UBND", "Bình An, ngày 3 tháng 2 năm 2026"],
        ),
        (p("một", TAB, "hai      ba"), ["một hai ba"]),
        (p("Hà\u00a0Nội  \u200bđẹp"), ["Hà Nội đẹp"]),
        (p("Ti\u00eau\u0301"), ["Tiêú"]),
        (p(r("điều", "caps")), ["ĐIỀU"]),
        (p("a", r("mật", "vanish"), "b"), ["ab"]),
        (p("3 m", r("2", '<w:vertAlign w:val="superscript"/>')), ["3 m2"]),
        (p("Nghị quyết", r("1", '<w:vertAlign w:val="superscript"/>')), ["Nghị quyết[1]"]),
        (p("a", "<w:ins>" + r("thêm") + "</w:ins>", "<w:del>" + r("bớt") + "</w:del>"), ["athêm"]),
        (p("<w:moveFrom>" + r("đi") + "</w:moveFrom>", "<w:moveTo>" + r("đến") + "</w:moveTo>"), ["đến"]),
        (p("<w:hyperlink>" + r("liên kết") + "</w:hyperlink>"), ["liên kết"]),
        (p("<w:smartTag>" + r("Hà Nội") + "</w:smartTag>"), ["Hà Nội"]),
        (p("<w:sdt><w:sdtContent>" + r("ô") + "</w:sdtContent></w:sdt>"), ["ô"]),
        ("<w:sdt><w:sdtContent>" + p("khung") + "</w:sdtContent></w:sdt>", ["khung"]),
        (p("<w:r><w:instrText>PAGE</w:instrText></w:r>", "5"), ["5"]),
        (p("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), ["x=1"]),
        (p("lưu", "<w:r><w:noBreakHyphen/></w:r>", "trữ"), ["lưu-trữ"]),
    ],
)  # fmt: skip
def test_text(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('trong hộp')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:wsp>{box}</wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape>{box}</v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(p("ngoài", f"<w:r>{both}</w:r>")) == ["ngoài", "trong hộp"]


def test_bold_heading_alignment() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="Base"/>'
        '<w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
    )
    body = (
        p("II. Nhiệm vụ", style="H2")
        + p(r("1.", "b"), r(" Nội dung"))
        + p(r("không đậm", '<w:b w:val="0"/>'), style="H2", props='<w:jc w:val="right"/>')
        + p("sâu", props='<w:outlineLvl w:val="0"/><w:jc w:val="both"/>')
    )
    found = [(b.heading_level, b.bold, b.bold_lead, b.aligned) for b in blocks(body, styles=styles)]
    assert found == [
        (2, True, 0, "center"),
        (None, False, 2, None),
        (2, False, 0, "right"),
        (1, False, 0, None),
    ]


def test_pages_by_words_own_breaks() -> None:
    body = p("một", PAGE) + p(RENDERED, "hai") + p("hai ", RENDERED, "ba") + p("ba")
    source = parse_docx(docx(body))
    assert [b.page for b in source.blocks] == [1, 2, 2, 3]
    assert source.pages == 3


def test_pages_by_explicit_breaks_where_word_noted_none() -> None:
    body = p("một") + p(PAGE, "hai") + p("ba", props="<w:pageBreakBefore/>")
    assert [b.page for b in blocks(body)] == [1, 2, 3]


def test_no_breaks_no_pages() -> None:
    source = parse_docx(docx(p("một")))
    assert (source.pages, source.blocks[0].page) == (None, None)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (("decimal", "%1."), ["1. a", "2. a", "3. a"]),
        (("upperRoman", "%1."), ["I. a", "II. a", "III. a"]),
        (("lowerLetter", "%1)"), ["a) a", "b) a", "c) a"]),
        (("decimal", "Điều %1."), ["Điều 1. a", "Điều 2. a", "Điều 3. a"]),
        (("decimalZero", "(%1)"), ["(01) a", "(02) a", "(03) a"]),
        (("bullet", "-"), ["- a", "- a", "- a"]),
        (("bullet", "\uf0b7"), ["a", "a", "a"]),
        (("none", ""), ["a", "a", "a"]),
    ],
)
def test_automatic_numbers_are_printed(shape: tuple[str, str], expected: list[str]) -> None:
    found = blocks(p("a", num="1/0") * 3, numbering=levels(shape))
    assert [block.text for block in found] == expected
    assert all(block.list_item == (shape[1] == "\uf0b7") for block in found)


def test_levels_count_and_restart() -> None:
    numbering = levels(("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."))
    body = "".join(p("x", num=f"1/{level}") for level in (0, 1, 2, 2, 1, 2, 0, 1, 2))
    assert [text.split()[0] for text in texts(body, numbering=numbering)] == [
        "I.", "1.", "1.1.", "1.2.", "2.", "2.1.", "II.", "1.", "1.1.",
    ]  # fmt: skip


def test_a_second_list_starts_again_only_where_it_says_so() -> None:
    numbering = levels(("decimal", "%1.")) + (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = "".join(p("x", num=f"{name}/0") for name in "1123323")
    assert [text.split()[0] for text in texts(body, numbering=numbering)] == [
        "1.", "2.", "3.", "1.", "2.", "3.", "4.",
    ]  # fmt: skip


def test_number_from_the_style_and_legal_numbering() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/>'
        '<w:pStyle w:val="H1"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/>'
        '<w:isLgl/><w:pStyle w:val="H2"/><w:suff w:val="nothing"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/>'
        '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
        for n in (1, 2)
    )
    body = p("A", style="H1") + p("B", style="H2") + p("C", style="H2", num="0/0")
    assert texts(body, numbering=numbering, styles=styles) == ["I. A", "1.1.B", "C"]


def test_deleted_paragraphs_do_not_count() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    body = p("a", num="1/0") + p("<w:del>" + r("b") + "</w:del>", num="1/0", props=gone) + p("c", num="1/0")
    assert texts(body, numbering=levels(("decimal", "%1."))) == ["1. a", "2. c"]


def test_data_table() -> None:
    body = table(
        ["TT", "Nhiệm vụ", "Thời hạn"],
        [tc("1", merge="restart"), "Rà soát", "Quý I"],
        [tc("", merge="continue"), tc("Tổng hợp", "Báo cáo"), "Quý II"],
        [tc("Cộng", span=2), "2"],
    )
    found = blocks(body)
    assert all(block.table_row for block in found)
    assert [block.text for block in found] == [
        "TT | Nhiệm vụ | Thời hạn",
        "1 | Rà soát | Quý I",
        "Tổng hợp Báo cáo | Quý II",
        "Cộng | 2",
    ]


def test_column_of_automatic_numbers() -> None:
    body = table(*[[tc(p(num="1/0")), "việc", "hạn"]] * 2)
    assert texts(body, numbering=levels(("decimal", "%1."))) == ["1. | việc | hạn", "2. | việc | hạn"]


def test_letterhead_table_keeps_columns_together() -> None:
    body = table(
        [tc("UBND TỈNH BÌNH AN", "SỞ Y TẾ"), tc("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do")],
        ["Số: 5/KH-SYT", "Bình An, ngày 3 tháng 2 năm 2026"],
        lines=False,
    )
    found = blocks(body)
    assert not any(block.table_row for block in found)
    assert [block.text for block in found] == [
        "UBND TỈNH BÌNH AN",
        "SỞ Y TẾ",
        "Số: 5/KH-SYT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do",
        "Bình An, ngày 3 tháng 2 năm 2026",
    ]


def test_letterhead_with_lines_is_still_no_data() -> None:
    body = table([tc("ĐẢNG BỘ TỈNH", "*"), "ĐẢNG CỘNG SẢN VIỆT NAM"])
    assert texts(body) == ["ĐẢNG BỘ TỈNH", "*", "ĐẢNG CỘNG SẢN VIỆT NAM"]


def test_frame_and_nested_table() -> None:
    inner = table(["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"])
    assert texts(table([tc("khung", inner)])) == ["khung", "a | b", "c | d", "e | f", "g | h"]


def test_notes_stand_at_the_end() -> None:
    footnotes = (
        f'<w:footnote w:id="2">{p("Chú giải.")}</w:footnote><w:footnote w:id="9">{p("thừa")}</w:footnote>'
    )
    body = p("Câu", '<w:r><w:footnoteReference w:id="2"/></w:r>', ".") + p("Sau")
    assert texts(body, footnotes=footnotes) == ["Câu[1].", "Sau", "[1] Chú giải."]


def test_table_of_contents_is_passed_over_and_said() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    source = parse_docx(docx(p("I. Mục đích 1", style="T1") * 3 + p("I. Mục đích"), styles=styles))
    assert [block.text for block in source.blocks] == ["I. Mục đích"]
    assert len(source.warnings) == 1


@pytest.mark.parametrize(
    ("stored", "font", "expected"),
    [
        ("Céng hoµ x· héi", ".VnTime", "Cộng hoà xã hội"),
        ("céng hoµ – x· héi", ".VnTimeH", "CỘNG HOÀ – XÃ HỘI"),
        ("so 5", ".VnTimeH", "SO 5"),
        ("Coäng hoøa xaõ hoäi", "VNI-Times", "Cộng hòa xã hội"),
        ("Chữ Unicode à", ".VnTime", "Chữ Unicode à"),
        ("Céng hoµ", "Times New Roman", "Céng hoµ"),
    ],
)
def test_fonts_from_before_unicode(stored: str, font: str, expected: str) -> None:
    by_run = parse_docx(docx(p(r(stored, f'<w:rFonts w:ascii="{font}"/>'))))
    fonts = f'<w:rPr><w:rFonts w:hAnsi="{font}"/></w:rPr>'
    defaults = f"<w:docDefaults><w:rPrDefault>{fonts}</w:rPrDefault></w:docDefaults>"
    by_default = parse_docx(docx(p(stored), styles=defaults))
    other = defaults.replace(font, "Arial") + f'<w:style w:styleId="A">{fonts}</w:style>'
    by_style = parse_docx(docx(p(stored, style="A"), styles=other))
    for source in (by_run, by_default, by_style):
        assert source.blocks[0].text == expected
        assert bool(source.warnings) == (stored.lower() != expected.lower())


def test_embedded_files_are_said() -> None:
    assert "nhúng" in parse_docx(docx(p("chữ") + "<w:altChunk/>")).warnings[0]
    with pytest.raises(ReadError, match="nhúng"):
        parse_docx(docx("<w:altChunk/>"))


def test_strict_variant() -> None:
    data = docx(p("chữ")).replace(b"", b"")
    body = f"<w:body>{p('chữ')}</w:body>"
    from word_files import package, part

    strict = part("document", body).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert parse_docx(package({"word/document.xml": strict})).blocks == parse_docx(data).blocks


def test_file_written_by_python_docx(tmp_path: Path) -> None:
    from docx import Document

    word = Document()
    word.add_heading("I. MỤC ĐÍCH", level=1)
    word.add_paragraph("Nâng cao chất lượng.")
    word.add_paragraph("việc thứ nhất", style="List Number")
    word.add_paragraph("việc thứ hai", style="List Number")
    word.add_paragraph("chấm", style="List Bullet")
    word.save(str(tmp_path / "a.docx"))
    found = read_source(tmp_path / "a.docx").blocks
    assert [(b.text, b.heading_level, b.list_item) for b in found] == [
        ("I. MỤC ĐÍCH", 1, False),
        ("Nâng cao chất lượng.", None, False),
        ("1. việc thứ nhất", None, False),
        ("2. việc thứ hai", None, False),
        ("chấm", None, True),
    ]


def test_the_process_apart_gives_the_same(tmp_path: Path) -> None:
    data = docx(p(r("đậm", "b"), " thường", PAGE) + p("trang sau"))
    assert read_bytes(data, "a.docx") == parse_docx(data)
