# ruff: noqa: E501 - tables read best one row a line
"""What must hold for any input: nothing lost, nothing twice, spans true, ids stable, linear time."""

import re
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.clean import clean_lines
from corpus.types import Block, Document, SourceText
from corpus.understand import understand

SHA = "ab" * 32

FRAGMENTS = (
    "KẾ HOẠCH", "QUYẾT ĐỊNH:", "Số: 15/KH-UBND", "Số: /KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc", "ỦY BAN NHÂN DÂN", "TỈNH X", "X, ngày tháng 5 năm 2026", "*", "-----",
    "Căn cứ Luật Đất đai năm 2024;", "I. MỤC ĐÍCH, YÊU CẦU 1. Mục đích", "I. MỤC TIÊU", "1. Mục tiêu chung",
    "2.1. Mục tiêu: Xây dựng tỉnh", "2.", "a) Chỉ tiêu;", "(1) Một điểm.", "- gạch đầu dòng", "+ cộng", "• tròn",
    "Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", "Điều 2. Quyết định này có hiệu lực.", "và nửa sau của câu",
    "Nửa trước của câu đáp ứng với yêu", "12", "Trang 3/4", "Nơi nhận:", "- Như trên;", "TM. ỦY BAN NHÂN DÂN",
    "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "Nguyễn Văn A", "Phụ lục 1", "(Kèm theo Kế hoạch số 15/KH-UBND)", "DANH MỤC",
    "CÔNG VĂN ĐẾN", "Số đến: 5", "“1. Trích dẫn", "hết trích”.", "V/v họp", "Kính gửi: Các sở", "./.",
    "Trên đây là Kế hoạch./.", "thuỷ lợi, hoá chất", "Ghi chú: x", "\ufeff\u200b", "", " ", "\n", "A. PHẦN MỘT",
)  # fmt: skip

texts = st.one_of(
    st.sampled_from(FRAGMENTS),
    st.text(max_size=60),
    st.lists(st.sampled_from(FRAGMENTS), min_size=2, max_size=4).map("\n".join),
    st.lists(st.sampled_from(FRAGMENTS), min_size=2, max_size=3).map(" ".join),
)
blocks = st.builds(
    Block,
    text=texts,
    page=st.none() | st.integers(1, 9),
    heading_level=st.none() | st.integers(1, 6),
    bold=st.booleans(),
    bold_lead=st.integers(0, 30),
    list_item=st.booleans(),
    table_row=st.just(False),
    aligned=st.sampled_from([None, "left", "center", "right"]),
)
rows = st.builds(
    Block,
    text=st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=3).map(" | ".join),
    table_row=st.just(True),
)


def read(*parts: Block | str) -> Document:
    source = SourceText(tuple(part if isinstance(part, Block) else Block(part) for part in parts))
    return understand(source, name="thu.txt", sha256=SHA)


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def check_document(document: Document) -> None:
    pieces = sorted(
        (piece.span, getattr(piece, "text", None))
        for group in (document.matter, document.sections, document.passages)
        for piece in group
    )
    at = 0
    for span, text in pieces:
        assert span.start >= at and span.end > span.start
        assert not document.text[at : span.start].strip()
        if text is not None:
            assert document.text[span.start : span.end] == text
        assert document.text[span.start : span.end].strip() == document.text[span.start : span.end]
        at = span.end
    assert at == len(document.text)
    assert len({passage.id for passage in document.passages}) == len(document.passages)
    assert [section.ordinal for section in document.sections] == list(range(len(document.sections)))
    assert [passage.ordinal for passage in document.passages] == list(range(len(document.passages)))
    for section in document.sections:
        above = document.sections[section.parent] if section.parent is not None else None
        assert section.level == (above.level + 1 if above else 1)
        assert above is None or above.ordinal < section.ordinal
    for passage in document.passages:
        assert passage.section is None or passage.section < len(document.sections)
        assert passage.lead is None or passage.lead < passage.ordinal
        assert all(0 < repair.at < len(passage.text) for repair in passage.repairs)
    for citation in document.citations:
        assert citation.spans
        assert all(document.text[span.start : span.end].strip() for span in citation.spans)


@settings(max_examples=120, deadline=None)
@given(st.lists(blocks, max_size=14))
def test_text_is_its_pieces_and_nothing_is_lost(parts: list[Block]) -> None:
    document = read(*parts)
    check_document(document)
    before = letters("".join(line.text for line in clean_lines(parts)))
    after = letters(document.text)
    if any(matter.role == "page_furniture" for matter in document.matter):
        # A page number between the halves of a paragraph is set behind it.
        assert Counter(before) == Counter(after)
    else:
        assert before == after
    assert document == read(*parts)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(blocks, rows), max_size=12))
def test_tables_too(parts: list[Block]) -> None:
    document = read(*parts)
    check_document(document)
    # Bars between the cells of a letterhead or signature set in a table are no text.
    before = Counter(letters("".join(line.text for line in clean_lines(parts))).replace("|", ""))
    assert Counter(letters(document.text).replace("|", "")) == before


@pytest.mark.parametrize(
    "parts",
    [
        ["x" * 1_000_000],
        ["a " * 200_000],
        ["\n".join(["dòng chữ viết liền nhau"] * 40_000)],
        ["1.1.1.1.1.1." * 32_000],
        ["- " * 120_000],
        ["(" * 120_000],
        ["“" + "a" * 120_000],
        ["KẾ HOẠCH " * 24_000],
        ["Nghị quyết số " * 24_000],
        ["Chỉ thị số 04-CT/TW, ngày 17/3/2026 của Ban Bí thư về xuất bản; " * 15_000],
        ["Luật Đất Đai " * 24_000],
        ["Nghị quyết Đại hội " * 16_000],
        ["IVXL" * 40_000],
        ["A" * 160_000],
        ["a" * 400_000 + ":"],
        ["ngày tháng năm " * 16_000],
        ["Số:" * 40_000],
        ["1/" * 80_000],
        ["A-" * 80_000],
        ["." * 160_000],
        ["_ " * 120_000],
        ["CỦA " * 40_000],
        *[[text] * 1_000 for text in ("1. Một", "a) hai;", "ba bốn", "- năm", "I. SÁU", "1.1. Bảy", "Điều 1. Tám", "12", "Chương I", "“chín")],
        ["Phụ lục 1", "TIÊU ĐỀ"] * 2_000,
        ["Nơi nhận:", "- Như trên;", "TM. UBND", "Nguyễn Văn A"] * 1_000,
        ["1. Một", "a) Hai", "(1) Ba", "I. BỐN", "A. NĂM", "i) sáu"] * 1_000,
    ],
    ids=lambda parts: f"{len(parts)}x{parts[0][:12]!r}",
)  # fmt: skip
def test_time_is_linear_on_hostile_input(parts: list[str]) -> None:
    started = time.perf_counter()
    document = read(*parts)
    assert time.perf_counter() - started < 20
    assert letters(document.text)


def test_empty_source() -> None:
    document = read()
    assert document.text == "" and not document.passages and not document.sections


def test_ids_do_not_depend_on_the_name() -> None:
    source = SourceText((Block("Một đoạn."),))
    one = understand(source, name="a.txt", sha256=SHA)
    two = understand(source, name="b.txt", sha256=SHA)
    assert [passage.id for passage in one.passages] == [passage.id for passage in two.passages]
    assert all(re.fullmatch(r"[\w.-]+", passage.id) for passage in one.passages)
