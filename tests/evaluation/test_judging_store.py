"""Pools: what is recorded, undone, exported, imported; nothing lost, nothing twice."""

import json
import os
import random
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judgingpools import TEXTS, contents, make_pool, small

from corpus.errors import TracuuError
from evaluation.files import read_qrels
from evaluation.judged_sets import judged_set
from evaluation.judging import exchange, results
from evaluation.judging.state import Mark, blind, sheets
from evaluation.judging.store import Pool
from evaluation.judging.types import Event, Pooled

quick = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def in_memory() -> TemporaryDirectory:
    """A directory where making files durable costs nothing, where there is one."""
    memory = Path("/dev/shm")
    return TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None)


@pytest.fixture
def pool() -> Iterator[Pool]:
    with in_memory() as directory:
        yield make_pool(Path(directory), "Lan", "Minh")


def test_a_pool_gives_back_what_was_put_in(pool: Pool):
    held, made = pool.contents(), small()
    assert held.queries == made.queries
    assert set(held.passages) == set(made.passages)
    assert {(one.query, one.passage): one.found_by for one in held.pooled} == {
        (one.query, one.passage): one.found_by for one in made.pooled
    }
    assert (held.judges, held.events) == (("Lan", "Minh"), ())


def test_grades_notes_and_spans_are_kept_apart(pool: Pool):
    pool.record("Lan", "q1", "p1", "grade", 2)
    pool.record("Lan", "q1", "p1", "note", "đúng ý")
    pool.record("Lan", "q1", "p1", "span", (0, 22))
    pool.record("Lan", "q1", "", "note", "câu hỏi hơi rộng")
    pool.record("Minh", "q1", "p1", "grade", 1)
    pool.record("Lan", "q1", "p1", "grade", 1)
    sheet = pool.sheet("Lan", "q1")
    assert sheet.marks == {"p1": Mark(1, "đúng ý", (0, 22))}
    assert (sheet.note, sheet.status) == ("câu hỏi hơi rộng", "")
    assert pool.sheet("Minh", "q1").marks == {"p1": Mark(1)}
    assert pool.sheet("Lan", "q2").marks == {}


def test_undo_walks_back_and_leaves_notes_alone(pool: Pool):
    pool.record("Lan", "q1", "p1", "grade", 2)
    pool.record("Lan", "q1", "p1", "note", "giữ lại")
    pool.record("Lan", "q1", "p1", "grade", 1)
    pool.record("Lan", "q1", "p2", "span", (0, 2))
    pool.record("Lan", "q2", "p2", "grade", 0)
    undone = [pool.undo("Lan", "q1") for _ in range(4)]
    assert [event and (event.passage, event.field) for event in undone] == [
        ("p2", "span"), ("p1", "grade"), ("p1", "grade"), None,
    ]  # fmt: skip
    assert pool.sheet("Lan", "q1").marks == {"p1": Mark(None, "giữ lại"), "p2": Mark()}
    assert pool.sheet("Lan", "q2").marks == {"p2": Mark(0)}
    pool.record("Lan", "q1", "p1", "grade", 2)
    assert pool.undo("Lan", "q1").value == 2
    assert pool.sheet("Lan", "q1").marks["p1"].grade is None


@given(
    st.lists(
        st.tuples(st.sampled_from(["p1", "p2"]), st.sampled_from([0, 1, 2, None])) | st.just("undo"),
        max_size=14,
    )
)
@quick
def test_undo_is_a_stack(deeds):
    with in_memory() as directory:
        pool = make_pool(Path(directory), "Lan")
        states = [{}]
        for deed in deeds:
            if deed == "undo":
                pool.undo("Lan", "q1")
                states = states[:-1] or states
            else:
                pool.record("Lan", "q1", deed[0], "grade", deed[1])
                if states[-1].get(deed[0]) != deed[1]:
                    states.append({**states[-1], deed[0]: deed[1]})
            held = {id_: mark.grade for id_, mark in pool.sheet("Lan", "q1").marks.items()}
            assert {k: v for k, v in held.items() if v is not None} == {
                k: v for k, v in states[-1].items() if v is not None
            }


def test_nothing_answers(pool: Pool):
    pool.record("Lan", "q1", "p1", "grade", 0)
    pool.record("Lan", "q1", "", "status", "unanswerable")
    sheet = pool.sheet("Lan", "q1")
    assert [sheet.grade(id_) for id_ in ("p1", "p2", "p3")] == [0, 0, 0]
    assert sheet.graded(["p1", "p2", "p3"]) == 3
    pool.record("Lan", "q1", "p2", "grade", 1)  # then something does answer after all
    assert pool.sheet("Lan", "q1").status == ""
    with pytest.raises(TracuuError, match="đã có đoạn được chấm"):
        pool.record("Lan", "q1", "", "status", "unanswerable")


