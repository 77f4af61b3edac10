"""From the library to a new generation: only what changed since the last one is analysed and encoded."""

import os
import shutil
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import LibraryError
from corpus.library import Library
from indexer.checking import check
from indexer.encoders.protocol import Encoder
from indexer.generations import Generations, Lease
from indexer.index import LEXICAL_DIRECTORY, TOKEN_DIRECTORY, VECTOR_DIRECTORY
from indexer.lexical import LexicalWriter
from indexer.manifest import Built, File, Held, Manifest, describe
from indexer.nearness import WordEncoder
from indexer.passages import PassageWriter, Progress
from indexer.tokens import TokenIndex, TokenWriter
from indexer.vectors import VectorIndex, VectorWriter

__all__ = ["Progress", "UpdateReport", "check", "rebuild", "update"]

WAIT_SECONDS = 600.0
"""How long an update waits for another one before it gives up."""


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What an update did. `generation` is the one published now, new or not."""

    generation: str
    published: bool
    """False where nothing had changed."""
    documents_added: int
    documents_removed: int
    passages_indexed: int
    """Passages written in this update, the others having been carried over."""
    seconds: float


def update(
    library: Library,
    encoder: Encoder,
    *,
    progress: Progress | None = None,
    wait_seconds: float = WAIT_SECONDS,
) -> UpdateReport:
    """Bring the index of `library` up to date and publish it; does nothing where nothing changed.

    A generation that is damaged, or was built by another model or version, is built anew. Raises
    LibraryError where another process keeps updating or the directory cannot be written.
    """
    return _update(library, encoder, progress, wait_seconds, anew=False)


def rebuild(
    library: Library,
    encoder: Encoder,
    *,
    progress: Progress | None = None,
    wait_seconds: float = WAIT_SECONDS,
) -> UpdateReport:
    """Build the index from the documents in the library, whatever there was; then as `update`.

    Segmentations and vectors kept in the library are used again: they are keyed by what went in.
    """
    return _update(library, encoder, progress, wait_seconds, anew=True)


def _update(
    library: Library, encoder: Encoder, progress: Progress | None, wait_seconds: float, *, anew: bool
) -> UpdateReport:
    start = time.perf_counter()
    generations = Generations(library.directory)
    with generations.updating(wait_seconds):
        with suppress(LibraryError):  # CURRENT is damaged: the new one will replace it
            generations.clean()
        previous = None if anew else _usable(generations, _built(encoder))
        try:
            plan = _plan(library, previous)
            if previous and not plan.add and not plan.remove:
                return UpdateReport(previous.manifest.generation, False, 0, 0, 0, time.perf_counter() - start)
            manifest = _build(library, encoder, generations, plan, progress)
        finally:
            if previous:
                previous.release()
        generations.clean()
    added = [held.passages for id_, held in manifest.documents.items() if id_ in plan.add]
    return UpdateReport(
        generation=manifest.generation,
        published=True,
        documents_added=len(added),
        documents_removed=len(plan.remove),
        passages_indexed=sum(added),
        seconds=time.perf_counter() - start,
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """What must change to get from the previous generation to the library as it is now."""

    previous: Lease | None
    keep: Mapping[str, Held]
    add: Mapping[str, str]
    """Document id → content key."""
    remove: Mapping[str, Held]
    """Gone from the library, or changed in it."""


def _built(encoder: Encoder) -> Built:
    return Built(model=encoder.key, dimension=encoder.dimension)


def _usable(generations: Generations, built: Built) -> Lease | None:
    """The published generation if it can be carried on."""
    try:
        lease = generations.lease()
    except LibraryError:
        return None
    if lease and lease.manifest.built != built:
        lease.release()
        return None
    return lease


def _plan(library: Library, previous: Lease | None) -> _Plan:
    contents = library.contents()
    held = previous.manifest.documents if previous else {}
    keep = {id_: document for id_, document in held.items() if contents.get(id_) == document.content}
    return _Plan(
        previous=previous,
        keep=keep,
        add={id_: content for id_, content in contents.items() if id_ not in keep},
        remove={id_: document for id_, document in held.items() if id_ not in keep},
    )


def _build(
    library: Library,
    encoder: Encoder,
    generations: Generations,
    plan: _Plan,
    progress: Progress | None,
) -> Manifest:
    """Write a new generation beside the published one, then publish it."""
    previous = plan.previous
    built = _built(encoder)
    name, building = generations.begin()
    linked = _link_segments(previous, building) if previous else {}
    lexical = LexicalWriter(building / LEXICAL_DIRECTORY)
    with ExitStack() as open_files:
        vectors = open_files.enter_context(VectorWriter(building / VECTOR_DIRECTORY, built.dimension))
        tokens = None
        if isinstance(encoder, WordEncoder):
            tokens = open_files.enter_context(TokenWriter(building / TOKEN_DIRECTORY))
        if previous:
            gone = {document.key for document in plan.remove.values()}
            earlier = VectorIndex(previous.path / VECTOR_DIRECTORY, built.dimension)
            lexical.remove(gone)
            vectors.keep(earlier, gone)
            if tokens is not None:
                tokens.keep(TokenIndex(previous.path / TOKEN_DIRECTORY), earlier.rows_without(gone))
        added = PassageWriter(library, encoder, lexical, vectors, tokens).add(plan.add, progress)
        lexical.commit()
        vectors.finish()
    for lock in building.rglob("*.lock"):
        lock.unlink()
    files = describe(building, linked)
    manifest = Manifest(generation=name, built=built, documents={**plan.keep, **added}, files=files)
    generations.publish(building, manifest, {file: linked[file] for file in linked if file in files})
    return manifest


def _link_segments(previous: Lease, building: Path) -> dict[str, File]:
    """Start the lexical index from the previous one's files.

    Segment files are never written again, so a hard link is enough (a copy where the disk has
    none); the two files that list the segments are replaced, and are copied.
    """
    (building / LEXICAL_DIRECTORY).mkdir()
    linked: dict[str, File] = {}
    for name, file in previous.manifest.files.items():
        if not name.startswith(LEXICAL_DIRECTORY + "/"):
            continue
        source, target = previous.path / name, building / name
        if target.suffix == ".json":
            shutil.copyfile(source, target)
            continue
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
        else:
            linked[name] = file
    return linked
