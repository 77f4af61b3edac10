"""Who issued a document: the letterhead says it; else symbol, basis, signature let us conclude it."""

import re
from collections import Counter

from corpus.bodies import BODY_START, body_name, body_of_symbol, levels, open_abbreviations
from corpus.clean import is_caps
from corpus.structure.layout import Laid
from corpus.text import fold
from corpus.types import Matter, Metadata

__all__ = ["find_issuer"]

_COMMITTEES = ("tinh uy", "thanh uy", "huyen uy", "quan uy", "thi uy", "dang uy", "dang bo")
_VERB = (
    r"(?:xây dựng|ban hành|yêu cầu|đề nghị|hướng dẫn|báo cáo|thông báo|triển khai|quyết định|chỉ thị"
    r"|kết luận|trình"
    r"|kính trình|tổ chức|đề ra|phát động|có ý kiến|quyết nghị|nhận được|cụ thể hóa)"
)
_IN_BASIS = re.compile(rf"(?:^|[,;.)]\s+)(?P<body>{BODY_START}[^,;:.()]{{0,90}}?)\s+{_VERB}\b")
_BY = re.compile(r"\b(?:của|do)\s+(?P<body>[^,;.()]{3,120}?)\s*(?:ban hành)?\s*\)?[.;]?\s*$")
_ON_BEHALF = re.compile(r"^(?:TM|T/M|T\.M)\s?\.?\s*", re.IGNORECASE)
_LEVEL_LINE = re.compile(r"(?:tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong|thi tran|dac khu)\b(?! uy\b)|va ")


def find_issuer(
    laid: Laid, front: list[Matter], metadata: Metadata, note: str | None
) -> tuple[str | None, str | None]:
    """The issuing body in sentence case, and what it was concluded from (None: the letterhead says so)."""
    head = _from_letterhead(front, metadata)
    if head is not None:
        return _as_written(head, laid.text), None
    if metadata.is_attachment and note is not None:
        match = _BY.search(note)
        return (body_name(match["body"]), "ghi chú kèm theo") if match else (None, None)
    return _concluded(laid, metadata)


def _as_written(name: str, text: str) -> str:
    """The spelling that the document itself gives a name where it is not in capitals."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return name
    spellings: Counter[str] = Counter()
    at = lowered.find(name.lower())
    while at >= 0:
        spelling = text[at : at + len(name)]
        if spelling[0].isupper() and not is_caps(spelling):
            spellings[spelling] += 1
        at = lowered.find(name.lower(), at + len(name))
    return spellings.most_common(1)[0][0] if spellings else name


def _from_letterhead(front: list[Matter], metadata: Metadata) -> str | None:
    lines: list[str] = []
    for part in front:
        if part.role in ("kind", "title"):
            break
        if part.role == "letterhead":
            lines.append(part.text)
    bodies = _bodies(lines)
    if not bodies:
        return None
    name = _joined(bodies)
    folded = fold(name)
    if folded.startswith(_COMMITTEES):
        behalf = _behalf(metadata)
        if behalf is not None and fold(behalf).startswith("ban thuong vu"):
            return f"Ban Thường vụ {name}"
    if folded.startswith("ban chap hanh trung uong"):
        behalf = _behalf(metadata)
        if behalf is not None and fold(behalf).startswith(("ban bi thu", "bo chinh tri")):
            return behalf
    return name


def _bodies(lines: list[str]) -> list[str]:
    """Names of bodies, each in one piece: a place or "VÀ…" goes on the line above."""
    joined: list[str] = []
    for line in lines:
        goes_on = bool(joined) and (_LEVEL_LINE.match(fold(line)) or not _starts_body(line))
        if goes_on:
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return [body_name(line) for line in joined]


def _starts_body(line: str) -> bool:
    first = fold(open_abbreviations(line))
    return bool(
        re.match(
            r"(?:uy ban|hoi dong|bo |so |tinh uy|thanh uy|huyen uy|quan uy|thi uy|dang uy|dang bo"
            r"|chi bo|ban |van phong"
            r"|cuc |tong cuc|vu |chinh phu|quoc hoi|thu tuong|chu tich|toa an|vien |cong an|truong"
            r"|trung tam|hoi |lien"
            r"|doan |mat tran|bao |cong ty|tap doan|ngan hang|phong |chi cuc|kiem toan|thanh tra"
            r"|hoc vien|dai |tong lien)",
            first,
        )
    )


def _joined(bodies: list[str]) -> str:
    """The last body, with what it needs of the one above to be known: "Sở Nội vụ" of "…tỉnh Lai Châu"."""
    name = bodies[-1]
    if len(bodies) == 1:
        return name
    above, folded = bodies[-2], fold(name)
    if any(f" {level} " in f" {name} " for level in levels()) or "uy " in folded[:9]:
        return name
    if fold(above).startswith(_COMMITTEES) and folded.startswith(
        ("ban", "van phong", "uy ban kiem tra", "truong", "trung tam")
    ):
        return f"{name} {above}"
    if fold(above).startswith("ban chap hanh trung uong") and folded.startswith(
        ("ban", "van phong", "uy ban")
    ):
        return name if folded.startswith(("ban bi thu",)) or "trung uong" in folded else f"{name} Trung ương"
    where = re.search(r"\b(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu) .+$", above)
    if where and folded.startswith(
        ("so ", "phong ", "ban ", "trung tam", "thanh tra", "van phong", "truong", "chi cuc")
    ):
        return f"{name} {where.group()}"
    return name


def _behalf(metadata: Metadata) -> str | None:
    """The body that the first authority line names: "T/M BAN THƯỜNG VỤ" → "Ban Thường vụ"."""
    first = (metadata.signer_authority or "").split(",")[0]
    match = _ON_BEHALF.match(first)
    return body_name(first[match.end() :]) if match else None


def _concluded(laid: Laid, metadata: Metadata) -> tuple[str | None, str | None]:
    named, sources = _from_basis(laid), []
    if named is not None:
        sources.append("đoạn mở đầu")
    behalf = _behalf(metadata)
    if named is None and behalf is not None:
        named = behalf
        sources.append("chữ ký")
    of_symbol = body_of_symbol(metadata.symbol) if metadata.symbol else None
    if of_symbol is not None:
        agrees = named is not None and fold(named).startswith(fold(of_symbol))
        if named is None or (agrees and len(named) <= len(of_symbol)):
            named = of_symbol
        if agrees or named == of_symbol:
            sources.insert(0, f"ký hiệu {metadata.symbol}")
    if named is None:
        return None, None
    whole = _with_place(named, metadata.place)
    if whole != named:
        sources.append(f"địa danh {metadata.place}")
    if behalf is not None and "chữ ký" not in sources and fold(named).startswith(fold(behalf)):
        sources.append("chữ ký")
    return whole, ", ".join(sources)


def _from_basis(laid: Laid) -> str | None:
    """The body that the opening paragraphs let act: "…, Ban Thường vụ Tỉnh ủy Hưng Yên xây dựng Kế hoạch"."""
    for passage in laid.passages[:12]:
        if passage.section is not None or passage.role not in ("basis", "paragraph"):
            break
        found = list(_IN_BASIS.finditer(passage.text))
        if found:
            return body_name(found[-1]["body"])
    return None


def _with_place(name: str, place: str | None) -> str:
    """Add the printed place to a body that only says its level: "Ủy ban nhân dân tỉnh"."""
    if place is None:
        return name
    last = fold(name)
    open_level = last.endswith(tuple(f" {fold(level)}" for level in levels()))
    if open_level or last.endswith(("tinh uy", "thanh uy")):
        return f"{name} {place}"
    return name
