"""Bytes of a web page to text: what the page, its MIME part and its letters say of the encoding."""

import codecs
import email
import email.policy
import re

from corpus.errors import ReadError
from corpus.read.encoding import decode

__all__ = ["decode_page"]

_DECLARED = re.compile(rb"""<meta[^>]{0,300}charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE)
_OLD_FONT = re.compile(rb"""(?:face|font-family)\s*[=:]\s*["']?(?:\.Vn|VNI-)\w""", re.IGNORECASE)
_GUESS = frozenset({"cp1252", "iso8859-1", "ascii", "latin-1", "mac-roman"})
"""Declared by pages in old Vietnamese encodings too: fonts did the rest."""


def decode_page(data: bytes) -> tuple[str, list[str]]:
    """The text of a page and warnings. Raises `ReadError`, without a name, where no encoding fits."""
    said = None
    if data[:5].lower() == b"mime-" or b"multipart/related" in data[:4096].lower():
        data, said = _page_of_mail(data)
    declared = _codec(said) or _codec(_found(_DECLARED, data)) or _codec(_found(_XML, data))
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if declared and declared not in _GUESS and declared != "utf-8" and not marked and not _is_utf8(data):
        text = data.decode(declared, "replace")
        if text.count("\ufffd") * 200 <= len(text):
            return text, []
    if _OLD_FONT.search(data) and not marked:  # the fonts tell, text by text
        return data.decode("utf-8" if _is_utf8(data) else "cp1252", "replace"), []
    try:
        return decode(data, "")
    except ReadError as error:
        if declared is None or "bảng mã" not in str(error):
            raise ReadError(str(error).removeprefix(": ")) from error
        return data.decode(declared, "replace"), []


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _found(pattern: re.Pattern[bytes], data: bytes) -> str | None:
    match = pattern.search(data, 0, 8192)
    return match[1].decode("ascii", "replace") if match else None


def _codec(name: str | None) -> str | None:
    """The codec of a declared name, if it is one that turns bytes into text."""
    if not name:
        return None
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return found.name if getattr(found, "_is_text_encoding", True) else None


def _page_of_mail(data: bytes) -> tuple[bytes, str | None]:
    """The page in a web archive (.mht) and the encoding that its part declares."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for number, part in enumerate(message.walk()):
        if number > 2_000:
            break
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                return body, part.get_content_charset()
    raise ReadError("tệp trang web lưu trữ (.mht) không có trang nào bên trong; hãy lưu lại từ trình duyệt.")
