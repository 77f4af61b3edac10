"""Pools made from a library by the product's own search, and the commands of `tracuu judge`."""

import json
from pathlib import Path

import pytest
from factories import make_document, make_library
from fakes import FakeEncoder

from corpus.errors import TracuuError
from corpus.library import Library
from evaluation.configurations import configuration
from evaluation.judging import pooling
from evaluation.judging.exchange import load
from evaluation.judging.store import Pool
from indexer.update import update
from search_api.cli.run import run
from search_api.engine import Engine
from search_api.settings import Settings

QUERIES = [
    {"id": "q1", "query": "Sở Giáo dục và Đào tạo làm gì?", "kind": "natural"},
    {"id": "q2", "query": "kinh phí", "answer": "ngân sách"},
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("pooling") / "library"
    with make_library(
        directory, make_document(), make_document("Mở lớp dạy bơi.", source="khac.txt")
    ) as held:
        update(held, FakeEncoder())
    return directory


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    path = tmp_path / "câu hỏi.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in QUERIES), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def fake_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pooling, "load_encoder", lambda spec: FakeEncoder(spec or "fake"))


def judge(*arguments: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = run(["judge", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def pool_of(library: Path, queries: Path, out: Path, *more: object, capsys) -> tuple[int, str, str]:
    return judge("pool", "--library", library, "--queries", queries, "--out", out, *more, capsys=capsys)


def test_a_pool_is_the_union_of_what_each_configuration_shows(library: Path, queries: Path):
    questions = pooling.read_questions(queries)
    chosen = [configuration("hybrid"), configuration("dense")]
    found = pooling.found_by_engine(library, chosen, questions, 3)
    for one in chosen:
        with Engine(Library.open(library), one.settings(library, None), FakeEncoder()) as engine:
            for question in questions:
                shown = {hit.stored.passage.id: hit.rank for hit in engine.ask(question.text, k=3).hits}
                by = {id_: ranks[one.name] for id_, ranks in found[question.id].items() if one.name in ranks}
                assert by == shown
    contents = pooling.gathered(library, questions, [found], {"name": "thử"})
    assert {(one.query, len(one.found_by)) for one in contents.pooled} >= {("q1", 2), ("q2", 2)}
    assert contents.queries[1].answer == "ngân sách"


def test_passages_bring_what_stands_around_them(library: Path, queries: Path):
    questions = pooling.read_questions(queries)
    with Library.open(library) as held:
        plan = next(one for one in held.documents() if one.source == "ke-hoach.txt")
        ids = [one.passage.id for one in held.passages_of(plan.id)]
    passages = pooling.gathered(library, questions, [{"q1": {id_: {"a": 1} for id_ in ids}}], {}).passages
    item = next(one for one in passages if one.text.startswith("- Tham mưu"))
    assert item.file == "ke-hoach.txt"
    assert item.path == ("II. NHIỆM VỤ", "1. Sở Giáo dục và Đào tạo")
    assert item.lead.endswith("thực hiện các nhiệm vụ sau:")
    assert item.before[-1] == item.lead
    assert item.after[0].startswith("- Tổng hợp")
    assert item.document[:2] == ("Kế hoạch", "12/KH-UBND")
    assert next(one for one in passages if one.text.startswith("Bố trí kinh phí")).before == ()
    assert item.title == "Nâng cao chất lượng giáo dục năm 2026"
    assert len({one.id for one in passages}) == len(passages)


def test_a_heading_found_as_a_passage_brings_what_stands_under_it(library: Path, queries: Path):
    questions = pooling.read_questions(queries)
    with Library.open(library) as held:
        plan = next(one for one in held.documents() if one.source == "ke-hoach.txt")
    found = {"q1": {f"{plan.id}.s2": {"a": 1}}}
    (heading,) = pooling.gathered(library, questions, [found], {}).passages
    assert (heading.text, heading.path) == ("1. Sở Giáo dục và Đào tạo", ("II. NHIỆM VỤ",))
    assert heading.before == ()
    assert heading.after[0].startswith("Chủ trì, phối hợp")


def test_the_same_passage_under_another_id_is_one(library: Path, queries: Path):
    questions = pooling.read_questions(queries)
    with Engine.open(Settings(library=library)) as engine:
        id_ = engine.library.passages_of(engine.library.documents()[0].id)[0].passage.id
    first = {"q1": {id_: {"a": 3}}}
    again = {"q1": {id_: {"a": 1, "b": 2}}}
    (pooled,) = pooling.gathered(library, questions, [first, again], {}).pooled
    assert pooled.found_by == {"a": 1, "b": 2}


def test_the_whole_way_by_command(library: Path, queries: Path, tmp_path: Path, capsys):
    path = tmp_path / "thu.pool"
    code, out, err = pool_of(library, queries, path, "--config", "lexical", capsys=capsys)
    assert (code, err) == (0, "")
    assert "2 câu hỏi" in out and f"tracuu judge serve {path}" in out
    pool = Pool.open(path)
    assert pool.about()["from"] == "lexical"
    pool.join("Lan")
    first = next(iter(pool.passages("q1")))
    pool.record("Lan", "q1", first, "grade", 2)
    before = len(pool.contents().pooled)
    code, out, _ = pool_of(library, queries, path, "--config", "dense", "--extend", capsys=capsys)
    assert (code, "Đã bổ sung 0 câu hỏi" in out) == (0, True)
    assert len(pool.contents().pooled) >= before
    assert pool.sheet("Lan", "q1").grade(first) == 2
    export = tmp_path / "tất cả.json"
    assert judge("export", path, "--out", export, capsys=capsys)[0] == 0
    code, out, _ = judge("import", tmp_path / "mới.pool", export, capsys=capsys)
    assert (code, "Đã tạo" in out) == (0, True)
    assert Pool.open(tmp_path / "mới.pool").contents() == pool.contents() == load(export)
    code, out, _ = judge("import", tmp_path / "mới.pool", export, capsys=capsys)
    assert (code, "thêm 0 câu hỏi, 0 đoạn, 0 lần chấm" in out) == (0, True)
    code, out, _ = judge("export", path, "--form", "quotes", "--judge", "Lan", capsys=capsys)
    assert (code, json.loads(out)["relevant"][0]["grade"]) == (0, 2)
    pool.join("Minh")
    pool.record("Minh", "q1", first, "grade", 0)
    code, out, err = judge("export", path, "--form", "qrels", capsys=capsys)
    assert (code, out) == (0, f"q1 0 {pool.passages('q1')[first].passage_id} 0\n")
    assert "1 đoạn chấm khác nhau chưa thống nhất" in err
    code, out, _ = judge("agreement", path, capsys=capsys)
    assert (code, "Lan – Minh: 1 đoạn, giống 0" in out) == (0, True)


def test_runs_of_other_systems_are_pooled(library: Path, queries: Path, tmp_path: Path, capsys):
    with Engine.open(Settings(library=library)) as engine:
        ids = [one.passage.id for one in engine.library.passages_of(engine.library.documents()[0].id)]
    file = tmp_path / "bm25.run"
    file.write_text("".join(f"q1 Q0 {id_} {n} {9 - n} x\n" for n, id_ in enumerate(ids[:3], start=1)))
    path = tmp_path / "run.pool"
    code, _, err = pool_of(library, queries, path, "--run", file, "--depth", "2", capsys=capsys)
    assert (code, err) == (0, "")
    pooled = Pool.open(path).contents().pooled
    assert {one.query for one in pooled} == {"q1"}
    assert sorted(one.found_by["bm25"] for one in pooled) == [1, 2]
    file.write_text("q1 Q0 lạ 1 1 x\n", encoding="utf-8")
    code, _, err = pool_of(library, queries, tmp_path / "x", "--run", file, capsys=capsys)
    assert (code, "không có đoạn “lạ”" in err) == (1, True)
    file.write_text("khác Q0 lạ 1 1 x\n", encoding="utf-8")
    code, _, err = pool_of(library, queries, tmp_path / "x", "--run", file, capsys=capsys)
    assert (code, "không có câu hỏi nào" in err) == (1, True)


def test_a_data_set_brings_its_own_questions(tmp_path: Path, capsys):
    beir = tmp_path / "nhỏ"
    beir.mkdir()
    texts = ["Sở Giáo dục xây trường", "Sở Y tế khám bệnh", "Sở Tài chính cấp kinh phí"]
    for name, rows in (
        ("corpus", [{"_id": f"d{n}", "title": "Mục", "text": text} for n, text in enumerate(texts)]),
        ("queries", [{"_id": "q1", "text": "xây trường"}]),
    ):
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (beir / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (beir / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td0\t1\n")
    path = tmp_path / "beir.pool"
    cache = tmp_path / "cache"
    where = ("--dataset", beir, "--cache", cache)
    code, _, err = judge("pool", *where, "--out", path, "--config", "words", capsys=capsys)
    assert (code, err) == (0, "")
    pool = Pool.open(path)
    assert [(one.id, one.text) for one in pool.queries()] == [("q1", "xây trường")]
    assert "d0" in {one.passage_id for one in pool.passages("q1").values()}
    code, out, _ = judge(
        "import", path, beir / "qrels.tsv", "--form", "qrels", "--judge", "BEIR", capsys=capsys
    )
    assert (code, "Đã ghi 1 điểm" in out) == (0, True)


def test_another_model_than_the_indexs_is_said(library: Path, queries: Path):
    questions = pooling.read_questions(queries)
    with pytest.raises(TracuuError, match="mô hình khác"):
        pooling.found_by_engine(library, [configuration("dense@khác")], questions, 3)
    assert pooling.found_by_engine(library, [configuration("lexical@khác")], questions, 3)["q1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "không có câu hỏi"),
        ('{"id": "1"}', "thiếu"),
        ('{"query": "x"}', "thiếu"),
        ('{"id": "1", "query": "x"}\n{"id": "1", "query": "y"}', "hai lần"),
        (json.dumps({"id": "1", "query": "x" * 3000}), "dài quá"),
        ("[]", "đối tượng JSON"),
    ],
)
def test_malformed_questions_are_said(tmp_path: Path, text: str, said: str):
    path = tmp_path / "q.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TracuuError, match=said):
        pooling.read_questions(path)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["serve", "/không/có"], 1, "không có bộ chấm"),
        (["export", "/không/có"], 1, "không có bộ chấm"),
        (["import", "/x/y.pool", "/không/có.json"], 1, "không đọc được"),
        (["pool", "--out", "x"], 2, "--queries"),
        (["pool", "--out", "x", "--dataset", "/không/có"], 1, "không có"),
        (["lạ"], 2, "Không có lệnh"),
    ],
)
def test_mistakes_get_one_plain_line(arguments: list[str], code: int, said: str, capsys):
    if arguments[0] == "serve":
        arguments = [*arguments, "--port", "0"]
    found, _, err = judge(*arguments, capsys=capsys)
    assert found == code
    assert said in err
    assert err.count("\n") == 1


def test_help_is_vietnamese(capsys):
    for command in ([], ["pool"], ["serve"], ["export"], ["import"], ["agreement"], ["candidates"]):
        code, out, _ = judge(*command, "--help", capsys=capsys)
        assert code == 0
        assert "Cách dùng" in out and "--library" in out and "Usage" not in out
