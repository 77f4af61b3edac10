"""The kinds of documents (Kế hoạch, Chỉ thị, Nghị quyết…) and the abbreviations in their numbers."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.text import fold

__all__ = ["Kind", "kind_at_start", "kind_of_symbol", "kinds", "named_kind"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: `name` in sentence case, `abbr` as it stands in numbers ("KH")."""

    name: str
    abbr: tuple[str, ...] = ()
    bare: bool = False
    """"<kind> 30" or "<kind> Đất đai năm 2024" is enough to name a document."""
    attachment: bool = False
    """Such a text belongs to another document (Phụ lục)."""


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order of `data/kinds.toml`: longer names before the names they begin with."""
    data = tomllib.loads(files("corpus").joinpath("data/kinds.toml").read_text(encoding="utf-8"))
    return tuple(
        Kind(row["name"], tuple(row.get("abbr", ())), row.get("bare", False), row.get("attachment", False))
        for row in data["kind"]
    )


@cache
def _by_name() -> dict[str, Kind]:
    return {fold(kind.name): kind for kind in kinds()}


def named_kind(name: str) -> Kind | None:
    """The kind whose name is `name`, whatever its case and tone placement; None if there is none."""
    return _by_name().get(fold(name.strip()))


def kind_at_start(text: str) -> tuple[Kind, int] | None:
    """The kind whose name `text` begins with, and the length of that name; None if it is none."""
    folded = fold(text[:40])
    for kind in _longest_first():
        size = len(kind.name)
        if folded.startswith(fold(kind.name)) and not folded[size : size + 1].isalnum():
            return kind, size
    return None


@cache
def _longest_first() -> tuple[Kind, ...]:
    return tuple(sorted(kinds(), key=lambda kind: -len(kind.name)))


@cache
def _by_symbol() -> dict[str, str]:
    table: dict[str, str] = {}
    for kind in kinds():
        for abbr in kind.abbr:
            table.setdefault(fold(abbr), kind.name)
    # The same letters for two kinds: the commoner one counts. CTr in Party numbers is a programme.
    table[fold("CTr")] = "Chương trình"
    table[fold("TTr")] = "Tờ trình"
    return table


def kind_of_symbol(symbol: str) -> str | None:
    """The kind that a symbol names: "KH-UBND" → "Kế hoạch", "CT/TW" → "Chỉ thị"; None if unknown."""
    return _by_symbol().get(fold(re.split(r"[-/]", symbol, maxsplit=1)[0]))
