"""tracuu evaluate, as a user and as CI run it."""

import json
from contextlib import nullcontext
from dataclasses import fields, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.asking import Asker
from evaluation.collection import indexed
from evaluation.comparing import changed, compare, gate
from evaluation.configurations import Configuration, configuration, names, read_weights
from evaluation.disturbing import disturbed
from evaluation.evaluating import evaluated
from evaluation.judged_sets import judged_set
from evaluation.kept import load_records, save_records
from evaluation.measures import MEASURES
from indexer.encoders import load_encoder
from search_api.cli.run import run
from search_api.settings import Weights

GATE = Path(__file__).parents[2] / "evaluation" / "datasets" / "sample_gate.json"

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "nhỏ"
    folder.mkdir()
    texts = ["Sở Giáo dục xây trường", "Sở Y tế khám bệnh", "Sở Tài chính cấp kinh phí", "Xã sửa đường"]
    rows = [{"_id": f"d{n}", "title": "", "text": text} for n, text in enumerate(texts)]
    questions = [
        {"_id": f"q{n}", "text": text} for n, text in enumerate(["xây trường", "khám bệnh", "kinh phí"])
    ]
    for name, some in (("corpus", rows), ("queries", questions)):
        (folder / f"{name}.jsonl").write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some), encoding="utf-8"
        )
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq0\td0\t1\nq1\td1\t1\nq2\td2\t1\n")
    return folder


def tracuu(*arguments: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = run(["evaluate", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_sample_set_has_not_become_worse(cache: Path, capsys):
    """The gate of CI. To move the mark after a change for the better: docs/evaluation.md."""
    code, out, err = tracuu("sample", "--config", "hybrid", "--gate", GATE, "--cache", cache, capsys=capsys)
    assert code == 0, err
    assert "Đạt mốc" in err
    assert "hybrid" in out


def test_a_wrong_weight_fails_the_gate(cache: Path):
    weights = {part.name: 0.0 for part in fields(Weights)} | {"folded": 1.0}
    wrong = Configuration("hybrid", Weights(**weights))
    judged = judged_set("sample")
    some = replace(judged, topics=judged.topics[::3])
    measured = evaluated(some, [wrong], cache=cache, watch=lambda _: nullcontext())
    assert any("nDCG@10 giảm" in failure for failure in gate(load_records(GATE), measured))


def test_json_has_every_figure_for_every_configuration(beir: Path, cache: Path, capsys):
    code, out, err = tracuu(beir, "--config", "hybrid", "lexical", "--json", "--cache", cache, capsys=capsys)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert list(found) == ["hybrid", "lexical"]
    for figures in found.values():
        assert figures["nDCG@10"] == 1.0
        assert {*MEASURES, "latency_ms", "index", "memory_mb", "queries"} <= figures.keys()
        assert figures["latency_ms"].keys() == {"p50", "p95"}
    assert found["lexical"]["versus"]["configuration"] == "hybrid"
    assert found["lexical"]["versus"]["p_holm"] == 1.0


def test_several_processes_give_the_same_figures(beir: Path, cache: Path, capsys):
    said = []
    for jobs in (1, 2):
        arguments = (beir, "--config", "hybrid,words", "--jobs", jobs, "--json", "--cache", cache)
        code, out, err = tracuu(*arguments, capsys=capsys)
        assert (code, err) == (0, "")
        found = json.loads(out)
        said.append({name: [found[name][measure] for measure in MEASURES] for name in found})
    assert said[0] == said[1]
    assert list(said[1]) == ["hybrid", "words"]


def test_runs_are_written_for_trec_eval(beir: Path, cache: Path, tmp_path: Path, capsys):
    code, _, err = tracuu(
        beir, "--config", "words", "--runs", tmp_path / "runs", "--cache", cache, capsys=capsys
    )
    assert code == 0, err
    assert (tmp_path / "runs" / "words.run").read_text().splitlines()[0].split()[:4] == [
        "q0",
        "Q0",
        "d0",
        "1",
    ]


def test_saved_runs_are_compared(beir: Path, cache: Path, tmp_path: Path, capsys):
    a, b = tmp_path / "a.json", tmp_path / "b.json"
    assert tracuu(beir, "--config", "lexical", "--save", a, "--cache", cache, capsys=capsys)[0] == 0
    worse = ",".join(f"{part.name}={part.name == 'headings':d}" for part in fields(Weights))
    assert tracuu(beir, "--weights", worse, "--save", b, "--cache", cache, capsys=capsys)[0] == 0
    save_records(b, load_records(b)[1:])
    code, out, err = tracuu("--compare", a, b, capsys=capsys)
    assert (code, err) == (0, "")
    assert "Kém đi: 3 câu" in out
    assert "khám bệnh" in out
    code, out, _ = tracuu("--compare", a, b, "--json", capsys=capsys)
    (differences,) = json.loads(out).values()
    assert differences["nDCG@10"]["losses"] == 3
    (first,), (second,) = load_records(a), load_records(b)
    assert [one.by for one in changed(first, second)] == [-1.0] * 3
    assert gate([first], [first]) == []
    assert compare(first, first)["AP"].p == 1.0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "bộ dữ liệu"),
        (["/không/có"], 1, "không có"),
        (["sample", "thừa"], 2, "--config"),
        (["sample", "--config", "lạ"], 1, "hybrid"),
        (["sample", "--weights", "dense"], 1, "dense=0.8"),
        (["sample", "--weights", "dense=-1"], 1, "không hợp lệ"),
        (["sample", "--weights", "lạ=1"], 1, "words"),
        (["sample", "--gate", "/không/có.json"], 1, "không đọc được"),
        (["sample", "--typed", "lạ"], 2, "stripped"),
        (["--kept", "/không/có.json"], 1, "không đọc được"),
        (["--compare", "/không/có.json", "/b.json"], 1, "không đọc được"),
    ],
)
def test_mistakes_get_one_plain_line(arguments: list[str], code: int, said: str, capsys):
    found, out, err = tracuu(*arguments, capsys=capsys)
    assert (found, out) == (code, "")
    assert said in err
    assert err.count("\n") == 1


