"""A pool made: questions → the best passages of several ways to search, put together.

Pooling as in TREC (K. Spärck Jones and C. van Rijsbergen, 1975): what no configuration finds among
its best is not judged, so configurations should differ as much as can be.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from corpus.errors import NotHeldError
from corpus.library import Library, StoredPassage
from corpus.types import Passage
from evaluation.configurations import Configuration
from evaluation.files import json_lines, read_run
from evaluation.judging.checking import PoolError
from evaluation.judging.types import Contents, Pooled, PoolPassage, PoolQuery
from indexer.encoders import Encoder, load_encoder
from indexer.index import Index
from search_api.engine import Engine
from search_api.settings import Settings
from web.wording import document_line, document_name

__all__ = ["Found", "found_by_engine", "found_in_runs", "gathered", "read_questions"]

Found = dict[str, dict[str, dict[str, int]]]
"""Query id → passage id → configuration → rank."""

_NEIGHBOURS = 2
"""Passages shown before and after the one to be judged."""
_LONGEST_NEIGHBOUR = 600
_LONGEST_QUESTION = 2_000


def read_questions(path: Path) -> tuple[PoolQuery, ...]:
    """Questions of a JSON Lines file: "id", "query", maybe "kind" and "answer" (BEIR's names do as well)."""
    found: dict[str, PoolQuery] = {}
    for number, row in enumerate(json_lines(path), start=1):
        text = " ".join(str(row.get("query") or row.get("text") or "").split())
        id_ = str(row.get("id") or row.get("_id") or "").strip()
        if not id_ or not text:
            raise PoolError(f'{path.name}: câu thứ {number} thiếu "id" hoặc "query"; hãy bổ sung.')
        if len(text) > _LONGEST_QUESTION:
            raise PoolError(f"{path.name}: câu “{id_}” dài quá {_LONGEST_QUESTION} chữ; hãy rút gọn.")
        if id_ in found:
            raise PoolError(f"{path.name}: mã câu hỏi “{id_}” có hai lần; hãy đặt mỗi câu một mã.")
        answer = row.get("answer")
        found[id_] = PoolQuery(id_, text, str(row.get("kind") or ""), None if answer is None else str(answer))
    if not found:
        raise PoolError(f"{path.name}: không có câu hỏi nào; hãy ghi mỗi dòng một câu.")
    return tuple(found.values())


def found_by_engine(
    directory: Path,
    configurations: Sequence[Configuration],
    queries: Sequence[PoolQuery],
    depth: int,
    *,
    model: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Found:
    """The best `depth` results of every configuration, by the product's own search over its library.

    PoolError where the library is indexed with another model than a configuration needs.
    """
    found: Found = {query.id: {} for query in queries}
    done = 0
    for one in configurations:
        encoder = _encoder(directory, one, model)
        settings = one.settings(directory, one.model or model)
        with Engine(Library.open(directory), settings, encoder) as engine:
            for query in queries:
                hits = engine.ask(query.text, k=depth, literal=one.literal).hits
                for hit in hits:
                    found[query.id].setdefault(hit.stored.passage.id, {})[one.name] = hit.rank
                done += 1
                if progress:
                    progress(done, len(configurations) * len(queries))
    return found


def found_in_runs(runs: Iterable[Path], queries: Sequence[PoolQuery], depth: int) -> Found:
    """The best `depth` passages of TREC run files, each named by its file."""
    found: Found = {query.id: {} for query in queries}
    for path in runs:
        run = read_run(path)
        if not run.keys() & found.keys():
            raise PoolError(f"{path.name}: không có câu hỏi nào của tệp --queries; hãy xem lại mã câu hỏi.")
        for query in found.keys() & run.keys():
            for rank, (passage, _) in enumerate(run[query][:depth], start=1):
                found[query].setdefault(passage, {})[path.stem] = rank
    return found


def gathered(
    directory: Path, queries: Sequence[PoolQuery], found: Iterable[Found], about: Mapping[str, str]
) -> Contents:
    """Contents of a pool: the passages found, looked up in the library with what stands around them."""
    with Engine.open(Settings(library=directory)) as engine:
        describe = _Describing(engine)
        passages: dict[str, PoolPassage] = {}
        pooled: dict[tuple[str, str], dict[str, int]] = {}
        for one in found:
            for query, by_passage in one.items():
                for passage_id, ranks in by_passage.items():
                    passage = describe(passage_id)
                    passages.setdefault(passage.id, passage)
                    together = pooled.setdefault((query, passage.id), {})
                    for name, rank in ranks.items():
                        together[name] = min(rank, together.get(name, rank))
    return Contents(
        about=dict(about),
        queries=tuple(queries),
        passages=tuple(passages.values()),
        pooled=tuple(Pooled(query, passage, ranks) for (query, passage), ranks in pooled.items()),
    )


def _encoder(directory: Path, one: Configuration, model: str | None) -> Encoder | None:
    if not one.weights.encoded:
        return None
    encoder = load_encoder(one.model or model)
    with closing(Index.open(directory)) as index:
        if index.model_key != encoder.key:
            raise PoolError(
                f"Cấu hình “{one.name}” dùng mô hình khác mô hình của chỉ mục; hãy lập một thư viện riêng "
                "bằng --model, ghi kết quả bằng `tracuu evaluate --runs` rồi gộp vào đây bằng --run."
            )
    return encoder


class _Describing:
    """Looks passages up with their neighbours; keeps the document last used, whose passages come together."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[str, PoolPassage] = {}
        self._documents: dict[str, list[Passage]] = {}

    def __call__(self, passage_id: str) -> PoolPassage:
        if passage_id not in self._known:
            try:
                stored = self._engine.passage(passage_id)
            except NotHeldError as error:
                raise PoolError(
                    f"Thư viện không có đoạn “{passage_id[:60]}”; hãy dùng đúng thư viện đã tạo tệp kết quả."
                ) from error
            self._known[passage_id] = self._describe(stored)
        return self._known[passage_id]

    def _describe(self, stored: StoredPassage) -> PoolPassage:
        library = self._engine.library
        summary = library.summary(stored.document_id)
        if stored.document_id not in self._documents:
            found = [one.passage for one in library.passages_of(stored.document_id)]
            self._documents[stored.document_id] = sorted(found, key=lambda one: one.span)
        around = self._documents[stored.document_id]
        passage = stored.passage
        # Under the same heading: what stands under another one would mislead. A heading found as a
        # passage has what stands under it behind it.
        section = passage.section if stored.key >= 0 else passage.ordinal
        beside = [one for one in around if one.section == section and one.id != passage.id]
        before = [one for one in beside if one.span.end <= passage.span.start]
        after = [one for one in beside if one.span.start >= passage.span.end]
        described = PoolPassage(
            id="",
            passage_id=passage.id,
            file=summary.source,
            text=passage.text,
            path=stored.section_path,
            document=tuple(document_line(summary.metadata)),
            title=document_name(summary.metadata, summary.source),
            lead=stored.lead_text,
            before=tuple(_shortened(one.text, end=True) for one in before[-_NEIGHBOURS:]),
            after=tuple(_shortened(one.text) for one in after[:_NEIGHBOURS]),
            page=passage.page,
        )
        return replace(described, id=_identity(described))


def _identity(passage: PoolPassage) -> str:
    parts = "\0".join((passage.file, *passage.path, "", " ".join(passage.text.split())))
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


def _shortened(text: str, *, end: bool = False) -> str:
    """A long neighbour's beginning, or with `end` its end: what touches the passage."""
    if len(text) <= _LONGEST_NEIGHBOUR:
        return text
    return f"… {text[-_LONGEST_NEIGHBOUR:]}" if end else f"{text[:_LONGEST_NEIGHBOUR]} …"
