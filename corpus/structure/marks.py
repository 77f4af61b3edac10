"""What a single line says about itself: motto, number, date, body, signature, attachment, basis."""

import re

from corpus.clean import is_caps
from corpus.kinds import Kind, kind_at_start
from corpus.numbers import find_numbers
from corpus.structure.labels import bullet_mark, readings
from corpus.text import fold

__all__ = [
    "attachment_label", "authority", "ends_open", "is_basis", "is_body_name", "is_enacting",
    "is_name",
    "is_note", "is_recipients_head", "is_separator", "is_signer_role", "is_stamp", "kind_line", "opens_item",
]  # fmt: skip

_SEPARATOR = re.compile(r"[\W_o]*$")
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
