"""Scans: recognised page by page, laid out as text is, and honest about what is not sure."""

import shutil
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from pdf_files import Sheet, pdf
from renderings import character_errors, office, paragraphs_f1, scan, word_sources

from corpus.errors import ReadError
from corpus.ingest import add_files, read_document
from corpus.library import Library
from corpus.read import read_bytes
from corpus.read.pdf.parse import parse_pdf
from corpus.read.scan.handwriting import left_open
from corpus.read.scan.marks import with_marks
from corpus.read.scan.parting import parted
from corpus.read.scan.picture import cleaned, dark, evened, skew_of, strokes_of, without_strokes
from corpus.read.scan.words import Word, words_of

NEEDS = "needs LibreOffice and Tesseract with Vietnamese: make system-packages"
NUMBER = "05"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages of a sample document printed to PDF, with a letterhead and a ruled table."""
    if not shutil.which("soffice") or not shutil.which("tesseract"):
        pytest.skip(NEEDS)
    folder = tmp_path_factory.mktemp("printed")
    whole = pypdfium2.PdfDocument(office(word_sources(folder, [NUMBER]), ".pdf", folder)[0])
    pages = pypdfium2.PdfDocument.new()
    pages.import_pages(whole, [0, 1])
    pages.save(folder / "two.pdf")
    for document in (whole, pages):
        document.close()
    return folder / "two.pdf"


@pytest.mark.slow
@pytest.mark.parametrize(("noisy", "most"), [(False, 0.002), (True, 0.01)])
def test_scanned_document(printed: Path, tmp_path: Path, noisy: bool, most: float) -> None:
    expected = read_document(printed)
    told: list[tuple[int, int]] = []
    found = read_document(
        scan(printed, tmp_path / "a.pdf", noisy=noisy, seed=5), told=lambda *page: told.append(page)
    )
    wrong, of = character_errors(expected, found)
    assert wrong <= most * of
    assert found.metadata == expected.metadata
    assert [reading.how for reading in found.page_readings] == ["ocr"] * 2
    assert all(85 < (reading.confidence or 0) <= 100 for reading in found.page_readings)
    assert "nhận dạng từ bản quét" in found.warnings[0]
    assert told[0] == (0, 2)
    assert told[-1] == (2, 2)
    if not noisy:
        assert paragraphs_f1(expected, found) >= 0.9
        rows = [passage.text for passage in found.passages if passage.role == "table_row"]
        assert len(rows) == len([one for one in expected.passages if one.role == "table_row"])


@pytest.mark.slow
def test_mixed_file_and_pictures(printed: Path, tmp_path: Path) -> None:
    """One page as text, one as a picture; and that picture alone, as .png, lying on its side."""
    from PIL import Image

    text = pypdfium2.PdfDocument(printed)
    picture = pypdfium2.PdfDocument(scan(printed, tmp_path / "b.pdf", noisy=False, pages=[1]))
    both = pypdfium2.PdfDocument.new()
    both.import_pages(text, [0])
    both.import_pages(picture, [0])
    both.save(tmp_path / "a.pdf")
    found = read_document(tmp_path / "a.pdf")
    assert [reading.how for reading in found.page_readings] == ["text", "ocr"]
    assert found.warnings[0].startswith("Chữ trang 2 nhận dạng")
    expected = read_document(printed)
    second = [passage.text for passage in expected.passages if passage.page == 2]
    assert len(set(second) & {passage.text for passage in found.passages}) >= 0.8 * len(second)
    bitmap = text[1].render(scale=200 / 72, grayscale=True)
    bitmap.to_pil().transpose(Image.Transpose.ROTATE_90).save(tmp_path / "c.png")
    bitmap.close()
    turned = read_document(tmp_path / "c.png")
    assert turned.pages == 1
    assert len(set(second) & {passage.text for passage in turned.passages}) >= 0.8 * len(second)
    for document in (text, picture, both):
        document.close()


def test_without_the_recogniser_the_others_come_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    folder = tmp_path / "vào"
    folder.mkdir()
    picture = Sheet()
    picture.picture(0, 0, 595, 842)
    (folder / "quét.pdf").write_bytes(pdf([picture]))
    (folder / "chữ.txt").write_text("Một đoạn văn bản.", encoding="utf-8")
    sheet = Sheet()
    sheet.prose("Ủy ban nhân dân tỉnh quyết định giao các sở thực hiện.")
    (folder / "lẫn.pdf").write_bytes(pdf([sheet, picture, picture]))
    (folder / "cũ.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    with Library.open(tmp_path / "thư viện", create=True) as library:
        report = add_files(library, [folder])
    reasons = {outcome.name: outcome.reason or "" for outcome in report.of("failed")}
    assert set(reasons) == {"quét.pdf", "cũ.doc"}
    assert "tesseract-ocr-vie" in reasons["quét.pdf"]
    assert "libreoffice-writer" in reasons["cũ.doc"]
    [mixed] = [outcome for outcome in report.of("added") if outcome.name == "lẫn.pdf"]
    assert "Trang 2–3" in mixed.warnings[0]
    assert "tesseract-ocr-vie" in mixed.warnings[0]


def test_recogniser_without_vietnamese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "tesseract"
    fake.write_text("#!/bin/sh\necho eng\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    picture = Sheet()
    picture.picture(0, 0, 595, 842)
    with pytest.raises(ReadError, match=r"thiếu dữ liệu tiếng Việt.*tesseract-ocr-vie"):
        read_bytes(pdf([picture]), "a.pdf")


def test_reading_stops_when_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "tesseract"
    fake.write_text("#!/bin/sh\necho vie\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    picture = Sheet()
    picture.picture(0, 0, 595, 842)

    class EnoughError(Exception):
        pass

    def told(done: int, total: int) -> None:
        if done:
            raise EnoughError

    with pytest.raises(EnoughError):
        read_bytes(pdf([picture] * 30), "a.pdf", told)


def word(text: str, confidence: float = 95, *, left: float = 0, line: int = 1) -> Word:
    return Word(text, left, 0, left + 10 * len(text), 20, 16, 20, confidence, line)


def line_of(text: str, doubtful: str = "") -> list[Word]:
    return [word(one, 40 if one == doubtful else 95, left=60 * at) for at, one in enumerate(text.split(" "))]


@pytest.mark.parametrize(
    ("line", "doubtful", "kept"),
    [
        ("Số: 64/KH-UBND", "", "Số: 64/KH-UBND"),
        ("Số: 4A5 /NQ-CP", "", "Số: … /NQ-CP"),
        ("Số: 445 /NQ-CP", "445", "Số: … /NQ-CP"),
        ("Số: 445 /NQ-CP", "", "Số: 445 /NQ-CP"),
        ("Hà Nội, ngày #@3 tháng 4 năm 2026", "", "Hà Nội, ngày … tháng 4 năm 2026"),
        ("Hà Nội, ngày 45 tháng 13 năm 2026", "", "Hà Nội, ngày … tháng … năm 2026"),
        ("Hà Nội, ngày 06 tháng 4 năm 2026", "06", "Hà Nội, ngày … tháng 4 năm 2026"),
        ("Căn cứ Luật ngày l6 tháng 6 năm 2025;", "", "Căn cứ Luật ngày l6 tháng 6 năm 2025;"),
        ("theo Quyết định ngày 06 tháng 4 năm 2026", "06", "theo Quyết định ngày 06 tháng 4 năm 2026"),
    ],
)
def test_unsure_numbers_of_a_letterhead_are_left_open(line: str, doubtful: str, kept: str) -> None:
    words, opened = left_open(line_of(line, doubtful))
    assert " ".join(one.text for one in words) == kept
    assert opened == (kept != line)


def test_words_of_hocr() -> None:
    hocr = (
        "<div class='ocr_page' id='page_1'>"
        "<span class='ocr_line' title=\"bbox 10 20 110 50; baseline 0.01 -6; x_size 30\">"
        "<span class='ocrx_word' title='bbox 10 20 50 50; x_wconf 93'>Điều</span> "
        "<span class='ocrx_word' title='bbox 60 20 110 50; x_wconf 91'><strong>5&amp;6</strong></span>"
        "</span>"
        "<span class='ocr_line' title=\"bbox 10 80 110 90; baseline 0 0; x_size 30\">"
        "<span class='ocrx_word' title='bbox 10 80 50 90; x_wconf 12'>~|</span></span></div>"
    )
    [first, second] = words_of(hocr, [(100, 1_000)])
    assert (first.text, second.text) == ("Điều", "5&6")
    assert (first.left, first.base, first.height, first.confidence) == (110, 1_044.5, 30, 93)


def page(*boxes: tuple[int, int, int, int]) -> np.ndarray:
    """A white page with black boxes (left, top, right, bottom) for words."""
    grey = np.full((2_300, 1_650), 255, np.uint8)
    for left, top, right, bottom in boxes:
        grey[top:bottom, left:right] = 0
    return grey


def text_lines(left: int, right: int, top: int, count: int) -> list[tuple[int, int, int, int]]:
    return [
        (x, top + 46 * row, x + 80, top + 46 * row + 26)
        for row in range(count)
        for x in range(left, right - 79, 95)
    ]


def test_letterhead_body_and_list_are_parted() -> None:
    head = [*text_lines(200, 600, 150, 3), *text_lines(900, 1_480, 150, 2)]
    body = text_lines(220, 1_480, 500, 12)
    marks = [(220, 1_200 + 46 * row, 240, 1_226 + 46 * row) for row in range(3)]
    items = text_lines(290, 1_480, 1_200, 3)
    ink = dark(page(*head, *body, *marks, *items))
    boxes = parted(ink, [], 0.36)
    assert [(box.left < 300, box.right > 1_300) for box in boxes] == [
        (True, False), (False, True), (True, True),
    ]  # fmt: skip
    assert boxes[2].top < 510
    assert boxes[2].bottom > 1_310


def test_cells_of_a_ruled_table_are_parted() -> None:
    grey = page(*text_lines(220, 500, 620, 1), *text_lines(700, 1_400, 620, 2))
    for y in (600, 720, 840):
        grey[y : y + 2, 200:1_450] = 0
    for x in (200, 650, 1_449):
        grey[600:842, x : x + 2] = 0
    ink = dark(grey)
    strokes = strokes_of(ink, 200)
    bare = without_strokes(grey, ink, strokes)
    assert len(strokes) == 6
    assert len(parted(dark(bare), strokes, 0.36)) == 2
    assert (bare[620:710, 220:500] == grey[620:710, 220:500]).all()
    assert bare[601, 300] == 255


@pytest.mark.parametrize("angle", [-2.0, 0.0, 0.7, 3.1])
def test_skew_is_found(angle: float) -> None:
    from PIL import Image

    straight = Image.fromarray(page(*text_lines(220, 1_480, 300, 30)))
    askew = np.asarray(straight.rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255))
    assert abs(skew_of(askew) - angle) < 0.1


def test_specks_go_and_thin_strokes_stay() -> None:
    random = np.random.default_rng(1)
    grey = page(*text_lines(220, 1_480, 300, 30))
    grey[1_800:1_802, 300:900] = 0
    assert cleaned(grey) is grey
    specked = grey.copy()
    specked[random.random(grey.shape) < 0.002] = 10
    clean = cleaned(specked)
    assert (clean[1_850:2_250] < 128).mean() < 0.0001
    assert (clean[1_800:1_802, 300:900] < 60).mean() > 0.95


def test_shadow_on_the_paper_is_evened() -> None:
    grey = page(*text_lines(220, 1_480, 300, 30)).astype(np.float32)
    light = np.linspace(0.4, 1.0, grey.shape[1])[None, :]
    even = evened((grey * light).clip(20, 255).astype(np.uint8))
    assert (even[1_800:2_200, 100:1_600] > 225).mean() > 0.99
    plain = page(*text_lines(220, 1_480, 300, 30))
    assert evened(plain) is plain


@pytest.mark.parametrize(
    ("read", "shapes", "seen"),
    [
        ("®", ["blob"], "•"),
        ("IL", ["I", "."], "I."),
        ("HI.", ["I", "I", "I", "."], "III."),
        ("1.", ["I", "."], "1."),
        ("®", ["I", "I"], "®"),
    ],
)
def test_marks_are_seen_in_the_picture(read: str, shapes: list[str], seen: str) -> None:
    ink = np.zeros((40, 200), bool)
    x = 4
    for shape in shapes:
        if shape == "blob":
            ys, xs = np.ogrid[:12, :12]
            ink[10:22, x : x + 12] = (ys - 5.5) ** 2 + (xs - 5.5) ** 2 < 34
            x += 14
        elif shape == "I":
            ink[4:30, x + 3 : x + 7] = True
            ink[4:6, x : x + 10] = ink[28:30, x : x + 10] = True
            x += 11
        else:
            ink[26:30, x + 3 : x + 7] = True
            x += 8
    words = [Word(read, 2, 2, x + 2, 32, 30, 36, 60, 1), Word("MỤC", x + 20, 4, 190, 30, 30, 36, 90, 1)]
    assert with_marks(words, ink)[0].text == seen


def said(number: int, *lines: tuple[str, float]) -> dict[str, object]:
    """What the recogniser would say of a page: lines with their baselines, points."""
    words = [
        {
            "text": text, "left": 85.0 + 32 * at, "top": base - 10, "right": 113.0 + 32 * at,
            "bottom": base + 3, "base": base, "height": 12.0, "confidence": 90.0, "line": row, "bold": False,
        }
        for row, (line, base) in enumerate(lines)
        for at, text in enumerate(line.split(" "))
    ]  # fmt: skip
    return {
        "width": 595.0,
        "height": 842.0,
        "confidence": 90.0,
        "left_open": False,
        "words": words,
        "rules": [],
    }


def test_running_heads_of_scans_go_though_misread() -> None:
    picture = Sheet()
    picture.picture(0, 0, 595, 842)
    bodies = ["Nội dung thứ nhất.", "Việc khác hẳn.", "Điều khoản thi hành."]
    heads = ["CÔNG BÁO/Số 271/Ngày 12-05-2026 86", "CÔNG BÁO/Só 271/Ngày 12-05-2026 §7",
             "CỘNG BÁO/Số 271/Ngày 12-05-2028 88"]  # fmt: skip
    recognised = {
        str(number): said(number, (head, 45.0), ("Chương II", 90.0), (text, 120.0))
        for number, (head, text) in enumerate(zip(heads, bodies, strict=True), 1)
    }
    texts = [block.text for block in parse_pdf(pdf([picture] * 3), recognised=recognised).blocks]
    assert texts == [
        "Chương II", bodies[0], "Chương II", bodies[1], "Chương II", bodies[2],
    ]  # fmt: skip
