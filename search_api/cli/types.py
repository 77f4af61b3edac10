"""Parameter types whose complaints are in Vietnamese."""

import re
from typing import Any

import click

from corpus.library import date_range

__all__ = ["ISO_DATE", "Between"]

_TYPED_DATE = re.compile(r"(?:(\d{1,2})/)?(?:(\d{1,2})/)?(\d{4})")


class Between(click.ParamType[int]):
    """A whole number from `low` to `high`."""

    name = "số"

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401
        """Turn `value` into the number."""
        try:
            number = int(value)
        except ValueError:
            self.fail(f"“{value}” không phải là số nguyên.", param, ctx)
        if not self.low <= number <= self.high:
            self.fail(f"{number}; cần từ {self.low} đến {self.high}.", param, ctx)
        return number


class _Date(click.ParamType[str]):
    """A date as ISO, maybe partial; 17/3/2026 and 3/2026 are taken too."""

    name = "ngày"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """Turn `value` into an ISO date."""
        text = str(value).strip()
        if typed := _TYPED_DATE.fullmatch(text):
            day, month = (typed[1], typed[2]) if typed[2] else (None, typed[1])
            text = "-".join([typed[3], *(part.zfill(2) for part in (month, day) if part)])
        if date_range(text) is None:
            self.fail(f"“{value}”; hãy viết như 2026-03-17, 2026-03, 2026 hoặc 17/3/2026.", param, ctx)
        return text


ISO_DATE = _Date()
