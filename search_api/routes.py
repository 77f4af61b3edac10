"""The routes of the HTTP API. Handlers are plain functions: FastAPI runs them in its thread pool."""

import time
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response

from corpus.errors import TracuuError
from corpus.library import StoredPassage, date_range
from search_api.as_json import (
    brief_json,
    document_json,
    passage_json,
    response_json,
    suggestion_json,
    summary_json,
)
from search_api.citation_text import citation_text
from search_api.engine import Engine
from search_api.schemas import (
    DocumentDetail,
    DocumentList,
    ErrorAnswer,
    Health,
    PassageDetail,
    SearchAnswer,
    SuggestAnswer,
)
from search_api.types import Filters

__all__ = ["api_routes"]

_NEIGHBOURS = 2
_DATE = (
    r"^[12][0-9]{3}(-(0[1-9]|1[0-2])|-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    r"|-(0[469]|11)-(0[1-9]|[12][0-9]|30)|-02-(0[1-9]|[12][0-9]))?$"
)
_Id = Annotated[str, Path(min_length=1, max_length=200, examples=["74c7a565f235deb5"])]
_Value = Annotated[str, Query(min_length=1, max_length=300)]
_Values = Annotated[list[_Value], Query(max_length=50, description="Lặp lại được: một trong các giá trị.")]

_UNPROCESSABLE: dict[int | str, dict[str, Any]] = {
    422: {"model": ErrorAnswer, "description": "Tham số sai; message nói sai ở đâu."}
}
_NOT_HELD: dict[int | str, dict[str, Any]] = {
    404: {"model": ErrorAnswer, "description": "Thư viện không có; message nói đang có gì."}
}
_UNAVAILABLE: dict[int | str, dict[str, Any]] = {
    503: {"model": ErrorAnswer, "description": "Thư viện hoặc chỉ mục chưa dùng được."}
}
_ERRORS = _UNPROCESSABLE | _NOT_HELD | _UNAVAILABLE


def api_routes(engine: Engine) -> APIRouter:
    """Routes that answer from `engine`."""
    router = APIRouter(tags=["Tra Cứu"])

    @router.get("/api/search", response_model=SearchAnswer, responses=_ERRORS, summary="Tìm đoạn văn")
    def search(  # noqa: PLR0917 - FastAPI passes by name
        q: Annotated[
            str,
            Query(
                min_length=1,
                max_length=10_000,
                # Python and Rust agree on this class: at least one character that is not blank.
                pattern=r"[^\s\x1c-\x1f]",
                description="Câu hỏi; chỉ 1.000 ký tự đầu được tìm.",
                examples=["nhiệm vụ của Sở Giáo dục"],
            ),
        ],
        k: Annotated[int, Query(ge=1, le=100, description="Số kết quả.")] = 10,
        kind: _Values = [],  # noqa: B006 - FastAPI copies it
        issuer: _Values = [],  # noqa: B006
        date_from: Annotated[str | None, Query(alias="from", pattern=_DATE, examples=["2026-03"])] = None,
        date_to: Annotated[str | None, Query(alias="to", pattern=_DATE, examples=["2026"])] = None,
        document: _Values = [],  # noqa: B006
        literal: Annotated[bool, Query(description="Tìm nguyên văn, không suy đoán.")] = False,
        versions: Annotated[
            Literal["newest", "all"], Query(description="Chỉ bản mới nhất của mỗi văn bản, hay kể cả bản cũ.")
        ] = "newest",
    ) -> dict[str, Any]:
        """Các đoạn văn trả lời câu hỏi, xếp theo mức phù hợp; 404 nếu lọc theo giá trị không có."""
        ids = tuple(engine.library.resolve(reference) for reference in document)
        older = versions == "all"
        filters = Filters(tuple(kind), tuple(issuer), _real(date_from), _real(date_to), ids, older)
        engine.check_filters(filters)
        return response_json(engine.ask(q, k=k, filters=filters, literal=literal))

    @router.get(
        "/api/suggest",
        response_model=SuggestAnswer,
        responses=_UNPROCESSABLE | _UNAVAILABLE,
        summary="Gợi ý khi đang gõ",
    )
    def suggest(
        q: Annotated[
            str,
            Query(max_length=2_000, description="Phần đã gõ; dấu không bắt buộc.", examples=["so giao d"]),
        ],
        limit: Annotated[int, Query(ge=1, le=20, description="Số gợi ý nhiều nhất.")] = 8,
    ) -> dict[str, Any]:
        """Văn bản, đề mục và cụm từ của thư viện có thể là điều người dùng đang gõ."""
        started = time.perf_counter()
        found = engine.suggest(q, limit)
        return {
            "query": q,
            "suggestions": [suggestion_json(one) for one in found],
            "took_ms": round((time.perf_counter() - started) * 1000, 2),
        }

    @router.get(
        "/api/documents",
        response_model=DocumentList,
        responses=_UNPROCESSABLE | _UNAVAILABLE,
        summary="Danh sách văn bản",
    )
    def documents(
        offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> dict[str, Any]:
        """Văn bản trong thư viện theo thứ tự thêm vào, từng trang."""
        held = engine.library.documents()
        return {
            "total": len(held),
            "offset": offset,
            "documents": [summary_json(document) for document in held[offset : offset + limit]],
        }

    @router.get(
        "/api/documents/{id}", response_model=DocumentDetail, responses=_ERRORS, summary="Một văn bản"
    )
    def document_by_id(id: _Id) -> dict[str, Any]:
        """Siêu dữ liệu, dàn ý, văn bản được nhắc đến và mọi đoạn của một văn bản."""
        return document_json(engine.library.document(id))

    @router.get("/api/passages/{id}", response_model=PassageDetail, responses=_ERRORS, summary="Một đoạn văn")
    def passage_by_id(id: _Id) -> dict[str, Any]:
        """Một đoạn (hoặc đề mục) với xuất xứ đầy đủ và các đoạn lân cận."""
        return _passage(engine, id)

    @router.get(
        "/health", response_model=Health, responses={503: {"model": Health}}, summary="Tình trạng dịch vụ"
    )
    def health(response: Response) -> dict[str, Any]:
        """200 khi trả lời được, 503 khi chưa."""
        found: dict[str, Any] = {"status": "ok", "documents": 0, "generation": None, "message": None}
        try:
            found["documents"] = len(engine.library.contents())
            found["generation"] = engine.generation()
        except TracuuError as error:
            response.status_code = 503
            found |= {"status": "unavailable", "message": str(error)}
        return found

    return router


def _real(date: str | None) -> str | None:
    """29 February of a common year, which the pattern lets through, is its 28th."""
    return date if date is None or date_range(date) else f"{date[:8]}28"


def _passage(engine: Engine, passage_id: str) -> dict[str, Any]:
    stored = engine.passage(passage_id)
    summary = engine.library.summary(stored.document_id)
    siblings = engine.library.passages_of(stored.document_id)
    before = [other for other in siblings if other.passage.span < stored.passage.span]
    after = [other for other in siblings if other.passage.span > stored.passage.span]
    return passage_json(stored) | {
        "document": brief_json(summary),
        "lead": stored.lead_text,
        "citation": citation_text(stored, summary),
        "before": _briefly(before[-_NEIGHBOURS:]),
        "after": _briefly(after[:_NEIGHBOURS]),
    }


def _briefly(passages: list[StoredPassage]) -> list[dict[str, Any]]:
    return [passage_json(passage) for passage in passages]
