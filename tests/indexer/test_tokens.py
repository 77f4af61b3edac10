"""Tokens of passages on disk."""

import numpy as np
import pytest

from indexer.tokens import LIMITS, TokenIndex, TokenWriter

PASSAGES = [([1, 2], [3], [4, 5, 6]), ([], [], []), ([], [7], [70_000]), ([8], [], [9] * 5)]


def build(place, passages):
    with TokenWriter(place) as writer:
        writer.add(passages)
    return TokenIndex(place)


def read(index, rows):
    found = index.segments(np.array(rows, np.int64))
    flat = iter(found.tokens.tolist())
    return [tuple([next(flat) for _ in range(size)] for size in sizes) for sizes in found.lengths.tolist()]


@pytest.mark.parametrize("rows", [[0, 1, 2, 3], [3, 0], [1], [2, 2], []], ids=str)
def test_rows_in_any_order(tmp_path, rows):
    assert read(build(tmp_path, PASSAGES), rows) == [PASSAGES[row] for row in rows]


def test_long_parts_are_cut(tmp_path):
    ((around, heading, text),) = read(build(tmp_path, [([1] * 999, [2] * 999, [3] * 9_999)]), [0])
    assert (len(around), len(heading), len(text)) == LIMITS
    assert set(text) == {3}


def test_an_earlier_index_is_taken_over_without_some_rows(tmp_path):
    earlier = build(tmp_path / "one", PASSAGES)
    with TokenWriter(tmp_path / "two") as writer:
        writer.keep(earlier, np.array([0, 3]))
        writer.add([([], [5], [])])
    assert read(TokenIndex(tmp_path / "two"), [0, 1, 2]) == [PASSAGES[0], PASSAGES[3], ([], [5], [])]


def test_nothing(tmp_path):
    empty = build(tmp_path / "held", [])
    assert len(empty) == 0
    assert read(empty, []) == []
    assert TokenIndex.stands(tmp_path / "held")
    assert not TokenIndex.stands(tmp_path / "elsewhere")


def test_files_that_do_not_belong_together(tmp_path):
    build(tmp_path, PASSAGES)
    with (tmp_path / "tokens.u32").open("ab") as file:
        file.write(b"\0\0\0\0")
    with pytest.raises(ValueError, match="does not hold"):
        TokenIndex(tmp_path)
