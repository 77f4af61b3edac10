"""Forms of names, numbers and dates in which two spellings of the same thing are equal."""

import calendar
import hashlib
import re

from corpus.text import fold, nfc

__all__ = ["date_range", "fold_name", "fold_number", "text_hash"]

_NUMBER_PART = re.compile(r"\d+|[^\W\d_]+")
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])[\W_]+(?=[^\W\d_])")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def fold_name(name: str) -> str:
    """`name` in lower case, without accents, white space collapsed: 'Uỷ  ban' → 'uy ban'."""
    whole = name.encode("utf-8", "replace").decode()  # a damaged command line has surrogates
    return " ".join(fold(nfc(whole)).split())


def fold_number(number: str) -> str | None:
    """A document number reduced to what identifies it, None where it has no digit or no letter.

    Hyphens, slashes, spaces, case, accents and leading zeros do not count: '04-CT/TW', '4CT/TW' and
    '04 ct-tw' are all '4/cttw'; '15/2024/NĐ-CP' is '15/2024/ndcp'.
    """
    joined = _BETWEEN_LETTERS.sub("", fold(nfc(number)))
    parts = [part.lstrip("0") or "0" for part in _NUMBER_PART.findall(joined)]
    kinds = {part[0].isdigit() for part in parts}
    return "/".join(parts) if len(kinds) == 2 else None


def date_range(date: str | None) -> tuple[str, str] | None:
    """First and last day that a maybe partial ISO date may mean, None where it is no date.

    '2026-05' → ('2026-05-01', '2026-05-31').
    """
    match = _DATE.fullmatch(date or "")
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    first, last = month or 1, month or 12
    days = calendar.monthrange(year, last)[1]
    if day is not None and not 1 <= day <= days:
        return None
    return f"{year:04}-{first:02}-{day or 1:02}", f"{year:04}-{last:02}-{day or days:02}"


def text_hash(text: str) -> str:
    """Key of a text in the caches: 32 hex digits, the same on every machine."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
