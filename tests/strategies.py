"""Hypothesis strategies: whole valid documents with any text that can come out of cleaning."""

import hashlib
import string
from typing import Any

from hypothesis import strategies as st

from corpus.types import Citation, Document, Matter, Metadata, Passage, Repair, Section, Span

__all__ = ["documents", "texts"]

# Letters of the language, and everything else that is no lone surrogate: emoji, NUL, marks.
_CHARACTERS = st.one_of(
    st.sampled_from("ăâđêôơưáàảãạẾỬỸ" + string.ascii_letters + string.digits + " .,;:/-()“”"),
    st.characters(exclude_categories=["Cs"]),
)
_OPTIONAL_TEXT = st.none() | st.text(_CHARACTERS, max_size=12)
_DATES = st.sampled_from([None, "2026", "2026-05", "2026-05-17", "2024-02-29", "tháng 5"])
_KINDS = st.sampled_from([None, "Kế hoạch", "KẾ HOẠCH", "Chỉ thị", "Nghị quyết"])
_NUMBERS = st.sampled_from([None, "04-CT/TW", "12/KH-UBND", "15/2024/NĐ-CP", "58-CT/TW"])
_PAGES = st.none() | st.integers(1, 900)


def texts(max_size: int = 40) -> st.SearchStrategy[str]:
    """Text with something else than white space in it."""
    return st.text(_CHARACTERS, min_size=1, max_size=max_size).filter(str.strip)


@st.composite
def documents(draw: st.DrawFn, max_pieces: int = 8) -> Document:
    """A document whose pieces tile its text, with any metadata and citations."""
    kinds = draw(st.lists(st.sampled_from(["matter", "section", "passage"]), max_size=max_pieces))
    text = draw(st.sampled_from(["", "\n"]))
    spans = []
    for _ in kinds:
        piece = draw(texts())
        spans.append(Span(len(text), len(text) + len(piece)))
        text += piece + draw(st.sampled_from(["\n", "\n\n", " ", ""]))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    matter: list[Matter] = []
    sections: list[Section] = []
    passages: list[Passage] = []
    for kind, span in zip(kinds, spans, strict=True):
        words = text[span.start : span.end]
        if kind == "matter":
            role = draw(st.sampled_from(["letterhead", "signature", "recipients"]))
            matter.append(Matter(role, words, span, draw(_PAGES)))
        elif kind == "section":
            sections.append(draw(_section(len(sections), span)))
        else:
            passages.append(draw(_passage(sha256[:16], len(passages), len(sections), words, span)))
    return Document(
        id=sha256[:16],
        sha256=sha256,
        source=draw(st.text(_CHARACTERS, max_size=12)),
        text=text,
        metadata=draw(_metadata()),
        matter=tuple(matter),
        sections=tuple(sections),
        passages=tuple(passages),
        citations=tuple(draw(st.lists(_citation(), max_size=3))),
        pages=draw(_PAGES),
        warnings=tuple(draw(st.lists(st.text(_CHARACTERS, max_size=9), max_size=2))),
    )


def _earlier(ordinal: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(0, ordinal - 1) if ordinal else st.none()


def _section(ordinal: int, span: Span) -> st.SearchStrategy[Section]:
    return st.builds(
        Section,
        ordinal=st.just(ordinal),
        role=st.sampled_from(["heading", "run_in", "attachment"]),
        label=st.sampled_from(["", "I.", "1.2.", "Điều 5."]),
        title=st.text(_CHARACTERS, max_size=12),
        level=st.integers(1, 6),
        parent=_earlier(ordinal),
        span=st.just(span),
        page=_PAGES,
        label_corrected=st.sampled_from([None, "2.7."]),
    )


def _passage(
    document_id: str, ordinal: int, sections: int, text: str, span: Span
) -> st.SearchStrategy[Passage]:
    return st.builds(
        Passage,
        id=st.just(f"{document_id}-{ordinal:04d}"),
        ordinal=st.just(ordinal),
        role=st.sampled_from(["paragraph", "bullet", "numbered_paragraph", "closing"]),
        text=st.just(text),
        span=st.just(span),
        section=_earlier(sections),
        page=_PAGES,
        label=st.sampled_from(["", "2.", "a)"]),
        lead=_earlier(ordinal),
        repairs=st.lists(
            st.builds(Repair, kind=st.just("page_break"), at=st.integers(0, 40)), max_size=2
        ).map(tuple),
    )


def _citation() -> st.SearchStrategy[Citation]:
    spans = st.lists(st.builds(Span, st.integers(0, 90), st.integers(0, 90)), max_size=2)
    return st.builds(
        Citation,
        kind=st.sampled_from(["Chỉ thị", "Nghị quyết"]),
        number=_NUMBERS,
        date=_DATES,
        issuer=_OPTIONAL_TEXT,
        relation=st.sampled_from(["implements", "based_on", "amends", "replaces", "mentions"]),
        subject=_OPTIONAL_TEXT,
        spans=spans.map(tuple),
        passages=st.lists(st.integers(0, 9), max_size=3).map(tuple),
    )


def _metadata() -> st.SearchStrategy[Metadata]:
    names = ("symbol", "issuer", "place", "title", "signer_authority", "signer_role", "signer_name")
    free: dict[str, Any] = dict.fromkeys(names, _OPTIONAL_TEXT)
    return st.builds(
        Metadata,
        kind=_KINDS,
        number=_NUMBERS,
        date=_DATES,
        is_attachment=st.booleans(),
        sphere=st.sampled_from([None, "party", "state"]),
        inferred=st.dictionaries(st.sampled_from(["issuer", "date"]), st.text(_CHARACTERS, max_size=9)),
        **free,
    )
