"""Mentions of other documents in one piece of text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.bodies import BODY_START, body_name, continuation
from corpus.clean import UPPER, is_caps
from corpus.dates import DATE, iso_date
from corpus.kinds import kinds, named_kind
from corpus.numbers import DocumentNumber, find_numbers
from corpus.types import Span

__all__ = ["Mention", "find_mentions"]

_NOT_CITED = ("Phụ lục", "Phụ biểu", "Danh mục", "Danh sách", "Biểu mẫu", "Tài liệu", "Quy trình", "Hợp đồng")
_NAMES = sorted((kind.name for kind in kinds() if kind.name not in _NOT_CITED), key=len, reverse=True)
_KIND = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, _NAMES)) + r")(?!\w)", re.IGNORECASE)
_KIND_NAMES = "|".join(map(re.escape, _NAMES))
_BARE_KINDS = "|".join(
    re.escape(name) for kind in kinds() if kind.bare for name in (kind.name, kind.name.upper())
)
_BACK = 160
"""How far before a number its kind is looked for ("Luật Tổ chức chính quyền địa phương số…")."""

_BARE = re.compile(
    rf"(?<!\w)(?P<kind>{_BARE_KINDS})\s+(?:(?:số|SỐ)\s+)?(?P<ordinal>\d{{1,4}})"
    r"(?=\s*(?:[.,;:)”]|$)|\s+(?:của|về|ngày|và|đã|được|nêu|đến|trong|là|theo|thì|tại|cũng|CỦA|VỀ|NGÀY|VÀ)\b)"
)
_LAW = re.compile(
    rf"(?<!\w)(?P<kind>Bộ luật|Luật|Pháp lệnh|Hiến pháp)"
    rf"(?P<name>(?:\s+sửa đổi,\s+bổ sung\s+một\s+số\s+điều\s+của\s+(?:các\s+)?(?:Bộ luật|Luật|Pháp lệnh))?"
    rf"(?:\s+[{UPPER}][^;.()\n]{{2,90}}?)?)"
    rf"(?:\s*,?\s+năm\s+(?P<year>(?:19|20)\d\d)(?!\d)|\s*,?\s+(?=ngày\s+\d))"
)
_LAW_IN_BASIS = re.compile(
    rf"(?<!\w)(?P<kind>Bộ luật|Luật"
    rf"|Pháp lệnh)(?P<name>\s+[{UPPER}][^;.()\n\d]{{2,90}})(?=\s*[;.]\s*(?:$|\n)|;)"
)
_CONGRESS = re.compile(
    r"(?<!\w)Nghị quyết\s+(?P<name>Đại hội\s+(?:(?!\sNghị quyết)[^;.()\n]){2,100}?"
    r"(?:lần thứ\s+[IVXLC\d]+|khóa\s+[IVX\d]+"
    r"|nhiệm kỳ\s+\d{4}\s*[-–]\s*\d{4})(?:,?\s+nhiệm kỳ\s+\d{4}\s*[-–]\s*\d{4})?)"
)

_PLENUM = re.compile(
    r"(?<!\w)(?P<kind>Nghị quyết|Kết luận"
    r"|Quy định)\s+(?:(?:số\s+\d+\s+)?Hội nghị\s+)?(?:lần thứ\s+\w+\s+(?:của\s+)?)?"
    r"(?:Ban Chấp hành\s+)?Trung ương\s+(?:Đảng\s+)?\d{1,2},?\s*\(?khóa\s+[IVX]{1,5}\)?"
)
"""Resolutions of a plenum, named by their number and term: "Nghị quyết Trung ương 4 khóa XII"."""

_WORTHWHILE = re.compile(r"\d|Luật|Pháp lệnh")
"""No mention without one of these."""

_ISSUER_STOP = re.compile(
    rf"\s+(?:về|v/v|quy định|ban hành|hướng dẫn|phê duyệt|sửa đổi|bổ sung|trong|tại|cho|đã|được|với"
    rf"|nhằm|đến|theo|hoặc"
    rf"|ngày|thông qua|công bố|triển khai|thực hiện|là|như|số|để|đối với|giao|yêu cầu|xác định"
    rf"|và\s+(?:{_KIND_NAMES})"
    rf"|kèm theo|bảo đảm|gắn với|nêu|trên|năm|thành|vào|phải|có|cũng)(?!\w)"
    rf"|\s*[,;:.()“”\n]|\s+[-–]\s(?!(?-i:[{UPPER}]))|$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\s*,?\s*(?:về việc|về|v/v)\s*:?\s+", re.IGNORECASE)
_SUBJECT_VERB = re.compile(
    r"\s*,?\s*(?=(?:quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi|thực hiện|triển khai)\s)", re.IGNORECASE
)
_SUBJECT_STOP = re.compile(
    rf"[;(\n)]|\.(?=\s|$|/)|,\s*(?={BODY_START}[^,;]{{0,80}}\s(?:xây dựng|ban hành|yêu cầu|đề nghị"
    rf"|hướng dẫn|báo cáo"
    rf"|triển khai|thông báo|quyết định|tổ chức))|(?:,\s*|\s+và\s+)(?=(?:{_KIND_NAMES})\s+(?:số\s)?\d)"
    rf"|,\s*(?:nhằm|trong đó|như sau|cụ thể)|,\s*(?=[{UPPER}])|\s+(?:đến|tới)\s+(?:các|toàn thể|từng|mọi)\s",
)
_CAPS_SUBJECT_STOP = re.compile(r"[;(\n)]|\.(?=\s|$|/)")
_OF = re.compile(r"\s*,?\s*(?:của|do)\s+", re.IGNORECASE)
_NAMED_BODY = re.compile(rf"\s+(?={BODY_START})")
_BETWEEN = re.compile(r"\s*[,(]?\s*(?=ngày|\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention. `number` is canonical; `ordinal` the bare number of "Kết luận 30"; `name` as printed.

    `closed`: the subject ended at a mark of its own, not with the piece.
    """

    kind: str
    span: Span
    name: str
    number: str | None = None
    ordinal: str | None = None
    date: str | None = None
    issuer: str | None = None
    issuer_caps: bool = False
    subject: str | None = None
    closed: bool = False


