"""PDF with a text layer: the outside, which knows the file only by its first bytes.

`parse` is the whole way, and the only one that imports pdfium; it runs in a limited process.
"""

from corpus.errors import ReadError
from corpus.read.sandbox import PDF, parse_apart
from corpus.read.sniff import PDF_START, disguise
from corpus.types import SourceText

__all__ = ["read_pdf"]

_HEAD_WITHIN = 1024
"""Readers of PDF look for its first words among so many bytes; mailers put lines above them."""


def read_pdf(data: bytes, name: str) -> SourceText:
    """Read the bytes of a PDF. Raises `ReadError` where they are something else, damaged or a scan."""
    if not data.strip(b"\0 \t\r\n"):
        raise ReadError(f"{name}: tệp rỗng; hãy kiểm tra lại tệp gốc.")
    if PDF_START not in data[:_HEAD_WITHIN]:
        kind, advice = disguise(data) or ("", "hãy kiểm tra lại tệp gốc")
        what = f"nhưng là {kind}" if kind else "nhưng không phải tệp PDF"
        raise ReadError(f"{name}: mang đuôi .pdf {what}; {advice}.")
    return parse_apart(data, name, parser=PDF)
