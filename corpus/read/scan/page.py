"""One page recognised: drawn, put straight, cleaned, shown to Tesseract. Runs inside the limited process.

Answers plain numbers and strings, of which `corpus.read.scan.layout` makes pages like those of a PDF.
"""

import io
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from corpus.errors import ReadError
from corpus.read.scan.handwriting import left_open
from corpus.read.scan.marks import with_marks
from corpus.read.scan.parting import Box, parted
from corpus.read.scan.picture import Grey, cleaned, dark, evened, skew_of, strokes_of, without_strokes
from corpus.read.scan.sources import Canvas, count_pictures, open_canvas
from corpus.read.scan.weight import with_weights
from corpus.read.scan.words import Word, words_of

__all__ = ["count_pages", "recognise_page"]

_LEAST_SKEW = 0.12
"""Degrees; less is not worth drawing the page again."""

_DOUBTFUL = 60.0
"""A page recognised with less confidence may lie on its side or upside down."""

_MARGIN = 14
"""White around a block, pixels: letters at the edge are not recognised."""

_TALL = 320
"""Pixels: blocks of more than about seven lines."""

_TURNS = {"0": 0, "90": 90, "180": 180, "270": 270}


def recognise_page(data: bytes, *, page: int, command: str, tessdata: str = "") -> dict[str, Any]:
    """Recognise page `page` (from 0) of a PDF or a picture file with the program `command`.

    Returns words, ruling lines and size in points, and the mean confidence. Raises `ReadError`.
    """
    canvas = open_canvas(data, page)
    program = _Program(command, tessdata)
    words, grey, rules = _read(canvas, program, 0)
    if _mean(words) < _DOUBTFUL and (turn := program.turn_of(grey)):
        again = _read(canvas, program, turn)
        if _mean(again[0]) > _mean(words):
            words, grey, rules = again
    confidence = round(_mean(words), 1)
    words, opened = left_open(words)
    points = 72 / canvas.dots_per_inch
    return {
        "width": grey.shape[1] * points,
        "height": grey.shape[0] * points,
        "confidence": confidence,
        "left_open": opened,
        "words": [_in_points(word, points) for word in words],
        "rules": [[round(value * points, 1) for value in rule] for rule in rules],
    }


_Rule = tuple[float, float, float, float]


def _read(canvas: Canvas, program: "_Program", turn: int) -> tuple[list[Word], Grey, list[_Rule]]:
    """Words, the picture they were read from and its ruling lines."""
    grey = canvas.draw(turn)
    skew = skew_of(grey)
    if abs(skew) >= _LEAST_SKEW:
        grey = canvas.draw(turn - skew)
    ready = cleaned(evened(grey))
    ink = dark(ready)
    strokes = strokes_of(ink, canvas.dots_per_inch)
    bare = without_strokes(ready, ink, strokes)
    boxes = parted(dark(bare), strokes, 72 / canvas.dots_per_inch)
    words = program.words(bare, boxes)
    return with_weights(with_marks(words, ink), ink), ready, [stroke.box for stroke in strokes]


def _mean(words: Sequence[Word]) -> float:
    """Mean confidence, a word weighing by its letters."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _in_points(word: Word, points: float) -> dict[str, Any]:
    said = asdict(word)
    for name in ("left", "top", "right", "bottom", "base", "height"):
        said[name] = round(said[name] * points, 2)
    return said


class _Program:
    """Tesseract on one picture at a time, in the memory and the process group of this process."""

    def __init__(self, command: str, tessdata: str) -> None:
        self._command = command
        self._environment = {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
        if tessdata:
            self._environment["TESSDATA_PREFIX"] = tessdata

    def words(self, grey: Grey, boxes: Sequence[Box]) -> list[Word]:
        """Words of a page of Vietnamese, from its blocks."""
        # Long blocks are read with fewer lost accents where the program finds the lines by itself (4),
        # short ones, cells above all, where it is told that they are one block (6).
        tall = [box for box in boxes if box.bottom - box.top > _TALL]
        short = [box for box in boxes if box.bottom - box.top <= _TALL]
        found: list[Word] = []
        for mode, some in (("4", tall), ("6", short)):
            if some:
                said = self._run(_pages_of(grey, some), "-l", "vie", "--psm", mode, "hocr")
                corners = [(box.left - _MARGIN, box.top - _MARGIN) for box in some]
                first = found[-1].line if found else 0
                words = words_of(said.decode("utf-8", "replace"), corners)
                found.extend(replace(word, line=word.line + first) for word in words)
        return found

    def turn_of(self, grey: Grey) -> int:
        """How far the page must be turned clockwise to stand upright, as far as the program can tell."""
        try:
            said = self._run(
                _pages_of(grey, [Box(0, 0, grey.shape[1], grey.shape[0])]), "-l", "osd", "--psm", "0"
            ).decode("utf-8", "replace")
        except ReadError:
            return 0  # too few letters, or the data for it are not installed
        found = dict(line.split(":", 1) for line in said.splitlines() if ":" in line)
        return _TURNS.get(found.get("Rotate", "0").strip(), 0)

    def _run(self, pictures: bytes, *options: str) -> bytes:
        done = subprocess.run(  # noqa: S603 - the program was found by us, no shell
            [self._command, "stdin", "stdout", "--dpi", "200", *options],
            input=pictures,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            check=False,
        )
        if done.returncode:
            raise ReadError("bộ nhận dạng chữ không đọc được trang này.")
        return done.stdout


def _pages_of(grey: Grey, boxes: Sequence[Box]) -> bytes:
    """A .tif with a page for each block, with a white margin: one start of the program reads them all."""
    from PIL import Image

    pages = []
    for box in boxes:
        inside = grey[box.top : box.bottom, box.left : box.right]
        pages.append(Image.fromarray(np.pad(inside, _MARGIN, constant_values=255)))
    stream = io.BytesIO()
    pages[0].save(stream, "TIFF", save_all=True, append_images=pages[1:])
    return stream.getvalue()


def count_pages(data: bytes) -> dict[str, int]:
    """How many pages a picture file has. Raises `ReadError`."""
    return {"count": count_pictures(data)}