@dataclass(slots=True)
class _Tail:
    end: int
    date: str | None = None
    issuer: str | None = None
    issuer_caps: bool = False
    subject: str | None = None
    closed: bool = False


def find_mentions(text: str) -> Iterator[Mention]:
    """Mentions of documents in `text`, in order, none overlapping another."""
    if not _WORTHWHILE.search(text):
        return
    found = [*_numbered(text), *_bare(text), *_laws(text), *_congresses(text)]
    found.sort(key=lambda mention: (mention.span.start, mention.number is None))
    end = -1
    for mention in found:
        if mention.span.start >= end:
            end = mention.span.end
            yield mention


def _numbered(text: str) -> Iterator[Mention]:
    edge = 0
    for number in find_numbers(text):
        start, kind, issuer = _kind_before(text, number, edge)
        edge = number.span.end
        tail = _read_tail(text, number.span.end)
        span = Span(start, number.span.end)
        yield Mention(
            kind or number.kind or "Công văn", span, text[span.start : span.end], number.canonical,
            number.ordinal, tail.date, tail.issuer or issuer, tail.issuer_caps, tail.subject, tail.closed,
        )  # fmt: skip


def _kind_before(text: str, number: DocumentNumber, edge: int) -> tuple[int, str | None, str | None]:
    """Where the mention begins, its kind, and an issuer printed between kind and number."""
    low = max(edge, number.span.start - _BACK)
    window = text[low : number.span.start]
    for match in reversed(list(_KIND.finditer(window))):
        between = window[match.end() :]
        if re.search(r"[;:.()\d]", between.replace("số:", "số").replace("Số:", "số")):
            break
        words = re.sub(r"\s*(?:số|SỐ|Số)\s*:?\s*$", "", between).strip()
        kind = named_kind(match.group())
        law = kind is not None and kind.name in ("Luật", "Bộ luật", "Pháp lệnh")
        if kind is not None and (not words or law or words.lower().startswith("của ")):
            issuer = body_name(words[4:]) if words.lower().startswith("của ") else None
            return low + match.start(), kind.name, issuer
        break
    return number.span.start, None, None


