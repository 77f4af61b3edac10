"""The zip around a .docx: checked before it is unpacked, and its XML parts parsed without DTDs."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from corpus.errors import ReadError

__all__ = ["Package", "W", "attribute", "flag", "local"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""Namespace of WordprocessingML; the 'strict' variant is rewritten to it on reading."""

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MOST_MEMBERS = 20_000
_MOST_XML = 80_000_000
"""Unpacked size of one XML part; 1,000 pages of text are about 20 MB."""
_HIGHEST_RATIO = 150
"""Text packs 10 to 30 times; only crafted files pack this much (checked above 5 MB)."""

_DAMAGED = "tệp .docx bị hỏng hoặc chép thiếu; hãy mở bằng Word, lưu lại rồi thêm lại."


class _NoDoctype(ElementTree.TreeBuilder):
    """Refuses document type declarations: without them there are no entities to explode or fetch."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise ReadError("tệp .docx chứa khai báo thực thể XML không an toàn nên không đọc.")


class Package:
    """An opened .docx."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ReadError(_DAMAGED) from error
        if len(members) > _MOST_MEMBERS:
            raise ReadError("tệp .docx chứa quá nhiều thành phần, không phải văn bản Word bình thường.")
        self._members = {member.filename.lstrip("/").lower(): member for member in members}
        self.main = self._main()

    def _main(self) -> str:
        """Name of the part with the text: what the relationships say, else where Word puts it."""
        for target, kind in self._relations("_rels/.rels"):
            if kind.endswith("/officeDocument") and target.lower() in self._members:
                return target.lower()
        if "word/document.xml" in self._members:
            return "word/document.xml"
        if any(name.startswith(("xl/", "ppt/")) for name in self._members):
            raise ReadError("là bảng tính hoặc trình chiếu mang đuôi .docx; hãy lưu nội dung thành tệp Word.")
        raise ReadError("trong tệp không có nội dung Word (thiếu word/document.xml); " + _DAMAGED)

    def _relations(self, name: str) -> Iterator[tuple[str, str]]:
        root = self.part(name)
        for relation in root if root is not None else ():
            if relation.get("TargetMode") != "External":
                yield relation.get("Target", "").lstrip("/"), relation.get("Type", "")

    def related(self, kind: str) -> Element | None:
        """Root of the part that the main part relates to as `kind` ('styles', 'numbering'…)."""
        folder, _, file = self.main.rpartition("/")
        for target, relation in self._relations(f"{folder}/_rels/{file}.rels".lstrip("/")):
            if relation.endswith("/" + kind):
                inside = f"{folder}/{target}".lstrip("/")
                return self.part(inside if inside.lower() in self._members else target)
        return self.part(f"{folder}/{kind}.xml".lstrip("/"))

    def part(self, name: str) -> Element | None:
        """Root element of an XML part, None where there is no such part."""
        member = self._members.get(name.lower())
        if member is None:
            return None
        xml = self._unpacked(member)
        try:
            parser = ElementTree.XMLParser(target=_NoDoctype())  # noqa: S314 - no DTD gets through
            parser.feed(xml.replace(_STRICT, W[1:-1].encode()))
            root: Element = parser.close()
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise ReadError(_DAMAGED) from error
        return root

    def _unpacked(self, member: zipfile.ZipInfo) -> bytes:
        if member.flag_bits & 1:
            raise ReadError("tệp có mật khẩu; hãy mở bằng Word, bỏ mật khẩu, lưu lại rồi thêm lại.")
        ratio = member.file_size / max(1, member.compress_size)
        if member.file_size > _MOST_XML or (member.file_size > 5_000_000 and ratio > _HIGHEST_RATIO):
            raise ReadError("nội dung bung ra lớn bất thường (kiểu “bom nén”) nên không đọc.")
        try:
            with self._zip.open(member) as stream:
                xml = stream.read(_MOST_XML + 1)  # the size in the directory may be a lie
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise ReadError(_DAMAGED) from error
        if len(xml) > _MOST_XML:
            raise ReadError("nội dung bung ra lớn bất thường (kiểu “bom nén”) nên không đọc.")
        return xml


def local(element: Element) -> str:
    """Tag without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element | None, name: str = "val") -> str | None:
    """Attribute of WordprocessingML, None where element or attribute is missing."""
    return None if element is None else element.get(W + name)


def flag(parent: Element | None, name: str) -> bool | None:
    """An on/off property (w:b, w:caps…): None where it is not given."""
    found = parent.find(W + name) if parent is not None else None
    if found is None:
        return None
    return attribute(found) not in ("0", "false", "off", "none")
