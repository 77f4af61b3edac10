"""The sample documents as they would reach us: printed to PDF, scanned, saved by other programs.

Used by the tests for a few documents, and run by hand for all of them:

    .venv/bin/python tests/corpus/renderings.py [NUMBER…]      # "02" "11" …; default: every sample

prints, for each form, F1 of the body paragraphs (by their letters) against the reading of the same text
from .docx; for scans against the text PDF that they are pictures of, with the share of wrong characters.
Everything random is seeded.
"""

import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from corpus.ingest import read_document
from corpus.read import read_source
from corpus.sample import sample_files
from corpus.types import Block, Document

FILTERS = {
    ".pdf": "pdf:writer_pdf_Export",
    ".odt": "odt:writer8",
    ".rtf": "rtf:Rich Text Format",
    ".doc": "doc:MS Word 97",
    ".html": "html:HTML (StarWriter)",
}
"""Forms that LibreOffice writes."""

LACKING = "P052"
"""A font without Vietnamese letters: words are then printed in parts, from two fonts."""

DOTS_PER_INCH = 200


def word_sources(folder: Path, numbers: Sequence[str] = ()) -> list[Path]:
    """The sample documents as .docx files in `folder`: as they are, or set from their text."""
    out = []
    for path in sample_files():
        if numbers and path.name[:2] not in numbers:
            continue
        target = folder / f"{path.stem}.docx"
        if path.suffix == ".docx":
            shutil.copy(path, target)
        else:
            target.write_bytes(_docx_of(read_source(path).blocks))
        out.append(target)
    return out


def _docx_of(blocks: Iterable[Block]) -> bytes:
    """A .docx with these paragraphs and table rows, justified with first lines set in, as offices write."""
    from docx import Document as Word
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Cm, Pt

    word = Word()
    style = word.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    table = None
    for block in blocks:
        if block.table_row:
            cells = block.text.split(" | ")
            if table is None or len(table.columns) < len(cells):
                table = word.add_table(rows=0, cols=len(cells), style="Table Grid")
            for cell, text in zip(table.add_row().cells, cells, strict=False):
                cell.text = text
            continue
        table = None
        marked = block.bold or block.heading_level is not None
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(6)
        lead = len(block.text) if marked else block.bold_lead
        for text, bold in ((block.text[:lead], True), (block.text[lead:], False)):
            if text:
                paragraph.add_run(text).bold = bold
        if block.aligned == "center" or (marked and block.text.isupper()):
            paragraph.alignment = ALIGN.CENTER
        else:
            paragraph.alignment = ALIGN.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Cm(1.27)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def office(paths: Sequence[Path], suffix: str, folder: Path) -> list[Path]:
    """The files converted by LibreOffice in one go; the new files lie in `folder`."""
    command = shutil.which("soffice")
    assert command
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                command, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to",
                FILTERS[suffix], "--outdir", str(folder), *map(str, paths),
            ],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip
    return [folder / f"{path.stem}{suffix}" for path in paths]


def with_font(path: Path, folder: Path, font: str = LACKING) -> Path:
    """The same .docx in another font."""
    target = folder / path.name
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in given.infolist():
            data = given.read(entry)
            if entry.filename.endswith(".xml"):
                data = data.replace(b"Times New Roman", font.encode())
                data = re.sub(rb'w:(?:ascii|hAnsi|cs|eastAsia)Theme="\w+" ?', b"", data)
            made.writestr(entry, data)
    return target


def scan(pdf: Path, target: Path, *, noisy: bool, seed: int = 1, pages: Sequence[int] = ()) -> Path:
    """The pages of a PDF as pictures in a PDF, clean or as an old copier makes them.

    Noisy: each page askew by up to 1.5°, blurred, grey, grainy, with black and white specks.
    """
    import pypdfium2
    from PIL import Image

    random = np.random.default_rng(seed)
    document = pypdfium2.PdfDocument(pdf)
    sheets = []
    for index in pages or range(len(document)):
        bitmap = document[index].render(scale=DOTS_PER_INCH / 72, grayscale=True)
        image = bitmap.to_pil().convert("L")
        bitmap.close()
        sheets.append(_worn(image, random) if noisy else image)
    document.close()
    assert isinstance(sheets[0], Image.Image)
    sheets[0].save(
        target, "PDF", save_all=True, append_images=sheets[1:], resolution=DOTS_PER_INCH, quality=90
    )
    return target


