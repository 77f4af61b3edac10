"""How a document is set: every kind of block, nothing lost."""

from dataclasses import replace

from factories import make_document
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Document, Repair, Span
from web.reading import lay_out


def shapes(document: Document, **options: object) -> list[tuple[str, list[str]]]:
    reading = lay_out(document, **options)
    return [(block.shape, [str(piece.html) for piece in block.pieces]) for block in reading.blocks]


PLAIN = {"kind": None, "number": None, "date": None, "issuer": None, "title": None}


def test_a_letterhead_is_one_block_in_two_columns():
    document = make_document(
        """
        @letterhead TỈNH ỦY BÌNH AN
        @separator *
        @number Số 04-CT/TU
        @motto ĐẢNG CỘNG SẢN VIỆT NAM
        @place_date Bình An, ngày 17 tháng 3 năm 2026
        @kind CHỈ THỊ
        @title về công tác giáo dục
        @separator -----
        Nội dung.
        """,
        **PLAIN,
    )
    head, *rest = lay_out(document).blocks
    assert head.shape == "head"
    assert [piece.role for piece in head.pieces if not piece.right] == ["letterhead", "separator", "number"]
    assert [piece.role for piece in head.pieces if piece.right] == ["motto", "place_date"]
    assert [block.shape for block in rest] == ["matter", "title", "matter", "paragraph"]


def test_headings_items_run_ins_and_tables():
    document = make_document(
        """
        # I. MỤC ĐÍCH
        ## 1. Yêu cầu: | Bám sát tình hình.
        - Một.
        + Nhỏ.
        - Hai.
        2. Đoạn đánh số.
        # II. NHIỆM VỤ
        """,
        **PLAIN,
    )
    assert shapes(document) == [
        ("heading", ["I. MỤC ĐÍCH"]),
        ("run_in", ["1. Yêu cầu:", "Bám sát tình hình."]),
        ("list", ["- Một.", "+ Nhỏ.", "- Hai."]),
        ("paragraph", ["2. Đoạn đánh số."]),
        ("heading", ["II. NHIỆM VỤ"]),
    ]
    reading = lay_out(document)
    assert [(entry.label, [child.title for child in entry.children]) for entry in reading.outline] == [
        ("I.", ["Yêu cầu"]),
        ("II.", []),
    ]


def test_table_rows_are_cut_into_cells():
    document = make_document("TT | Chỉ tiêu | Năm 2026\n1 | Tỷ lệ <b> | 40%", **PLAIN)
    rows = tuple(replace(passage, role="table_row") for passage in document.passages)
    [block] = lay_out(replace(document, passages=rows)).blocks
    assert block.shape == "table"
    assert [[str(cell) for cell in piece.cells] for piece in block.pieces] == [
        ["TT", "Chỉ tiêu", "Năm 2026"],
        ["1", "Tỷ lệ &lt;b&gt;", "40%"],
    ]


def test_a_mark_that_only_word_knew_is_shown_again():
    document = make_document("- Có dấu.\n+ Có dấu.", **PLAIN)
    bare = make_document("Không có dấu.", **PLAIN)
    bare = replace(bare, passages=(replace(bare.passages[0], role="bullet"),))
    assert [piece.unmarked for piece in lay_out(document).blocks[0].pieces] == [False, False]
    assert [piece.unmarked for piece in lay_out(bare).blocks[0].pieces] == [True]


def test_a_mended_page_break_is_shown_and_counted():
    document = make_document("Một câu bị ngắt.", **PLAIN)
    document = replace(
        document, passages=(replace(document.passages[0], repairs=(Repair("page_break", 8),)),)
    )
    reading = lay_out(document)
    assert reading.joined == 1
    assert str(reading.blocks[0].pieces[0].html).startswith('Một câu <span class="join"')


def test_a_wrong_number_is_said_to_be_wrong():
    document = make_document("# 2. Sau 2.1\nĐoạn.", **PLAIN)
    document = replace(document, sections=(replace(document.sections[0], label_corrected="3."),))
    assert "3." in lay_out(document).blocks[0].pieces[0].note


def test_each_new_page_is_named_once():
    document = make_document("^1\nMột.\nHai.\n^2\nBa.\nBốn.", **PLAIN)
    assert [block.pieces[0].page for block in lay_out(document).blocks] == [1, None, 2, None]


def test_mentions_are_linked_and_overlaps_are_not_linked_twice():
    document = make_document("# Theo Chỉ thị 04\nThực hiện Chỉ thị 04 & Chỉ thị 05.", **PLAIN)
    at = document.text.index("Chỉ thị 04 &")
    links = {Span(at, at + 10): '/documents/a"', Span(at + 4, at + 10): "/documents/b"}
    blocks = shapes(document, links=links)
    assert blocks[1] == (
        "paragraph",
        ['Thực hiện <a class="cite" href="/documents/a&#34;">Chỉ thị 04</a> &amp; Chỉ thị 05.'],
    )


def test_only_what_was_asked_for_is_marked():
    document = make_document("# I. A\nMột.\nHai.", **PLAIN)
    for wanted in (document.passages[1].id, f"{document.id}.s0"):
        reading = lay_out(document, marked=wanted)
        assert reading.marked
        assert [p.id for b in reading.blocks for p in b.pieces if p.marked] == [wanted]
    assert not lay_out(document, marked="x").marked


LINES = st.sampled_from(
    ["@letterhead A", "@motto B", "@separator *", "@kind C", "@title D", "@recipients E", "# I. G",
     "## 1. H: | K.", "#! Phụ lục", "- m", "+ n", "1. o", "p", "## 2. Q"]
)  # fmt: skip


@given(st.lists(LINES, min_size=1, max_size=14))
def test_every_piece_of_the_text_is_set_once_and_in_order(lines):
    document = make_document("\n".join(lines), **PLAIN)
    shown = [str(piece.html) for block in lay_out(document).blocks for piece in block.pieces]
    assert "".join(shown) == document.text.replace("\n", "").replace(": K.", ":K.")
