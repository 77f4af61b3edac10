"""Letterheads and signatures: two columns side by side, to be read one after the other.

In Word they stand in a table without lines; in text files the columns are set with spaces or tabs.
"""

import re

__all__ = ["LETTERHEAD", "is_letterhead", "unfolded"]

LETTERHEAD = re.compile(
    r"CỘNG (?:HOÀ|HÒA) XÃ HỘI|Độc lập\s*[-–]\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM"
    r"|^\s*Nơi nhận\s*:|^\s*(?:T/?M|K/?T)\b[. ]",
    re.MULTILINE | re.IGNORECASE,
)
"""Words that stand in the two-column heads and feet of official documents."""

_NUMBER_AND_DATE = re.compile(r"\s*Số\s*:?\s*\d*.*ngày.*tháng", re.IGNORECASE)
_GAP = re.compile(r" {3,}")
_WIDEST_LINE = 300
_MOST_LINES = 40


def is_letterhead(text: str) -> bool:
    """Does the text hold words that stand in two columns at the head or foot of a document?"""
    return bool(LETTERHEAD.search(text) or _NUMBER_AND_DATE.match(text))


def unfolded(lines: list[str]) -> list[str]:
    """Lines of a chunk with the left column first, where the chunk is such a head or foot.

    Any other chunk comes back as it is.
    """
    if len(lines) > _MOST_LINES or any(len(line) > _WIDEST_LINE for line in lines):
        return lines
    if not is_letterhead("\n".join(lines)):
        return lines
    rows = [line.expandtabs(8).rstrip() for line in lines]
    gaps = [_widest_gap(row) for row in rows]
    starts = [gap[1] for gap in gaps if gap]
    if not starts:
        return lines
    left: list[str] = []
    right: list[str] = []
    for row, gap in zip(rows, gaps, strict=True):
        if gap:
            left.append(row[: gap[0]])
            right.append(row[gap[1] :])
        elif len(row) - len(row.lstrip()) >= min(starts) * 0.8:
            right.append(row)
        else:
            left.append(row)
    return left + right


def _widest_gap(row: str) -> tuple[int, int] | None:
    """Start and end of the widest run of spaces between words."""
    margin = len(row) - len(row.lstrip())
    gaps = [match.span() for match in _GAP.finditer(row, margin)]
    return max(gaps, key=lambda gap: gap[1] - gap[0], default=None)
