"""From words to atoms: vocabulary, rewording, twins, segmented files."""

import json
from collections import Counter

import numpy as np
import pytest

from indexer.training.material import Term, Written
from indexer.training.rewording import Rewording
from indexer.training.segmentation import segmented
from indexer.training.split import groups_of_twins, split
from indexer.training.vocabulary import LETTERS, UNKNOWN, Vocabulary, choose

COUNTS = Counter({"giáo_dục": 50, "giáo": 20, "dục": 9, "sở": 40, "trẻ_em": 5, "hiếm": 1})


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.of(choose(COUNTS, 10, least=3))


def names(vocabulary, atoms):
    return [vocabulary.tokens[atom] for atom in atoms]


def test_vocabulary_holds_words_their_syllables_and_letters():
    tokens = choose(COUNTS, 10, least=3)
    assert {"giáo_dục", "sở", "trẻ_em", "trẻ", "em", UNKNOWN, *LETTERS} <= set(tokens)
    assert "hiếm" not in tokens
    assert len(tokens) == len(set(tokens))
    assert tokens == choose(Counter(dict(reversed(COUNTS.items()))), 10, least=3)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("giáo_dục", ["giáo_dục"]),
        ("giáo_dục_trẻ_em", ["giáo_dục", "_", "trẻ_em"]),
        ("sở_em", ["sở", "_", "em"]),
        ("04-ct/tw", ["04", "-", "ct", "/", "tw"]),
        ("漢", ["¤"]),
        ("Sở", ["sở"]),
        ("xyzq", ["xy", "zq"]),
    ],
)
def test_unknown_words_fall_to_words_syllables_letters(vocabulary, word, pieces):
    assert vocabulary.tokenizer.encode(word).tokens == pieces


@pytest.mark.parametrize("text", ["ẵ", "1", "ß", "字", "и", "x" * 399, "a_b_c", "½"])
def test_no_text_is_silent(vocabulary, text):
    tokens = vocabulary.tokenizer.encode(text).tokens
    assert tokens
    assert UNKNOWN not in tokens


def test_a_compound_is_trained_as_itself_and_its_syllables(vocabulary):
    assert names(vocabulary, vocabulary.atoms("sở giáo_dục")) == ["sở", "giáo_dục", "giáo", "dục"]
    flat, offsets = vocabulary.flat(["sở", "", "giáo_dục"])
    assert offsets.tolist() == [0, 1, 1, 4]
    assert len(flat) == 4


def test_composed_vectors_give_the_same_sums(vocabulary):
    rng = np.random.default_rng(1)
    vectors = rng.standard_normal((len(vocabulary.tokens), 4)).astype(np.float32)
    composed = vocabulary.compose(vectors)
    text = "sở giáo_dục trẻ_em_x 12/2020/nđ-cp"
    trained = vectors[vocabulary.atoms(text)].sum(axis=0)
    used = composed[vocabulary.tokenizer.encode(text).ids].sum(axis=0)
    np.testing.assert_allclose(used, trained, rtol=1e-5)


def test_rewording_takes_the_longest_term_and_only_real_terms():
    terms = [
        Term("trợ_cấp", ["hỗ_trợ"], ["tiền giúp"], [], ["lương"]),
        Term("trợ_cấp xã_hội", [], ["tiền nhà_nước cho"], [], []),
        Term("bò", ["trâu"], [], [], []),
    ]
    rewording = Rewording(terms)
    rng = np.random.default_rng(0)
    assert rewording.reword("mức trợ_cấp xã_hội", rng, share=1.0) == ("mức tiền nhà_nước cho", 1)
    assert rewording.reword("nuôi bò", rng, share=1.0) == ("nuôi bò", 0)
    seen = {rewording.reword("trợ_cấp", rng, share=1.0)[0] for _ in range(50)}
    assert seen == {"hỗ_trợ", "tiền giúp"}


def passage(number: int, text: str) -> Written:
    return Written(f"s{number}", "x", "", text, {"paraphrase": ["a"]})


ALIKE = "ủy_ban nhân_dân tỉnh phê_duyệt kế_hoạch năm nay và giao các sở thực_hiện"
TEXTS = [ALIKE, f"{ALIKE} ngay", "một đoạn khác hẳn nói về cây lúa và con trâu ngoài đồng", "ngắn"]


def test_twins_share_a_group():
    groups = groups_of_twins(TEXTS)
    assert groups[0] == groups[1]
    assert len({groups[1], groups[2], groups[3]}) == 3


def test_twins_of_a_passage_set_aside_are_not_trained_on():
    passages = [passage(number, text) for number, text in enumerate(TEXTS)]
    for seed in range(20):
        parted = split(passages, 1, seed)
        (held,) = parted.held
        twins = {0, 1} if held in {0, 1} else {held}
        assert {index for index in range(4) if not parted.may_train(index)} == twins
        assert split(passages, 1, seed).held == parted.held


def test_segmentation_resumes_after_the_last_whole_line(tmp_path):
    target = tmp_path / "x.jsonl"
    (tmp_path / "x.jsonl.tmp").write_text('["one"]\n["tw')
    asked = []

    def segment(record):
        asked.append(record)
        return [record]

    segmented(target, lambda: ["one", "two", "three"], segment)
    assert asked == ["two", "three"]
    assert [json.loads(line) for line in target.read_text().splitlines()] == [["one"], ["two"], ["three"]]
    segmented(target, lambda: ["other"], segment)
    assert asked == ["two", "three"]


def test_segmentation_of_another_version_is_made_anew(tmp_path):
    target = tmp_path / "x.jsonl"
    segmented(target, lambda: ["one"], str)
    (tmp_path / "x.version").write_text("another")
    segmented(target, lambda: ["two"], str)
    assert json.loads(target.read_text()) == "two"
