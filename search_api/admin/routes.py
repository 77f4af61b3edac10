"""The administrator's operations as JSON."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.requests import ClientDisconnect

from corpus.library import CORRECTABLE, Corrections, DocumentSummary, IncomingFile
from search_api.adding.draining import drain
from search_api.admin.desk import Desk
from search_api.admin.guard import check_proof, session_of
from search_api.admin.schemas import (
    AdminFile,
    AdminStatus,
    CorrectionsAnswer,
    CorrectionsAsked,
    RemovedList,
    Reread,
)
from search_api.as_json import brief_json, summary_json
from search_api.errors import RefusedError
from search_api.schemas import ErrorAnswer

__all__ = ["admin_routes", "file_json", "status_json"]

_Id = Annotated[str, Path(min_length=1, max_length=200)]
_Key = Annotated[int, Path(ge=1, le=2**62)]


def _refusals(**said: str) -> dict[int | str, dict[str, Any]]:
    return {
        int(status.lstrip("_")): {"model": ErrorAnswer, "description": text} for status, text in said.items()
    }


_ERRORS = _refusals(
    _400="Thân yêu cầu không đọc được.",
    _401="Cần mã quản trị (phiên đăng nhập hoặc Authorization: Bearer).",
    _403="Yêu cầu không đến từ trang của máy chủ này.",
    _404="Không có.",
    _422="Giá trị sai; message nói sai ở đâu.",
    _429="Nhập sai mã quá nhiều lần.",
    _503="Thư viện không ghi được lúc này, hoặc hàng đợi đã đầy.",
)
_UPLOAD = _ERRORS | _refusals(_413="Tệp quá lớn.", _415="Loại tệp không đọc được.", _507="Ổ đĩa đã đầy.")


def admin_routes(desk: Desk) -> APIRouter:
    """Routes that act on the library of `desk`, for administrators only."""

    def allowed(request: Request) -> None:
        session = session_of(request, desk.access)
        if request.method not in ("GET", "HEAD"):
            check_proof(request, session)

    router = APIRouter(prefix="/api/admin", tags=["Quản trị"], dependencies=[Depends(allowed)])
    _file_routes(router, desk)
    _document_routes(router, desk)
    _removed_routes(router, desk)
    return router


def _file_routes(router: APIRouter, desk: Desk) -> None:
    @router.get("/status", response_model=AdminStatus, responses=_ERRORS, summary="Tình trạng nạp tệp")
    def status() -> dict[str, Any]:
        """Các tệp đã nạp, mới nhất trước, và việc đang làm."""
        return status_json(desk)

    @router.post(
        "/files", status_code=202, response_model=AdminFile, responses=_UPLOAD, summary="Nạp một tệp",
        openapi_extra={"requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }},
    )  # fmt: skip
    async def give(
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=1_000, description="Tên tệp, để hiển thị.")],
    ) -> dict[str, Any]:
        """Thân yêu cầu là nội dung tệp. Tệp được đọc ở nền; hỏi /api/admin/files/{key} để biết kết quả."""
        length = request.headers.get("Content-Length", "")
        size = int(length) if length.isdecimal() and length.isascii() else None
        stream = request.stream()
        try:
            file = await desk.receive(name, stream, size)
        except RefusedError:
            await drain(request, stream)
            raise
        except ClientDisconnect as error:  # nobody will read the answer; nothing of the file is kept
            raise RefusedError(400, "broken_off", "Việc gửi tệp bị ngắt giữa chừng; hãy gửi lại.") from error
        return file_json(file, None)

    @router.get("/files/{key}", response_model=AdminFile, responses=_ERRORS, summary="Một tệp đã nạp")
    def one_file(key: _Key) -> dict[str, Any]:
        """Tệp đã đọc tới đâu, thành văn bản nào."""
        return file_json(*desk.file(key))

    @router.post(
        "/files/{key}/retry", response_model=AdminFile, responses=_ERRORS, summary="Đọc lại một tệp lỗi"
    )
    def retry(key: _Key) -> dict[str, Any]:
        """Chỉ với tệp đã lỗi mà nội dung còn giữ."""
        desk.retry(key)
        return file_json(*desk.file(key))

    @router.delete("/files/{key}", status_code=204, responses=_ERRORS, summary="Bỏ một tệp khỏi danh sách")
    def forget(key: _Key) -> None:
        """Tệp đang chờ thì không đọc nữa; văn bản đã vào thư viện thì vẫn còn đó."""
        desk.forget(key)


def _document_routes(router: APIRouter, desk: Desk) -> None:
    @router.post("/reread", status_code=202, response_model=Reread, responses=_ERRORS, summary="Đọc lại")
    def reread() -> dict[str, int]:
        """Đọc lại ở nền mọi văn bản do phiên bản cũ của chương trình đọc; bản sửa tay được giữ."""
        return {"files": desk.reread()}

    @router.get(
        "/documents/{id}/corrections", response_model=CorrectionsAnswer, responses=_ERRORS,
        summary="Thông tin đã đọc và đã sửa",
    )  # fmt: skip
    def corrections(id: _Id) -> dict[str, Any]:
        """Mỗi trường: giá trị đọc được, giá trị đang dùng."""
        return _corrections_json(desk.library.corrections(id))

    @router.put(
        "/documents/{id}/corrections", response_model=CorrectionsAnswer, responses=_ERRORS,
        summary="Sửa tay thông tin văn bản",
    )  # fmt: skip
    def correct(id: _Id, asked: CorrectionsAsked) -> dict[str, Any]:
        """Sửa hoặc hoàn nguyên vài trường; được giữ qua mọi lần đọc lại tệp."""
        changes: dict[str, str | None] = dict(asked.changes.items())
        return _corrections_json(desk.correct(id, changes, asked.undo))

    @router.delete("/documents/{id}", status_code=204, responses=_ERRORS, summary="Bỏ văn bản ra")
    def remove(id: _Id) -> None:
        """Văn bản không còn tìm thấy; khôi phục được cho tới khi xóa hẳn."""
        desk.remove(id)


def _removed_routes(router: APIRouter, desk: Desk) -> None:
    @router.get("/removed", response_model=RemovedList, responses=_ERRORS, summary="Văn bản đã bỏ")
    def removed() -> dict[str, Any]:
        """Các văn bản khôi phục được."""
        return {
            "documents": [
                {"document": summary_json(one.document), "removed": one.removed} for one in desk.removed()
            ]
        }

    @router.post(
        "/removed/{id}/restore", status_code=204, responses=_ERRORS, summary="Khôi phục văn bản đã bỏ"
    )
    def restore(id: _Id) -> None:
        """Văn bản trở lại như khi bỏ ra."""
        desk.restore(id)

    @router.delete("/removed/{id}", status_code=204, responses=_ERRORS, summary="Xóa hẳn văn bản đã bỏ")
    def erase(id: _Id) -> None:
        """Mất cả tệp gốc; không khôi phục được nữa."""
        desk.erase(id)


def file_json(file: IncomingFile, document: DocumentSummary | None) -> dict[str, Any]:
    """One file given."""
    return {
        "key": file.key,
        "name": file.name,
        "bytes": file.bytes,
        "status": file.status,
        "reason": file.reason,
        "same_as": file.same_as,
        "warnings": list(file.warnings),
        "given": file.given,
        "ended": file.ended,
        "parent": file.parent,
        "pages": document.pages if document else None,
        "document": brief_json(document) if document else None,
    }


def status_json(desk: Desk) -> dict[str, Any]:
    """Everything that the administrator's page watches."""
    work = desk.work()
    return {
        "writable": desk.library.writable,
        "state": work.state,
        "message": work.message,
        "done": work.done,
        "of": work.of,
        "waiting": work.waiting,
        "busy": work.busy,
        "files": [file_json(*pair) for pair in desk.files()],
    }


def _corrections_json(found: Corrections) -> dict[str, Any]:
    return {
        "fields": {
            field: {
                "read": getattr(found.read, field),
                "corrected": field in found.corrected,
                "value": found.value(field),
            }
            for field in CORRECTABLE
        }
    }
