"""A small library with an index, an engine over it, and an HTTP client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import make_citation, make_document, make_library
from fakes import FakeEncoder

from corpus.types import Span
from indexer.update import update
from search_api.engine import Engine
from search_api.settings import Settings

SCHOOLS = """
    # I. MỤC ĐÍCH, YÊU CẦU
    Phát triển văn hóa đọc trong nhà trường và cộng đồng.
    # II. TỔ CHỨC THỰC HIỆN
    ## 1. Sở Văn hóa, Thể thao và Du lịch
    - Chủ trì, phối hợp với Sở Giáo dục và Đào tạo mở thư viện lưu động tại các xã.
    - Tuyên truyền về ngày sách trên địa bàn tỉnh.
    ## 2. Sở Giáo dục và Đào tạo
    - Xây dựng tủ sách lớp học, bố trí tiết đọc mỗi tuần.
    - Bồi dưỡng cán bộ thư viện trường học.
    ## 3. Sở Tài chính
    Bố trí kinh phí hằng năm theo phân cấp ngân sách.
"""
ACTION = """
    # I. CHƯƠNG TRÌNH THỰC HIỆN CHỈ THỊ SỐ 04-CT/TW VỀ HOẠT ĐỘNG XUẤT BẢN
    Tổ chức quán triệt Chỉ thị số 04-CT/TW đến từng chi bộ.
    Nâng cao chất lượng sách, đẩy mạnh chuyển đổi số trong xuất bản.
    # II. GIÁM SÁT
    Ủy ban kiểm tra giám sát việc thực hiện; kiểm tra, xử lý in lậu.
    Chi bộ họp mỗi tháng một lần.
"""


def _action():
    plain = make_document(ACTION)
    heading, passage = plain.sections[0].span, plain.passages[0].span
    citation = make_citation(
        "04-CT/TW",
        spans=(Span(heading.start + 20, heading.start + 28), Span(passage.start + 25, passage.start + 33)),
        passages=(0,),
        relation="implements",
    )
    return make_document(
        ACTION,
        kind="Chương trình",
        number="18-CTr/TU",
        date="2025-03",
        issuer="Tỉnh ủy Bình An",
        title="Thực hiện Chỉ thị về xuất bản",
        source="chuong-trinh.md",
        citations=(citation,),
    )


@pytest.fixture(scope="package")
def library_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two documents, indexed with the fake encoder. For reading only."""
    directory = tmp_path_factory.mktemp("search") / "library"
    schools = make_document(
        SCHOOLS, title="Phát triển văn hóa đọc trong nhà trường", source="van-hoa-doc.txt"
    )
    with make_library(directory, schools, _action()) as library:
        update(library, FakeEncoder())
    return directory


@pytest.fixture(scope="package")
def engine(library_dir: Path) -> Iterator[Engine]:
    from corpus.library import Library

    with Engine(Library.open(library_dir), Settings(library=library_dir), FakeEncoder()) as engine:
        yield engine


@pytest.fixture
def client(engine: Engine):
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from search_api.app import add_api

    app = FastAPI()
    add_api(app, engine)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