def test_who_said_that_nothing_answers_has_not_graded_what_came_later(pool: Pool):
    pool.record("Lan", "q1", "", "status", "unanswerable")
    made = small()
    new = replace(made.passages[0], id="p9", text="Đoạn mới.")
    late = Pooled("q1", "p9", {"words": 1})
    ahead = replace(pool.contents().events[0], id="f" * 16, at="2199-01-01T00:00:00.000000+00:00")
    pool.merge(replace(pool.contents(), events=(ahead,)))  # said on a computer whose clock runs ahead
    pool.extend(replace(made, passages=(new,), pooled=(*made.pooled, late)))
    sheet = pool.sheet("Lan", "q1")
    assert [sheet.grade(id_) for id_ in ("p1", "p9")] == [0, None]
    assert pool.sheets()["Lan", "q1"] == sheet
    assert results.of(pool)[0].keys() == {("q1", "p1"), ("q1", "p2"), ("q1", "p3")}
    pool.merge(replace(made, passages=(new,), pooled=(replace(late, added=""),)))  # it was there after all
    assert pool.sheet("Lan", "q1").grade("p9") == 0


@pytest.mark.parametrize(
    ("passage", "field", "value"),
    [
        ("p1", "grade", 3), ("p1", "grade", True), ("p1", "grade", "2"), ("", "grade", 1),
        ("p4", "grade", 1), ("không có", "grade", 1), ("p1", "span", (5, 5)), ("p1", "span", (-1, 5)),
        ("p1", "span", (0, 10_000)), ("", "span", (0, 1)), ("p1", "note", "x" * 5000), ("p1", "note", 7),
        ("p1", "status", "skipped"), ("", "status", "xong"), ("p1", "lạ", 1),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(pool: Pool, passage: str, field: str, value: object):
    with pytest.raises(TracuuError):
        pool.record("Lan", "q1", passage, field, value)
    assert pool.contents().events == ()


def test_strangers_and_empty_names_are_refused(pool: Pool):
    with pytest.raises(TracuuError, match="ghi tên"):
        pool.record("Ai đó", "q1", "p1", "grade", 1)
    for name in ("", " \t\n", "x" * 61, "..", "a/b"):
        with pytest.raises(TracuuError):
            pool.join(name)
    assert pool.join("  nguyễn   Lan ") == "nguyễn Lan"
    assert pool.join("NGUYỄN lan") == "nguyễn Lan"
    assert pool.join("nguye\u0302\u0303n Lan") == "nguyễn Lan"


def test_a_note_being_typed_leaves_one_event(pool: Pool):
    for end in range(1, 8):
        pool.record("Lan", "q1", "p1", "note", "ghi chú"[:end])
        pool.record("Lan", "q1", "", "note", "ghi chú"[:end])
    assert [event.value for event in pool.contents().events] == ["ghi chú", "ghi chú"]


def test_many_hands_at_once_lose_nothing(pool: Pool):
    def work(judge: str, query: str) -> None:
        for turn in range(6):
            for passage in pool.pooled()[query]:
                pool.record(judge, query, passage, "grade", turn % 3)
                pool.record(judge, query, passage, "grade", turn % 3)  # sent again: nothing new

    threads = [threading.Thread(target=work, args=(j, q)) for j in ("Lan", "Minh") for q in ("q1", "q2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = pool.contents().events
    assert len(events) == 2 * 2 * 3 * 6
    for judge in ("Lan", "Minh"):
        times = [event.at for event in events if event.judge == judge]
        assert times == sorted(set(times))


def test_time_only_runs_forward(pool: Pool):
    late = Event("e" * 16, "Lan", "q1", "p1", "2199-01-01T00:00:00.000000+00:00", "grade", 0)
    pool.merge(replace(pool.contents(), events=(late,)))
    pool.record("Lan", "q1", "p1", "grade", 2)
    assert pool.sheet("Lan", "q1").marks["p1"].grade == 2


def test_order_is_random_for_each_judge_and_query_and_stays():
    ids = [f"p{n}" for n in range(20)]
    orders = {
        (judge, query): blind("hạt", judge, query, ids) for judge in ("Lan", "Minh") for query in ("q1", "q2")
    }
    assert len({tuple(order) for order in orders.values()}) == 4
    assert all(sorted(order) == sorted(ids) for order in orders.values())
    more = blind("hạt", "Lan", "q1", [*ids, "mới"])
    assert [one for one in more if one != "mới"] == orders["Lan", "q1"]
    firsts = {blind(str(seed), "Lan", "q1", ids)[0] for seed in range(200)}
    assert len(firsts) > 15  # no passage is favoured


@given(contents())
@quick
def test_the_full_export_comes_back_identical(made):
    with in_memory() as directory:
        first = Pool.create(Path(directory) / "a", made)
        assert first.contents() == made
        text = exchange.exported(first, "json")
        second = Pool.create(Path(directory) / "b", exchange.from_json(text))
        assert second.contents() == made
        assert exchange.exported(second, "json") == text
        added = second.merge(exchange.from_json(text))
        assert (added.queries, added.passages, added.events, added.settlements) == (0, 0, 0, 0)
        assert exchange.exported(second, "json") == text


@given(contents(), st.randoms(use_true_random=False))
@quick
def test_copies_can_be_put_together_in_any_order(made, chance: random.Random):
    halves = [[], []]
    for event in made.events:
        chance.choice(halves).append(event)
    one, two = (replace(made, events=tuple(half)) for half in halves)
    with in_memory() as directory:
        here, there = Pool.create(Path(directory) / "a", one), Pool.create(Path(directory) / "b", two)
        here.merge(two)
        there.merge(one)
        assert here.contents() == there.contents() == made
        assert sheets(here.contents().events) == sheets(made.events)


def test_another_question_of_the_same_id_is_not_mixed_in(pool: Pool):
    other = small()
    changed = replace(other, queries=(replace(other.queries[0], text="câu khác"), *other.queries[1:]))
    with pytest.raises(TracuuError, match="khác nhau"):
        pool.merge(changed)


def test_a_pool_grows_and_keeps_its_grades(pool: Pool):
    pool.record("Lan", "q1", "p1", "grade", 2)
    made = small()
    new = replace(made.passages[0], id="p9", text="Đoạn mới.")
    bigger = replace(
        made,
        passages=(*made.passages, new),
        pooled=(*made.pooled, replace(made.pooled[0], passage="p9", found_by={"words": 1})),
    )
    assert pool.merge(bigger).passages == 1
    assert sorted(pool.passages("q1")) == ["p1", "p2", "p3", "p9"]
    assert pool.sheet("Lan", "q1").marks["p1"].grade == 2


def test_quotes_are_judged_quotes(pool: Pool, tmp_path: Path):
    start = TEXTS["p1"].index("báo cáo")
    pool.record("Lan", "q1", "p1", "grade", 2)
    pool.record("Lan", "q1", "p1", "span", (start, start + len("báo cáo trước")))
    pool.record("Minh", "q1", "p1", "grade", 2)
    pool.record("Minh", "q1", "p1", "span", (start + len("báo cáo "), len(TEXTS["p1"]) - 1))
    pool.record("Lan", "q1", "p3", "grade", 1)
    pool.record("Minh", "q1", "p3", "grade", 0)  # two judges apart: the lower counts
    pool.record("Lan", "q1", "p2", "grade", 0)
    pool.record("Lan", "q2", "", "status", "unanswerable")
    lines = exchange.exported(pool, "quotes").splitlines()
    assert list(map(json.loads, lines)) == [
        {
            "id": "q1", "query": "nhiệm vụ của Sở Giáo dục", "kind": "natural", "answerable": True,
            "relevant": [
                {"file": "ke-hoach.txt", "quote": "báo cáo trước ngày 15/12 hằng năm", "grade": 2},
            ],
            "answer": None,
        },
        {
            "id": "q2", "query": "Ai bố trí kinh phí?", "kind": "factoid", "answerable": False,
            "relevant": [], "answer": None,
        },
    ]  # fmt: skip
    pool.settle("Hòa", "q1", "p3", 1, "có ích")
    first = json.loads(exchange.exported(pool, "quotes").splitlines()[0])
    assert [one["quote"] for one in first["relevant"]][1] == TEXTS["p3"]
    lan = json.loads(exchange.exported(pool, "quotes", "Lan").splitlines()[0])
    assert [one["quote"] for one in lan["relevant"]] == ["báo cáo trước", TEXTS["p3"]]
    path = tmp_path / "q.jsonl"
    exchange.save(exchange.exported(pool, "quotes"), path)
    judged = judged_set("sample", path)  # as `tracuu evaluate` reads it
    assert (len(judged.topics), judged.unanswerable) == (1, 1)


def test_qrels_are_read_by_the_harness(pool: Pool, tmp_path: Path):
    pool.record("Lan", "q1", "p1", "grade", 2)
    pool.record("Lan", "q2", "", "status", "unanswerable")
    exchange.save(exchange.exported(pool, "qrels"), tmp_path / "qrels.txt")
    assert read_qrels(tmp_path / "qrels.txt") == {
        "q1": {"doc.1": 2},
        "q2": {"doc.2": 0, "doc.3": 0, "doc.4": 0},
    }


def test_settling_decides_and_can_be_taken_back(pool: Pool):
    pool.record("Lan", "q1", "p1", "grade", 2)
    pool.record("Minh", "q1", "p1", "grade", 0)
    found, settled = results.of(pool)
    assert [one.passage for one in results.disagreements(found, settled)] == ["p1"]
    assert results.final(found, settled) == {("q1", "p1"): 0}
    pool.settle("Hòa", "q1", "p1", 2, "đủ ý")
    found, settled = results.of(pool)
    assert results.final(found, settled) == {("q1", "p1"): 2}
    assert results.disagreements(found, settled)[0].settled.note == "đủ ý"
    pool.record("Minh", "q1", "p1", "grade", 2)
    assert len(results.disagreements(*results.of(pool))) == 1  # a settled grade stays in sight
    pool.settle("Hòa", "q1", "p1", None)
    assert results.of(pool)[1] == {}


def test_agreement_of_the_judges_of_a_pool(pool: Pool):
    for passage, (lan, minh) in {"p1": (2, 2), "p2": (0, 0), "p3": (1, 2)}.items():
        pool.record("Lan", "q1", passage, "grade", lan)
        pool.record("Minh", "q1", passage, "grade", minh)
    pool.record("Lan", "q2", "p4", "grade", 1)
    measured = results.agreement(results.of(pool)[0])
    assert (measured.graded, measured.by_several) == (4, 3)
    (pair,) = measured.pairs
    assert (pair.first, pair.second, pair.passages, pair.same) == ("Lan", "Minh", 3, 2)
    assert pair.plain == pytest.approx(0.5)  # observed 2/3; by chance (1 + 0 + 2) / 9
    assert measured.interval is None  # one query says nothing about others


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", "null", '{"format": "khác"}', '{"format": "tracuu-judgements", "version": 9}',
        '{"format": "tracuu-judgements", "version": 1, "about": {}, "queries": [{"id": 1}]}', "[" * 100_000,
    ],
)  # fmt: skip
def test_files_that_are_no_export_are_said(text: str):
    with pytest.raises(TracuuError):
        exchange.from_json(text)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["events"][0].update(value=7),
        lambda data: data["events"][0].update(at="hôm qua"),
        lambda data: data["events"][0].update(at="2026-01-01"),
        lambda data: data["events"][0].update(passage="không có"),
        lambda data: data["events"][0].update(judge="Ai đó"),
        lambda data: data["events"][0].update(lạ=1),
        lambda data: data["events"][0].update(field="lạ"),
        lambda data: data["judges"].append("../x"),
        lambda data: data["pooled"][0].update(passage="không có"),
        lambda data: data["passages"][0].update(path="không phải danh sách"),
        lambda data: data["queries"][0].update(kind=None),
    ],
)
def test_a_damaged_export_changes_nothing(pool: Pool, change):
    pool.record("Lan", "q1", "p1", "grade", 2)
    data = json.loads(exchange.exported(pool, "json"))
    change(data)
    before = pool.contents()
    with pytest.raises(TracuuError):
        pool.merge(exchange.from_json(json.dumps(data)))
    assert pool.contents() == before


def test_files_that_are_no_pool_are_said(tmp_path: Path):
    with pytest.raises(TracuuError, match="không có bộ chấm"):
        Pool.open(tmp_path / "không")
    (tmp_path / "văn bản").write_text("xin chào" * 500)
    with pytest.raises(TracuuError, match="không phải bộ chấm"):
        Pool.open(tmp_path / "văn bản")
    sqlite3.connect(tmp_path / "khác").close()
    with pytest.raises(TracuuError, match="không phải bộ chấm"):
        Pool.open(tmp_path / "khác")
    make_pool(tmp_path)
    with pytest.raises(TracuuError, match="--extend"):
        make_pool(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["khác", "thu.pool", "văn bản"]


def test_a_killed_writer_leaves_the_pool_whole(pool: Pool):
    pool.record("Lan", "q1", "p1", "grade", 2)
    connection = sqlite3.connect(pool.path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM events")
    connection.close()  # as when the process dies: nothing was committed
    assert pool.sheet("Lan", "q1").marks["p1"].grade == 2
    assert [path.name for path in pool.path.parent.iterdir()] == ["thu.pool"]
