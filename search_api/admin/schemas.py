"""What the administrator's API takes and answers, typed."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from search_api.schemas import DocumentBrief, DocumentItem

__all__ = [
    "AdminFile", "AdminRemoved", "AdminStatus", "Correction", "CorrectionsAnswer", "CorrectionsAsked",
    "RemovedList", "Reread",
]  # fmt: skip

Field_ = Literal["kind", "number", "date", "issuer", "place", "title", "signer_role", "signer_name"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AdminFile(_Model):
    """A file given to the server and what became of it."""

    key: int
    name: str = Field(description="Tên tệp đã làm sạch, chỉ để hiển thị.")
    bytes: int
    status: Literal["waiting", "reading", "added", "replaced", "unchanged", "duplicate", "unpacked", "failed"]
    reason: str | None = Field(description="Vì sao không đọc được.")
    same_as: str | None = Field(description="Tên tệp đã có cùng nội dung.")
    warnings: list[str]
    given: str
    ended: str | None
    parent: int | None = Field(description="Tệp nén mà tệp này nằm trong.")
    pages: int | None
    document: DocumentBrief | None


class AdminStatus(_Model):
    """Files given and what the background work does."""

    writable: bool
    state: Literal["idle", "reading", "indexing", "failed"]
    message: str
    done: int
    of: int
    waiting: int
    busy: bool
    files: list[AdminFile]


class Correction(_Model):
    """One field: what was read and what was corrected."""

    read: str | None
    corrected: bool
    value: str | None = Field(description="Giá trị đang dùng.")


class CorrectionsAnswer(_Model):
    """All fields that can be corrected."""

    fields: dict[str, Correction]


class CorrectionsAsked(_Model):
    """Fields to correct and corrections to take back."""

    changes: dict[Field_, Annotated[str, Field(max_length=2_000)] | None] = Field(
        default={}, description="Trường và giá trị mới; null hoặc chuỗi rỗng: văn bản không ghi."
    )
    undo: Annotated[list[Field_], Field(max_length=20)] = Field(
        default=[], description="Các trường trở về như đã đọc."
    )


class Reread(_Model):
    """How many documents are to be read again."""

    files: int


class AdminRemoved(_Model):
    """A removed document."""

    document: DocumentItem
    removed: str


class RemovedList(_Model):
    """What can be restored, last removed first."""

    documents: list[AdminRemoved]
