"""Small pools, and strategies for any pool."""

from pathlib import Path

from hypothesis import strategies as st

from evaluation.judging.store import Pool
from evaluation.judging.types import Contents, Event, Pooled, PoolPassage, PoolQuery, Settlement

__all__ = ["TEXTS", "contents", "make_pool", "small"]

TEXTS = {
    "p1": "Sở Giáo dục và Đào tạo chủ trì dạy bơi cho học sinh, báo cáo trước ngày 15/12 hằng năm.",
    "p2": "Sở Tài chính bố trí kinh phí.",
    "p3": "- Rà soát <b>bể bơi</b> & “hồ” 😀 trong cụm trường; rà soát hằng năm.",
    "p4": "Ủy ban nhân dân xã cắm biển cảnh báo.",
}


def small() -> Contents:
    """Two questions, three passages each, one of them common to both."""
    passages = tuple(
        PoolPassage(
            id=id_,
            passage_id=f"doc.{n}",
            file="ke-hoach.txt",
            text=text,
            path=("II. NHIỆM VỤ", f"{n}. Phân công"),
            document=("Kế hoạch", "12/KH-UBND"),
            title="Dạy bơi",
            lead="Các sở, ngành:" if text.startswith("-") else None,
            before=("Đoạn trước.",),
            after=("Đoạn sau.", "Đoạn sau nữa."),
            page=n,
        )
        for n, (id_, text) in enumerate(TEXTS.items(), start=1)
    )
    return Contents(
        about={"name": "thử", "seed": "hạt giống", "from": "hybrid, dense"},
        queries=(
            PoolQuery("q1", "nhiệm vụ của Sở Giáo dục", "natural", None),
            PoolQuery("q2", "Ai bố trí kinh phí?", "factoid", "Sở Tài chính"),
        ),
        passages=passages,
        pooled=tuple(
            Pooled(query, passage, {"hybrid": n, "dense": 4 - n})
            for query, ids in (("q1", ("p1", "p2", "p3")), ("q2", ("p2", "p3", "p4")))
            for n, passage in enumerate(ids, start=1)
        ),
    )


def make_pool(directory: Path, *judges: str) -> Pool:
    """The small pool as a file, with these judges."""
    pool = Pool.create(directory / "thu.pool", small())
    for judge in judges:
        pool.join(judge)
    return pool


_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
_NAMES = st.sampled_from(["Lan", "Minh", "Nguyễn Thị Hồng 1"])
_TIMES = st.datetimes().map(lambda t: t.replace(year=2026).isoformat(timespec="microseconds") + "+00:00")


@st.composite
def contents(draw: st.DrawFn) -> Contents:
    """Any valid contents of a pool, in the order in which a pool gives them back."""
    ids = draw(st.lists(_TEXT, min_size=1, max_size=4, unique=True))
    queries = tuple(PoolQuery(id_, draw(_TEXT), draw(_TEXT), draw(st.none() | _TEXT)) for id_ in ids)
    passages = tuple(
        PoolPassage(
            f"p{n}", draw(_TEXT), draw(_TEXT), draw(_TEXT), tuple(draw(st.lists(_TEXT, max_size=2))),
            tuple(draw(st.lists(_TEXT, max_size=2))), draw(_TEXT), draw(st.none() | _TEXT),
            tuple(draw(st.lists(_TEXT, max_size=2))), (), draw(st.none() | st.integers(1, 900)),
        )
        for n in range(draw(st.integers(1, 4)))
    )  # fmt: skip
    pairs = draw(
        st.lists(
            st.tuples(st.sampled_from(ids), st.sampled_from(passages)), min_size=1, max_size=8, unique=True
        )
    )
    judges = tuple(sorted(draw(st.sets(_NAMES, min_size=1)), key=str.casefold))
    events = draw(st.lists(_events(pairs, judges), max_size=12, unique_by=lambda event: event.id))
    settlements = draw(st.lists(_settlements(pairs), max_size=4, unique_by=lambda one: one.id))
    return Contents(
        about=dict(sorted({"name": draw(_TEXT), "seed": draw(_TEXT)}.items())),
        queries=queries,
        passages=passages,
        pooled=tuple(
            sorted(
                (
                    Pooled(query, passage.id, {"dense": 2, "hybrid": 1}, draw(st.just("") | _TIMES))
                    for query, passage in pairs
                ),
                key=lambda one: (one.query, one.passage),
            )
        ),
        judges=judges,
        events=tuple(sorted(events, key=lambda event: (event.at, event.id))),
        settlements=tuple(sorted(settlements, key=lambda one: (one.at, one.id))),
    )


@st.composite
def _events(draw: st.DrawFn, pairs: list[tuple[str, PoolPassage]], judges: tuple[str, ...]) -> Event:
    query, passage = draw(st.sampled_from(pairs))
    field = draw(st.sampled_from(["grade", "note", "span", "status"]))
    where = "" if field == "status" else passage.id
    if field == "note":
        where = draw(st.sampled_from(["", passage.id]))
    start = draw(st.integers(0, len(passage.text) - 1))
    value = {
        "grade": draw(st.sampled_from([None, 0, 1, 2])),
        "note": draw(st.just("") | _TEXT),
        "span": draw(st.sampled_from([None, (start, len(passage.text))])),
        "status": draw(st.sampled_from(["", "skipped", "unanswerable"])),
    }[field]
    id_ = draw(st.text("0123456789abcdef", min_size=16, max_size=16))
    return Event(
        id_,
        draw(st.sampled_from(judges)),
        query,
        where,
        draw(_TIMES),
        field,
        value,
        draw(st.none() | st.just("00")),
    )


@st.composite
def _settlements(draw: st.DrawFn, pairs: list[tuple[str, PoolPassage]]) -> Settlement:
    query, passage = draw(st.sampled_from(pairs))
    id_ = draw(st.text("0123456789abcdef", min_size=16, max_size=16))
    grade = draw(st.sampled_from([None, 0, 1, 2]))
    return Settlement(id_, draw(_NAMES), query, passage.id, draw(_TIMES), grade, draw(_TEXT))
