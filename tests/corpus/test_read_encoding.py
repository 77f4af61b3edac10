"""Encodings: Vietnamese comes out right whatever program wrote the file, and guesses are said."""

import unicodedata

import pytest

from corpus.errors import ReadError
from corpus.read.encoding import decode
from corpus.read.legacy import from_tcvn3, from_vni, likeness
from corpus.read.plain import read_plain

TEXT = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc. Quán triệt, triển khai thực hiện "
    "nghiêm túc, hiệu quả Chỉ thị; nâng cao nhận thức, trách nhiệm của các cấp, các ngành, địa phương về vị "
    "trí, vai trò của hoạt động xuất bản; đẩy mạnh chuyển đổi số, đổi mới sáng tạo, ươm mầm kỹ thuật ở xã.\n"
)  # fmt: skip

# The same words as old programs stored them, typed from the published code charts.
TCVN3 = (
    "Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc. Qu¸n triÖt thùc hiÖn nghiªm tóc "
    "chØ thÞ; ®Èy m¹nh chuyÓn ®æi sè, ­¬m mÇm kü thuËt ë mçi x·, ph­êng."
)
TCVN3_MEANS = (
    "Cộng hoà xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc. Quán triệt thực hiện nghiêm túc "
    "chỉ thị; đẩy mạnh chuyển đổi số, ươm mầm kỹ thuật ở mỗi xã, phường."
)
VNI = (
    "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc. Quaùn trieät thöïc hieän "
    "nghieâm tuùc chæ thò; ñaåy maïnh chuyeån ñoåi soá, öôm maàm kyõ thuaät ôû moãi xaõ, phöôøng. ÑAÛNG BOÄ"
)
VNI_MEANS = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc. Quán triệt thực hiện "
    "nghiêm túc chỉ thị; đẩy mạnh chuyển đổi số, ươm mầm kỹ thuật ở mỗi xã, phường. ĐẢNG BỘ"
)


def cp1258(text: str) -> bytes:
    """Windows-1258 as Windows writes it: letters with their hat or horn, tones after them."""
    out = b""
    for char in text:
        apart = unicodedata.normalize("NFD", char)
        tones = [mark for mark in apart if mark in "\u0300\u0301\u0303\u0309\u0323"]
        base = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in tones))
        out += (base + "".join(tones)).encode("cp1258")
    return out


def as_windows_1252(data: bytes) -> str:
    """What a Windows program makes of bytes: five of them have no character and stay as they are."""
    return "".join(bytes([one]).decode("cp1252", "ignore") or chr(one) for one in data)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("utf-32-le"),
        TEXT.encode("utf-32-be"),
        unicodedata.normalize("NFD", TEXT).encode(),
    ],
    ids=["utf-8", "sig", "16", "16le", "16be", "16be mark", "32", "32le", "32be", "nfd"],
)
def test_unicode(data: bytes) -> None:
    text, warnings = decode(data, "a.txt")
    assert unicodedata.normalize("NFC", text) == TEXT
    assert warnings == []


@pytest.mark.parametrize(
    ("data", "expected", "said"),
    [
        (cp1258(TEXT), TEXT, "Windows-1258"),
        (TCVN3.encode("latin-1"), TCVN3_MEANS, "TCVN3"),
        (TCVN3.encode(), TCVN3_MEANS, "TCVN3"),
        (VNI.encode("latin-1"), VNI_MEANS, "VNI"),
        (VNI.encode(), VNI_MEANS, "VNI"),
        (TEXT.encode().decode("latin-1").encode(), TEXT, "sai bảng mã"),
        (as_windows_1252(TEXT.encode()).encode(), TEXT, "đã khôi phục"),
        (TEXT.encode().decode("cp1252", "ignore").encode(), None, "không khôi phục được"),
        ("“Nghi quyet” khong dau, ".encode("cp1252") + b"chu thuong " * 40, None, "Windows-1252"),
    ],
    ids=["1258", "tcvn3", "tcvn3 utf8", "vni", "vni utf8", "mojibake", "mojibake 1252", "lost", "quotes"],
)  # fmt: skip
def test_guesses_are_right_and_said(data: bytes, expected: str | None, said: str) -> None:
    text, [warning] = decode(data, "a.txt")
    assert expected is None or unicodedata.normalize("NFC", text) == expected
    assert said in warning


def test_some_broken_bytes_do_not_lose_the_file() -> None:
    data = (TEXT * 20).encode()
    text, [warning] = decode(data[:1000] + b"\xff\xfe" + data[1000:-1] + b"\xe1", "a.txt")
    assert text.count("\ufffd") == 3
    assert "3 chỗ hỏng" in warning


def test_foreign_words_stay() -> None:
    text = "Élève à l'école, très français, déjà vu, là où Noël fête Pâques"
    assert decode(text.encode(), "a.txt") == (text, [])
    with pytest.raises(ReadError, match="không nhận ra bảng mã"):
        decode(text.encode("latin-1"), "a.txt")


@pytest.mark.parametrize("char", ["ế", "Ạ", "ự", "ỵ", "Ỹ", "Ẵ", "ẳ", "Ặ", "đ", "Đ", "ỉ", "Ĩ", "ị"])
def test_vni_letters(char: str) -> None:
    from corpus.read.legacy import _FROM_VNI

    [written] = [old for old, new in _FROM_VNI.items() if new == char and old not in ("Aâ",)][-1:]
    assert from_vni(written) == char


def test_tcvn3_covers_every_small_letter() -> None:
    letters = set(from_tcvn3("".join(map(chr, range(0xA0, 0x100)))))
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    wanted = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones}
    assert {char for char in wanted if not char.isascii()} | {"đ", "Đ"} <= letters


@pytest.mark.parametrize(
    ("text", "share"),
    [("nghiêm túc, chuyển, quyển, khuỷu, giữa, ươm, ỷ, huế", 1.0), ("ViÖt héi nghÜa", 0.0), ("abc", 0.0)],
)
def test_likeness(text: str, share: float) -> None:
    assert likeness(text)[0] == share


def test_warning_reaches_the_source_text() -> None:
    source = read_plain(TCVN3.encode("latin-1"), "a.txt")
    assert source.blocks[0].text == TCVN3_MEANS
    assert "TCVN3" in source.warnings[0]
