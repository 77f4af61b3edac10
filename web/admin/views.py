"""What the administrator's pages show, ready to print."""

from dataclasses import dataclass
from typing import Final

from corpus.library import Corrections, DocumentSummary, IncomingFile
from corpus.read.limits import megabytes
from search_api.admin.desk import Work
from search_api.links import document_url
from web.wording import document_line, document_name, number, show_date, typed_date

__all__ = ["FIELDS", "FieldView", "FileView", "Lacking", "fields", "file_view", "lacking", "work_line"]

_STATUS: Final = {
    "waiting": "đang chờ",
    "reading": "đang đọc",
    "added": "đã thêm",
    "replaced": "đã đọc lại",
    "unchanged": "đã có sẵn",
    "duplicate": "trùng",
    "unpacked": "đã mở nén",
    "failed": "không đọc được",
}

FIELDS: Final = {
    "kind": ("Loại văn bản", "Kế hoạch, Chỉ thị, Nghị quyết…"),
    "number": ("Số, ký hiệu", "04-CT/TW, 15/2024/NĐ-CP"),
    "date": ("Ngày ban hành", "17/3/2026, 3/2026 hoặc 2026"),
    "issuer": ("Cơ quan ban hành", ""),
    "place": ("Nơi ban hành", ""),
    "title": ("Trích yếu", ""),
    "signer_role": ("Chức vụ người ký", ""),
    "signer_name": ("Họ tên người ký", ""),
}
"""Fields that can be corrected, with their names and what they look like."""

_LOOKED_AT: Final = {
    "kind": "loại",
    "number": "số",
    "date": "ngày",
    "issuer": "cơ quan",
    "title": "trích yếu",
}


@dataclass(frozen=True, slots=True)
class FileView:
    """One file given, and what was read from it."""

    key: int
    name: str
    size: str
    status: str
    words: str
    """The status in words."""
    reason: str | None
    same_as: str | None
    warnings: tuple[str, ...]
    line: tuple[str, ...]
    title: str | None
    pages: int | None
    url: str | None
    edit_url: str | None
    can_retry: bool
    can_forget: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of the form that corrects metadata."""

    name: str
    label: str
    example: str
    value: str
    read: str | None
    """What was read from the file, as shown; None: nothing was."""
    corrected: bool
    long: bool


@dataclass(frozen=True, slots=True)
class Lacking:
    """A document of which something that is looked for was not found."""

    name: str
    edit_url: str
    missing: str


def file_view(file: IncomingFile, document: DocumentSummary | None) -> FileView:
    """Lay out one file given."""
    return FileView(
        key=file.key,
        name=file.name,
        size=megabytes(max(file.bytes, 100_000)) if file.bytes >= 100_000 else f"{number(file.bytes)} byte",
        status=file.status,
        words=_STATUS.get(file.status, file.status),
        reason=file.reason,
        same_as=file.same_as,
        warnings=file.warnings,
        line=tuple(document_line(document.metadata)) if document else (),
        title=document_name(document.metadata, document.source) if document else None,
        pages=document.pages if document else None,
        url=document_url(document.id) if document else None,
        edit_url=edit_url(document.id) if document else None,
        can_retry=file.status == "failed" and file.stored is not None,
        can_forget=file.status != "reading",
    )


def edit_url(document_id: str) -> str:
    """Address of the page that corrects or removes one document."""
    return f"/admin{document_url(document_id)}"


def work_line(work: Work) -> str:
    """One line about what is being done."""
    rest = f"; còn {number(work.waiting)} tệp" if work.waiting > 1 else ""
    match work.state:
        case "reading" if work.waiting and work.message:
            pages = f", nhận dạng trang {number(work.done)} trên {number(work.of)}" if work.of else ""
            return f"Đang đọc {work.message}{pages}{rest}."
        case "indexing" if work.of:
            return f"Đang lập chỉ mục: {number(work.done)} trên {number(work.of)} đoạn{rest}."
        case "indexing":
            return f"Đang lập chỉ mục{rest}."
        case "failed":
            return f"Việc nền dừng vì lỗi: {work.message}"
        case _ if work.waiting:
            return f"{number(work.waiting)} tệp đang chờ đọc."
    return "Không có việc nào đang chạy; mọi văn bản đã vào chỉ mục."


def fields(found: Corrections) -> tuple[FieldView, ...]:
    """The form of one document's metadata."""
    views = []
    for name, (label, example) in FIELDS.items():
        read: str | None = getattr(found.read, name)
        value = found.value(name)
        is_date = name == "date"
        views.append(
            FieldView(
                name=name,
                label=label,
                example=example,
                value=(typed_date(value) if is_date else value) or "",
                read=show_date(read) if is_date else read,
                corrected=name in found.corrected,
                long=name == "title",
            )
        )
    return tuple(views)


def lacking(document: DocumentSummary) -> Lacking:
    """Name what a document lacks of what is looked for."""
    about = document.metadata
    missing = [name for field, name in _LOOKED_AT.items() if getattr(about, field) is None]
    # A number that no rule can read is as good as none.
    return Lacking(
        document_name(about, document.source), edit_url(document.id), ", ".join(missing) or "số đọc được"
    )
