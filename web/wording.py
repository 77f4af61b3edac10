"""How facts are written for a Vietnamese reader: dates, numbers, names of roles and relations."""

import re
from typing import Final

from corpus.types import Metadata, PageReading, Relation

__all__ = [
    "DATE_HELP", "MISSING", "RELATIONS_INVERSE", "beginning", "document_line", "document_name", "duration",
    "iso_date", "number", "recognised", "show_date", "typed_date",
]  # fmt: skip

MISSING: Final = "không ghi"
"""What stands where a document does not say something: never a guess, never a blank."""

DATE_HELP: Final = "17/3/2026, 3/2026 hoặc 2026"

RELATIONS_INVERSE: Final[dict[Relation, str]] = {
    "implements": "Được thực hiện bởi",
    "based_on": "Là căn cứ của",
    "amends": "Được sửa đổi, bổ sung bởi",
    "replaces": "Được thay thế bởi",
    "mentions": "Được nhắc đến trong",
}
"""What the citing document does to this one."""

_ISO = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)
_TYPED = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})", re.ASCII)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def show_date(iso: str | None) -> str | None:
    """'2026-03-17' → '17/03/2026', '2026-05' → 'tháng 5/2026', '2026' → 'năm 2026', None → None.

    Anything that is no ISO date comes back as it is.
    """
    match = _ISO.fullmatch(iso or "")
    if match is None:
        return iso
    year, month, day = match.groups()
    if day:
        return f"{day}/{month}/{year}"
    return f"tháng {int(month)}/{year}" if month else f"năm {year}"


def typed_date(iso: str | None) -> str:
    """Write an ISO date the way it is typed into a form: '2026-03-17' → '17/3/2026'; None gives ''."""
    return "/".join(part.lstrip("0") for part in reversed((iso or "").split("-")))


def iso_date(typed: str) -> str | None:
    """Read a date as officials type it, maybe partial: '17/3/2026' → '2026-03-17', '5/2026' → '2026-05'.

    ISO dates are read too. None where it is no date.
    """
    text = typed.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _TYPED.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    if int(year) < 1900 or (month and not 1 <= int(month) <= 12):
        return None
    if day and not 1 <= int(day) <= _last_day(int(year), int(month)):
        return None
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])


def _last_day(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 if month == 2 and not leap else _DAYS[month - 1]


def number(value: int) -> str:
    """Write a count with the Vietnamese thousands mark: 12345 → '12.345'."""
    return f"{value:,}".replace(",", ".")


def duration(milliseconds: float) -> str:
    """Write how long an answer took: '12 ms', '1,3 giây'."""
    if milliseconds < 1000:
        return f"{max(1, round(milliseconds))} ms"
    return f"{milliseconds / 1000:.1f} giây".replace(".", ",")


def beginning(text: str, longest: int) -> str:
    """A text, or the beginning of a long one, cut between words."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"


def recognised(reading: PageReading | None) -> str | None:
    """Say that a page was recognised from a scan and how surely; None where it has a text of its own."""
    if reading is None or reading.how == "text":
        return None
    if reading.how == "unread":
        return "trang quét chưa nhận dạng được"
    sure = "" if reading.confidence is None else f" · độ tin cậy {reading.confidence:.0f}%"
    return f"nhận dạng từ bản quét{sure}"


def document_line(metadata: Metadata) -> list[str]:
    """Kind, number, date and issuer for one line above a passage; what is missing is left out.

    A kind without a number says so, because the number is what an official looks for first.
    """
    parts = [metadata.kind or "Văn bản", metadata.number or "không ghi số"]
    parts += [part for part in (show_date(metadata.date), metadata.issuer) if part]
    return parts


def document_name(metadata: Metadata, source: str) -> str:
    """The heading of a document: its title as printed, else kind and number, else its file name.

    A title that reads on from the kind above it ("KẾ HOẠCH / thực hiện…") begins with a capital here.
    """
    if metadata.title:
        return metadata.title[0].upper() + metadata.title[1:]
    if metadata.kind and metadata.number:
        return f"{metadata.kind} số {metadata.number}"
    return source
