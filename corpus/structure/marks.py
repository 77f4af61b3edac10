"""What a single line says about itself: motto, number, date, body, signature, attachment, basis."""

import re

from corpus.clean import is_caps
from corpus.dates import DATE
from corpus.kinds import Kind, kind_at_start
from corpus.numbers import blank_number, find_numbers
from corpus.structure.labels import bullet_mark, readings
from corpus.text import fold
from corpus.types import MatterRole

__all__ = [
    "attachment_label", "authority", "ends_open", "head_parts", "is_basis", "is_body_name", "is_enacting",
    "is_name",
    "is_note", "is_recipients_head", "is_separator", "is_signer_role", "is_stamp", "kind_line", "opens_item",
]  # fmt: skip

_MOTTOS = re.compile(
    r"cong hoa xa hoi chu nghia viet nam|doc lap\s*[-–—.]?\s*tu do\s*[-–—.]?\s*hanh phuc"
    r"|dang cong san viet nam"
)
_SEPARATOR = re.compile(r"[\W_o]*$")
_NUMBER_LINE = re.compile(
    r"(?:(?:Luật|Nghị quyết|Pháp lệnh|LUẬT|NGHỊ QUYẾT)\s+)?S[ốỐ]\s*:?\s*", re.IGNORECASE
)
_LONE_NUMBER = re.compile(r"S[ốỐ]\s*:?\s*[\d.…_/\s-]*$")
_STAMP = re.compile(
    r"^(?:cong van den|van ban den|den\s*(?:so|ngay|$)|so den|ngay den|gio den|ngay\s*:?[\s.…_/\d]*$"
    r"|chuyen\s*:|kinh chuyen|luu ho so|ky boi|nguoi ky|thoi gian ky|ngay ky|email\s*:|co quan\s*:"
    r"|so ky hieu ho so|so va ky hieu|\(?luu hanh noi bo\)?\.?$"
    r"|(?:thuong khan|hoa toc|khan|mat|tuyet mat|toi mat|du thao)[\s.:]*(?:lan \d+)?$)"
)
_ARRIVAL = re.compile(r"\b(?:cong van den|van ban den|so den|ngay den)\b|^den\s*(?:so|ngay|:|$)")
_BODY_HEADS = (
    "uy ban", "ubnd", "hdnd", "hoi dong", "bo ", "so ", "tinh uy", "thanh uy", "huyen uy", "quan uy",
    "thi uy",
    "dang uy", "dang bo", "chi bo", "ban ", "van phong", "cuc ", "tong cuc", "vu ", "chinh phu", "quoc hoi",
    "thu tuong", "chu tich", "bo truong", "toa an", "vien ", "cong an", "truong ", "trung tam", "tinh ",
    "thanh pho", "tp", "huyen ", "quan ", "thi xa", "xa ", "phuong ", "dac khu", "hoi ", "lien doan",
    "tong lien doan", "doan ", "mat tran", "mttq", "ubmttq", "bao ", "cong ty", "tap doan", "ngan hang",
    "phong ", "chi cuc", "kiem toan", "thanh tra", "trung uong", "bch", "hoc vien", "dai hoc", "nha xuat ban",
    "khoa ", "ky hop", "tong bi thu", "quan khu", "giam doc", "cac ", "lien minh", "dai ", "bi thu",
)  # fmt: skip
_NOT_BODIES = re.compile(
    r"^(?:ban hanh|hoi nghi|bao dam|bao ve|so ket|ban do|doan ket|bao cao|cac nhiem vu|phong chong)"
)
_AUTHORITY = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|Q)\s?\.|(?:T/M|K/T|T/L|T/U|TU/Q)\.?|(?:TM|KT|TL|TUQ)(?=\s))\s*(?=[^\W\d_])"
)
_ROLE = re.compile(
    r"(?:pho |quyen |q\. ?)*(?:chu tich|bi thu|tong bi thu|truong ban|chanh van phong|giam doc"
    r"|tong giam doc|bo truong"
    r"|thu truong|thu tuong|vu truong|cuc truong|tong cuc truong|truong phong|hieu truong|vien truong"
    r"|chanh an"
    r"|chanh thanh tra|truong doan|tong thanh tra|tong kiem toan|chu nhiem|tu lenh|chinh uy|chi huy truong"
    r"|truong cong an|tong bien tap|chi cuc truong|truong tieu ban|thong doc|van phong|thuong truc|uy vien"
    r"|pho tong|to truong|doi truong|dai dien)\b.*$"
)
_RANKS = re.compile(
    r"^(?:(?:GS|PGS|TS|ThS|Ths|BS|KS|CN|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá"
    r"|Thượng tá|Trung tá"
    r"|Thiếu tá|Đại úy|Luật sư|Ông|Bà|Đồng chí)[.,]?\s*)+"
)
_BASIS = re.compile(
    r"(?:can cu|thuc hien|thi hanh|theo|xet|tren co so|trien khai|de |nham|tiep tuc thuc hien"
    r"|quan triet|chap hanh"
    r"|thuc hien theo)\b"
)
_ATTACHMENT = re.compile(
    r"(?P<label>(?P<word>phu luc|phu bieu|bieu mau|mau"
    r"|bieu)(?:\s+so)?(?:\s*:?\s+(?P<value>\d{1,3}(?:[.\-]?[a-z0-9]{1,2})?"
    r"|[ivx]{1,6}|[a-z]))?(?:/[\w-]{2,12})?)(?P<mark>\s*[.:\-–])?(?P<rest>\s.*|$)"
)
_NOTE = re.compile(
    r"^\(?\s*(?:ban hanh )?(?:kem theo|dinh kem|kem)\b|^\(\s*(?:tai lieu|dung cho|trinh|phuc vu|ban hanh)\b"
)