def _worn(image, random: np.random.Generator):
    from PIL import Image, ImageFilter

    askew = image.rotate(random.uniform(-1.5, 1.5), Image.Resampling.BICUBIC, fillcolor=255)
    soft = np.asarray(askew.filter(ImageFilter.GaussianBlur(0.8)), np.float32)
    grainy = np.clip(soft * 0.9 + 12 + random.normal(0, 10, soft.shape), 0, 255).astype(np.uint8)
    specks = random.random(soft.shape)
    grainy[specks < 0.001] = 25
    grainy[specks > 0.999] = 245
    return Image.fromarray(grainy)


def letters(text: str) -> str:
    """What of a paragraph counts: its letters and digits."""
    return re.sub(r"[\W_]+", "", text).lower()


def paragraphs_f1(expected: Document, found: Document) -> float:
    """F1 of the passages by their letters."""
    a = Counter(letters(passage.text) for passage in expected.passages)
    b = Counter(letters(passage.text) for passage in found.passages)
    return 2 * (a & b).total() / (a.total() + b.total())


def character_errors(expected: Document, found: Document) -> tuple[int, int]:
    """Characters wrong, missing or too many in the text, and of how many; kinds of dashes are one."""
    a, b = (_even(document.text) for document in (expected, found))
    return distance(a, b), len(a)


def _even(text: str) -> str:
    return " ".join(re.sub(r"[–—]", "-", text).split())


def distance(a: str, b: str) -> int:
    """Edit distance."""
    row = np.arange(len(b) + 1)
    places = np.arange(len(b) + 1)
    other = np.frombuffer(b.encode("utf-32-le"), np.uint32)
    for number, code in enumerate(np.frombuffer(a.encode("utf-32-le"), np.uint32), 1):
        best = np.empty_like(row)
        best[0] = number
        np.minimum(row[:-1] + (other != code), row[1:] + 1, out=best[1:])
        row = np.minimum.accumulate(best - places) + places
    return int(row[-1])


def main(numbers: Sequence[str]) -> None:
    """Measure all forms and print a line for each."""
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        for name in ("word", "lacking", "form", "scan"):
            (folder / name).mkdir()
        sources = word_sources(folder / "word", numbers)
        expected = {path.stem: read_document(path) for path in sources}
        for suffix in FILTERS:
            # LibreOffice restarts some lists where it writes .doc from .docx, not where it does from .rtf.
            given = (
                [folder / "form" / f"{path.stem}.rtf" for path in sources] if suffix == ".doc" else sources
            )
            _say(suffix, expected, office(given, suffix, folder / "form"))
        printed = {path.stem: read_document(folder / "form" / f"{path.stem}.pdf") for path in sources}
        lacking = [with_font(path, folder / "lacking") for path in sources]
        _say(".pdf, font without Vietnamese", expected, office(lacking, ".pdf", folder / "lacking"))
        for noisy in (False, True):
            made = [
                scan(path.with_suffix(".pdf"), folder / "scan" / f"{path.stem}.pdf", noisy=noisy, seed=at)
                for at, path in enumerate(folder / "form" / path.name for path in sources)
            ]
            _say("noisy scan" if noisy else "clean scan", printed, made)


def _say(form: str, expected: dict[str, Document], paths: Sequence[Path]) -> None:
    start = time.monotonic()
    scores, wrong, whole, pages = [], 0, 0, 0
    for path in paths:
        found = read_document(path)
        score = paragraphs_f1(expected[path.stem], found)
        errors, of = character_errors(expected[path.stem], found)
        scores.append(score)
        wrong, whole, pages = wrong + errors, whole + of, pages + (found.pages or 0)
        if score < 0.98 or errors > 0.01 * of:
            print(f"    {path.stem}: F1 {score:.3f}, characters wrong {errors / of:.2%}")  # noqa: T201
    seconds = time.monotonic() - start
    print(  # noqa: T201
        f"{form}: {len(scores)} documents, {pages} pages, F1 mean {sum(scores) / len(scores):.4f}, "
        f"least {min(scores):.3f}, characters wrong {wrong / whole:.3%}, {seconds:.0f} s"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
