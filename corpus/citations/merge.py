"""Mentions of one document put together into one citation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.citations.find import Mention
from corpus.citations.places import Place
from corpus.citations.relation import PRECEDENCE
from corpus.clean import is_caps
from corpus.numbers import number_key
from corpus.text import fold
from corpus.types import Citation, Relation, Span

__all__ = ["merge_mentions"]

Found = tuple[Place, Mention, Relation]

_CENTRAL = re.compile(r"/TW$|-(?:CP|TTg)$|QH\d+$")
_LOCAL_TAIL = re.compile(
    r"\s+trên địa bàn (?:tỉnh|thành phố|huyện|quận|xã|phường|đặc khu)(?:\s.*)?$", re.IGNORECASE
)


@dataclass(slots=True)
class _Group:
    key: str
    mentions: list[Found] = field(default_factory=list)


def merge_mentions(found: Sequence[Found], *, own_number: str | None) -> tuple[Citation, ...]:
    """One citation for each document mentioned, in the order of first mention."""
    numbered: dict[tuple[str, str], str] = {}
    for _, mention, _ in found:
        if mention.number is not None and mention.ordinal is not None:
            numbered.setdefault((mention.kind, mention.ordinal.lstrip("0")), number_key(mention.number))
    own = number_key(own_number) if own_number else None
    groups: dict[str, _Group] = {}
    for item in found:
        key = _key(item[1], numbered)
        if key != own:
            groups.setdefault(key, _Group(key)).mentions.append(item)
    return tuple(_citation(group) for group in groups.values())


def _key(mention: Mention, numbered: dict[tuple[str, str], str]) -> str:
    if mention.number is not None:
        return number_key(mention.number)
    if mention.ordinal is not None:
        ordinal = mention.ordinal.lstrip("0")
        return numbered.get((mention.kind, ordinal), fold(f"{mention.kind} {ordinal}"))
    return fold(" ".join(mention.name.split()))


def _citation(group: _Group) -> Citation:
    mentions = [mention for _, mention, _ in group.mentions]
    numbers = [mention for mention in mentions if mention.number is not None]
    first = (numbers or mentions)[0]
    number = first.number
    # In all-capital headings a symbol may have lost its small letters; another mention has them.
    named = [
        mention.kind
        for mention in mentions
        if mention.kind and fold(mention.name).startswith(fold(mention.kind))
    ]
    relations = {relation for _, _, relation in group.mentions}
    subject = _subject(mentions, number) if number is not None else first.name
    return Citation(
        kind=named[0] if named else first.kind,
        number=number,
        date=next((mention.date for mention in mentions if mention.date), None),
        issuer=_issuer(mentions),
        relation=next(relation for relation in PRECEDENCE if relation in relations),
        subject=subject,
        spans=tuple(
            Span(place.start + mention.span.start, place.start + mention.span.end)
            for place, mention, _ in group.mentions
        ),
        passages=tuple(
            dict.fromkeys(place.passage for place, _, _ in group.mentions if place.passage is not None)
        ),
    )


def _issuer(mentions: Sequence[Mention]) -> str | None:
    named = [mention for mention in mentions if mention.issuer]
    best = next((mention for mention in named if not mention.issuer_caps), named[0] if named else None)
    return best.issuer if best else None


def _subject(mentions: Sequence[Mention], number: str) -> str | None:
    """The subject as the fullest mention gives it: dated, in small letters, closed by a mark."""
    stated = [mention for mention in mentions if mention.subject]
    if not stated:
        return None
    best = min(
        stated,
        key=lambda mention: (
            not (mention.date or mention.issuer), is_caps(mention.subject or ""), not mention.closed,
        ),
    )  # fmt: skip
    subject = best.subject or ""
    return _LOCAL_TAIL.sub("", subject) if _CENTRAL.search(number) else subject
