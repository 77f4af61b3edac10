"""How well a document was understood, against a reading by hand: pure functions on plain data.

The reading by hand ("gold") is a JSON file as in the shared data: for every file its outline,
metadata, citations and the role of every line. What was found is what `tracuu show --json` prints.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.types import Document

__all__ = [
    "METADATA_FIELDS",
    "PRF",
    "Found",
    "StructureScore",
    "found_in",
    "found_in_json",
    "score_structure",
]

METADATA_FIELDS = {
    "kind": ("doc_type",), "number": ("number",), "symbol": ("symbol",), "date": ("date", "date_partial"),
    "issuer": ("issuing_body",), "place": ("place",), "title": ("subject",),
    "signer_authority": ("signer_authority",),
    "signer_role": ("signer_role",), "signer_name": ("signer_name",),
    "is_attachment": ("is_attachment",), "sphere": ("sphere",),
}  # fmt: skip
"""Our field of the metadata → the fields of the gold that hold it, the first that is set counts."""

_CITATION_FIELDS = {
    "kind": "type",
    "date": "date",
    "issuer": "issuer",
    "subject": "subject",
    "relation": "relation",
}
_BODY_ROLES = (
    "basis", "paragraph", "numbered_paragraph", "run_in", "bullet", "sub_bullet", "note", "closing",
    "table_row",
)  # fmt: skip
_HEADINGS = ("heading", "run_in", "attachment")

Heading = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class PRF:
    """Precision, recall and F1 of a set of things found."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found and nothing wanted."""
        return self.right / self.found if self.found else float(not self.wanted)

    @property
    def recall(self) -> float:
        """Share of what is wanted that was found."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.found + self.wanted
        return 2 * self.right / both if both else 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one document, as plain data."""

    headings: tuple[Heading, ...]
    paragraphs: tuple[tuple[str, str], ...]
    """Text and role ("" where the role is not known)."""
    metadata: Mapping[str, Any]
    citations: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class StructureScore:
    """Scores of one document. `metadata` and `citation_fields` map a field to (wanted, found, right?)."""

    headings: PRF
    paragraphs: PRF
    roles: PRF
    """Of the paragraphs found: how many have the right role."""
    metadata: Mapping[str, tuple[Any, Any, bool]]
    citations: PRF
    citation_fields: Mapping[str, tuple[int, int]]
    """Field → right, compared (over the citations found by number)."""
    missing: tuple[str, ...] = field(default=())
    """Headings and paragraphs wanted but not found, and found but not wanted, for reading."""

    def as_json(self) -> dict[str, Any]:
        """The scores as plain data for `--json`."""
        return {
            **{
                name: {"precision": value.precision, "recall": value.recall, "f1": value.f1}
                for name, value in (
                    ("headings", self.headings), ("paragraphs", self.paragraphs),
                    ("citations", self.citations),
                )
            },
            "roles": self.roles.precision,
            "metadata": {
                name: {"wanted": wanted, "found": found, "right": right}
                for name, (wanted, found, right) in self.metadata.items()
            },
            "citation_fields": {
                name: {"right": right, "of": total} for name, (right, total) in self.citation_fields.items()
            },
            "missing": list(self.missing),
        }  # fmt: skip


def found_in(document: Document) -> Found:
    """What the parser found in a document."""
    return Found(
        tuple((section.label, section.title, section.level) for section in document.sections),
        tuple((passage.text, passage.role) for passage in document.passages),
        {name: getattr(document.metadata, name) for name in METADATA_FIELDS},
        tuple(
            {name: getattr(citation, name) for name in ("number", *_CITATION_FIELDS)}
            for citation in document.citations
        ),
    )


def found_in_json(shown: Mapping[str, Any]) -> Found:
    """The same out of what `tracuu show --json` prints."""
    metadata = {name: shown.get(name, shown.get("metadata", {}).get(name)) for name in METADATA_FIELDS}
    return Found(
        tuple(_outline(shown.get("outline", ()), 1)),
        tuple((passage["text"], passage.get("role", "")) for passage in shown.get("passages", ())),
        metadata,
        tuple(shown.get("citations", ())),
    )


def _outline(nodes: Iterable[Mapping[str, Any]], level: int) -> Iterable[Heading]:
    for node in nodes:
        yield node.get("label") or "", node.get("title") or "", level
        yield from _outline(node.get("children", ()), level + 1)


