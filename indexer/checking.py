"""Whether the index can be trusted: its files, what it holds against the library, and that it finds."""

from collections.abc import Iterator, Mapping
from itertools import islice

from corpus.errors import LibraryError
from corpus.library import Library
from indexer.analysis import ANALYSIS_VERSION, analyse
from indexer.context import CONTEXT_VERSION
from indexer.generations import Generations, damage
from indexer.index import Index
from indexer.manifest import FORMAT, Held

__all__ = ["check"]

_ADVICE = "hãy chạy `tracuu rebuild`"
_SAMPLES = 5
_SHOWN = 3
_PHRASE = 12  # syllables of a passage that must lead back to it


def check(library: Library) -> list[str]:
    """What is wrong with the index of `library`, one plain Vietnamese line each; [] if nothing.

    Reads every file of the published generation. The library itself is checked by the library.
    """
    contents = library.contents()
    try:
        if Generations(library.directory).current() is None:
            return [f"Chưa có chỉ mục cho {len(contents)} văn bản; {_ADVICE}."] if contents else []
        with Index.open(library.directory) as index:
            return [
                *(
                    f"Chỉ mục: {problem}; {_ADVICE}."
                    for problem in damage(index.path, index.manifest, thorough=True)
                ),
                *_versions(index),
                *_documents(contents, index.manifest.documents),
                *_counts(library, index),
                *_samples(library, index),
            ]
    except LibraryError as error:
        return [str(error)]


def _versions(index: Index) -> Iterator[str]:
    built = index.manifest.built
    if (built.analysis, built.context, built.format) != (ANALYSIS_VERSION, CONTEXT_VERSION, FORMAT):
        yield f"Chỉ mục do một phiên bản Tra Cứu khác lập; {_ADVICE}."


def _documents(contents: Mapping[str, str], held: Mapping[str, Held]) -> Iterator[str]:
    both = contents.keys() & held.keys()
    for what, ids in (
        ("chưa có trong chỉ mục", contents.keys() - held.keys()),
        ("đã gỡ khỏi thư viện mà còn trong chỉ mục", held.keys() - contents.keys()),
        ("trong chỉ mục đã cũ", {id_ for id_ in both if contents[id_] != held[id_].content}),
    ):
        if ids:
            shown = ", ".join(sorted(ids)[:_SHOWN]) + (", …" if len(ids) > _SHOWN else "")
            yield f"{len(ids)} văn bản {what} ({shown}); {_ADVICE}."


def _counts(library: Library, index: Index) -> Iterator[str]:
    counts = {index.manifest.passages, index.lexical_size, len(index)}
    if len(counts) > 1:
        yield f"Số đoạn trong các phần của chỉ mục không khớp ({sorted(counts)}); {_ADVICE}."
    keys = index.keys()
    lost = len(keys) - len(library.passages(keys))
    if lost:
        yield f"Chỉ mục trỏ đến {lost} đoạn không có trong thư viện; {_ADVICE}."


def _samples(library: Library, index: Index) -> Iterator[str]:
    """Search for some passages by their own words, the first and others spread over the library."""
    keys = index.keys()
    step = max(1, len(keys) // _SAMPLES)
    for key, stored in library.passages(islice(keys, 0, None, step)).items():
        analysis = analyse(stored.passage.text)
        phrase = " ".join(analysis.syllables[:_PHRASE])
        found = {found for found, _ in index.phrase(phrase, len(index))}
        if phrase and (key not in found or not index.lexical_scores(analysis, [key])["words"]):
            yield f"Không tìm lại được đoạn {stored.passage.id} bằng chính lời của nó; {_ADVICE}."
