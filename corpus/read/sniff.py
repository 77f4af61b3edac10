"""What a file really is, by its first bytes, whatever its name says."""

__all__ = ["OLE", "PDF_START", "ZIP", "disguise", "is_locked_office"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
PDF_START = b"%PDF-"

_LATER = "hiện chưa đọc được loại này; hãy mở bằng phần mềm của nó và lưu thành .docx hoặc .txt"
_SCAN = "hãy dùng bản chữ (.docx, .txt) của văn bản thay cho ảnh"
_UNPACK = "hãy giải nén rồi thêm các tệp bên trong"

_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (PDF_START, "tệp PDF", "hãy đổi đuôi tệp thành .pdf rồi thêm lại"),
    (OLE, "tệp Office đời cũ (.doc, .xls) hoặc có mật khẩu", "hãy mở bằng Word và lưu thành .docx"),
    (b"{\\rtf", "tệp RTF", "hãy mở bằng Word và lưu thành .docx"),
    (b"\x89PNG", "ảnh PNG", _SCAN),
    (b"\xff\xd8\xff", "ảnh JPEG", _SCAN),
    (b"GIF8", "ảnh GIF", _SCAN),
    (b"II*\0", "ảnh TIFF", _SCAN),
    (b"MM\0*", "ảnh TIFF", _SCAN),
    (b"\x1f\x8b", "tệp nén gzip", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "tệp nén 7z", _UNPACK),
    (b"Rar!\x1a\x07", "tệp nén RAR", _UNPACK),
    (b"\x7fELF", "chương trình máy tính", "hãy bỏ tệp này ra"),
    (b"SQLite format 3\0", "cơ sở dữ liệu SQLite", "hãy bỏ tệp này ra"),
)


def disguise(data: bytes) -> tuple[str, str] | None:
    """Name and advice, in Vietnamese, for bytes of a known binary kind; None for anything else."""
    if data.startswith(ZIP):
        # The member names of an Office file stand readable among its first bytes.
        if b"word/" in data:
            return "tệp Word (.docx)", "hãy đổi đuôi tệp thành .docx rồi thêm lại"
        if b"xl/" in data or b"ppt/" in data:
            return "bảng tính hoặc trình chiếu Office", _LATER
        return "tệp nén ZIP", _UNPACK
    for magic, kind, advice in _KINDS:
        if data.startswith(magic):
            return kind, advice
    return None


def is_locked_office(data: bytes) -> bool:
    """An Office file with a password: an OLE container around an encrypted package."""
    return data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data