def test_files_that_are_no_runs_are_said(tmp_path: Path, capsys):
    for text in ("", "[]", '{"format": 2, "runs": [{}]}', '{"format": 1}'):
        (tmp_path / "x.json").write_text(text)
        code, _, err = tracuu("--compare", tmp_path / "x.json", tmp_path / "x.json", capsys=capsys)
        assert (code, err.count("\n")) == (1, 1)


def test_a_step_of_understanding_can_be_left_out(beir: Path, cache: Path, capsys):
    stripped = (beir, "--typed", "stripped", "--config", "hybrid,hybrid-no-accents,hybrid-literal")
    code, out, _ = tracuu(*stripped, "--json", "--cache", cache, capsys=capsys)
    assert code == 0
    assert list(json.loads(out)) == ["hybrid", "hybrid-no-accents", "hybrid-literal"]
    judged = disturbed(judged_set(str(beir)), "stripped")
    directory, _ = indexed(judged.collection, load_encoder(None), cache)
    with Asker(directory, None, judged.topics, load_encoder(None)) as asker:
        read = {
            name: asker.engine(configuration(name)).understand("so giao duc xay truong").text
            for name in ("hybrid", "hybrid-no-accents")
        }
    assert read == {"hybrid": "sở giáo dục xây trường", "hybrid-no-accents": "so giao duc xay truong"}


def test_every_named_configuration_is_settings_of_the_product():
    assert names()[:3] == ["hybrid", "lexical", "dense"]
    assert configuration("hybrid").settings(Path("x"), None).weights == Weights()
    assert configuration("lexical").weights.dense == 0
    assert configuration("hybrid-no-headings").weights.headings == 0
    assert configuration("dense@./model").model == "./model"
    assert read_weights("dense=.5, words=2") == Configuration(
        "dense=0.5,words=2", Weights(dense=0.5, words=2)
    )


def test_help_is_vietnamese():
    from evaluation.commands import evaluate

    assert "Đo chất lượng" in CliRunner().invoke(evaluate, ["--help"]).output
