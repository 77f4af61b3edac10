"""The administrator's API: files given and read, metadata corrected, documents removed and restored."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from admin_desk import PLAN, client_of, make_desk, zipped
from fakes import FakeEncoder
from hypothesis import given
from hypothesis import strategies as st

from search_api.adding import receiving
from search_api.adding.receiving import clean_name
from search_api.adding.working import work


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.encoders.load_encoder", lambda spec=None: FakeEncoder())
    desk = make_desk(tmp_path / "library")
    yield desk
    desk.library.close()


@pytest.fixture
def client(desk):
    return client_of(desk)


def give(client, name="plan.txt", data=None):
    content = PLAN.encode() if data is None else data
    return client.post("/api/admin/files", params={"name": name}, content=content)


def code_of(response):
    return response.status_code, response.json()["error"]["code"]


def test_a_file_given_is_read_indexed_and_found(client, desk):
    answer = give(client)
    assert answer.status_code == 202
    key = answer.json()["key"]
    assert answer.json()["status"] == "waiting" and desk.worker.woken == 1
    status = client.get("/api/admin/status").json()
    assert status["busy"] and status["waiting"] == 1
    assert work(desk.library) == 0
    file = client.get(f"/api/admin/files/{key}").json()
    assert (file["status"], file["document"]["number"], file["document"]["kind"]) == (
        "added", "12/KH-UBND", "Kế hoạch",
    )  # fmt: skip
    found = client.get("/api/search", params={"q": "tủ sách lớp học"}).json()["results"]
    assert found and found[0]["document"]["id"] == file["document"]["id"]
    status = client.get("/api/admin/status").json()
    assert (status["state"], status["waiting"], status["busy"]) == ("idle", 0, False)
    assert not [p for p in (desk.library.directory / "incoming").iterdir() if p.name != "lock"]


def test_what_is_given_again_is_told(client, desk):
    for name in ("a.txt", "a.txt", "b.txt"):
        give(client, name)
    work(desk.library)
    files = client.get("/api/admin/status").json()["files"][::-1]
    assert [file["status"] for file in files] == ["added", "unchanged", "duplicate"]
    assert files[2]["same_as"] == "a.txt"


def test_what_cannot_be_read_says_why_and_can_be_tried_again(client, desk):
    key = give(client, "x.pdf", b"%PDF-1.4\nnothing").json()["key"]
    good = give(client).json()["key"]
    work(desk.library)
    file = client.get(f"/api/admin/files/{key}").json()
    assert file["status"] == "failed" and file["reason"].startswith("x.pdf: ")
    assert client.get(f"/api/admin/files/{good}").json()["status"] == "added"
    again = client.post(f"/api/admin/files/{key}/retry")
    assert (again.status_code, again.json()["status"]) == (200, "waiting")
    assert code_of(client.post(f"/api/admin/files/{good}/retry")) == (404, "not_held")
    assert client.delete(f"/api/admin/files/{key}").status_code == 204
    assert code_of(client.get(f"/api/admin/files/{key}")) == (404, "not_held")


def test_an_error_of_ours_costs_one_file(client, desk, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("ours")

    give(client, "a.txt")
    monkeypatch.setattr("search_api.adding.working.understand", broken)
    work(desk.library)
    [file] = client.get("/api/admin/status").json()["files"]
    assert file["status"] == "failed" and "RuntimeError" in file["reason"]


def test_a_zip_is_unpacked(client, desk):
    key = give(client, "cả thư mục.zip", zipped(a__txt=PLAN.encode(), b__exe=b"MZ\0\0")).json()["key"]
    work(desk.library)
    files = {file["name"]: file for file in client.get("/api/admin/status").json()["files"]}
    assert files["cả thư mục.zip"]["status"] == "unpacked"
    assert (files["a.txt"]["status"], files["a.txt"]["parent"]) == ("added", key)
    [other] = [file for name, file in files.items() if "b.exe" in name]
    assert other["status"] == "failed" and other["reason"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\x.txt", "x.txt"),
        ("a\0b.txt", "a?b.txt"),
        ("x" * 300 + ".txt", "x" * 170 + "….txt"),
        ("kế\u202ehoạchtxt.txt", "kế?hoạchtxt.txt"),
        ("a\r\nSet-Cookie: x.txt", "a??Set-Cookie: x.txt"),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
        ("CON.txt", "CON.txt"),
    ],
)
def test_hostile_names_are_only_shown(client, desk, name, kept):
    answer = give(client, name)
    assert answer.status_code == 202 and answer.json()["name"] == kept
    work(desk.library)
    [file] = client.get("/api/admin/status").json()["files"]
    assert file["status"] == "added" and file["document"]["source"] == kept
    inside = desk.library.directory.resolve()
    assert desk.library.original(file["document"]["id"]).resolve().is_relative_to(inside)


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_can_be_shown(name):
    clean = clean_name(name)
    assert clean.isprintable() and 0 < len(clean) <= 180 and not set("/\\") & set(clean)
    assert clean_name(clean) == clean


@pytest.mark.parametrize("name", ["", ".", "..", "/", "???", " "])
def test_names_that_are_none(name):
    assert clean_name(name) == "khong-ten"


@pytest.mark.parametrize("declared", [True, False])
def test_a_huge_file_is_refused_in_one_plain_line(client, desk, monkeypatch, declared):
    monkeypatch.setattr(receiving, "MAX_FILE_BYTES", 1000)
    data = b"x" * 3000
    content = data if declared else iter([data[:900], data[900:]])
    answer = client.post("/api/admin/files", params={"name": "a.txt"}, content=content)
    assert code_of(answer) == (413, "too_large")
    message = answer.json()["error"]["message"]
    assert message.startswith("a.txt: tệp quá lớn") and "\n" not in message
    assert desk.library.incoming.waiting() == (0, 0)
    assert not [p for p in desk.library.directory.glob("incoming/*") if p.name != "lock"]


@pytest.mark.parametrize(
    ("name", "data", "refused"),
    [
        ("a.exe", b"MZ", (415, "unknown_kind")),
        (".txt", b"x", (415, "unknown_kind")),
        ("a.txt", b"", (422, "empty")),
    ],
)
def test_what_is_refused_at_once(client, name, data, refused):
    assert code_of(give(client, name, data)) == refused


def test_a_full_disk_and_a_full_queue(client, monkeypatch):
    monkeypatch.setattr(receiving, "MAX_WAITING_FILES", 1)
    assert give(client).status_code == 202
    assert code_of(give(client)) == (503, "queue_full")
    monkeypatch.setattr(receiving, "MAX_WAITING_FILES", 10)
    monkeypatch.setattr(receiving.shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    assert code_of(give(client)) == (507, "disk_full")


def test_an_upload_that_breaks_off_leaves_nothing(desk):
    async def broken():
        yield b"half"
        raise ConnectionError

    # In a thread of its own: the browser tests leave a loop running in this one.
    with ThreadPoolExecutor(1) as pool, pytest.raises(ConnectionError):
        pool.submit(asyncio.run, desk.receive("a.txt", broken())).result()
    assert desk.library.incoming.waiting() == (0, 0)
    assert list((desk.library.directory / "incoming").iterdir()) == []


def test_many_files_given_at_once(client, desk):
    def one(n):
        return give(client, f"{n}.txt", f"BÁO CÁO\nVề việc {n}\n\nNội dung {n}.".encode()).json()["key"]

    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(one, range(24)))
    assert len(set(keys)) == 24
    work(desk.library)
    assert len(desk.library.documents()) == 24
    assert {file["status"] for file in client.get("/api/admin/status").json()["files"]} == {"added"}


# metadata, removal


@pytest.fixture
def held(client, desk):
    give(client)
    work(desk.library)
    return desk.library.documents()[0].id


def test_metadata_are_corrected_and_undone(client, desk, held):
    address = f"/api/admin/documents/{held}/corrections"
    woken = desk.worker.woken
    answer = client.put(address, json={"changes": {"issuer": "Tỉnh ủy Bình An", "date": "2026-05"}}).json()
    assert answer["fields"]["issuer"] == {
        "read": "Ủy ban nhân dân", "corrected": True, "value": "Tỉnh ủy Bình An",
    }  # fmt: skip
    assert desk.worker.woken == woken + 1
    document = client.get(f"/api/documents/{held}").json()
    assert (document["issuer"], document["date"]) == ("Tỉnh ủy Bình An", "2026-05")
    assert document["inferred"]["issuer"] == "sửa tay"
    client.put(address, json={"undo": ["issuer"]})
    fields = client.get(address).json()["fields"]
    assert not fields["issuer"]["corrected"] and fields["date"]["corrected"]
    assert code_of(client.put(address, json={"changes": {"date": "hôm qua"}})) == (422, "invalid")
    assert code_of(client.put(address, json={"changes": {"sha256": "x"}})) == (422, "invalid")
    assert code_of(client.put("/api/admin/documents/none/corrections", json={})) == (404, "not_held")


def test_a_document_is_removed_restored_and_erased(client, desk, held):
    assert client.delete(f"/api/admin/removed/{held}").status_code == 404  # not removed yet
    assert client.delete(f"/api/admin/documents/{held}").status_code == 204
    assert client.get(f"/api/documents/{held}").status_code == 404
    assert client.get("/api/search", params={"q": "tủ sách"}).json()["results"] == []
    [removed] = client.get("/api/admin/removed").json()["documents"]
    assert removed["document"]["id"] == held
    assert client.post(f"/api/admin/removed/{held}/restore").status_code == 204
    assert client.get(f"/api/documents/{held}").status_code == 200
    assert code_of(client.post(f"/api/admin/removed/{held}/restore")) == (404, "not_held")
    client.delete(f"/api/admin/documents/{held}")
    assert client.delete(f"/api/admin/removed/{held}").status_code == 204
    assert client.get("/api/admin/removed").json()["documents"] == []


def test_a_library_that_may_not_be_written_says_so(client, desk, held, monkeypatch):
    monkeypatch.setattr(desk.library._database, "writable", False)
    assert client.get("/api/admin/status").json()["writable"] is False
    assert code_of(give(client)) == (503, "library_unavailable")
    assert code_of(client.delete(f"/api/admin/documents/{held}")) == (503, "library_unavailable")


def test_what_an_earlier_version_read_is_read_again(client, desk, held):
    document = desk.library.document(held)
    desk.library.add(document, desk.library.original(held), reading_version="an earlier one")
    assert client.post("/api/admin/reread").json() == {"files": 1}
    work(desk.library)
    assert client.get("/api/admin/status").json()["files"][0]["status"] == "replaced"
    assert client.post("/api/admin/reread").json() == {"files": 0}


def test_the_same_text_in_another_file_is_told(client, desk, held):
    key = give(client, "chép.txt", (PLAN + "\n\n").encode()).json()["key"]
    work(desk.library)
    file = client.get(f"/api/admin/files/{key}").json()
    assert file["status"] == "added" and any("plan.txt" in warning for warning in file["warnings"])
