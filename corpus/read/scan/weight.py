"""Which words are printed bold, by how thick their strokes are: the recogniser does not say."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from corpus.read.scan.words import Word

__all__ = ["with_weights"]

_BOLDER = 1.24
"""Strokes of bold letters are so much thicker than those of the page's usual ones (Times: 1.5 times)."""

_FEWEST = 12
"""Runs of ink that a word must show before its strokes are measured."""


def with_weights(words: Sequence[Word], ink: NDArray[np.bool_]) -> list[Word]:
    """The words with `bold` set; a line of which nearly all is bold is bold as a whole."""
    thick = [_thickness(word, ink) for word in words]
    sure = [one for one in thick if one]
    if len(sure) < 20:
        return list(words)
    least = _BOLDER * float(np.percentile(sure, 35))
    lines: dict[int, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        lines[word.line].append(at)
    bold: set[int] = set()
    for line in lines.values():
        bold.update(_bold_of(line, words, thick, least))
    return [replace(word, bold=at in bold) for at, word in enumerate(words)]


def _bold_of(line: list[int], words: Sequence[Word], thick: Sequence[float], least: float) -> list[int]:
    """Which words of a line are bold. All, the first ones, or none: one in mid-line is noise."""
    letters = sum(len(words[at].text) for at in line if thick[at])
    heavy = sum(len(words[at].text) for at in line if thick[at] > least)
    mean = sum(len(words[at].text) * thick[at] for at in line) / max(1, letters)
    if heavy >= 0.7 * letters > 0 or (heavy >= 0.5 * letters > 0 and mean > least):
        return line
    lead = 0
    while lead < len(line) and (thick[line[lead]] > least or not thick[line[lead]]):
        lead += 1
    return line[:lead] if any(thick[at] > least for at in line[:lead]) else []


def _thickness(word: Word, ink: NDArray[np.bool_]) -> float:
    """Mean length in pixels of the middle half of the runs of ink along a word's rows; 0 where too few."""
    box = ink[max(0, int(word.top)) : int(word.bottom), max(0, int(word.left)) : int(word.right)]
    if box.size == 0:
        return 0.0
    edges = np.diff(np.pad(box, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    runs = np.nonzero(edges == -1)[1] - np.nonzero(edges == 1)[1]
    runs = np.sort(runs[runs < 0.6 * word.height])
    quarter = len(runs) // 4
    return float(runs[quarter : len(runs) - quarter].mean()) if len(runs) >= _FEWEST else 0.0
