"""What kind of document a file is: by its content first, by its suffix where the content does not tell."""

import re
from pathlib import Path
from typing import Literal

from corpus.errors import ReadError
from corpus.read.sniff import OLE, PDF_START, ZIP, disguise, is_locked_office

__all__ = ["SUFFIXES", "Kind", "NamedKind", "kind_of"]

Kind = Literal["text", "docx", "pdf", "doc", "rtf", "odt", "wordxml", "html", "picture", "zip"]

SUFFIXES: dict[str, Kind] = {
    ".txt": "text", ".md": "text", ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".pdf": "pdf",
    ".doc": "doc", ".dot": "doc", ".rtf": "rtf", ".odt": "odt", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".mht": "html", ".mhtml": "html", ".tif": "picture", ".tiff": "picture",
    ".png": "picture", ".jpg": "picture", ".jpeg": "picture", ".zip": "zip",
}  # fmt: skip
"""Kinds by lower-case suffix."""

NamedKind = tuple[Kind, str]
"""A kind, and what to tell the user where the suffix says something else ("" where it does not)."""

_NAMES: dict[Kind, str] = {
    "text": "tệp chữ thường", "docx": "tệp Word (.docx)", "pdf": "tệp PDF", "doc": "tệp Word đời cũ (.doc)",
    "rtf": "tệp RTF", "odt": "tệp OpenDocument (.odt)", "wordxml": "tệp Word XML", "html": "trang web",
    "picture": "ảnh", "zip": "tệp nén ZIP",
}  # fmt: skip
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_OFFICE_FIRST = (b"[Content_Types].xml", b"_rels/", b"word/", b"docProps/", b"customXml/", b"mimetype")
_BLANK = b"\xef\xbb\xbf \t\r\n"
_HTML = re.compile(
    rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|meta|title|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MHTML = re.compile(rb"content-type:\s*multipart/related", re.IGNORECASE)
_LEAVE = "hãy bỏ tệp này ra, hoặc lưu nội dung thành .docx rồi thêm lại"


def kind_of(data: bytes, name: str) -> NamedKind:
    """Say what a file is. Raises `ReadError` for an empty file and for kinds that hold no documents."""
    suffix = Path(name).suffix.lower()
    claimed = SUFFIXES.get(suffix)
    if not data.strip(b"\0 \t\r\n"):
        raise ReadError("tệp rỗng; hãy kiểm tra lại tệp gốc.")
    found = _by_content(data, claimed)
    if found is None:
        if claimed is None:
            raise ReadError(f"loại tệp này chưa đọc được (đọc được: {', '.join(SUFFIXES)}); "
                            "hãy đổi sang một loại trên.")  # fmt: skip
        # What is no Word file of any kind may be text that somebody named so.
        found = "text" if claimed in ("doc", "rtf") and b"\0" not in data[:100_000] else claimed
    if claimed in (None, found) or (claimed == "text" and found == "text"):
        return found, ""
    return found, f"Tệp mang đuôi {suffix} nhưng là {_NAMES[found]}; đã đọc theo nội dung."


def _by_content(data: bytes, claimed: Kind | None) -> Kind | None:  # noqa: PLR0911 - one rule a line
    head = data[:4096].lstrip(_BLANK)
    if head.startswith(PDF_START):
        return "pdf"
    if data.startswith(OLE):
        return _old_office(data)
    if data.startswith(ZIP):
        return _zipped(data, claimed)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_PICTURES):
        return "picture"
    if head.startswith(b"<?xml") and b"Word.Document" in head:
        return "wordxml"
    wide = data[:4096].replace(b"\0", b"") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    if _HTML.match(wide.lstrip(b"\xff\xfe")) or (head[:5].lower() == b"mime-" and _MHTML.search(head)):
        return "html"
    known = disguise(data)
    if known:
        raise ReadError(f"thật ra là {known[0]} dù tên nói khác; {known[1]}.")
    return None


def _old_office(data: bytes) -> Kind:
    if is_locked_office(data):
        raise ReadError("tệp có mật khẩu; hãy mở bằng Word, bỏ mật khẩu, lưu lại rồi thêm lại.")
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    raise ReadError(f"tệp Office đời cũ nhưng không phải văn bản Word (bảng tính, trình chiếu…); {_LEAVE}.")


def _zipped(data: bytes, claimed: Kind | None) -> Kind:
    """Office files are archives too; they begin with a member of a known name."""
    length = int.from_bytes(data[26:28], "little")
    first = data[30 : 30 + length]
    if not first.startswith(_OFFICE_FIRST):
        return "docx" if claimed == "docx" else "odt" if claimed == "odt" else "zip"
    if b"opendocument.text" in data[:200]:
        return "odt"
    if b"opendocument" in data[:200] or (b"word/" not in data and (b"xl/" in data or b"ppt/" in data)):
        raise ReadError(f"tệp là bảng tính hoặc trình chiếu Office, không phải văn bản; {_LEAVE}.")
    return "docx"