_ENACTING = re.compile(
    r"(?:.{4,70}\s)?(?:quyet dinh|quyet nghi|nghi quyet|ra quyet dinh)\s*:?$"
    r"|(?:chi thi|ban hanh|quy dinh|thong nhat ban hanh)\s*:?$"
)


def is_separator(text: str) -> bool:
    """A line without words: "*", "-----", "o0o"."""
    return bool(_SEPARATOR.match(text)) and len(text) < 200


def is_stamp(text: str) -> bool:
    """A line of a stamp of receipt, urgency or digital signature."""
    return len(text) < 100 and bool(_STAMP.match(fold(text)) or _ARRIVAL.search(fold(text)))


def is_body_name(text: str) -> bool:
    """The name of a body as a letterhead prints it: capitals, beginning with what bodies are called."""
    if len(text) > 110 or not is_caps(text) or text.endswith((".", ";", "?", "!")):
        return False
    folded = fold(text)
    return folded.startswith(_BODY_HEADS) and not _NOT_BODIES.match(folded) and not readings(text)


def head_parts(text: str, *, after_body: bool = False) -> list[tuple[MatterRole, str]] | None:
    """Cut one line of a letterhead into its parts; None where it holds anything else.

    Two-column heads reach us flattened: "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".
    `after_body`: the line above was the name of a body, which may go on here ("VÀ ĐÀO TẠO").
    """
    if len(text) > 220:
        return None
    parts: list[tuple[MatterRole, str]] = []
    for role, piece in _cut(text):
        if role is None:
            found = _plain_part(piece, after_body=after_body or bool(parts))
            if found is None:
                return None
            parts.append((found, piece))
        else:
            parts.append((role, piece))
    return parts or None


def _cut(text: str) -> list[tuple[MatterRole | None, str]]:
    """Cut out motto, number and place with date; what is left between them has no role yet."""
    spans: list[tuple[int, int, MatterRole]] = [
        (match.start(), match.end(), "motto")
        for match in _MOTTOS.finditer(fold(text))
        if is_caps(match.group() and text[match.start() : match.end()]) or match.group().startswith("doc")
    ]
    number = _number_span(text)
    if number is not None:
        spans.append((*number, "number"))
    dated = _dated_span(text, number[1] if number else 0)
    if dated is not None:
        spans.append((*dated, "place_date"))
    cut: list[tuple[MatterRole | None, str]] = []
    at = 0
    for start, end, role in sorted(spans):
        if start < at:
            continue
        if text[at:start].strip():
            cut.append((None, text[at:start].strip()))
        cut.append((role, text[start:end].strip()))
        at = end
    if text[at:].strip():
        cut.append((None, text[at:].strip()))
    return cut


def _number_span(text: str) -> tuple[int, int] | None:
    for match in _NUMBER_LINE.finditer(text):
        if match.start() and text[match.start() - 1].isalnum():
            continue
        if match.start() and not is_caps(text[: match.start()]) and not is_separator(text[: match.start()]):
            return None
        for number in find_numbers(text[match.end() : match.end() + 60]):
            if number.span.start <= 2:
                return match.start(), match.end() + number.span.end
            break
        rest = text[match.start() :]
        if blank_number(rest):
            tail = DATE.search(rest)
            end = len(rest) if tail is None else _before_place(rest[: tail.start()])
            return match.start(), match.start() + end
        if _LONE_NUMBER.match(rest):
            return match.start(), len(text)
    lone = next(find_numbers(text), None)
    return (0, len(text)) if lone is not None and lone.span == (0, len(text)) else None


def _before_place(text: str) -> int:
    """Where the place begins at the end of "Số: /KH-UBND Đắk Lắk,"."""
    match = re.search(r"(?:\s[^\W\d_][^\W\d_]*){1,5}\s*,?\s*$", text)
    return match.start() if match else len(text)


def _dated_span(text: str, start: int) -> tuple[int, int] | None:
    match = DATE.search(text, start)
    if match is None or (match.end() < len(text) and text[match.end() :].strip(" .")):
        return None
    before = text[start : match.start()].rstrip()
    if not before:
        return (match.start(), len(text)) if match["y1"] else None
    if not before.endswith(","):
        place = re.search(r"(?:^|\s)((?:[^\W\d_]+\s?){1,4})$", before) if match["y1"] else None
        return (start, len(text)) if place and place.start() == 0 and before.istitle() else None
    place = re.search(r"(?:^|(?<=\s))(?:(?:TP|Tp)\.\s?)?[^\W\d_][^\W\d_]*(?:[\s-]+[^\W\d_]+){0,5},$", before)
    if place is None:
        return None
    words = place.group()
    # "TỈNH ỦY X Lai Châu, ngày…": the place begins at the first word in small letters.
    begin = place.start()
    if not is_caps(words):
        for word in re.finditer(r"\S+", words):
            if not is_caps(word.group()) or len(word.group()) < 2:
                break
            begin = place.start() + word.end() + 1
    return start + begin, len(text)


