"""PDFs as they come: our samples printed by LibreOffice, and the official gazette."""

import itertools
import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from sample_documents import sample_document

from corpus.ingest import read_document
from corpus.types import Document

NEEDS = "needs LibreOffice to print PDF: make system-packages"


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two sample documents printed to PDF."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip(NEEDS)
    folder = tmp_path_factory.mktemp("printed")
    sources = Path(__file__).parents[2] / "corpus/sample/documents"
    names = [str(next(sources.glob(f"{number}-*.docx"))) for number in ("11", "14")]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *names]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("number", ["11", "14"])
def test_the_same_document_from_word_and_from_pdf(number: str, printed: Path) -> None:
    word = sample_document(number)
    read = read_document(next(printed.glob(f"{number}-*.pdf")))
    assert read.pages is not None
    assert read.pages >= 3
    expected = Counter(letters(passage.text) for passage in word.passages)
    found = Counter(letters(passage.text) for passage in read.passages)
    both = (expected & found).total()
    assert 2 * both / (expected.total() + found.total()) >= 0.98
    assert [(one.label, one.title, one.level) for one in read.sections] == [
        (one.label, one.title, one.level) for one in word.sections
    ]
    assert read.metadata == word.metadata
    pages = [passage.page for passage in read.passages]
    assert pages == sorted(pages)


def _cut_in_mid_sentence(document: Document) -> list[str]:
    """Passages that stop without a mark where the next begins with a small letter and no label."""
    text = [passage for passage in document.passages if passage.role != "table_row"]
    return [
        passage.text
        for passage, after in itertools.pairwise(text)
        if passage.page != after.page
        and passage.ordinal + 1 == after.ordinal
        and passage.text[-1].isalnum()
        and after.text[0].islower()
        and not after.label
    ]


@pytest.mark.slow
@pytest.mark.shared
def test_gazette(shared_dir: Path) -> None:
    folder = shared_dir / "documents/gazette"
    right = asked = 0
    for line in (folder / "metadata.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        path = folder / gold["file"]
        if not gold["text_layer"] and not shutil.which("tesseract"):
            pytest.skip("needs Tesseract with Vietnamese: make system-packages")
        document = read_document(path)
        how = {reading.how for reading in document.page_readings}
        assert how == {"text"} if gold["text_layer"] else how == {"ocr"}
        assert document.pages == gold["pages"]
        assert all(passage.page is not None for passage in document.passages)
        assert not [passage.text for passage in document.passages if "CÔNG BÁO/" in passage.text]
        assert not _cut_in_mid_sentence(document)
        for field in ("kind", "number", "date"):
            if gold[field] is None:  # not known, rather than not there
                continue
            asked += 1
            right += getattr(document.metadata, field) == gold[field]
    assert asked == 110
    assert right / asked >= 0.97
