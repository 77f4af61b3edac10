"""What the HTTP API answers, typed, with examples; the same shapes as `search_api.as_json` builds."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "DocumentDetail", "DocumentList", "ErrorAnswer", "Health", "PassageDetail", "SearchAnswer",
    "SuggestAnswer",
]  # fmt: skip

IsoDate = Annotated[str | None, Field(description="Ngày ISO 8601, có thể chỉ có năm hoặc năm-tháng.")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ErrorDetail(_Model):
    """What went wrong."""

    code: str = Field(examples=["not_found"])
    message: str = Field(description="Một câu tiếng Việt nói việc gì xảy ra và nên làm gì.")


class ErrorAnswer(_Model):
    """The shape of every error."""

    error: ErrorDetail


class DocumentBrief(_Model):
    """A document beside a passage of it."""

    id: str = Field(examples=["74c7a565f235deb5"])
    kind: str | None = Field(examples=["Kế hoạch"])
    number: str | None = Field(examples=["64-KH/TU"])
    date: IsoDate = Field(examples=["2026-04-06"])
    issuer: str | None = Field(examples=["Ban Thường vụ Tỉnh ủy"])
    title: str | None
    source: str = Field(description="Tên tệp như khi thêm vào.")


class Passage(_Model):
    """A passage with its place in the document."""

    passage_id: str
    text: str
    section: list[str] = Field(description="Các đề mục bên trên, từ ngoài vào trong.")
    page: int | None
    url: str = Field(description="Địa chỉ trang văn bản tại đoạn này.")


class Result(Passage):
    """One passage found; a result of kind "heading" is the heading of a section."""

    rank: int
    score: float
    kind: Literal["passage", "heading"]
    highlights: list[tuple[int, int]] = Field(description="Các khoảng [đầu, cuối) ký tự khớp trong text.")
    document: DocumentBrief
    newer_version: str | None = Field(description="Mã bản mới nhất, nếu đây là bản cũ của văn bản.")


class Step(_Model):
    """One thing read into the query."""

    kind: Literal[
        "reference", "phrase", "exclusion", "abbreviation", "body", "accents", "slip", "filter", "shortened"
    ]
    typed: str
    understood: str


class OtherReading(_Model):
    """Another text that the query may mean, searched as well."""

    text: str
    weight: float = Field(description="Điểm của cách hiểu này được nhân với số này (0…1).")


class Understood(_Model):
    """How the query was read; `literal=true` searches it as it stands."""

    text: str
    literal: bool
    phrases: list[str]
    excluded: list[str]
    references: list[str]
    addresses: list[str] = Field(description="Chỗ trong văn bản được hỏi, như “khoản 2 Điều 3”.")
    readings: list[OtherReading] = Field(description="Cách hiểu khác cũng được tìm.")
    steps: list[Step]


class ResultGroup(_Model):
    """Results of one section of one document, in reading order."""

    document_id: str
    section: list[str]
    passage_ids: list[str]


class FacetValue(_Model):
    """A value to filter by with the number of documents found that have it."""

    field: Literal["kind", "issuer", "year"]
    value: str
    count: int


class SearchAnswer(_Model):
    """The answer to one query."""

    query: str
    understood: Understood
    notices: list[str] = Field(description="Lời nhắn cho người tìm, khi có.")
    older_versions: int = Field(description="Số bản cũ của các văn bản tìm được mà không tìm trong đó.")
    results: list[Result]
    groups: list[ResultGroup]
    facets: list[FacetValue]
    generation: str = Field(description="Tên bản chỉ mục đã trả lời.")
    took_ms: float


class SuggestionItem(_Model):
    """Something that may be meant by what was typed so far."""

    kind: Literal["document", "heading", "term"]
    text: str = Field(description="Chữ để đưa vào ô tìm.", examples=["Sở Giáo dục và Đào tạo"])
    detail: str = Field(description="Trích yếu của văn bản; rỗng nếu không phải văn bản.")
    highlights: list[tuple[int, int]] = Field(description="Các khoảng [đầu, cuối) ký tự của text đã được gõ.")
    url: str = Field(description="Trang văn bản, hoặc trang kết quả tìm chữ này.")


class SuggestAnswer(_Model):
    """Suggestions, the likeliest first."""

    query: str
    suggestions: list[SuggestionItem]
    took_ms: float


class _Metadata(_Model):
    kind: str | None
    number: str | None
    symbol: str | None
    date: IsoDate
    issuer: str | None
    place: str | None
    title: str | None
    signer_authority: str | None
    signer_role: str | None
    signer_name: str | None
    is_attachment: bool
    sphere: Literal["party", "state"] | None
    inferred: dict[str, str] = Field(description="Trường không in sẵn mà suy ra, và suy ra từ đâu.")


class DocumentItem(_Metadata):
    """A document in a list."""

    id: str
    source: str
    pages: int | None
    passages: int
    added: str
    warnings: list[str]
    url: str


class DocumentList(_Model):
    """One page of the documents, in the order they came in."""

    total: int
    offset: int
    documents: list[DocumentItem]


class OutlineNode(_Model):
    """A heading and the headings under it."""

    label: str
    title: str
    level: int
    children: list["OutlineNode"]


class CitedDocument(_Model):
    """Another document that this one speaks of."""

    kind: str
    number: str | None
    date: IsoDate
    issuer: str | None
    relation: Literal["implements", "based_on", "amends", "replaces", "mentions"]
    subject: str | None


class DocumentPassage(_Model):
    """A passage of the document shown."""

    id: str
    text: str
    section: list[str]
    page: int | None


class PageReading(_Model):
    """How one page was read: from its text layer, recognised from its picture, or not at all."""

    page: int
    how: Literal["text", "ocr", "unread"]
    confidence: float | None = Field(description="Độ tin cậy khi nhận dạng, 0–100.")


class DocumentDetail(_Metadata):
    """A whole document."""

    id: str
    source: str
    sha256: str
    pages: int | None
    warnings: list[str]
    page_readings: list[PageReading]
    outline: list[OutlineNode]
    citations: list[CitedDocument]
    passages: list[DocumentPassage]
    url: str


class PassageDetail(Passage):
    """A passage with what stands around it and its full reference."""

    document: DocumentBrief
    lead: str | None = Field(description="Câu mở đầu danh sách mà đoạn này là một mục.")
    citation: str = Field(description="Đoạn văn kèm xuất xứ, để sao chép.")
    before: list[Passage] = Field(description="Các đoạn liền trước, theo thứ tự đọc.")
    after: list[Passage] = Field(description="Các đoạn liền sau.")


class Health(_Model):
    """Whether the service can answer."""

    status: Literal["ok", "unavailable"]
    documents: int
    generation: str | None
    message: str | None
