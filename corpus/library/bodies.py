"""Issuing bodies as they are named in print: may two names mean the same one?

A number tells the office ("TU", "UBND", "SGDĐT") but not the place: every province has its
04-CT/TU. So what must agree is the level and, where it is named, the place.
"""

import re
from typing import NamedTuple

from corpus.library.names import fold_name
from corpus.text import nfc, normalise_tones

__all__ = ["contained", "of_one_place", "same_place"]

_LEVELS = {  # by rank, so that two provinces differ though one is called a city
    "tỉnh": "tỉnh",
    "thành phố": "tỉnh",
    "thành": "tỉnh",
    "huyện": "huyện",
    "quận": "huyện",
    "thị xã": "huyện",
    "xã": "xã",
    "phường": "xã",
    "thị trấn": "xã",
    "đặc khu": "xã",
}
_PLACE = re.compile(
    r"\b(?:(?P<party>tỉnh|thành|huyện|quận|thị xã|xã|phường) ủy"
    r"|(?P<state>tỉnh|thành phố|huyện|quận|thị xã|thị trấn|đặc khu|phường|xã(?! hội)))\b"
    r"(?P<name>(?: (?!(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)\b)[^\W\d_]+)*)"
)


class _Place(NamedTuple):
    level: str
    name: str
    """Folded, "" where only the level is said ("Ủy ban nhân dân tỉnh")."""


def contained(one: str, other: str) -> bool:
    """Whether one name is part of the other: 'Bộ Y tế', 'Bộ trưởng Bộ Y tế'."""
    a, b = f" {fold_name(one)} ", f" {fold_name(other)} "
    return a in b or b in a


def of_one_place(one: str, other: str) -> bool:
    """Whether both names say a level, the same, and no two different places of it.

    'Ban Chấp hành Đảng bộ tỉnh' and 'Tỉnh ủy Vân Khuê' do.
    """
    places, others = _places(one), _places(other)
    if not places or not others or places[0].level != others[0].level:
        return False
    return _same_name(places[0], others[0])


def same_place(one: str | None, other: str | None) -> bool | None:
    """Whether both names say the same place of a level, or different ones; None where it is not said."""
    named = {place.level: place for place in _places(other or "") if place.name}
    same = [
        _same_name(place, named[place.level])
        for place in _places(one or "")
        if place.name and place.level in named
    ]
    return all(same) if same else None


def _places(body: str) -> list[_Place]:
    """Places in a name, the body's own first: 'UBND phường Bến Sậy, tỉnh Vân Khuê'."""
    text = " ".join(normalise_tones(nfc(body)).lower().split())
    return [
        _Place(_LEVELS[match["party"] or match["state"]], fold_name(match["name"]))
        for match in _PLACE.finditer(text)
    ]


def _same_name(one: _Place, other: _Place) -> bool:
    """Equal, or one goes on where the other stops, or one is not named at all."""
    a, b = sorted((one.name, other.name), key=len)
    return not a or f"{b} ".startswith(f"{a} ")
