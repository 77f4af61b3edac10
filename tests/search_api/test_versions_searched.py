"""Of several versions of a document the newest is searched, unless the older ones are asked for."""

import pytest
from factories import add, make_document, make_library
from fakes import FakeEncoder
from fastapi import FastAPI
from fastapi.testclient import TestClient

from indexer.update import update
from search_api.app import add_api
from search_api.engine import Engine
from search_api.settings import Settings
from search_api.types import Filters

QUESTION = "mở thư viện lưu động"


def plan(day: str, **more):
    text = f"# I. NHIỆM VỤ\nMở thư viện lưu động tại các xã trước ngày {day}."
    return make_document(text, **more)


@pytest.fixture(scope="module")
def made():
    old, newer, newest = plan("15/5"), plan("30/5"), plan("30/6", date="2026-06-01")
    other = plan("1/9", number="99/BC-UBND", kind="Báo cáo", title="Kết quả đọc sách")
    return old, newer, newest, other


@pytest.fixture(scope="module")
def engine(made, tmp_path_factory):
    directory = tmp_path_factory.mktemp("versions") / "library"
    library = make_library(directory, *made)
    update(library, FakeEncoder())
    with Engine(library, Settings(library=directory), FakeEncoder()) as engine:
        yield engine


def found(engine, **filters):
    response = engine.ask(QUESTION, filters=Filters(**filters))
    return {hit.document.id: hit.newer for hit in response.hits}, response.older


def test_the_newest_is_found_and_the_others_are_counted(engine, made):
    *_, newest, other = made
    assert found(engine) == ({newest.id: None, other.id: None}, 2)


def test_older_ones_are_found_where_they_are_asked_for(engine, made):
    old, newer, newest, other = made
    all_of_them = {old.id: newest.id, newer.id: newest.id, newest.id: None, other.id: None}
    assert found(engine, older=True) == (all_of_them, 0)
    assert found(engine, documents=(old.id,)) == ({old.id: newest.id}, 0)
    assert found(engine, documents=(old.id, newest.id)) == ({newest.id: None}, 1)
    assert found(engine, kinds=("Báo cáo",)) == ({other.id: None}, 0)


def test_by_number_the_newest_is_meant(engine, made):
    response = engine.ask("12/KH-UBND thư viện lưu động")
    assert {hit.document.id for hit in response.hits if hit.document.metadata.number == "12/KH-UBND"} == {
        made[2].id
    }


def test_a_document_said_in_the_question_is_searched(engine, made):
    response = engine.ask("số:12/KH-UBND thư viện")
    assert {hit.document.id for hit in response.hits} == {made[2].id}


def test_the_api_takes_the_choice(engine, made):
    app = FastAPI()
    add_api(app, engine)
    client = TestClient(app)
    answer = client.get("/api/search", params={"q": QUESTION}).json()
    assert answer["older_versions"] == 2
    answer = client.get("/api/search", params={"q": QUESTION, "versions": "all"}).json()
    newest = {result["document"]["id"]: result["newer_version"] for result in answer["results"]}
    assert newest[made[0].id] == made[2].id and newest[made[2].id] is None
    refused = client.get("/api/search", params={"q": QUESTION, "versions": "old"})
    assert (
        refused.status_code == 422
        and "“versions” phải là 'newest' hoặc 'all'" in refused.json()["error"]["message"]
    )


def test_without_the_newest_the_one_before_it_is_found(tmp_path):
    old, new = plan("15/5"), plan("30/6", date="2026-06-01")
    library = make_library(tmp_path / "l", old, new)
    update(library, FakeEncoder())
    with Engine(library, Settings(library=tmp_path / "l"), FakeEncoder()) as engine:
        assert set(found(engine)[0]) == {new.id}
        library.remove(new.id)
        update(library, FakeEncoder())
        assert found(engine) == ({old.id: None}, 0)
        add(library, new)
        update(library, FakeEncoder())
        assert set(found(engine)[0]) == {new.id}
