"""Word files for tests, built from their XML so that every oddity can be written down."""

import io
import zipfile

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = '<Relationship Id="r{0}" Type="{1}/{2}" Target="{3}"/>'
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)


def part(root: str, inside: str) -> str:
    """An XML part with the usual namespaces."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMESPACES}>{inside}</w:{root}>'


def docx(body: str = "", **parts: str) -> bytes:
    """Bytes of a .docx; `parts` are the insides of styles, numbering, footnotes."""
    return package({"word/document.xml": part("document", f"<w:body>{body}</w:body>")}, **parts)


def package(members: dict[str, str | bytes], **parts: str) -> bytes:
    """Bytes of a .docx with exactly these members and the parts with their relationships."""
    found = dict(members)
    found.setdefault("[Content_Types].xml", "<Types/>")
    found.setdefault(
        "_rels/.rels",
        _RELATIONS.format(_RELATION.format(1, _OFFICE, "officeDocument", "word/document.xml")),
    )
    relations = [_RELATION.format(n, _OFFICE, kind, f"{kind}.xml") for n, kind in enumerate(parts)]
    found.setdefault("word/_rels/document.xml.rels", _RELATIONS.format("".join(relations)))
    found |= {f"word/{kind}.xml": part(kind, inside) for kind, inside in parts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return stream.getvalue()


def p(*runs: str, style: str = "", num: str = "", props: str = "") -> str:
    """A paragraph; runs that are plain text become runs. `num` is "list/level"."""
    inside = props
    if style:
        inside = f'<w:pStyle w:val="{style}"/>' + inside
    if num:
        name, level = num.split("/")
        inside += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>'
    body = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{inside}</w:pPr>' if inside else ''}{body}</w:p>"


def r(text: str, props: str = "") -> str:
    """A run; `props` are its properties, as "b" or whole elements."""
    inside = props if props.startswith("<") else f"<w:{props}/>" if props else ""
    return f'<w:r><w:rPr>{inside}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: list[str], lines: bool = True, props: str = "") -> str:
    """A table; cells that are no XML become one paragraph."""
    borders = '<w:tblBorders><w:top w:val="single"/></w:tblBorders>' if lines else ""
    body = "".join(
        "<w:tr>" + "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr>{borders}{props}</w:tblPr>{body}</w:tbl>"


def tc(*paragraphs: str, span: int = 1, merge: str = "") -> str:
    """A cell; `merge` is "restart" or "continue" for a cell merged downwards."""
    props = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge:
        props += f'<w:vMerge w:val="{merge}"/>'
    body = "".join(one if one.startswith("<") else p(one) for one in paragraphs) or "<w:p/>"
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{body}</w:tc>"


def levels(*shapes: tuple[str, str], number: str = "1", extra: str = "") -> str:
    """An abstract list with one level for each (format, text), and a `w:num` of the same number."""
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (shape, text) in enumerate(shapes)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{extra}{inside}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    )
