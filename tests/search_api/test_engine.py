"""The engine over a real index: what is found, in what order, and that it never stands in the way."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields

import pytest
from factories import add, make_document, make_library
from fakes import FakeEncoder

from corpus.errors import LibraryError
from corpus.library import Library
from indexer.update import update
from search_api.engine import Engine
from search_api.settings import Settings, Weights
from search_api.types import Filters


def texts(response):
    return [hit.stored.passage.text for hit in response.hits]


def opened(directory, *documents, encoder=None, **settings):
    """An engine over a new library of `documents`, indexed."""
    encoder = encoder or FakeEncoder()
    library = make_library(directory, *documents)
    update(library, encoder)
    return Engine(library, Settings(library=directory, **settings), encoder)


def test_headings_make_bullets_an_answer(engine):
    """A bullet under the department's heading beats one elsewhere that names the department."""
    assert set(texts(engine.ask("nhiệm vụ của Sở Giáo dục", k=2))) == {
        "- Xây dựng tủ sách lớp học, bố trí tiết đọc mỗi tuần.",
        "- Bồi dưỡng cán bộ thư viện trường học.",
    }


@pytest.mark.parametrize("typed", ["nhiem vu cua so giao duc", "NHIEM VU CUA SO GIAO DUC"])
def test_without_accents_the_same_is_found(engine, typed):
    assert set(texts(engine.ask(typed, k=2))) == set(texts(engine.ask("nhiệm vụ của Sở Giáo dục", k=2)))


def test_without_accents_the_encoder_is_not_asked(tmp_path):
    encoder = FakeEncoder()
    with opened(tmp_path, make_document(), encoder=encoder) as engine:
        engine.ask("pho cap giao duc", literal=True)
        assert encoder.queries == []
        engine.ask("phổ cập giáo dục")
        assert encoder.queries == ["phổ cập giáo dục"]


def test_the_encoder_is_asked_with_the_accents_given_back(tmp_path):
    encoder = FakeEncoder()
    with opened(tmp_path, make_document(), encoder=encoder) as engine:
        engine.ask("pho cap giao duc")
        assert encoder.queries == ["phổ cập giáo dục"]


def test_quotes_mean_exactly_that(engine):
    found = texts(engine.ask('"tiết đọc mỗi tuần" sách', k=50))
    assert found == ["- Xây dựng tủ sách lớp học, bố trí tiết đọc mỗi tuần."]
    assert engine.ask('"tuần mỗi đọc"').hits == ()


def test_quotes_without_accents(engine):
    assert len(texts(engine.ask('"tiet doc moi tuan"', k=50))) == 1


def test_excluded_words_are_left_out_with_their_sections(engine):
    assert any("tủ sách" in text for text in texts(engine.ask("sách", k=50)))
    found = engine.ask("sách -giáo", k=50)
    assert found.hits
    for hit in found.hits:
        assert "giáo" not in " ".join((*hit.stored.section_path, hit.stored.passage.text)).lower().split()


def test_literal_does_not_exclude(engine):
    assert any("tủ sách" in text for text in texts(engine.ask("sách -giáo", k=50, literal=True)))


def test_a_document_asked_for_by_number_comes_first(engine):
    response = engine.ask("chương trình 18-CTr/TU")
    opening, *rest = response.hits
    assert opening.document.metadata.number == "18-CTr/TU"
    assert opening.stored.passage.ordinal == 0
    assert opening.stored.key not in {hit.stored.key for hit in rest}


def test_what_cites_a_document_comes_up_though_the_document_is_not_held(engine):
    response = engine.ask("CT 04")
    assert response.hits[0].kind == "heading"
    assert response.hits[0].stored.passage.text.startswith("I. CHƯƠNG TRÌNH THỰC HIỆN CHỈ THỊ")
    assert texts(response)[1] == "Tổ chức quán triệt Chỉ thị số 04-CT/TW đến từng chi bộ."
    assert [hit.rank for hit in response.hits] == list(range(1, len(response.hits) + 1))


def test_a_filter_holds_for_references_too(engine):
    response = engine.ask("CT 04", filters=Filters(kinds=("Kế hoạch",)))
    assert {hit.document.metadata.kind for hit in response.hits} == {"Kế hoạch"}


