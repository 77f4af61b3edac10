"""Bytes of a text file to text: which encoding it is in, and what had to be guessed.

UTF-8 and files with a byte order mark are taken at their word. Anything else is decoded every way
that Vietnamese files are found in, and the way that gives the most possible syllables wins.
"""

import codecs
import re
from collections.abc import Callable

from corpus.errors import ReadError
from corpus.read.legacy import from_tcvn3, from_vni, likeness
from corpus.read.sniff import disguise

__all__ = ["decode"]

_CHECK = "hãy đối chiếu với bản gốc nếu thấy chữ lạ."
_SAVE = "hãy mở tệp bằng phần mềm đã tạo ra nó và lưu lại với bảng mã UTF-8"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_VIETNAMESE = re.compile(r"[\u1ea0-\u1ef9ăĂđĐơƠưƯ]")
_WESTERN = re.compile(r"[\xa1-\xff]")
_MOJIBAKE = re.compile(r"á[º»]|Ã[\x80-\xbf\u0152-\u2122]|Ä[\x91\u2018ƒ]|Æ[°¡]|Æ\xa0")
_ENOUGH, _CLEARLY = 0.8, 0.25
"""Share of possible syllables that makes a guess credible, and its lead over the text as it is."""
_FEWEST_WORDS = 4


def decode(data: bytes, name: str) -> tuple[str, list[str]]:
    """Decode a text file; returns the text and warnings in Vietnamese.

    Raises `ReadError` where the bytes are no text: empty, another kind of file, unknown encoding.
    """
    if not data:
        raise ReadError(f"{name}: tệp rỗng (0 byte); hãy kiểm tra lại tệp gốc.")
    known = disguise(data)
    if known:
        raise ReadError(f"{name}: thật ra là {known[0]} dù tên nói khác; {known[1]}.")
    text, warnings = _decoded(data, name)
    if len(_CONTROL.findall(text)) > max(2, len(text) // 200):
        raise ReadError(f"{name}: nội dung không phải chữ (tệp nhị phân); {_SAVE}.")
    if not text.strip("\0 \t\r\n\f\v\ufeff\u200b\xa0"):
        raise ReadError(f"{name}: tệp không có chữ nào; hãy kiểm tra lại tệp gốc.")
    return _mended(text, warnings)


def _decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding, name)
    wide = _wide(data)
    if wide:
        return _lenient(data, wide, name)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        if b"\0" in data[:100_000]:
            raise ReadError(f"{name}: nội dung không phải chữ (tệp nhị phân); {_SAVE}.") from error
    broken = data.decode("utf-8", "replace")
    whole = len(_VIETNAMESE.findall(broken))
    if whole >= 5 * broken.count("\ufffd"):  # so many real letters: it is UTF-8 with holes
        return broken, [_lost(broken)]
    return _guessed(data, name)


def _lenient(data: bytes, encoding: str, name: str) -> tuple[str, list[str]]:
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost > max(2, len(text) // 100):
        raise ReadError(f"{name}: bảng mã {encoding.upper()} bị hỏng nhiều chỗ; {_SAVE}.")
    return text, [_lost(text)] if lost else []


def _lost(text: str) -> str:
    return f"Có {text.count(chr(0xFFFD))} chỗ hỏng không đọc được, hiện là “\ufffd”; {_CHECK}"


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, by where the zero bytes of ASCII characters stand."""
    sample = data[:40_000]
    share = [sample[offset::4].count(0) * 4 / max(1, len(sample)) for offset in range(4)]
    if len(data) % 4 == 0 and min(share[2:]) > 0.9 and share[0] < 0.1:
        return "utf-32-le"
    if len(data) % 4 == 0 and min(share[:2]) > 0.9 and share[3] < 0.1:
        return "utf-32-be"
    even, odd = (share[0] + share[2]) / 2, (share[1] + share[3]) / 2
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    if even > 0.3 and odd < 0.05:
        return "utf-16-be"
    return None


def _guessed(data: bytes, name: str) -> tuple[str, list[str]]:
    western = _western(data)
    candidates: dict[str, Callable[[], str]] = {
        "Windows-1258": lambda: data.decode("cp1258", "replace"),
        "TCVN3 (ABC)": lambda: from_tcvn3(western),
        "VNI": lambda: from_vni(western),
    }
    best, best_share, best_text = "", 0.0, ""
    for encoding, decoded in candidates.items():
        text = decoded()
        share, seen = likeness(text)
        if share > best_share and seen:
            best, best_share, best_text = encoding, share, text
    if best_share >= _ENOUGH:
        return best_text, [_told(best)]
    if len(_WESTERN.findall(western)) * 200 <= len(western):  # a few marks in text without accents
        return western, [_told("Windows-1252")]
    raise ReadError(f"{name}: không nhận ra bảng mã chữ Việt của tệp; {_SAVE}.")


def _western(data: bytes) -> str:
    """Windows-1252 with its five unused bytes kept, so that nothing is lost on the way back."""
    return data.decode("latin-1").translate(_PUNCTUATION)


_PUNCTUATION = {
    code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore"))
}
_BYTES = {ord(char): code for code, char in _PUNCTUATION.items()}


def _told(encoding: str) -> str:
    return f"Tệp dùng bảng mã cũ {encoding}, đã chuyển sang Unicode; {_CHECK}"


def _mended(text: str, warnings: list[str]) -> tuple[str, list[str]]:
    """Undo what a wrong program did before: UTF-8 or a legacy encoding taken for Western text."""
    if len(_MOJIBAKE.findall(text, 0, 2_000_000)) >= 3:
        mended = "".join(map(_unmangled, text.splitlines(keepends=True)))
        if len(_MOJIBAKE.findall(mended)) >= 3:
            return mended, [*warnings, f"Có chữ Việt bị sai bảng mã mà không khôi phục được; {_CHECK}"]
        return mended, [*warnings, f"Chữ Việt bị sai bảng mã từ trước, đã khôi phục; {_CHECK}"]
    sample = text[:400_000]
    if len(_VIETNAMESE.findall(sample)) * 20 < len(_WESTERN.findall(sample)):
        now, seen = likeness(sample)
        for encoding, convert in (("TCVN3 (ABC)", from_tcvn3), ("VNI", from_vni)):
            share, _ = likeness(convert(sample))
            if seen >= _FEWEST_WORDS and share >= _ENOUGH and share >= now + _CLEARLY:
                return convert(text), [*warnings, _told(encoding)]
    return text, warnings


def _unmangled(line: str) -> str:
    """A line of UTF-8 that was decoded as Windows-1252, decoded rightly; as it is where it is not that."""
    if not _MOJIBAKE.search(line):
        return line
    narrow = line.translate(_BYTES)
    try:
        return narrow.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return line
