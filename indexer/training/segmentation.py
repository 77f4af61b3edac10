"""Segmented copies of the training files, kept in a cache directory.

Segmenting is by far the slowest step (some 10,000 words a second and process), so it is done once
per file, by several processes, and goes on where it was broken off.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from indexer.words import WORDS_VERSION, words

__all__ = ["joined", "segmented"]

Segmenter = Callable[[str], str]
_CHUNK = 64


def joined(text: str) -> str:
    """The words of `text` joined by single spaces: what the encoder's tokenizer takes."""
    return " ".join(words(text))


def segmented(
    target: Path,
    records: Callable[[], Iterable[Any]],
    segment: Callable[[Any], Any],
    *,
    processes: int = 1,
    progress: Callable[[Iterable[Any]], Iterable[Any]] = iter,
) -> Path:
    """Write `segment(record)` for every record as JSON lines to `target`, unless it is there.

    `segment` must be a module-level function (it is sent to other processes). Lines are written in
    the order of the records to "<target>.tmp"; a broken-off run resumes after its last whole line.
    A file made by another version of the segmenter is made anew.
    """
    stamp = target.with_suffix(".version")
    if target.exists() and (not stamp.exists() or stamp.read_text() == WORDS_VERSION):
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".tmp")
    done = _whole_lines(part)
    with part.open("a", encoding="utf-8") as out:
        rest = _skip(records(), done)
        for result in progress(_mapped(segment, rest, processes)):
            out.write(json.dumps(result, ensure_ascii=False) + "\n")
    stamp.write_text(WORDS_VERSION)
    part.rename(target)
    return target


def _mapped(segment: Callable[[Any], Any], records: Iterator[Any], processes: int) -> Iterator[Any]:
    if processes <= 1:
        yield from map(segment, records)
        return
    # Not forked: the parent may hold threads of torch.
    with get_context("spawn").Pool(processes) as pool:
        yield from pool.imap(segment, records, chunksize=_CHUNK)


def _skip(records: Iterable[Any], count: int) -> Iterator[Any]:
    iterator = iter(records)
    for _ in range(count):
        next(iterator, None)
    return iterator


def _whole_lines(part: Path) -> int:
    """Number of whole lines in `part`; half a line at its end is cut off."""
    if not part.exists():
        return 0
    lines = size = 0
    with part.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                lines += 1
                size += len(line)
    with part.open("r+b") as file:
        file.truncate(size)
    return lines
