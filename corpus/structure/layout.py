"""The clean text written out, piece by piece, with the span of each: matter, sections, passages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.structure.headings import Shape, join_titles, plain_headings, run_in_end, shapes
from corpus.structure.marks import is_basis, is_enacting
from corpus.structure.matter import MatterLine
from corpus.structure.outline import Node, build_tree
from corpus.structure.paragraphs import Unit, mark_of, split_merged_heads, to_paragraphs
from corpus.structure.roles import closing_from, is_note_text
from corpus.structure.zones import Attachment, Body, MatterZone, Zone
from corpus.types import Matter, Passage, PassageRole, Repair, Section, SectionRole, Span

__all__ = ["Laid", "lay_out"]


@dataclass(slots=True)
class Laid:
    """A document's clean text and everything in it, in reading order."""

    text: str
    matter: tuple[Matter, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]

    @property
    def body_start(self) -> int:
        """Where the first heading or passage begins; past the end where there is none."""
        starts = [section.span.start for section in self.sections[:1]]
        starts += [passage.span.start for passage in self.passages[:1]]
        return min(starts, default=len(self.text) + 1)


def lay_out(zones: Sequence[Zone], document_id: str) -> Laid:
    """Write the text of all zones and find headings, passages and their places in it."""
    writer = _Writer(document_id)
    attachment: int | None = None
    for number, zone in enumerate(zones):
        match zone:
            case MatterZone():
                writer.matter_zone(zone)
            case Attachment():
                span = writer.write(zone.text)
                attachment = writer.section(
                    "attachment", zone.label, zone.title, span, parent=None, page=zone.page
                )
            case Body():
                last = not any(isinstance(after, Body) for after in zones[number + 1 :]) or any(
                    isinstance(after, Attachment) for after in zones[number + 1 : number + 3]
                )
                _BodyWriter(writer, zone, attachment, closes=last and attachment is None).run()
    return Laid("".join(writer.chunks), tuple(writer.matter), tuple(writer.sections), tuple(writer.passages))


@dataclass(slots=True)
class _Writer:
    document_id: str
    chunks: list[str] = field(default_factory=list)
    size: int = 0
    matter: list[Matter] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    def write(self, text: str, glue: str = "\n") -> Span:
        """Put `text` at the end, after `glue`; its span."""
        if self.size:
            self.chunks.append(glue)
            self.size += len(glue)
        start = self.size
        self.chunks.append(text)
        self.size += len(text)
        return Span(start, self.size)

    def matter_zone(self, zone: MatterZone) -> None:
        """Write lines of front or back matter; lines that go on another become one with it."""
        gathered: list[MatterLine] = []
        for line in zone.matter:
            if line.same and gathered and gathered[-1].role == line.role:
                gathered[-1] = replace(gathered[-1], text=f"{gathered[-1].text} {line.text}")
            else:
                gathered.append(line)
        for line in gathered:
            self.matter.append(Matter(line.role, line.text, self.write(line.text), line.page))

    def section(
        self, role: SectionRole, label: str, title: str, span: Span, *, parent: int | None, page: int | None,
        corrected: str | None = None,
    ) -> int:  # fmt: skip
        """Note a section; its ordinal."""
        level = 1 if parent is None else self.sections[parent].level + 1
        ordinal = len(self.sections)
        self.sections.append(Section(ordinal, role, label, title, level, parent, span, page, corrected))
        return ordinal

    def passage(
        self, role: PassageRole, text: str, section: int | None, page: int | None, *, label: str = "",
        lead: int | None = None, repairs: Sequence[int] = (), glue: str = "\n",
    ) -> int:  # fmt: skip
        """Write a passage; its ordinal."""
        span = self.write(text, glue)
        ordinal = len(self.passages)
        mended = tuple(Repair("page_break", at) for at in repairs)
        self.passages.append(
            Passage(
                f"{self.document_id}.{ordinal}", ordinal, role, text, span, section, page, label, lead, mended
            )
        )
        return ordinal