def test_unknown_filter_values_give_a_notice_and_nothing_else(engine):
    response = engine.ask("sách", filters=Filters(kinds=("Thông cáo",)))
    assert response.hits == ()
    assert response.notices == ("Không có loại văn bản “Thông cáo”; đang có: Chương trình, Kế hoạch.",)


@pytest.mark.parametrize("typed", ["", "  ", "?!", "\x00", "-", '""'])
def test_nothing_to_search_for_is_said(engine, typed):
    response = engine.ask(typed)
    assert response.hits == ()
    assert response.notices[0].startswith("Chưa có gì để tìm")


def test_the_same_words_twice_in_a_document_are_one_result(tmp_path):
    line = "- Báo cáo kết quả thực hiện hằng năm."
    one = make_document(f"# I. A\n{line}\n# II. B\n{line}")
    other = make_document(f"# I. C\n{line}", number="13/KH-UBND")
    with opened(tmp_path, one, other) as engine:
        assert [text for text in texts(engine.ask("báo cáo kết quả", k=50)) if text == line] == [line, line]
        assert len({hit.document.id for hit in engine.ask("báo cáo kết quả", k=2).hits}) == 2


def test_groups_and_facets(engine):
    response = engine.ask("Sở Giáo dục và Đào tạo", k=5)
    assert {hit.stored.key for group in response.groups for hit in group.hits} == {
        hit.stored.key for hit in response.hits
    }
    assert ("kind", "Kế hoạch", 1) in [(facet.field, facet.value, facet.count) for facet in response.facets]


def test_answers_are_the_same_every_time(engine):
    once = [(hit.stored.key, hit.score) for hit in engine.ask("thư viện và sách", k=50).hits]
    for _ in range(3):
        assert [(hit.stored.key, hit.score) for hit in engine.ask("thư viện và sách", k=50).hits] == once


def test_many_threads_get_the_same_answers(engine):
    queries = ["thư viện", "sở giáo dục", "CT 04", "kinh phi", '"tủ sách"'] * 8
    alone = [texts(engine.ask(query)) for query in queries]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda query: texts(engine.ask(query)), queries)) == alone


def test_a_new_generation_is_picked_up(tmp_path):
    with opened(tmp_path, make_document()) as engine:
        before = engine.ask("nuôi trồng thủy sản")
        with Library.open(tmp_path) as library:
            add(library, make_document("# I. A\nĐẩy mạnh nuôi trồng thủy sản.", number="99/KH-UBND"))
            update(library, FakeEncoder())
        after = engine.ask("nuôi trồng thủy sản")
        assert after.generation != before.generation
        assert texts(after)[0] == "Đẩy mạnh nuôi trồng thủy sản."


def test_a_document_removed_but_still_indexed_is_not_found(tmp_path):
    document = make_document()
    with opened(tmp_path, document) as engine:
        engine.library.remove(document.id)
        response = engine.ask("phổ cập giáo dục")
        assert (response.hits, response.facets) == ((), ())


def test_without_an_index_the_error_says_what_to_do(tmp_path):
    with (
        Engine(make_library(tmp_path, make_document()), Settings(library=tmp_path), FakeEncoder()) as engine,
        pytest.raises(LibraryError, match="tracuu rebuild"),
    ):
        engine.ask("giáo dục")


def test_an_index_of_another_model_is_searched_by_words_and_that_is_said(tmp_path):
    update(make_library(tmp_path, make_document()), FakeEncoder("one"))
    with Engine(Library.open(tmp_path), Settings(library=tmp_path), FakeEncoder("two")) as engine:
        response = engine.ask("chương trình phổ cập")
        assert texts(response)
        assert "dense" not in response.hits[0].parts
        assert "tracuu rebuild" in response.notices[0]


def test_weights_decide(tmp_path):
    document = make_document("""
        # I. Rừng
        Trồng cây.
        # II. Biển
        Rừng ngập mặn ven biển, rừng phòng hộ.
        # III. Khác
        Giữ gìn vệ sinh.
    """)
    only_headings = Weights(**{part.name: float(part.name == "headings") for part in fields(Weights)})
    with opened(tmp_path, document, weights=only_headings) as engine:
        assert texts(engine.ask("rừng")) == ["Trồng cây."]


def test_warming_up_never_fails(tmp_path):
    with Engine(make_library(tmp_path), Settings(library=tmp_path), FakeEncoder()) as engine:
        engine.warm()
        update(engine.library, FakeEncoder())
        engine.warm()
        assert engine.ask("giáo dục").hits == ()
