"""The administrator's pages without a browser: who gets in, what is kept, nasty input."""

import re

import pytest
from factories import add, make_document, make_library
from fastapi.testclient import TestClient
from htmlreading import NASTY, elements, text_of
from webfakes import fake_engine

from search_api.admin.access import COOKIE, Access
from search_api.admin.desk import Desk
from web.admin import uploads
from web.app import over

TOKEN = "một-mã-quản-trị-dài"
HERE = {"Origin": "http://testserver"}


class _Still:
    woken = 0

    def wake(self) -> None:
        self.woken += 1

    def busy(self) -> bool:
        return False


def visit(tmp_path, token=None, *documents):
    library = make_library(tmp_path / "library", *documents)
    desk = Desk(library, Access(token), _Still())  # type: ignore[arg-type]
    client = TestClient(over(fake_engine(library), desk=desk), follow_redirects=False)
    return client, desk


def proof_on(page) -> str:
    return re.search(r'name="proof" value="([^"]*)"', page.text)[1]


def post(client, path, proof, **data):
    return client.post(path, data={"proof": proof, **data}, headers=HERE)


def upload(client, proof, *files):
    return client.post(
        "/admin/files", data={"proof": proof}, files=[("files", file) for file in files], headers=HERE
    )


def test_pages_lead_to_the_login_and_changes_are_refused(tmp_path):
    client, _ = visit(tmp_path, TOKEN)
    for path in ("/admin", "/admin/removed", "/admin/documents/x", "/admin/progress"):
        response = client.get(path)
        assert (response.status_code, response.headers["location"]) == (303, "/admin/login")
    for path in ("/admin/files", "/admin/documents/x", "/admin/documents/x/remove", "/admin/removed/x/erase",
                 "/admin/removed/x/restore", "/admin/files/1/retry", "/admin/files/forget",
                 "/admin/logout"):  # fmt: skip
        assert client.post(path, headers=HERE).status_code == 401, path


def test_the_cookie_is_kept_from_scripts_and_other_sites(tmp_path):
    client, _ = visit(tmp_path, TOKEN)
    assert client.post("/admin/login", data={"token": "sai"}, headers=HERE).status_code == 401
    answer = client.post("/admin/login", data={"token": TOKEN}, headers=HERE)
    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 303
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=43200"))
    assert TOKEN not in cookie
    page = client.get("/admin")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert (
        page.headers["referrer-policy"] == "same-origin"
    )  # else browsers would not say where a form is from
    assert post(client, "/admin/logout", proof_on(page)).status_code == 303
    client.cookies.delete(COOKIE)
    assert client.get("/admin").status_code == 303


def test_too_many_wrong_tokens(tmp_path):
    client, _ = visit(tmp_path, TOKEN)
    codes = [client.post("/admin/login", data={"token": "x"}, headers=HERE).status_code for _ in range(7)]
    assert codes == [401] * 5 + [429] * 2


def test_forms_need_the_proof_and_the_origin(tmp_path):
    document = make_document()
    client, desk = visit(tmp_path, None, document)
    remove = f"/admin/documents/{document.id}/remove"
    proof = proof_on(client.get("/admin"))
    assert post(client, remove, "sai").status_code == 403
    assert client.post(remove, data={"proof": proof}, headers={"Origin": "null"}).status_code == 403
    assert client.post(remove, data={"proof": proof}, headers={"Origin": "http://evil"}).status_code == 403
    assert client.get(remove).status_code == 405
    assert [held.id for held in desk.library.documents()] == [document.id]
    assert post(client, remove, proof).status_code == 303
    assert desk.library.documents() == [] and desk.worker.woken == 1


def test_files_of_a_form(tmp_path):
    client, desk = visit(tmp_path)
    proof = proof_on(client.get("/admin"))
    answer = upload(client, proof, ("../../a.txt", b"abc"), ("b.exe", b"MZ"), ("c.txt", b""))
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin?said=given")
    files = {file.name: file for file in desk.library.incoming.files()}
    assert files["a.txt"].status == "waiting"
    assert "không đọc được" in files["b.exe"].reason and "rỗng" in files["c.txt"].reason
    page = text_of(client.get("/admin?said=given").text)
    assert "Đã nhận tệp" in page and "đang chờ" in page and "b.exe: loại tệp này không đọc được" in page
    assert upload(client, "sai", ("d.txt", b"abc")).status_code == 403
    assert len(desk.library.incoming.files()) == 3


def test_a_huge_form_is_refused_with_a_plain_line(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_FORM_BYTES", 5_000)
    client, desk = visit(tmp_path)
    proof = proof_on(client.get("/admin"))
    answer = upload(client, proof, ("a.txt", b"x" * 10_000))
    assert answer.status_code == 413 and "quá lớn" in text_of(answer.text)
    assert desk.library.incoming.files() == []


@pytest.mark.parametrize(
    "body", [b"", b"--x", b'--x\r\nContent-Disposition: form-data; name="files"\r\n\r\nabc']
)
def test_broken_forms_are_refused(tmp_path, body):
    client, _ = visit(tmp_path)
    headers = HERE | {"Content-Type": "multipart/form-data; boundary=x"}
    assert client.post("/admin/files", content=body, headers=headers).status_code in (400, 403)
    assert client.post("/admin/files", content=body, headers=HERE).status_code == 415


def test_nasty_documents_and_names_are_shown_as_text(tmp_path):
    document = make_document("Một.", kind=NASTY, title=NASTY, source=NASTY, issuer=NASTY, number=NASTY,
                             warnings=[NASTY])  # fmt: skip
    client, desk = visit(tmp_path, None, document)
    desk.library.incoming.refuse(NASTY, 1, NASTY)
    desk.library.correct(document.id, {"place": NASTY})
    for path in ("/admin", "/admin/progress", f"/admin/documents/{document.id}"):
        page = client.get(path).text
        assert "alert(1)" in page, path
        assert elements(page).isdisjoint({"img", "script without src", "event handler"})
    desk.library.remove(document.id)
    assert elements(client.get("/admin/removed").text).isdisjoint({"img", "event handler"})


def test_what_an_address_says_is_not_echoed(tmp_path):
    client, _ = visit(tmp_path)
    assert "lừa đảo" not in client.get("/admin?said=lừa đảo").text


def test_documents_that_lack_something_are_listed(tmp_path):
    lacking = make_document("Một.", number=None, date=None, title="Thiếu số")
    client, _ = visit(tmp_path, None, lacking, make_document("Hai."))
    page = text_of(client.get("/admin").text)
    assert re.search(r"Thiếu số\s+không thấy số, ngày", page)
    assert re.search(r"1\s+văn bản; sửa tay được", page)


def test_older_versions_are_said_and_can_be_searched(tmp_path):
    old, new = make_document("Việc cũ đọc sách."), make_document("Việc mới đọc sách.")
    client, desk = visit(tmp_path, None, old, new)
    address = client.get("/search?q=đọc sách&versions=all").text
    assert "chỉ bản mới nhất" in text_of(address)
    assert 'name="versions" value="all"' in address  # the search box keeps it
    add(desk.library)


def test_reading_needs_no_administrator(tmp_path):
    library = make_library(tmp_path / "library")
    client = TestClient(over(fake_engine(library)), follow_redirects=False)
    assert client.get("/admin").status_code == 404
    assert client.get("/api/admin/status").status_code == 404
    assert "/admin" not in client.get("/").text