def score_structure(gold: Mapping[str, Any], text: str, found: Found) -> StructureScore:
    """Score what was found in one document against its gold; `text` is the file as it lies on disk.

    Paragraphs are compared by their letters and digits, headings by label, title and level with
    white space evened out, metadata and citations exactly but for white space and a remark in
    brackets that the annotator added to an issuer.
    """
    wanted_heads = [_heading(one) for one in _gold_headings(gold.get("outline", ()), 1)]
    found_heads = [_heading(one) for one in found.headings]
    wanted_texts = _gold_paragraphs(gold, text)
    found_texts = [(_letters(one), role) for one, role in found.paragraphs]
    roles = _roles(wanted_texts, found_texts)
    citations, fields = _citations(gold, found.citations)
    return StructureScore(
        _compare(wanted_heads, found_heads),
        _compare([one for one, _ in wanted_texts], [one for one, _ in found_texts]),
        roles,
        _metadata(gold.get("metadata", {}), found.metadata),
        citations,
        fields,
        (*_differences("mục", wanted_heads, found_heads),
         *_differences("đoạn", [one for one, _ in wanted_texts], [one for one, _ in found_texts])),
    )  # fmt: skip


def _gold_headings(nodes: Iterable[Mapping[str, Any]], level: int) -> Iterable[Heading]:
    for node in nodes:
        if node["kind"] in _HEADINGS and not node.get("soft"):
            yield node.get("label") or "", node.get("title") or "", level
        yield from _gold_headings(node.get("children", ()), level + 1)


def _heading(heading: Heading) -> Heading:
    label, title, level = heading
    return _even(label), _even(title).rstrip(":").rstrip(), level


def _even(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _letters(text: str) -> str:
    """Letters and digits of a text: what is left when marks, spaces and markup are not looked at."""
    bare = re.sub(r"</?[a-z]+>", "", unicodedata.normalize("NFC", text))
    return re.sub(r"[\W_]+", "", bare)


def _gold_paragraphs(gold: Mapping[str, Any], text: str) -> list[tuple[str, str]]:
    lines = text.split("\n")
    units: list[tuple[str, str]] = []
    for number, role in gold.get("line_roles", ()):
        line = lines[number - 1]
        if role in _BODY_ROLES:
            # A run-in head stands in the outline; what runs on after its colon is the paragraph.
            body = line.split(": ", 1)[-1] if role == "run_in" else line
            units.append((_letters(body), "paragraph" if role == "run_in" else role))
        elif role == "continuation" and units:
            units[-1] = (units[-1][0] + _letters(line), units[-1][1])
    return units


def _compare(wanted: Sequence[Any], found: Sequence[Any]) -> PRF:
    common = Counter(wanted) & Counter(found)
    return PRF(sum(common.values()), len(found), len(wanted))


def _roles(wanted: Sequence[tuple[str, str]], found: Sequence[tuple[str, str]]) -> PRF:
    both = (Counter(one for one, _ in wanted) & Counter(one for one, role in found if role)).total()
    right = (Counter(wanted) & Counter(found)).total()
    return PRF(right, both, both)


def _metadata(gold: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, tuple[Any, Any, bool]]:
    fields: dict[str, tuple[Any, Any, bool]] = {}
    for name, keys in METADATA_FIELDS.items():
        wanted = next((gold[key] for key in keys if gold.get(key) is not None), None)
        fields[name] = wanted, found.get(name), _same(wanted, found.get(name))
    return fields


def _same(wanted: object, found: object) -> bool:
    if isinstance(wanted, str) and isinstance(found, str):
        return _without_remark(wanted) == _without_remark(found)
    return bool(wanted == found) or (wanted in (None, "") and found in (None, ""))


def _without_remark(text: str) -> str:
    """ "Ban Thường vụ Tỉnh ủy (Đắk Lắk)": the annotator's remark in brackets at the end is no issuer."""
    return re.sub(r"\s*\([^()]*\)$", "", _even(text))


def _citations(
    gold: Mapping[str, Any], found: Sequence[Mapping[str, Any]]
) -> tuple[PRF, dict[str, tuple[int, int]]]:
    wanted = [*gold.get("cites", ()), *gold.get("unnumbered_cites", ())]
    by_key = {_cited(one, one.get("kind")): one for one in found}
    right = 0
    fields = dict.fromkeys(_CITATION_FIELDS, (0, 0))
    for one in wanted:
        match = by_key.get(_cited(one, one.get("type")))
        if match is None:
            continue
        right += 1
        for name, key in _CITATION_FIELDS.items():
            good, total = fields[name]
            # Fields that `show --json` does not print are not compared.
            if name in match:
                fields[name] = (good + _same(one.get(key), match[name]), total + 1)
    return PRF(right, len(found), len(wanted)), fields


def _cited(citation: Mapping[str, Any], kind: object) -> str:
    if citation.get("number"):
        return _even(str(citation["number"]))
    return _even(f"{kind} {citation.get('subject') or ''}")


def _differences(what: str, wanted: Sequence[Any], found: Sequence[Any]) -> Iterable[str]:
    for sign, more, less in (("-", wanted, found), ("+", found, wanted)):
        for one in (Counter(more) - Counter(less)).elements():
            shown = " ".join(map(str, one)) if isinstance(one, tuple) else one
            yield f"{sign} {what}: {shown[:100]}"
