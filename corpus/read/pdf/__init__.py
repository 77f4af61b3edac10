"""PDF: the outside, which knows the file only by its first bytes.

`parse` is the whole way; it runs in a limited process. Pages that are pictures of text are recognised
between two runs of it: the first says which they are, the second lays them out with the others.
"""

from dataclasses import replace

from corpus.errors import ReadError
from corpus.read.sandbox import PDF, lent, source_of
from corpus.read.scan import PageProgress, recognise
from corpus.read.sniff import PDF_START, disguise
from corpus.types import SourceText

__all__ = ["read_pdf"]

_HEAD_WITHIN = 1024
"""Readers of PDF look for its first words among so many bytes; mailers put lines above them."""


def read_pdf(data: bytes, name: str, told: PageProgress | None = None) -> SourceText:
    """Read the bytes of a PDF.

    Raises `ReadError` where they are something else, damaged, or a scan that cannot be recognised;
    what `told` raises goes through.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise ReadError(f"{name}: tệp rỗng; hãy kiểm tra lại tệp gốc.")
    if PDF_START not in data[:_HEAD_WITHIN]:
        kind, advice = disguise(data) or ("", "hãy kiểm tra lại tệp gốc")
        what = f"nhưng là {kind}" if kind else "nhưng không phải tệp PDF"
        raise ReadError(f"{name}: mang đuôi .pdf {what}; {advice}.")
    with lent(data, name) as file:
        found = file.ask(replace(PDF, function="parse_or_ask"))
        if "textless" in found:
            recognised, without = recognise(file, found["textless"], told)
            found = file.ask(PDF, arguments={"recognised": recognised, "without": without})
        return source_of(found, name, PDF)
