"""Gradients, pairs, measures, and a whole small training from files to a model."""

import numpy as np
import pytest

from indexer.training.export import quantise
from indexer.training.measure import Bm25, fused, ndcg, paired_test
from indexer.training.pairs import ArticlePairs, ItemPairs
from indexer.training.stores import Store
from indexer.training.windows import windowed_scores, windows

torch = pytest.importorskip("torch")
fast = pytest.importorskip("indexer.training.fast")
trainer = pytest.importorskip("indexer.training.trainer")


def test_bag_and_its_gradient_are_those_of_torch():
    torch.manual_seed(0)
    weight = torch.randn(50, 8, requires_grad=True)
    ids, offsets = torch.tensor([1, 2, 2, 7, 9]), torch.tensor([0, 3, 3])
    outer = torch.randn(3, 8)
    expected = torch.nn.functional.embedding_bag(ids, weight, offsets, mode="sum")
    (wanted,) = torch.autograd.grad(expected, weight, outer)
    found = fast.bag_sum(weight, ids, offsets)
    (gradient,) = torch.autograd.grad(found, weight, outer)
    torch.testing.assert_close(found, expected)
    torch.testing.assert_close(gradient, wanted)


@pytest.mark.parametrize("extra", [0, 3])
def test_loss_and_its_gradient_are_those_of_cross_entropy(extra):
    torch.manual_seed(0)
    left = torch.nn.functional.normalize(torch.randn(6, 8), dim=1).requires_grad_()
    right = torch.nn.functional.normalize(torch.randn(6 + extra, 8), dim=1).requires_grad_()
    allowed = torch.ones(6, 6 + extra)
    allowed[0, 3] = 0
    scores = (left @ right.T * 20).masked_fill(allowed == 0, -1e9)
    target = torch.arange(6)
    cross = torch.nn.functional.cross_entropy
    expected = (cross(scores, target) + cross(scores[:, :6].T, target)) / 2
    wanted = torch.autograd.grad(expected, (left, right))
    found = fast.info_nce(left, right, allowed, 20.0)
    gradients = torch.autograd.grad(found, (left, right))
    torch.testing.assert_close(found, expected)
    for gradient, one in zip(gradients, wanted, strict=True):
        torch.testing.assert_close(gradient, one, atol=1e-5, rtol=1e-4)


def test_pairs_of_one_group_are_no_negatives():
    loss = trainer.Loss(20.0, (4,))
    left = torch.tensor([[1.0, 0, 0, 0], [1.0, 0, 0, 0]])
    apart = float(loss(left, left, torch.tensor([1, 2])))
    together = float(loss(left, left, torch.tensor([1, 1])))
    ungrouped = float(loss(left, left, torch.tensor([-1, -1])))
    assert together == pytest.approx(0.0, abs=1e-6)
    assert apart == ungrouped == pytest.approx(np.log(2), abs=1e-5)


def test_gather_joins_both_spans_and_drops_some():
    flat = np.arange(100, dtype=np.int32)
    sides = np.array([[5, 8, 20, 22], [1, 1, 40, 41]])
    ids, offsets = trainer.gather(flat, sides)
    assert ids.tolist() == [5, 6, 7, 20, 21, 40]
    assert offsets.tolist() == [0, 5]
    many = np.tile(np.array([[0, 100, 0, 0]]), (50, 1))
    kept, _ = trainer.gather(flat, many, np.random.default_rng(0), 0.3)
    assert 3300 < len(kept) < 3700


def store(lengths):
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    return Store(np.arange(offsets[-1], dtype=np.int32), offsets)


def test_article_pairs_keep_span_and_rest_apart():
    articles = ArticlePairs(store([5, 100, 4, 300, 3, 9]), np.array([False, True, False]))
    pairs = articles.draw(np.random.default_rng(3))
    by_title, by_span = pairs.left[:2], pairs.left[2:]
    assert by_title[:, :2].tolist() == [[0, 5], [409, 412]]  # the second title is a usual one
    assert len(by_span) == 2
    for left, right in zip(by_span, pairs.right[2:], strict=True):
        assert right[1] == left[0]
        assert right[2] == left[1]
        assert right[0] < right[1] or right[2] < right[3]
    assert by_span[1, 2] == by_span[1, 3]  # never with a usual title


def test_item_pairs_skip_empty_bodies():
    items = ItemPairs(store([5, 20, 50, 5, 20, 0]))
    for seed in range(10):
        pairs = items.draw(np.random.default_rng(seed))
        assert (pairs.right[:, 1] > pairs.right[:, 0]).all()
        assert (pairs.left[:, 1] > pairs.left[:, 0]).all()


def test_bm25_ranks_by_rare_shared_terms():
    index = Bm25([["a", "b"], ["a", "c"], ["a", "a", "a"]])
    scores = index.scores([["b"], ["a", "zzz"], []])
    assert scores.shape == (3, 3)
    assert scores[0].argmax() == 0
    assert scores[0, 1] == 0
    assert scores[1].argmax() == 2
    assert not scores[2].any()


def test_ndcg_by_hand():
    scores = np.array([[0.9, 0.8, 0.1], [0.1, 0.2, 0.3]], dtype=np.float32)
    values = ndcg(scores, [{1: 1}, {2: 2, 0: 1}], depth=2)
    assert values[0] == pytest.approx(1 / np.log2(3))
    assert values[1] == pytest.approx(3 / (3 + 1 / np.log2(3)))


def test_fusion_weighs_scores_relative_to_the_best():
    joint = fused(np.array([[2.0, 1.0]]), np.array([[0.25, 0.5]]), 0.3)
    np.testing.assert_allclose(joint, [[0.7 + 0.15, 0.35 + 0.3]])


def test_permutation_test_sees_a_clear_gain_and_no_gain():
    rng = np.random.default_rng(0)
    base = rng.random(100)
    assert paired_test(base + 0.1, base) < 0.001
    assert paired_test(base, base) == pytest.approx(1.0)


def test_quantised_vectors_are_near():
    vectors = np.random.default_rng(0).standard_normal((20, 8)).astype(np.float32) * 100
    vectors[3] = 0
    rows, scales = quantise(vectors)
    assert rows.dtype == np.int8
    np.testing.assert_allclose(rows * scales[:, None], vectors, atol=float(scales.max()) / 2 + 1e-6)


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, [0]), (1, [1]), (6, [4, 4]), (4, [4]), (5, [4, 3]), (10, [4, 4, 4, 4])],
)
def test_windows_cover_all_words_and_overlap_by_half(count, expected):
    words = [str(number) for number in range(count)]
    found = windows(words, 4)
    assert [len(one) for one in found] == expected
    assert set().union(*found) == set(words)


def test_a_long_passage_is_found_by_its_best_window():
    class OneHot:
        key, dimension = "x", 3

        def encode_passages(self, texts, words=None):
            sums = np.array(
                [[text.split().count(word) for word in "abc"] for text in texts], dtype=np.float32
            )
            return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)

        encode_queries = encode_passages

    passages = [" ".join(["a"] * 57 + ["b"] * 57), "b c", ""]
    scores = windowed_scores(OneHot(), ["b", "a"], ["", "", ""], passages)
    whole = np.sqrt(0.5)
    np.testing.assert_allclose(scores[0], [(whole + 1) / 2, whole, 0], atol=1e-6)
    np.testing.assert_allclose(scores[1], [(whole + 1) / 2, 0, 0], atol=1e-6)
