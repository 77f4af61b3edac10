"""A small library of two linked documents, a fake engine over it, and the pages over that."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import make_citation, make_document, make_library
from fastapi.testclient import TestClient
from webfakes import FakeEngine, fake_engine

from corpus.types import Document, Span
from web.app import over

PLAN_TEXT = """
    # I. MỤC ĐÍCH, YÊU CẦU
    ^2
    Nâng cao chất lượng giáo dục theo Chỉ thị số 04-CT/TU trên địa bàn tỉnh.
    # II. NHIỆM VỤ
    ## 1. Sở Giáo dục và Đào tạo
    Chủ trì, phối hợp với các sở, ngành thực hiện các nhiệm vụ sau:
    - Tham mưu Ủy ban nhân dân tỉnh ban hành chương trình phổ cập.
    - Tổng hợp, báo cáo kết quả trước ngày 15 tháng 12 hằng năm.
    ## 2. Sở Tài chính: | Bố trí kinh phí thực hiện Kế hoạch.
    #! Phụ lục I
    Danh mục nhiệm vụ giao các sở.
    @recipients Nơi nhận: Các sở, ngành; Lưu VT.
"""


@pytest.fixture
def directive() -> Document:
    return make_document(
        "# 1. Yêu cầu\nCác cấp ủy lãnh đạo công tác giáo dục.",
        kind="Chỉ thị",
        number="04-CT/TU",
        date="2026-03",
        issuer="Tỉnh ủy Bình An",
        title="Về công tác giáo dục",
        source="chi thi.txt",
        inferred={"issuer": "chữ ký và đoạn căn cứ"},
    )


@pytest.fixture
def plan() -> Document:
    plain = make_document(PLAN_TEXT)
    at = plain.text.index("Chỉ thị số 04-CT/TU")
    citation = make_citation(
        "04-CT/TU",
        relation="implements",
        spans=(Span(at, at + len("Chỉ thị số 04-CT/TU")),),
        passages=(0,),
    )
    other = make_citation("99-NQ/TW", kind="Nghị quyết", relation="based_on", date="2025-01-02")
    return make_document(PLAN_TEXT, citations=(citation, other))


@pytest.fixture
def engine(tmp_path: Path, plan: Document, directive: Document) -> Iterator[FakeEngine]:
    library = make_library(tmp_path / "library", plan, directive)
    yield fake_engine(library)
    library.close()


@pytest.fixture
def client(engine: FakeEngine) -> TestClient:
    return TestClient(over(engine), follow_redirects=False)  # type: ignore[arg-type]