def _read_tail(text: str, at: int) -> _Tail:
    """Date, issuer and subject after a number or name: ", ngày 17/3/2026 của Ban Bí thư về…"."""
    tail = _Tail(at)
    _take_date(text, tail)
    _take_issuer(text, tail)
    if tail.date is None:
        _take_date(text, tail)
    _take_subject(text, tail)
    return tail


def _take_date(text: str, tail: _Tail) -> None:
    between = _BETWEEN.match(text, tail.end)
    if between is None:
        return
    match = DATE.match(text, between.end())
    if match is not None:
        tail.date, tail.end = iso_date(match), match.end()


def _take_issuer(text: str, tail: _Tail) -> None:
    lead = _OF.match(text, tail.end) or (_NAMED_BODY.match(text, tail.end) if tail.date else None)
    if lead is None:
        return
    start = lead.end()
    if not text[start : start + 1].isupper():
        return
    end = _issuer_end(text, start)
    printed = text[start:end].strip()
    if not 2 <= len(printed) <= 120:
        return
    tail.issuer_caps = is_caps(printed) and len(printed) > 5
    tail.issuer = body_name(printed) if tail.issuer_caps else printed
    tail.end = end


def _issuer_end(text: str, start: int) -> int:
    end = start
    while True:
        match = _ISSUER_STOP.search(text, max(end, start + 1), start + 200)
        stop = match.start() if match else min(len(text), start + 200)
        more = continuation(text, stop) if text[stop : stop + 1] == "," else 0
        if not more:
            return stop
        end = stop + more


def _take_subject(text: str, tail: _Tail) -> None:
    lead = _SUBJECT.match(text, tail.end)
    if lead is None and (tail.date or tail.issuer):
        lead = _SUBJECT_VERB.match(text, tail.end)
    if lead is None:
        return
    start = lead.end()
    limit = min(len(text), start + 500)
    if text[start : start + 1] == "“" and (close := text.find("”", start, limit)) > 0:
        tail.subject, tail.closed = text[start + 1 : close], True
        return
    match = _subject_stop(text, start, limit)
    end = match.start() if match else limit
    tail.closed = match is not None
    tail.subject = text[start:end].strip(" ,.;:/") or None


def _subject_stop(text: str, start: int, limit: int) -> re.Match[str] | None:
    if is_caps(text[start : start + 60]):
        return _CAPS_SUBJECT_STOP.search(text, start, limit)
    at = start
    while (match := _SUBJECT_STOP.search(text, at, limit)) is not None:
        more = continuation(text, match.start()) if match.group()[:1] == "," else 0
        if not more:
            return match
        at = match.start() + more
    return None


def _bare(text: str) -> Iterator[Mention]:
    """ "Kết luận 30", "Nghị quyết 80 về văn hóa"."""
    for match in _BARE.finditer(text):
        kind = named_kind(match["kind"])
        if kind is not None:
            tail = _read_tail(text, match.end())
            yield Mention(
                kind.name, Span(*match.span()), match.group(), None, match["ordinal"], tail.date, tail.issuer,
                tail.issuer_caps, tail.subject, tail.closed,
            )  # fmt: skip


def _laws(text: str) -> Iterator[Mention]:
    """ "Luật Đất đai năm 2024", "Luật Tổ chức Chính phủ ngày 18/02/2025"."""
    for pattern in (_LAW, _LAW_IN_BASIS):
        for match in pattern.finditer(text):
            if not match["name"].strip() and match["kind"] != "Hiến pháp":
                continue
            if _KIND.search(match["name"].replace("sửa đổi, bổ sung một số điều của", "", 1)[12:]):
                continue
            date = match.groupdict().get("year")
            if date is None:
                dated = DATE.match(text, match.end())
                date = iso_date(dated) if dated else None
            yield Mention(match["kind"], Span(*match.span()), match.group().strip(" ,"), date=date)


def _congresses(text: str) -> Iterator[Mention]:
    for match in _CONGRESS.finditer(text):
        yield Mention("Nghị quyết", Span(*match.span()), match.group())
    for match in _PLENUM.finditer(text):
        yield Mention(match["kind"], Span(*match.span()), match.group())
