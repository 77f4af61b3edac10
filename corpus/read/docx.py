"""Word documents (.docx): the outside, which knows the file only by its first bytes."""

from corpus.errors import ReadError
from corpus.read.sandbox import parse_apart
from corpus.read.sniff import OLE, ZIP, disguise, is_locked_office
from corpus.types import SourceText

__all__ = ["read_docx"]


def read_docx(data: bytes, name: str) -> SourceText:
    """Read the bytes of a .docx. Raises `ReadError` where they are something else or damaged."""
    if not data.strip(b"\0 \t\r\n"):
        raise ReadError(f"{name}: tệp rỗng; hãy kiểm tra lại tệp gốc.")
    if is_locked_office(data):
        raise ReadError(f"{name}: tệp có mật khẩu; hãy mở bằng Word, bỏ mật khẩu, lưu lại rồi thêm lại.")
    if data.startswith(OLE):
        raise ReadError(
            f"{name}: tệp Word đời cũ (.doc) mang đuôi .docx; hãy mở bằng Word và chọn Lưu thành .docx."
        )
    if not data.startswith(ZIP):
        kind, advice = disguise(data) or ("không phải tệp Word", "hãy kiểm tra lại hoặc lưu lại bằng Word")
        raise ReadError(f"{name}: mang đuôi .docx nhưng là {kind}; {advice}."
                        .replace("nhưng là không phải", "nhưng không phải"))  # fmt: skip
    return parse_apart(data, name)
