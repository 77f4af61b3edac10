"""From plain files to a finished model: the same model again, also after an interruption."""

import json
import lzma

import numpy as np
import pytest

pytest.importorskip("torch")

from indexer.encoders import load_encoder
from indexer.training.export import export
from indexer.training.judged import legal_questions, paraphrases, reading_questions
from indexer.training.material import Material
from indexer.training.measure import figures
from indexer.training.prepare import prepare
from indexer.training.recipe import Recipe, Stage
from indexer.training.stages import train
from indexer.training.vocabulary import Vocabulary

TOPICS = [
    "cấp giấy phép xây dựng nhà ở",
    "trợ cấp xã hội cho người già",
    "bảo vệ rừng và cây xanh",
    "dạy nghề",
]
RECIPE = Recipe(
    dimension=8,
    widths=(8, 4),
    words=200,
    first=Stage(passes=2, batch=4, rate=0.05),
    second=Stage(passes=2, batch=4, rate=0.02, drop=0.1),
    held_out=2,
    negatives=2,
    terms=2,
    articles=4,
    reworded=2,
)


def body(topic: str, number: int) -> str:
    return (
        f"Việc {topic} do cơ quan số {number} làm. " + f"Cơ quan {number} lo {topic} đúng hạn cho dân. " * 5
    )


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_bytes(lzma.compress(text.encode()) if path.suffix == ".xz" else text.encode())


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    shared = tmp_path_factory.mktemp("shared")
    numbered = [(number, TOPICS[number % 4]) for number in range(12)]
    write(
        shared / "retrieval/phapdien/corpus.jsonl.xz",
        [
            {"_id": f"a{n}", "title": f"Quy định {t} {n}", "text": body(t, n), "metadata": {"train": n != 3}}
            for n, t in numbered
        ],
    )
    dev = shared / "retrieval/phapdien/dev"
    write(dev / "queries.jsonl", [{"_id": "q1", "text": "Ai lo dạy nghề?"}])
    (dev / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\ta3\t1\n")
    xquad = shared / "retrieval/xquad_vi"
    write(xquad / "corpus.jsonl", [{"_id": "d1", "title": "", "text": "Hà Nội là thủ đô."}])
    write(xquad / "queries.jsonl", [{"_id": "q1", "text": "Thủ đô ở đâu?"}])
    (xquad / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\n")
    write(
        shared / "training/synthetic_queries.jsonl",
        [
            {
                "id": f"s{n}",
                "source": "x",
                "head": t,
                "text": f"Nơi số {n} viết riêng về {t} theo cách thứ {n * 7}.",
                "queries": {"natural": [f"hỏi về {t}"], "paraphrase": [f"làm sao {t} {n}"]},
            }
            for n, t in numbered
        ],
    )
    write(
        shared / "training/news.jsonl.xz",
        [
            {"title": f"Tin về {t} , kỳ {n}", "abstract": f"Dân_cư nói về {t} .", "body": body(t, n)}
            for n, t in numbered
        ],
    )
    write(
        shared / "training/wikipedia.jsonl.xz", [{"title": "Rừng", "text": "\n".join([body("rừng", 1)] * 4)}]
    )
    write(
        shared / "lexicon/administrative.jsonl",
        [
            {"term": "giấy phép", "same": ["phép"], "plain": ["tờ giấy cho làm"], "abbr": ["GP"], "near": []},
            {"term": "cơ quan", "same": [], "plain": ["chỗ làm việc nhà nước"], "abbr": ["CQ"], "near": []},
            {"term": "trợ cấp", "same": ["hỗ trợ"], "plain": ["tiền giúp"], "abbr": [], "near": []},
        ],
    )
    return Material(shared, tmp_path_factory.mktemp("cache"))


def trained(material, directory, report=lambda *_: None):
    prepared = prepare(material, RECIPE, directory)
    return train(prepared, RECIPE, report).weight.detach().numpy()


def test_same_inputs_same_model_also_when_interrupted(material, tmp_path):
    whole = trained(material, tmp_path / "whole")
    steps = []

    def interrupted(stage, step, total, loss):
        assert np.isfinite(loss)
        steps.append((stage, step, total))
        if stage == "second" and step == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        trained(material, tmp_path / "cut", interrupted)
    done = len(steps)
    resumed = trained(material, tmp_path / "cut", lambda *step: steps.append(step))
    assert 0 < len(steps) - done < done  # not from the beginning
    np.testing.assert_array_equal(whole, resumed)


def test_the_finished_model_is_loaded_and_measured(material, tmp_path):
    weights = trained(material, tmp_path / "work")
    tokens = prepare(material, RECIPE, tmp_path / "work").tokens()
    export(tmp_path / "model", tokens, Vocabulary.of(tokens).compose(weights), "# card\n")
    encoder = load_encoder(str(tmp_path / "model"))
    assert encoder.dimension == 8
    found = [
        figures(legal_questions(material), encoder, title_weight=2),
        figures(reading_questions(material), encoder),
        figures(paraphrases(material.written(), RECIPE.held_out, RECIPE.seed), encoder),
    ]
    assert [one.queries for one in found] == [1, 1, 2]
    assert found[1].lexical == found[1].dense == 1.0
    for one in found:
        assert 0 <= one.dense <= 1
        assert 0 < one.p_value <= 1


def test_what_may_not_be_trained_on_is_left_out(material, tmp_path):
    prepared = prepare(material, RECIPE, tmp_path)
    assert len(prepared.numbers("articles")) - 1 == 2 * 11
    held = set(prepared.numbers("held").tolist())
    assert len(held) == 2
    assert held.isdisjoint(prepared.numbers("owners").tolist())
    assert held.isdisjoint(prepared.numbers("misses").ravel().tolist())
    groups = prepared.numbers("groups")
    misses, owners = prepared.numbers("misses"), prepared.numbers("owners")
    assert (groups[misses] != groups[owners][:, None]).all()
