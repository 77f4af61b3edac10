"""The nouns of the project. Every room speaks in these; none of them does any work.

A `Document` is its clean `text` plus spans into it. The invariant that everything stands on:
`matter`, `sections` and `passages`, put in the order of their spans, tile the text: no character
but white space lies outside them, none lies in two of them.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

__all__ = [
    "Block", "Citation", "Document", "Matter", "MatterRole", "Metadata", "PageReading", "Passage",
    "PassageRole", "Relation", "Repair", "Section", "SectionRole", "SourceText", "Span",
]  # fmt: skip


class Span(NamedTuple):
    """Characters `start` ≤ i < `end` of a document's clean text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item or table row as a reader found it, before any interpretation.

    `text` has no line break except a hard break inside the paragraph ("\\n"). Inline markup is
    already taken off; what it said is in the other fields.
    """

    text: str
    page: int | None = None
    heading_level: int | None = None
    """Heading level that the file claims (Markdown '##', a Word heading style): a hint, often wrong."""
    bold: bool = False
    """The whole block is bold."""
    bold_lead: int = 0
    """Number of leading characters that are bold where the rest is not ('**3.** Chăm lo')."""
    list_item: bool = False
    """The file marks it as a list item without a printed mark of its own (Word bullets)."""
    table_row: bool = False
    aligned: Literal["left", "center", "right"] | None = None
    continues: bool = False
    """It goes on the paragraph of the block before, over a page break: the layout proves it."""


@dataclass(frozen=True, slots=True)
class PageReading:
    """How one page of a PDF or of pictures was read.

    "text": from its text layer. "ocr": recognised from its picture; `confidence` is the mean of its
    words, 0–100. "unread": a picture that could not be recognised.
    """

    page: int
    how: Literal["text", "ocr", "unread"]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a reader got out of a file."""

    blocks: tuple[Block, ...]
    pages: int | None = None
    warnings: tuple[str, ...] = ()
    """Plain Vietnamese sentences about what could not be read or had to be guessed (encoding…)."""
    page_readings: tuple[PageReading, ...] = ()
    """One for each page of a PDF or of pictures; empty for other kinds of files."""


MatterRole = Literal[
    "letterhead", "motto", "number", "place_date", "stamp", "kind", "title", "attachment_note",
    "separator", "recipients", "signature", "page_furniture",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matter:
    """Front or back matter: everything printed that is neither heading nor body."""

    role: MatterRole
    text: str
    span: Span
    page: int | None = None


SectionRole = Literal["heading", "run_in", "attachment"]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. Attachments (Phụ lục, Đề cương) are sections too.

    `ordinal` counts sections of the document from 0 in reading order; `parent` is an ordinal.
    `level` is the depth in the tree, from 1. `label` is as printed with its closing mark ("III.",
    "1.2.", "a)", "Điều 5."), "" where there is none; `label_corrected` is set where the printed
    number is plainly wrong. `title` is the heading without label, markup and final colon, else
    verbatim. `span` covers the heading's own words (label and title), not its contents; a `run_in`
    heading ("2.1. Mục tiêu: Xây dựng…") shares its line with its first passage.
    """

    ordinal: int
    role: SectionRole
    label: str
    title: str
    level: int
    parent: int | None
    span: Span
    page: int | None = None
    label_corrected: str | None = None


PassageRole = Literal[
    "basis", "paragraph", "numbered_paragraph", "bullet", "sub_bullet", "note", "table_row", "closing"
]


@dataclass(frozen=True, slots=True)
class Repair:
    """A change between the file's paragraphs and ours, so that nothing is mended in silence.

    "page_break": two blocks of the file were one paragraph; `at` is the offset in the passage text
    where the second began.
    """

    kind: Literal["page_break"]
    at: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, numbered point, bullet or table row, verbatim: the unit of retrieval.

    `id` is stable: the same file gives the same ids, whatever else is in the library. `ordinal`
    counts passages of the document from 0. `section` is the ordinal of the innermost section, None
    before the first heading. `label` is the printed mark of a numbered point ("2.", "(1)", "a)") or
    "". `lead` is the ordinal of the passage that opens the list this one is an item of ("Cụ thể:")
    or of the numbered paragraph that this one continues; None where there is none.
    """

    id: str
    ordinal: int
    role: PassageRole
    text: str
    span: Span
    section: int | None
    page: int | None = None
    label: str = ""
    lead: int | None = None
    repairs: tuple[Repair, ...] = ()


Relation = Literal["implements", "based_on", "amends", "replaces", "mentions"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document that this one speaks of; all mentions of it merged into one.

    `number` is canonical ("58-CT/TW" though "58CT/TW" is printed), None for a bare name ("Kết luận
    30"), `date` is ISO, maybe partial. `subject` is what it is about ("về …"); of a bare name it is the
    name as printed ("Luật Đất đai năm 2024"). `spans` are the mentions, `passages` the ordinals of the
    passages that hold them (a mention may also stand in a heading or the title).
    """

    kind: str
    number: str | None
    date: str | None
    issuer: str | None
    relation: Relation
    subject: str | None = None
    spans: tuple[Span, ...] = ()
    passages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says about itself. None means: not in the document.

    `inferred` names the fields that were not printed where they belong but concluded from
    something else, with the source in Vietnamese: {"issuer": "chữ ký và đoạn căn cứ"}.
    """

    kind: str | None = None
    """Kế hoạch, Chỉ thị, Nghị quyết… in sentence case."""
    number: str | None = None
    """Canonical: 04-CT/TW, 15/2024/NĐ-CP."""
    symbol: str | None = None
    """The part after the number (KH-UBND), present even where the number was left blank."""
    date: str | None = None
    """ISO 8601, maybe partial: 2026-05-17, 2026-05 or 2026."""
    issuer: str | None = None
    place: str | None = None
    title: str | None = None
    """Trích yếu, on one line."""
    signer_authority: str | None = None
    """T/M BAN THƯỜNG VỤ, KT. CHỦ TỊCH, as printed."""
    signer_role: str | None = None
    signer_name: str | None = None
    is_attachment: bool = False
    """The whole file is an attachment (Phụ lục kèm theo…) without its main document."""
    sphere: Literal["party", "state"] | None = None
    inferred: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One văn bản, read and understood."""

    id: str
    """First 16 hex digits of `sha256`: the same bytes are the same document."""
    sha256: str
    source: str
    """File name as given, for showing only."""
    text: str
    metadata: Metadata
    matter: tuple[Matter, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    citations: tuple[Citation, ...]
    pages: int | None = None
    warnings: tuple[str, ...] = ()
    page_readings: tuple[PageReading, ...] = ()
    """How each page was read, of a PDF or of pictures; empty for other kinds of files."""

    def path(self, section: int | None) -> tuple[str, ...]:
        """Heading path of a section ordinal, outermost first: ("III. TỔ CHỨC…", "1.2. Chỉ đạo…")."""
        names: list[str] = []
        while section is not None:
            here = self.sections[section]
            names.append(f"{here.label} {here.title}".strip())
            section = here.parent
        return tuple(reversed(names))
