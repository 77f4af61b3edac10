"""Words of the query against words of passages, by hand-made vectors."""

import numpy as np
import pytest

from indexer.nearness import WordEncoder, nearness
from indexer.tokens import LIMITS, Segments

# school ≈ pupil, tax ⊥ both, "of" weighs next to nothing, token 4 has no vector at all
VECTORS = np.array(
    [[2, 0, 0, 0], [1.6, 1.2, 0, 0], [0, 0, 2, 0], [0.01, 0, 0.01, 0], [0] * 4, [0, 0, 0, 1]], np.float32
)
SCHOOL, PUPIL, TAX, OF, NOTHING, AND = range(6)


class Hand:
    vocabulary_size = len(VECTORS)

    def tokens(self, words):
        return [[int(word) for word in found] for found in words]

    def token_vectors(self, tokens):
        return VECTORS[tokens]


def segments(*passages):
    lengths = np.array([[len(part) for part in parts] for parts in passages], np.int64).reshape(-1, 3)
    flat = [token for parts in passages for part in parts for token in part]
    return Segments(np.array(flat, np.int64), lengths)


def near(query, *passages):
    found = nearness(np.array(query, np.int64), segments(*passages), Hand())
    assert found.dtype == np.float32
    assert ((found >= 0) & (found <= 1 + 1e-6)).all()
    return found.tolist()


FAR = [AND] * 45
"""More than a window."""


@pytest.mark.parametrize(
    ("query", "around", "heading", "text", "window", "asked"),
    [
        ([SCHOOL], [], [], [SCHOOL], 1, 0),
        ([SCHOOL], [], [], [PUPIL], 0.8, 0),
        ([SCHOOL], [], [], [TAX], 0, 0),
        ([SCHOOL, TAX], [], [], [SCHOOL, TAX], 1, 0),
        ([SCHOOL, TAX], [], [], [SCHOOL], 0.5, 0),
        ([SCHOOL, TAX], [], [], [SCHOOL, *FAR, TAX], 0.5, 0),  # too far from each other
        ([SCHOOL, TAX], [SCHOOL], [], [*FAR, TAX], 1, 0),  # what stands above belongs to every window
        ([SCHOOL, TAX], [], [SCHOOL], [*FAR, TAX], 1, 1),
        ([SCHOOL], [], [SCHOOL, TAX], [TAX], 1, 0.5),
        ([SCHOOL], [], [PUPIL], [TAX], 0.8, 0.8),
        ([SCHOOL, SCHOOL, SCHOOL, TAX], [], [], [TAX], 0.5, 0),  # said three times, counted once
        ([SCHOOL], [], [NOTHING], [], 0, 0),
        ([SCHOOL], [], [], [], 0, 0),
        ([SCHOOL], [TAX], [], [], 0, 0),
        ([NOTHING], [], [], [SCHOOL], 0, 0),
        ([], [], [SCHOOL], [SCHOOL], 0, 0),
    ],
)
def test_nearness(query, around, heading, text, window, asked):
    alone = near(query, (around, heading, text))
    assert alone == [pytest.approx([window, asked], abs=0.01)]
    # Neighbours change nothing: each passage is compared by itself.
    others = ([TAX], [PUPIL, OF], [SCHOOL] * 70), ([], [], [])
    for passages in ([(around, heading, text), *others], [*others, (around, heading, text)]):
        assert alone[0] in [pytest.approx(one, abs=1e-5) for one in near(query, *passages)]


def test_words_that_weigh_little_decide_little():
    lost = near([SCHOOL, OF], ([], [], [SCHOOL]), ([], [], [OF]))
    assert lost[0][0] > 0.99
    assert lost[1][0] < lost[0][0]


def test_many_passages_as_one_by_one():
    draw = np.random.default_rng(3)
    passages = [
        tuple(draw.integers(0, 6, size).tolist() for size in draw.integers(0, 90, 3)) for _ in range(230)
    ]
    together = near([PUPIL, TAX, OF], *passages)
    assert together == [pytest.approx(near([PUPIL, TAX, OF], one)[0], abs=1e-5) for one in passages]


def test_by_hand_over_all_windows():
    """The same worked out the long way: halves of 20 tokens, two of them a window."""
    draw = np.random.default_rng(5)
    unit = VECTORS / np.maximum(np.linalg.norm(VECTORS, axis=1, keepdims=True), 1e-9)
    query, text = [SCHOOL, PUPIL, TAX], draw.integers(0, 6, 130).tolist()
    weights = np.linalg.norm(VECTORS[query], axis=1)
    halves = [text[start : start + 20] for start in range(0, 130, 20)]
    windows = [first + second for first, second in zip(halves, [*halves[1:], []], strict=True)]
    best = max(
        float((np.clip(unit[query] @ unit[window].T, 0, 1).max(axis=1) * weights).sum() / weights.sum())
        for window in windows
    )
    assert near(query, ([], [], text))[0][0] == pytest.approx(best, abs=1e-5)


def test_a_token_that_is_none_does_not_bring_the_search_down():
    assert near([SCHOOL], ([], [], [999_999, SCHOOL]))[0][0] == pytest.approx(1)


def test_no_passages():
    assert nearness(np.array([SCHOOL]), segments(), Hand()).shape == (0, 2)


def test_the_bundled_encoder_knows_words_and_others_are_asked_for_none():
    from indexer.encoders import load_encoder

    encoder = load_encoder()
    assert isinstance(encoder, WordEncoder)
    tokens = encoder.tokens([["giáo_dục", "của"], []])
    assert [len(found) for found in tokens] == [2, 0]
    vectors = encoder.token_vectors(np.array(tokens[0]))
    mean = vectors.sum(axis=0) / np.linalg.norm(vectors.sum(axis=0))
    assert mean == pytest.approx(encoder.encode_queries([""], [["giáo_dục", "của"]])[0], abs=1e-6)
    assert not isinstance(object(), WordEncoder)
    assert max(LIMITS) == LIMITS[2]
