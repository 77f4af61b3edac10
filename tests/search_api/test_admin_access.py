"""Who may administer, and from where."""

import re
import stat
import time

import pytest
from admin_desk import PLAN, TOKEN, client_of, make_desk

from corpus.errors import LibraryError
from search_api.admin.access import COOKIE, Access, token_of
from search_api.errors import RefusedError

STATUS = "/api/admin/status"
HERE = "http://testserver"


@pytest.fixture
def guarded(tmp_path):
    desk = make_desk(tmp_path / "library", TOKEN)
    yield desk
    desk.library.close()


def give(client, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/api/admin/files?name=a.txt", content=PLAN.encode(), headers=headers)


def bearer(token=TOKEN):
    return {"Authorization": f"Bearer {token}".encode()}


def test_every_operation_asks_for_the_token(guarded):
    client = client_of(guarded)
    paths = client.get("/openapi.json").json()["paths"]
    asked = [(method, path) for path in paths if path.startswith("/api/admin") for method in paths[path]]
    assert len(asked) >= 11
    for method, path in asked:
        response = client.request(method, re.sub(r"\{\w+\}", "1", path), params={"name": "a.txt"})
        assert response.status_code == 401, (method, path)
        assert response.json()["error"]["code"] == "log_in"
    assert client.get("/api/documents").status_code == 200  # reading needs none


def test_a_program_sends_the_token(guarded):
    client = client_of(guarded)
    assert client.get(STATUS, headers=bearer()).status_code == 200
    assert give(client, **bearer()).status_code == 202
    for wrong in (bearer("sai"), {"Authorization": "Basic x"}, {"Authorization": ""}):
        assert client.get(STATUS, headers=wrong).status_code == 401


def test_wrong_tokens_are_counted_by_address_and_together():
    access = Access(TOKEN)
    for _ in range(5):
        with pytest.raises(RefusedError) as wrong:
            access.log_in("sai", "10.0.0.1")
        assert wrong.value.status == 401
    for typed in ("sai", TOKEN):
        with pytest.raises(RefusedError) as many:
            access.log_in(typed, "10.0.0.1")
        assert many.value.status == 429
    assert access.session(access.log_in(TOKEN, "10.0.0.2")) is not None
    for n in range(60):
        with pytest.raises(RefusedError):
            access.log_in("sai", f"10.1.0.{n}")
    with pytest.raises(RefusedError) as together:
        access.log_in(TOKEN, "10.2.0.1")
    assert together.value.status == 429


def test_a_session_outlives_a_restart_but_neither_the_token_nor_the_day(monkeypatch):
    cookie = Access(TOKEN).log_in(TOKEN, "a")
    assert Access(TOKEN).session(cookie) is not None
    assert Access("another token, long").session(cookie) is None
    for forged in (
        None,
        "",
        "x",
        cookie[:-1] + ("1" if cookie[-1] == "0" else "0"),
        "9" + cookie,
        cookie.replace(".", "..", 1),
        "١" + cookie,
    ):
        assert Access(TOKEN).session(forged) is None
    later = time.time() + 13 * 3600
    monkeypatch.setattr("search_api.admin.access.time.time", lambda: later)
    assert Access(TOKEN).session(cookie) is None


def test_a_page_of_ours_proves_where_it_came_from(guarded):
    client = client_of(guarded)
    cookie = guarded.access.log_in(TOKEN, "a")
    proof = guarded.access.session(cookie).proof
    client.cookies.set(COOKIE, cookie)
    assert client.get(STATUS).status_code == 200
    assert give(client).status_code == 403  # with a cookie and no proof
    assert give(client, X_Tracuu_Proof="sai", Origin=HERE).status_code == 403
    assert give(client, X_Tracuu_Proof=proof, Origin=HERE).status_code == 202


ELSEWHERE = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": HERE, "Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
]


@pytest.mark.parametrize("token", [None, TOKEN])
@pytest.mark.parametrize("headers", ELSEWHERE)
def test_other_sites_are_kept_out(tmp_path, token, headers):
    desk = make_desk(tmp_path / "library", token)
    client = client_of(desk)
    proof = Access(token).session(None).proof if token is None else ""
    response = give(client, **headers, X_Tracuu_Proof=proof)
    assert response.status_code == 403
    assert desk.library.incoming.waiting() == (0, 0)


def test_on_this_computer_no_token_is_needed_but_a_browser_needs_the_proof(tmp_path):
    desk = make_desk(tmp_path / "library")
    client = client_of(desk)
    assert give(client).status_code == 202  # a program
    assert give(client, Origin=HERE).status_code == 403
    proof = desk.access.session(None).proof
    assert give(client, Origin=HERE, X_Tracuu_Proof=proof).status_code == 202
    assert give(client, X_Forwarded_For="10.0.0.7").status_code == 403  # passed on by a proxy
    assert client.get(STATUS, headers={"Via": "1.1 x"}).json()["error"]["message"].count("TRACUU_ADMIN_TOKEN")


def test_the_token_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    token, path = token_of(tmp_path, None)
    assert path == tmp_path / "admin-token"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(token) >= 20
    path.chmod(0o644)
    assert token_of(tmp_path, "") == (token, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert token_of(tmp_path, " một mã thật dài ") == ("một mã thật dài", None)
    with pytest.raises(LibraryError, match="ngắn"):
        token_of(tmp_path, "ngắn")
    path.write_text("")
    with pytest.raises(LibraryError, match="ngắn"):
        token_of(tmp_path, None)
