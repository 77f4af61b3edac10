"""The body of a .docx walked in reading order: paragraphs, tables, text boxes, notes."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from corpus.errors import ReadError
from corpus.read.columns import is_letterhead
from corpus.read.inline import COLUMN, boldness, parts
from corpus.read.word.numbering import Label, Numbering
from corpus.read.word.package import Package, W, attribute, flag, local
from corpus.read.word.paragraphs import TAB, Pages, printed
from corpus.read.word.styles import Style, Styles, aligned, number
from corpus.read.word.tables import table_blocks
from corpus.types import Block, SourceText

__all__ = ["parse_docx"]

_NO_TEXT = (
    "trong tệp Word không có chữ nào (có thể chỉ là ảnh chụp văn bản); "
    "hãy in ra PDF rồi thêm tệp PDF đó, chữ trong ảnh sẽ được nhận dạng."
)
_CONTENTS = "Đã bỏ qua trang mục lục tự động vì các đề mục có đủ trong văn bản."
_EMBEDDED = (
    "Một phần nội dung được nhúng từ tệp khác nên không đọc được; "
    "hãy mở bằng Word, lưu lại thành .docx mới rồi thêm lại."
)
_OLD_FONT = (
    "Tệp Word dùng phông chữ cũ (TCVN3/ABC hoặc VNI), đã chuyển sang Unicode; "
    "hãy đối chiếu với bản gốc nếu thấy chữ lạ."
)
_DEEPEST_TABLE = 12


def parse_docx(data: bytes) -> SourceText:
    """Read a .docx. Raises `ReadError`, without the file's name, where it cannot be read."""
    package = Package(data)
    root = package.part(package.main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise ReadError("trong tệp không có phần nội dung Word; hãy mở bằng Word, lưu lại rồi thêm lại.")
    reading = _Reading(package, body)
    blocks = tuple(reading.blocks())
    if not blocks:
        raise ReadError(_EMBEDDED if _EMBEDDED in reading.warnings else _NO_TEXT)
    pages = reading.pages.number
    if pages == 1 and not reading.pages.rendered:  # no break of any kind: the file says nothing of pages
        blocks = tuple(replace(block, page=None) for block in blocks)
        return SourceText(blocks, None, tuple(reading.warnings))
    return SourceText(blocks, pages, tuple(reading.warnings))


class _Reading:
    """One document being read."""

    def __init__(self, package: Package, body: Element) -> None:
        self._package = package
        self._body = body
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"), self._styles)
        self._notes: list[tuple[str, str]] = []
        self._note_numbers: dict[tuple[str, str], int] = {}
        self._depth = 0
        self.pages = Pages(rendered=next(body.iter(W + "lastRenderedPageBreak"), None) is not None)
        self.warnings: list[str] = []

    def blocks(self) -> Iterator[Block]:
        """All blocks of the document, the notes it refers to at the end."""
        yield from self._children(self._body)
        yield from self._note_blocks()

    def _children(self, parent: Element) -> Iterator[Block]:
        for child in parent:
            name = local(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._table(child)
            elif name == "sdt" and self._is_contents(child):
                self._warn(_CONTENTS)
            elif name == "altChunk":
                self._warn(_EMBEDDED)
            elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
                yield from self._children(child)

    def _table(self, table: Element) -> Iterator[Block]:
        if self._depth >= _DEEPEST_TABLE:
            raise ReadError("bảng trong tệp lồng nhau quá sâu; hãy sửa lại bảng bằng Word rồi thêm lại.")
        self._depth += 1
        yield from table_blocks(table, self._styles, self._children)
        self._depth -= 1

    @staticmethod
    def _is_contents(control: Element) -> bool:
        gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        return attribute(gallery) == "Table of Contents"

    def _warn(self, told: str) -> None:
        if told not in self.warnings:
            self.warnings.append(told)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = paragraph.find(W + "pPr")
        style_id = attribute(properties.find(W + "pStyle")) if properties is not None else None
        style = self._styles.get(style_id or self._styles.default)
        if style.is_contents:
            self._warn(_CONTENTS)
            return
        if flag(properties, "pageBreakBefore"):
            self.pages.turn(rendered=False)
        here = printed(paragraph, style, self._styles, self.pages, self._note_numbers)
        self._notes.extend(here.notes)
        if here.legacy:
            self._warn(_OLD_FONT)
        texts = list(parts(_columns(here.text), bytes(here.bold)))
        if texts or not _is_deleted(properties):
            label = self._label(properties, style, style_id)
            if not texts and label.text and self._depth:
                texts = [("", b"")]  # a column of automatic numbers has no text
            for text, bold in texts:
                yield _block(label, (text, bold), properties, style, here.page)
                label = Label()
        if properties is not None and properties.find(W + "sectPr") is not None:
            self._section_break(properties)
        for box in here.boxes:
            yield from self._children(box)

    def _section_break(self, properties: Element) -> None:
        kind = attribute(properties.find(f"{W}sectPr/{W}type"))
        if kind != "continuous":
            self.pages.turn(rendered=False)

    def _label(self, properties: Element | None, style: Style, style_id: str | None) -> Label:
        """The automatic number of a paragraph: its own list, else that of its style."""
        own = properties.find(W + "numPr") if properties is not None else None
        name, level = style.numbering, style.level
        if own is not None:
            name = attribute(own.find(W + "numId")) or name
            given = number(attribute(own.find(W + "ilvl")))
            level = given if given is not None else level
        return self._numbering.label(name, level, style_id)

    def _note_blocks(self) -> Iterator[Block]:
        """Footnotes and endnotes in the order in which the text refers to them."""
        roots = {kind: self._package.related(kind) for kind in {kind for kind, _ in self._notes}}
        found = {
            (kind, attribute(note, "id")): note
            for kind, root in roots.items()
            for note in (root if root is not None else ())
        }
        for key in dict.fromkeys(self._notes):
            note = found.get(key)
            if note is None:
                continue
            for position, block in enumerate(list(self._children(note))):
                mark = f"[{self._note_numbers[key]}] " if position == 0 else ""
                yield replace(block, text=mark + block.text, bold=False, bold_lead=0, page=None)


def _columns(text: str) -> str:
    """Tabs as what they are: the gap between two columns in a letterhead, a space elsewhere.

    The length stays, for the bold flags.
    """
    return text.replace(TAB, COLUMN if is_letterhead(text.replace(TAB, " ")) else " ")


def _is_deleted(properties: Element | None) -> bool:
    """The paragraph itself, its mark, is a tracked deletion."""
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None


def _block(
    label: Label, body: tuple[str, bytes], properties: Element | None, style: Style, page: int
) -> Block:
    """A block out of its automatic label and `body`, the text with its bold flags."""
    text, bold = body
    text, bold = (label.text + text).rstrip(), (bold[:1] or b"\0") * len(label.text) + bold
    whole, lead = boldness(text, bold)
    side, given = aligned(properties)
    outline = number(attribute(properties.find(W + "outlineLvl"))) if properties is not None else None
    return Block(
        text,
        page,
        heading_level=outline + 1 if outline is not None and outline < 9 else style.heading_level,
        bold=whole,
        bold_lead=lead,
        list_item=label.bullet,
        aligned=side if given else style.aligned,
    )