class _BodyWriter:
    """Writes one stretch of body; keeps what the next paragraph may hang on."""

    def __init__(self, writer: _Writer, zone: Body, attachment: int | None, *, closes: bool) -> None:
        self.writer = writer
        self.units = join_titles(to_paragraphs(split_merged_heads(zone.lines)))
        self.attachment = attachment
        plain = plain_headings(self.units)
        self.nodes: Mapping[int, Node] = build_tree(self.units, plain)
        self.shapes: Mapping[int, Shape] = shapes(self.units, self.nodes)
        self.closing = closing_from(self.units, self.nodes) if closes else len(self.units)
        self.ordinals: dict[int, int] = {}
        """Section ordinal of a unit that is a heading."""
        self.numbered: dict[int, int] = {}
        """Passage ordinal of a unit that is a numbered paragraph."""
        self.section = attachment
        self.opener: int | None = None
        """Passage that following bullets and paragraphs belong to."""
        self.continues = False
        """Plain paragraphs belong to the opener too (it is a numbered paragraph)."""
        self.bullet: int | None = None
        self.star: int | None = None

    def run(self) -> None:
        """Write every paragraph of the stretch."""
        for number, unit in enumerate(self.units):
            if unit.furniture:
                span = self.writer.write(unit.text)
                self.writer.matter.append(Matter("page_furniture", unit.text, span, unit.page))
            elif number in self.nodes:
                self._labelled(number, unit)
            elif not self.ordinals and not self.numbered and is_enacting(unit.text):
                span = self.writer.write(unit.text)
                self.writer.matter.append(Matter("separator", unit.text, span, unit.page))
            else:
                self._unlabelled(number, unit)

    def _labelled(self, number: int, unit: Unit) -> None:
        node, shape = self.nodes[number], self.shapes[number]
        parent = self._section_above(node)
        if shape == "numbered":
            self.section = parent
            lead = self._numbered_above(node)
            ordinal = self.writer.passage(
                "numbered_paragraph", unit.text, parent, unit.page, label=node.label.printed,
                lead=self.opener if lead is None and self._listed(node) else lead, repairs=unit.repairs,
            )  # fmt: skip
            self.numbered[number] = ordinal
            if lead is not None or not self._listed(node):
                self.opener, self.continues = ordinal, True
            self.bullet = self.star = None
            return
        end = run_in_end(unit) if shape == "run_in" else None
        head = unit.text if end is None else unit.text[:end].rstrip()
        title = " ".join(head[node.label.end :].split("\n")).strip()
        title = title[:-1].rstrip() if title.endswith(":") else title
        if end is not None:
            title = title.rstrip(" .")
        role: SectionRole = "heading" if end is None else "run_in"
        span = self.writer.write(head)
        self.section = self.writer.section(
            role, node.label.printed, title, span, parent=parent, page=unit.page, corrected=node.corrected
        )  # fmt: skip
        self.ordinals[number] = self.section
        self.opener, self.continues, self.bullet, self.star = None, False, None, None
        if end is not None:
            repairs = [at - end for at in unit.repairs if at >= end]
            text = unit.text[end:]
            ordinal = self.writer.passage(
                "paragraph", text, self.section, unit.page, repairs=repairs, glue=" "
            )
            if text.endswith(":"):
                self.opener = ordinal

    def _unlabelled(self, number: int, unit: Unit) -> None:
        if number >= self.closing:
            self.writer.passage("closing", unit.text, None, unit.page, repairs=unit.repairs)
            return
        mark = mark_of(unit)
        if unit.table_row:
            self.writer.passage(
                "table_row", unit.text.replace("\n", " "), self.section, unit.page, lead=self.opener
            )
            return
        early = not self.ordinals and not self.numbered and self.attachment is None
        only_bases = not self.writer.passages or self.writer.passages[-1].role == "basis"
        if mark and early and only_bases and is_basis(unit.text.lstrip(mark + " ")):
            self.writer.passage("basis", unit.text, None, unit.page, repairs=unit.repairs)
            return
        if mark:
            self._bullet(mark, unit)
            return
        role: PassageRole = "paragraph"
        if is_note_text(unit.text):
            role = "note"
        elif early and only_bases and is_basis(unit.text):
            role = "basis"
        lead = self.opener if self.continues else None
        ordinal = self.writer.passage(
            role, unit.text, self.section, unit.page, lead=lead, repairs=unit.repairs
        )
        self.bullet = self.star = None
        if not self.continues:
            self.opener = ordinal if unit.text.endswith(":") else None

    def _bullet(self, mark: str, unit: Unit) -> None:
        sub = mark == "+" and self.bullet is not None
        role: PassageRole = "sub_bullet" if sub else "bullet"
        # "* Đối với chi bộ:" stands above the dashes that follow it.
        above = self.star if mark != "*" and self.star is not None else self.opener
        lead = self.bullet if sub else above
        ordinal = self.writer.passage(
            role, unit.text, self.section, unit.page, lead=lead, repairs=unit.repairs
        )
        if not sub:
            self.bullet = ordinal
        if mark == "*":
            self.star = ordinal

    def _section_above(self, node: Node) -> int | None:
        above = node.parent
        while above is not None and above.unit not in self.ordinals:
            above = above.parent
        return self.ordinals[above.unit] if above is not None else self.attachment

    def _numbered_above(self, node: Node) -> int | None:
        above = node.parent
        return self.numbered.get(above.unit) if above is not None else None

    @staticmethod
    def _listed(node: Node) -> bool:
        """Labels that make items of a list rather than points of their own."""
        return node.label.style in ("lower", "number)", "(lower)", "(roman)", "small_roman", "lower_number")
