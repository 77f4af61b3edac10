"""Write the sample library's .docx files from the text in `docx_source/`.

Run as `python -m corpus.sample.make_docx`; a test holds the committed files to what this writes,
byte for byte. The notation of a source, one paragraph a line, empty lines ignored:

    << text          left cell of the borderless table of letterhead or signature (lines add up)
    >> text          right cell of it
    ^ text           centred;     ~ text   set flush right
    # ## ### text    Word headings 1 to 3
    * text           Word bullet (the mark is Word's, not in the text)
    1> text          Word numbering (the number is Word's, not in the text); restarts after a heading
    | a | b |        row of a data table, the first row bold
    ---              page break
    **b** *i*        bold and italic within any of these
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

__all__ = ["SOURCES", "TARGET", "docx_bytes", "main"]

SOURCES = Path(__file__).parent / "docx_source"
TARGET = Path(__file__).parent / "documents"

_MARK = re.compile(r"(<<|>>|\^|~|#{1,3}|\*(?=\s)|1>|\||---$)\s*")
_INLINE = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")
_HEADINGS = ("Heading 1", "Heading 2", "Heading 3")
_STYLES = {"Normal", *_HEADINGS, "List Bullet", "List Number", "Normal Table", "Table Grid", "No List"}
_STYLES |= {"Default Paragraph Font", *(f"{name} Char" for name in _HEADINGS)}
_WRITTEN = datetime(2026, 1, 1)
_ZIP_TIME = (2026, 1, 1, 0, 0, 0)


def docx_bytes(source: str) -> bytes:
    """The .docx file that `source` (notation above) describes; the same text gives the same bytes."""
    from docx import Document

    word = Document()
    _page_setup(word)
    for kind, lines in groupby(_parsed(source), key=lambda line: _family(line[0])):
        _WRITERS.get(kind, _write_plain)(word, list(lines))
    return _fixed(word)


def _parsed(source: str) -> Iterator[tuple[str, str]]:
    for line in source.splitlines():
        if not line.strip():
            continue
        mark = _MARK.match(line)
        yield (mark.group(1), line[mark.end() :]) if mark else ("", line)


def _family(mark: str) -> str:
    return {"<<": "columns", ">>": "columns", "|": "table", "1>": "numbered"}.get(mark, "plain")


def _page_setup(word: "Word") -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    _prune_template(word)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name in ("Normal", *_HEADINGS):
        style = word.styles[name]
        style.font.name = "Times New Roman"
        style.font.size = Pt(14)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:eastAsia", "w:hAnsi", "w:cs"):
            fonts.set(qn(script), "Times New Roman")
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)


def _prune_template(word: "Word") -> None:
    """Drop the template's hundreds of unused styles: 800 kB in a file that is stored uncompressed."""
    for style in list(word.styles):
        if style.name not in _STYLES:
            style.delete()
    for key, relation in list(word.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            del word.part.rels[key]
    for key, relation in list(word.part.package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del word.part.package.rels[key]


def _runs(paragraph: "Paragraph", text: str, *, bold: bool = False) -> None:
    at = 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            paragraph.add_run(text[at : found.start()]).bold = bold or None
        run = paragraph.add_run(found.group(1) or found.group(2))
        run.bold = bool(found.group(1)) or bold or None
        run.italic = bool(found.group(2)) or None
        at = found.end()
    if at < len(text):
        paragraph.add_run(text[at:]).bold = bold or None


def _write_columns(word: "Word", lines: list[tuple[str, str]]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    cells = word.add_table(rows=1, cols=2).rows[0].cells
    for cell, side in zip(cells, ("<<", ">>"), strict=True):
        texts = [text for mark, text in lines if mark == side]
        for number, text in enumerate(texts):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            if not text.startswith("- ") and "Nơi nhận" not in text:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _runs(paragraph, text)


def _write_table(word: "Word", lines: list[tuple[str, str]]) -> None:
    rows = [[cell.strip() for cell in text.strip().rstrip("|").split("|")] for _, text in lines]
    table = word.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _runs(cell.paragraphs[0], text, bold=number == 0)


def _write_numbered(word: "Word", lines: list[tuple[str, str]]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    numbering = word.part.numbering_part.element
    style = word.styles["List Number"].element
    used = style.find(".//" + qn("w:numId")).get(qn("w:val"))
    abstract = numbering.num_having_numId(int(used)).abstractNumId.val
    fresh = numbering.add_num(abstract)
    start = OxmlElement("w:startOverride")
    start.set(qn("w:val"), "1")
    override = OxmlElement("w:lvlOverride")
    override.set(qn("w:ilvl"), "0")
    override.append(start)
    fresh.append(override)
    for _, text in lines:
        paragraph = word.add_paragraph(style="List Number")
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = fresh.numId
        _runs(paragraph, text)


def _write_plain(word: "Word", lines: list[tuple[str, str]]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK

    styles = {"#": "Heading 1", "##": "Heading 2", "###": "Heading 3", "*": "List Bullet"}
    sides = {"^": WD_ALIGN_PARAGRAPH.CENTER, "~": WD_ALIGN_PARAGRAPH.RIGHT}
    for mark, text in lines:
        if mark == "---":
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            continue
        paragraph = word.add_paragraph(style=styles.get(mark))
        if mark in sides:
            paragraph.alignment = sides[mark]
        _runs(paragraph, text)


_WRITERS = {"columns": _write_columns, "table": _write_table, "numbered": _write_numbered}


def _fixed(word: "Word") -> bytes:
    """Save with nothing in it that changes from run to run or from one zlib to the next."""
    properties = word.core_properties
    properties.author = properties.last_modified_by = "Tra Cứu"
    properties.title = "Văn bản mẫu hư cấu"
    properties.comments = ""
    properties.created = properties.modified = _WRITTEN
    properties.revision = 1
    saved = io.BytesIO()
    word.save(saved)
    written = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.create_system = 0
            new.writestr(entry, old.read(name))
    return written.getvalue()


def main() -> None:
    """Write every source's .docx beside the other documents of the sample."""
    for source in sorted(SOURCES.glob("*.src")):
        target = TARGET / f"{source.stem}.docx"
        target.write_bytes(docx_bytes(source.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