def _plain_part(text: str, *, after_body: bool) -> MatterRole | None:
    if is_separator(text):
        return "separator"
    if is_body_name(text):
        return "letterhead"
    if after_body and is_caps(text) and len(text) <= 60 and kind_line(text) is None and not readings(text):
        return "letterhead"
    return None


def kind_line(text: str, *, marked: bool = False) -> tuple[Kind, int] | None:
    """The kind that a line announces, and how much of the line that takes ("KẾ HOẠCH Thực hiện…": 8).

    In small letters only where the line is nothing else (`marked`: set apart by the file).
    """
    found = kind_at_start(text)
    if found is None:
        return None
    kind, size = found
    rest = text[size:].strip()
    if kind.attachment:
        label = attachment_label(text)
        if label is not None:
            return kind, label
    if not rest.strip(":"):
        return (kind, len(text)) if is_caps(text) or marked or not text.endswith(":") else None
    if (
        marked
        and len(text) < 200
        and next(find_numbers(rest), None) is not None
        and fold(rest).startswith("so")
    ):
        return kind, len(text)
    if not text[:size].isupper() or bullet_mark(rest) or text.endswith((".", ";")):
        return None
    if fold(rest).startswith(("cua ", "so ")):
        size = len(text)
    return kind, size


def attachment_label(text: str) -> int | None:
    """Length of a label like "Phụ lục 1", "PHỤ LỤC", "Mẫu số 02" at the start of a line of its own.

    None for a sentence that merely begins so ("Phụ lục 1 kèm theo Nghị định này…").
    """
    match = _ATTACHMENT.match(fold(text[:300]))
    if match is None or not text[0].isupper() or len(text) > 300:
        return None
    rest = text[match.end("mark") if match["mark"] else match.end("label") :].strip()
    word = text[match.start("word") : match.end("word")]
    if match["value"] is None and (
        match["word"] not in ("phu luc", "phu bieu") or not (word.isupper() or not rest)
    ):
        return None
    if rest and not (is_caps(rest) or match["mark"] or is_note(rest)):
        return None
    if rest.endswith((".", ";")) and not is_caps(rest):
        return None
    return match.end("label")


def is_note(text: str) -> bool:
    """The note that ties an attachment to its document: "(Kèm theo Quyết định số …)"."""
    folded = fold(text[:60])
    return bool(_NOTE.match(folded)) and (
        text.startswith("(") or folded.startswith(("kem theo", "ban hanh kem"))
    )


def is_recipients_head(text: str) -> bool:
    """The line that opens the list of recipients."""
    folded = fold(text[:40])
    return folded.startswith("noi nhan") and (len(text) < 14 or ":" in text[:14] or "/" in text[:20])


def authority(text: str) -> bool:
    """On whose behalf a document is signed: "T/M BAN THƯỜNG VỤ", "KT. CHỦ TỊCH"."""
    match = _AUTHORITY.match(text)
    return bool(match) and len(text) < 120 and is_caps(text)


def is_signer_role(text: str) -> bool:
    """The office of a signer in capitals: "PHÓ CHỦ TỊCH"."""
    return (
        len(text) < 90
        and is_caps(text)
        and bool(_ROLE.match(fold(text)))
        and not text.endswith((".", ";", ":"))
    )


def is_name(text: str) -> bool:
    """A person's name on a line of its own, with or without rank; also "(Đã ký)"."""
    if fold(text).strip("() .") in ("da ky", "ky ten, dong dau", "ky", "da ky ten"):
        return True
    words = _RANKS.sub("", text).strip(" .*").split()
    return (
        2 <= len(words) <= 6
        and len(text) < 60
        and all(word[0].isupper() and word.replace("-", "").isalpha() for word in words)
    )


def is_basis(text: str) -> bool:
    """A paragraph that says on what ground a document is issued: "Căn cứ…", "Thực hiện…"."""
    return bool(_BASIS.match(fold(text[:40])))


def opens_item(text: str) -> bool:
    """Whether a line begins with a label or a bullet, so that no paragraph runs on into it."""
    return bool(bullet_mark(text) or readings(text))


def ends_open(text: str) -> bool:
    """Whether a line stops in mid-sentence: no closing mark at its end."""
    tail = text.rstrip('”"’»)] ')
    return bool(tail) and tail[-1] not in ".;:!?…/"


def is_enacting(text: str) -> bool:
    """The line that enacts after the basis: "QUYẾT ĐỊNH:"."""
    return len(text) < 90 and text.isupper() and not readings(text) and bool(_ENACTING.match(fold(text)))
