"""Small valid documents for every room's tests, written as one compact description.

    make_document('''
        @letterhead ỦY BAN NHÂN DÂN TỈNH BÌNH AN
        # I. MỤC ĐÍCH, YÊU CẦU
        ## 1. Mục đích
        Nâng cao chất lượng giáo dục. Cụ thể:
        - Xóa mù chữ.
        - Phổ cập mầm non.
        ## 2. Yêu cầu: | Bám sát tình hình địa phương.
        #! Phụ lục
        Danh mục nhiệm vụ.
    ''', kind="Kế hoạch", number="12/KH-UBND")

One line is one piece: `@role text` is front or back matter, `#`… a heading of that level (`#!` an
attachment, ` | ` cuts a run-in heading from its first passage), `^` sets the page ("^2"), `- ` a
bullet, `1. `, `a) ` a numbered paragraph, anything else a paragraph. Items after a passage that
ends with a colon have it as their lead.
"""

import hashlib
import re
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus.library import Library
from corpus.types import Citation, Document, Matter, Metadata, Passage, Section, Span

__all__ = ["DEFAULT", "add", "make_citation", "make_document", "make_library", "original_of"]

DEFAULT = """
    # I. MỤC ĐÍCH, YÊU CẦU
    Nâng cao chất lượng giáo dục và đào tạo trên địa bàn tỉnh.
    # II. NHIỆM VỤ
    ## 1. Sở Giáo dục và Đào tạo
    Chủ trì, phối hợp với các sở, ngành thực hiện các nhiệm vụ sau:
    - Tham mưu Ủy ban nhân dân tỉnh ban hành chương trình phổ cập.
    - Tổng hợp, báo cáo kết quả trước ngày 15 tháng 12 hằng năm.
    ## 2. Sở Tài chính
    Bố trí kinh phí thực hiện Kế hoạch.
    @recipients Nơi nhận: Các sở, ngành; Lưu VT.
"""

_HEADING = re.compile(r"(?P<level>#+)(?P<attachment>!?)\s+(?P<words>.*)")
_LABEL = re.compile(
    r"(?:(?:Phần|Chương|Mục|Điều)\s+\w+[.:]?|[IVXLC]+\.|\d+(?:\.\d+)*\.|[a-zđ]\)|\(\d+\))(?=\s|$)"
)


def make_document(  # one keyword for each thing a test may want to say
    content: str = DEFAULT,
    *,
    kind: str | None = "Kế hoạch",
    number: str | None = "12/KH-UBND",
    date: str | None = "2026-05-17",
    issuer: str | None = "Ủy ban nhân dân tỉnh Bình An",
    title: str | None = "Nâng cao chất lượng giáo dục năm 2026",
    source: str = "ke-hoach.txt",
    citations: Iterable[Citation] = (),
    pages: int | None = None,
    warnings: Iterable[str] = (),
    **metadata: Any,
) -> Document:
    """Build a valid `Document`; its original is `original_of` it, so the same words are the same document."""
    head = {
        "number": number and f"Số: {number}",
        "place_date": date and f"Ngày {date}",
        "kind": kind,
        "title": title,
    }
    lines = [f"@{role} {text}" for role, text in head.items() if text]
    if issuer:
        lines.insert(0, f"@letterhead {issuer}")
    lines += [line.strip() for line in textwrap.dedent(content).splitlines()]
    builder = _Builder()
    for line in filter(None, lines):
        builder.take(line)
    sha256 = hashlib.sha256(builder.text.encode()).hexdigest()
    return Document(
        id=sha256[:16],
        sha256=sha256,
        source=source,
        text=builder.text,
        metadata=Metadata(kind=kind, number=number, date=date, issuer=issuer, title=title, **metadata),
        matter=tuple(builder.matter),
        sections=tuple(builder.sections),
        passages=tuple(Passage(id=f"{sha256[:16]}-{p['ordinal']:04d}", **p) for p in builder.passages),
        citations=tuple(citations),
        pages=pages,
        warnings=tuple(warnings),
    )


def make_citation(number: str | None, kind: str = "Chỉ thị", **more: Any) -> Citation:
    """A citation with the fields that tests leave alone filled in."""
    return Citation(
        **{"kind": kind, "number": number, "date": None, "issuer": None, "relation": "mentions", **more}
    )


def original_of(document: Document) -> bytes:
    """The bytes of the file that `make_document` pretends to have read."""
    return document.text.encode()


def add(library: Library, *documents: Document, reading_version: str = "test") -> None:
    """Add made documents with their originals."""
    for document in documents:
        library.add(document, original_of(document), reading_version=reading_version)


def make_library(directory: Path, *documents: Document) -> Library:
    """A library in `directory` holding `documents`; the caller closes it."""
    library = Library.open(directory, create=True)
    add(library, *documents)
    return library


class _Builder:
    """Lays the lines of a description one under another and keeps their spans."""

    def __init__(self) -> None:
        self.text = ""
        self.page: int | None = None
        self.matter: list[Matter] = []
        self.sections: list[Section] = []
        self.passages: list[dict[str, Any]] = []
        self.lead: int | None = None

    def take(self, line: str) -> None:
        if re.fullmatch(r"\^\d+", line):
            self.page = int(line[1:])
        elif line.startswith("@"):
            role, _, text = line[1:].partition(" ")
            self.matter.append(Matter(role=role, text=text, span=self._put(text), page=self.page))
        elif heading := _HEADING.fullmatch(line):
            self._heading(heading)
        else:
            self._passage(line, self._put(line))

    def _put(self, text: str, separator: str = "\n") -> Span:
        if self.text:
            self.text += separator
        start = len(self.text)
        self.text += text
        return Span(start, start + len(text))

    def _heading(self, heading: re.Match[str]) -> None:
        words, bar, rest = heading["words"].partition(" | ")
        level = len(heading["level"])
        label = match.group() if (match := _LABEL.match(words)) else ""
        parents = [s.ordinal for s in self.sections if s.level < level]
        parent = parents[-1] if parents else None
        self.sections.append(
            Section(
                ordinal=len(self.sections),
                role="attachment" if heading["attachment"] else "run_in" if bar else "heading",
                label=label,
                title=words[len(label) :].strip().rstrip(":"),
                level=level,
                parent=parent,
                span=self._put(words),
                page=self.page,
            )
        )
        self.lead = None
        if bar:
            self._passage(rest, self._put(rest, " "))

    def _passage(self, text: str, span: Span) -> None:
        ordinal = len(self.passages)
        label = match.group() if (match := _LABEL.match(text)) else ""
        role = "bullet" if text.startswith("- ") else "sub_bullet" if text.startswith("+ ") else None
        item = bool(role or label)
        self.passages.append(
            {
                "ordinal": ordinal,
                "role": role or ("numbered_paragraph" if label else "paragraph"),
                "text": text,
                "span": span,
                "section": len(self.sections) - 1 if self.sections else None,
                "page": self.page,
                "label": label,
                "lead": self.lead if item else None,
            }
        )
        if text.endswith(":"):
            self.lead = ordinal
        elif not item:
            self.lead = None
