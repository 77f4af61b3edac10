"""What a document does with one that it mentions: implements, is based on, amends, replaces it."""

import re

from corpus.citations.find import Mention
from corpus.citations.places import Place
from corpus.text import fold
from corpus.types import Relation

__all__ = ["PRECEDENCE", "relation_of"]

PRECEDENCE: tuple[Relation, ...] = ("replaces", "amends", "implements", "based_on", "mentions")
"""Of the relations of several mentions the first of these counts."""

_LOOKS_BACK = 1500
"""How far before a mention the words that govern it are looked for."""

_CLAUSE = re.compile(
    r"(?:^\W*|[;.,:]\s*)(?P<word>can cu|thuc hien|trien khai|thi hanh|quan triet|theo|xet|tren co so"
    r"|de thuc hien"
    r"|de trien khai|tiep tuc thuc hien|de nghi)\b"
)
_IMPLEMENTS = (
    "thuc hien",
    "trien khai",
    "thi hanh",
    "quan triet",
    "de thuc hien",
    "de trien khai",
    "tiep tuc thuc hien",
)
_DOES = re.compile(r"\b(?:thuc hien|trien khai|thi hanh|quan triet|cu the hoa|hoc tap)\b")
_AMENDS = re.compile(r"\b(?:sua doi|bo sung|dinh chinh)\b")
_REPLACES = re.compile(r"\b(?:thay the|bai bo|huy bo|het hieu luc)\b")
_PASSIVE = re.compile(r"\b(?:duoc|da) (?:sua doi|bo sung|thay the)")
_THIS = re.compile(
    r"\b(?:nghi dinh|thong tu|quyet dinh|nghi quyet|luat|chi thi|quy dinh|huong dan|ket luan|quy che"
    r"|ke hoach|cong van|thong bao|chuong trinh) nay\b"
)
_OPENS_AMENDING = re.compile(
    r"^(?:\W|dieu \d+|[\divx]+|[a-z]\))*[.):\s]*(?:sua doi|bo sung|bai bo|thay the|huy bo|dinh chinh)"
)


def relation_of(place: Place, mention: Mention) -> Relation:
    """The relation that one mention shows, by where it stands and what stands before it."""
    start = mention.span.start
    before = fold(place.text[max(0, start - _LOOKS_BACK) : start])
    if place.role == "title":
        return _in_title(before)
    if place.role == "basis":
        return _in_basis(before)
    if place.role in ("body", "heading"):
        return _in_body(
            fold(place.text[: min(start, 80)]),
            before,
            fold(place.text[mention.span.end : mention.span.end + 300]),
        )
    return "mentions"


def _in_title(before: str) -> Relation:
    if _PASSIVE.search(before):
        return "mentions"
    if _REPLACES.search(before):
        return "replaces"
    if _AMENDS.search(before):
        return "amends"
    return "implements" if _DOES.search(before) else "mentions"


def _in_basis(before: str) -> Relation:
    clauses = list(_CLAUSE.finditer(before))
    if not clauses:
        return "mentions"
    # The ground that opens the list governs it: "Thực hiện A; Công văn B; UBND tỉnh ban hành…".
    word = next(
        (clause["word"] for clause in reversed(clauses) if clause["word"] != "de nghi"), clauses[-1]["word"]
    )
    return "implements" if word in _IMPLEMENTS else "based_on"


def _in_body(opening_words: str, before: str, after: str) -> Relation:
    sentence = re.split(r"\.\s", before)[-1][-400:]
    opening = bool(_OPENS_AMENDING.match(opening_words)) or bool(_THIS.search(sentence))
    if _PASSIVE.search(sentence[-80:]):
        return "mentions"
    if re.match(r"[^.;]{0,200}\b(?:het hieu luc|bi bai bo|bi thay the)", after):
        return "replaces"
    if opening and _REPLACES.search(sentence):
        return "replaces"
    if opening and _AMENDS.search(sentence):
        return "amends"
    return "mentions"
