"""What a document says about itself: kind, number, date, issuer, place, title, signer."""

import re
from dataclasses import replace
from typing import Literal

from corpus.bodies import body_of_symbol
from corpus.dates import DATE, iso_date
from corpus.kinds import kind_at_start, kind_of_symbol
from corpus.metadata.issuer import find_issuer
from corpus.metadata.signer import read_signer
from corpus.numbers import blank_number, find_numbers
from corpus.structure.layout import Laid
from corpus.text import fold
from corpus.types import Matter, MatterRole, Metadata

__all__ = ["read_metadata"]

Sphere = Literal["party", "state"]


def read_metadata(laid: Laid) -> Metadata:
    """Read the metadata off the front and back matter; what is concluded is named in `inferred`."""
    front = _front(laid)
    inferred: dict[str, str] = {}
    number, symbol = _number(front)
    kind, attachment = _kind(front)
    note = _first(front, "attachment_note")
    signer = read_signer(laid.matter)
    title = _title(front)
    if kind is None:
        kind = _concluded_kind(front, symbol, title, inferred)
    found = Metadata(
        kind=kind,
        number=number,
        symbol=symbol,
        date=_date(front) or _date(_back(laid)),
        place=_place(front) or _place(_back(laid)),
        title=title,
        signer_authority=signer.authority,
        signer_role=signer.role,
        signer_name=signer.name,
        is_attachment=attachment or (_is_tied(note) and number is None and signer.role is None),
        sphere=_sphere(front, symbol, signer.authority),
        inferred=inferred,
    )
    issuer, source = find_issuer(laid, front, found, note.text if note else None)
    if source is not None:
        inferred["issuer"] = source
    if found.sphere is None:
        found = replace(found, sphere=_sphere_of_issuer(issuer, symbol))
    return replace(found, issuer=issuer)


def _front(laid: Laid) -> list[Matter]:
    """Matter before the first heading and passage."""
    edge = laid.body_start
    return [part for part in laid.matter if part.span.start < edge]


def _back(laid: Laid) -> list[Matter]:
    """Place and date that laws and minutes print above the signature."""
    starts = (part.span.start for part in laid.sections if part.role == "attachment")
    edge = min(starts, default=len(laid.text))
    return [part for part in laid.matter if part.role == "place_date" and part.span.start < edge]


def _first(front: list[Matter], role: MatterRole) -> Matter | None:
    return next((part for part in front if part.role == role), None)


def _is_tied(note: Matter | None) -> bool:
    """Whether a note says that this text belongs to another: "(Kèm theo…)"."""
    return note is not None and bool(re.search(r"\bkem\b", fold(note.text)))


def _number(front: list[Matter]) -> tuple[str | None, str | None]:
    """Number and symbol: of the last number line with a symbol, else of the line that names the kind."""
    for role in ("number", "kind"):
        for part in reversed([part for part in front if part.role == role]):
            found = next(find_numbers(part.text), None)
            if found is not None:
                return found.canonical, found.symbol
            blank = blank_number(part.text)
            if blank is not None:
                return None, blank
    return None, None


def _kind(front: list[Matter]) -> tuple[str | None, bool]:
    part = _first(front, "kind")
    found = kind_at_start(part.text) if part else None
    if found is None:
        return None, False
    return found[0].name, found[0].attachment


def _concluded_kind(
    front: list[Matter], symbol: str | None, title: str | None, inferred: dict[str, str]
) -> str | None:
    """The kind of a document that does not name it: an official letter, or what the symbol says."""
    named = kind_of_symbol(symbol) if symbol else None
    if named is not None:
        inferred["kind"] = f"ký hiệu {symbol}"
        return named
    letter = title is not None and fold(title[:8]).startswith(("v/v", "ve viec"))
    addressed = any(fold(part.text[:9]).startswith("kinh gui") for part in front)
    if letter or addressed:
        inferred["kind"] = "thể thức công văn (V/v, Kính gửi)"
        return "Công văn"
    return None


def _date(front: list[Matter]) -> str | None:
    for role in ("place_date", "kind", "number"):
        for part in reversed([part for part in front if part.role == role]):
            match = DATE.search(part.text)
            if match:
                return iso_date(match)
    return None


def _place(front: list[Matter]) -> str | None:
    for part in reversed([part for part in front if part.role == "place_date"]):
        match = DATE.search(part.text)
        place = part.text[: match.start()].strip(" ,.*") if match else ""
        if place:
            return place
    return None


def _title(front: list[Matter]) -> str | None:
    parts = [part.text for part in front if part.role == "title"]
    if not parts:
        # "Kế hoạch số 64-KH/TU ngày 06/4/2026 về …": all on the line of the kind.
        kind = _first(front, "kind")
        about = re.search(r"\s(?:về|VỀ)\s", kind.text) if kind else None
        return kind.text[about.start() + 1 :] if kind and about else None
    return " ".join(" ".join(parts).split())


def _sphere(front: list[Matter], symbol: str | None, authority: str | None) -> Sphere | None:
    for part in front:
        if part.role == "motto":
            return "party" if "dang cong san" in fold(part.text) else "state"
    if symbol:
        return "party" if "/" in symbol else "state"
    if authority:
        return "party" if authority[1:2] == "/" else "state"
    return None


def _sphere_of_issuer(issuer: str | None, symbol: str | None) -> Sphere | None:
    name = fold(issuer or (body_of_symbol(symbol) if symbol else None) or "")
    if not name:
        return None
    party = ("uy ", "dang", "ban bi thu", "bo chinh tri", "ban thuong vu", "chi bo", "trung uong")
    if name.startswith(("tinh uy", "thanh uy", "huyen uy", *party[1:])) or " tinh uy" in name:
        return "party"
    return (
        "state"
        if name.startswith(("uy ban nhan", "hoi dong nhan", "so ", "bo ", "chinh phu", "quoc hoi"))
        else None
    )
