"""Vietnamese words: the one place that calls underthesea.

The text is lower-cased *before* segmentation: capitals change what the segmenter finds ("Sở |
Giáo_dục_và_Đào_tạo" but "sở | giáo_dục | và | đào_tạo"), and officials type in lower case. Measured
with BM25 on XQuAD-vi: nDCG@10 .944 when lower-cased after, .955 when lower-cased before.
"""

import functools
import importlib
import importlib.util
import re
import sys
import threading
from collections.abc import Callable, Iterator

from corpus.text import SYLLABLE, nfc, normalise_tones

__all__ = ["WORDS_VERSION", "segmented", "words"]

WORDS_VERSION = "1"
"""Changes whenever `words` would answer differently; cached analyses carry it."""

_LONGEST = 2_000
# The segmenter's own expressions are quadratic on some input (FACTS: 'a.' * 20000 took 38 s):
# it never sees more than _LONGEST characters, and never a run of more than this without a space.
_LONGEST_RUN = 60
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0xAD])
# Document numbers and dates stay whole: 04-ct/tw, 15/2024/nđ-cp, 17/3/2026.
_WHOLE = re.compile(
    r"(?<![\w/-])\d+(?:[./-]\d+)*(?:[/-][^\W_]+)+(?![\w])|(?<![\w/])\d{1,2}/\d{1,2}/\d{4}(?![\w/])"
)
_SPLIT = re.compile(r"(?<=[.;:!?\n])\s+|\s+")

_loading = threading.Lock()


def words(text: str) -> list[str]:
    """Segment `text` into lower-cased words, syllables joined with '_', punctuation dropped.

    Never raises on any `str`; text without a letter or digit gives []. Document numbers and dates
    come out as one token each ('04-ct/tw').
    """
    clean = _clean(text.lower())
    found: list[str] = []
    at = 0
    for match in _WHOLE.finditer(clean):
        found.extend(_plain(clean[at : match.start()]))
        found.append(match.group())
        at = match.end()
    found.extend(_plain(clean[at:]))
    return found


def segmented(text: str) -> str:
    """`text` as PhoBERT-like encoders were trained to read it: 'Sở Giáo_dục và Đào_tạo , năm 2026 .'

    Case and punctuation stay; tokens are separated by one space. Never raises on any `str`.
    """
    tokens = (token for chunk in _chunks(_clean(text)) for token in _tokenize(chunk))
    return " ".join("_".join(token.split()) for token in tokens)


def _clean(text: str) -> str:
    clean = normalise_tones(nfc(text.translate(_INVISIBLE)))
    return clean.encode("utf-8", "ignore").decode("utf-8")  # lone surrogates make the segmenter raise


def _plain(text: str) -> Iterator[str]:
    for chunk in _chunks(text):
        for token in _tokenize(chunk):
            joined = "_".join(SYLLABLE.findall(token))
            if joined:
                yield joined


def _chunks(text: str) -> Iterator[str]:
    """Cut `text` into pieces short enough for the segmenter, at spaces where there are any."""
    if not SYLLABLE.search(text):
        return
    if len(text) <= _LONGEST and not re.search(rf"\S{{{_LONGEST_RUN}}}", text):
        yield text
        return
    piece: list[str] = []
    size = 0
    for part in _SPLIT.split(text):
        if len(part) >= _LONGEST_RUN:  # a URL, base64, dots of a form: not Vietnamese words
            yield " ".join(piece)
            piece, size = [], 0
            yield from (run[:_LONGEST_RUN] for run in SYLLABLE.findall(part))
            continue
        if size + len(part) > _LONGEST:
            yield " ".join(piece)
            piece, size = [], 0
        piece.append(part)
        size += len(part) + 1
    yield " ".join(piece)


def _tokenize(text: str) -> list[str]:
    return _segmenter()(text) if text.strip() else []


@functools.cache
def _segmenter() -> Callable[[str], list[str]]:
    with _loading:
        return _load_segmenter()


def _load_segmenter() -> Callable[[str], list[str]]:
    """underthesea's segmenter, loaded and called once, without running the package's `__init__`.

    That file imports torch and transformers wherever they are installed: 4 s, where the segmenter
    alone takes 0.5 s. A bare stand-in for the package lets its submodules be imported; it is taken
    away again so that an `import underthesea` elsewhere still works. The first call loads the model
    and is not thread-safe.
    """
    package = sys.modules.get("underthesea")
    spec = importlib.util.find_spec("underthesea") if package is None else None
    if spec is not None:
        sys.modules["underthesea"] = importlib.util.module_from_spec(spec)
    try:
        importlib.import_module("underthesea.pipeline.text_normalize")  # first: its imports are circular
        module = importlib.import_module("underthesea.pipeline.word_tokenize")
        module.word_tokenize("tra cứu")
    finally:
        if spec is not None:
            del sys.modules["underthesea"]
    segment: Callable[[str], list[str]] = module.word_tokenize
    return segment
