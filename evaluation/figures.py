"""All figures of docs/evaluation.md and docs/encoder.md on retrieval, measured anew with one command.

    python -m evaluation.figures --shared ../shared --out var/figures

Every set is indexed once in the cache, measured, kept (`<set>.json`), reported (`<set>.html`) and
written down in `figures.md` as the tables that the documentation shows.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from corpus.errors import TracuuError
from evaluation import configurations
from evaluation.disturbing import disturbed
from evaluation.evaluating import evaluated
from evaluation.files import json_lines
from evaluation.judged_sets import JudgedSet, judged_set
from evaluation.kept import save_records
from evaluation.markdown import ablation_table, kinds_table, sets_table
from evaluation.records import Record
from evaluation.report import write_report
from indexer.training.recipe import Recipe
from indexer.training.split import set_aside
from search_api.cli.progress import progress

__all__ = ["SETS", "Measured", "main", "write_set_aside"]

_SHORT = ("hybrid", "lexical", "dense")
_TYPED = ("hybrid", "hybrid-no-accents", "hybrid-literal")


@dataclass(frozen=True, slots=True)
class Measured:
    """One set and the ways to search that are measured on it."""

    name: str
    judged: Callable[[Path, Path], JudgedSet]
    """From the shared folder and a folder to write in."""
    ways: tuple[str, ...] = _SHORT


def _plans(shared: Path, _: Path) -> JudgedSet:
    queries = shared / "retrieval" / "plans_dev_queries.jsonl"
    return judged_set(str(shared / "documents" / "plans"), queries)


def _set_aside(shared: Path, work: Path) -> JudgedSet:
    folder = work / "paraphrases"
    write_set_aside(shared, folder)
    return judged_set(str(folder))


def _code(shared: Path, _: Path) -> JudgedSet:
    return judged_set(str(shared / "retrieval" / "phapdien"))


SETS = (
    Measured("plans", _plans),
    Measured("sample", lambda _shared, _work: judged_set("sample")),
    Measured("xquad_vi", lambda shared, _: judged_set(str(shared / "retrieval" / "xquad_vi"))),
    Measured("paraphrases", _set_aside),
    Measured("phapdien", _code, tuple(configurations.ablation())),
    Measured("phapdien-stripped", lambda shared, work: disturbed(_code(shared, work), "stripped"), _TYPED),
)
"""In the order of the tables."""


def write_set_aside(shared: Path, folder: Path) -> None:
    """Paraphrases of the passages that training set aside, over all written passages, as a BEIR folder."""
    recipe = Recipe()
    written = list(json_lines(shared / "training" / "synthetic_queries.jsonl"))
    asked = [
        (number, query)
        for number in set_aside(len(written), recipe.held_out, recipe.seed)
        for query in written[number]["queries"]["paraphrase"]
    ]
    folder.mkdir(parents=True, exist_ok=True)
    passages = ({"_id": one["id"], "title": one["head"], "text": one["text"]} for one in written)
    queries = ({"_id": f"q{place}", "text": query} for place, (_, query) in enumerate(asked))
    for name, rows in (("corpus", passages), ("queries", queries)):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    qrels = "".join(f"q{place}\t{written[number]['id']}\t1\n" for place, (number, _) in enumerate(asked))
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True)
@click.option("--out", type=click.Path(path_type=Path), default=Path("var/figures"), show_default=True)
@click.option("--cache", type=click.Path(path_type=Path), help="Nơi giữ chỉ mục; mặc định: OUT/cache.")
@click.option("--set", "chosen", type=click.Choice([one.name for one in SETS]), multiple=True)
@click.option("--model", help="Mô hình nhúng; mặc định: mô hình đi kèm.")
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Số tiến trình hỏi.")
def main(  # noqa: PLR0917 - click passes by name
    shared: Path, out: Path, cache: Path | None, chosen: tuple[str, ...], model: str | None, jobs: int
) -> None:
    """Đo lại mọi số liệu về tìm kiếm trong docs/: tệp kết quả, báo cáo và bảng nằm trong OUT."""
    out.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[Record]] = {}
    for one in SETS:
        if chosen and one.name not in chosen:
            continue
        started = time.perf_counter()
        ways = [configurations.configuration(name) for name in one.ways]
        records = evaluated(
            one.judged(shared, out),
            ways,
            cache=cache or out / "cache",
            watch=progress,
            model=model,
            jobs=jobs,
        )
        found[one.name] = records
        save_records(out / f"{one.name}.json", records)
        write_report(out / f"{one.name}.html", records)
        click.echo(f"{one.name}: {time.perf_counter() - started:.0f} s", err=True)
    (out / "figures.md").write_text("\n\n".join(_tables(found)) + "\n", encoding="utf-8")
    click.echo(f"Bảng số liệu: {out / 'figures.md'}")


def _tables(found: dict[str, list[Record]]) -> Iterator[str]:
    several: Sequence[Sequence[Record]] = list(found.values())
    yield sets_table(several)
    yield from (kinds_table(records) for records in several if records[0].by_kind)
    yield from (ablation_table(records) for records in several)


if __name__ == "__main__":
    try:
        main()
    except TracuuError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
