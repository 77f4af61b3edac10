"""Bytes to text. First version: UTF-8 and UTF-16."""

from corpus.errors import ReadError

__all__ = ["decode"]


def decode(data: bytes, name: str) -> tuple[str, list[str]]:
    """Decode a text file; `ReadError` where it is no text."""
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"), []
    except UnicodeDecodeError as error:
        raise ReadError(f"{name}: không đọc được bảng mã; hãy lưu lại tệp với bảng mã UTF-8.") from error
