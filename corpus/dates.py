"""Dates as official documents write them, to ISO 8601; partial dates stay partial."""

import re

__all__ = ["DATE", "iso_date", "read_date"]

_BLANK = r"[\s.…_:]*"
_LONG = (
    rf"ngày{_BLANK}(?P<d1>\d{{1,2}})?{_BLANK}tháng{_BLANK}(?P<m1>\d{{1,2}})?"
    rf"{_BLANK}năm{_BLANK}(?P<y1>\d{{4}})"
)
_SHORT = r"(?:ngày\s*)?(?P<d2>\d{1,2})\s?[/.-]\s?(?P<m2>\d{1,2})\s?[/.-]\s?(?P<y2>\d{4})(?!\d)"
_MONTH = r"tháng\s*(?P<m3>\d{1,2})\s?(?:/|năm)\s?(?P<y3>\d{4})"
DATE = re.compile(f"(?:{_LONG}|{_SHORT}|{_MONTH})", re.IGNORECASE)
"""A date in any of the usual ways: "ngày 17/3/2026", "ngày tháng 5 năm 2026", "tháng 5/2026"."""


def iso_date(match: re.Match[str]) -> str | None:
    """The date of a `DATE` match: "2026-03-17", or "2026-05", "2026" where parts are missing.

    None where the numbers are no date.
    """
    year = match["y1"] or match["y2"] or match["y3"]
    month = match["m1"] or match["m2"] or match["m3"]
    day = match["d1"] or match["d2"]
    if not 1900 <= int(year) <= 2100:
        return None
    if month is None or not 1 <= int(month) <= 12:
        return year
    if day is None or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"


def read_date(text: str) -> str | None:
    """The first date in `text` as ISO 8601, None where there is none."""
    match = DATE.search(text)
    return iso_date(match) if match else None
