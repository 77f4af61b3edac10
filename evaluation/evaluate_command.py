"""tracuu evaluate: the product measured on judged questions; runs kept, compared and held to a gate."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_api.cli.options import settings
from search_api.cli.progress import progress

if TYPE_CHECKING:
    from evaluation.configurations import Configuration
    from evaluation.judged_sets import JudgedSet
    from evaluation.records import Record
    from evaluation.topics import Result

__all__ = ["evaluate"]

_PATH = click.Path(path_type=Path)


@click.command("evaluate")
@click.argument("dataset", required=False, metavar="BỘ_DỮ_LIỆU")
@click.argument("more", nargs=-1, metavar="[CẤU_HÌNH]…")
@click.option("--queries", type=_PATH, metavar="TỆP", help="Câu hỏi khác trên cùng kho văn bản.")
@click.option("--qrels", type=_PATH, metavar="TỆP", help="Đoạn đúng của các câu hỏi đó (BEIR hoặc TREC).")
@click.option(
    "--config",
    "configs",
    multiple=True,
    metavar="TÊN",
    help="Cấu hình tìm kiếm; lặp lại được, “all” là tất cả. Mặc định: hybrid, lexical, dense.",
)
@click.option("--weights", multiple=True, metavar="PHẦN=SỐ,…", help="Thêm một cấu hình với trọng số này.")
@click.option(
    "--typed",
    metavar="KIỂU",
    help="Gõ lại câu hỏi: stripped (không dấu), half (nửa số dấu), slip (một lỗi gõ).",
)
@click.option("--json", "as_json", is_flag=True, help="In JSON.")
@click.option("--save", type=_PATH, metavar="TỆP", help="Ghi kết quả từng câu để so sánh về sau.")
@click.option("--runs", type=_PATH, metavar="THƯ_MỤC", help="Ghi tệp kết quả TREC cho mỗi cấu hình.")
@click.option("--gate", type=_PATH, metavar="TỆP", help="Thoát mã 1 nếu kém rõ rệt so với tệp --save này.")
@click.option("--compare", type=_PATH, nargs=2, metavar="A B", help="So sánh hai tệp đã ghi bằng --save.")
@click.option("--cache", type=_PATH, metavar="THƯ_MỤC", help="Nơi giữ chỉ mục của các kho đã lập.")
def evaluate(  # noqa: PLR0917 - click passes by name
    dataset: str | None,
    more: tuple[str, ...],
    queries: Path | None,
    qrels: Path | None,
    configs: tuple[str, ...],
    weights: tuple[str, ...],
    typed: str | None,
    as_json: bool,
    save: Path | None,
    runs: Path | None,
    gate: Path | None,
    compare: tuple[Path, Path] | None,
    cache: Path | None,
) -> int:
    """Đo chất lượng tìm kiếm trên câu hỏi đã chấm.

    BỘ_DỮ_LIỆU là “sample” (kho mẫu đi kèm), một thư mục BEIR, hoặc một thư mục văn bản cùng --queries.
    """
    if compare:
        _compare(*compare, as_json=as_json)
        return 0
    if dataset is None:
        raise click.UsageError("Hãy cho một bộ dữ liệu (ví dụ: sample), hoặc --compare A B.")
    if more and not configs:
        raise click.UsageError(f"Thừa “{more[0]}”; cấu hình được chọn bằng --config.")
    from evaluation.evaluating import evaluated
    from evaluation.judged_sets import judged_set
    from evaluation.records import load_records, save_records

    chosen = _chosen([*configs, *more], weights)
    reference = load_records(gate) if gate else None
    judged = judged_set(dataset, queries, qrels)
    if typed is not None:
        judged = _typed(judged, typed)

    def keep(record: "Record", results: Mapping[str, Sequence["Result"]]) -> None:
        if runs:
            _write_run(runs, record.name, results)

    records = evaluated(
        judged,
        chosen,
        cache=cache or _default_cache(),
        watch=progress,
        model=settings().model,
        finished=keep,
    )
    if save:
        save_records(save, records)
    _say(records, as_json=as_json)
    return _passed(reference, records) if reference is not None else 0


def _chosen(names: Sequence[str], weights: Sequence[str]) -> list["Configuration"]:
    from evaluation import configurations

    wanted = [name for one in names for name in one.split(",") if name]
    if "all" in wanted:
        wanted = configurations.names()
    if not wanted:
        wanted = ["hybrid"] if weights else list(configurations.DEFAULT)
    found = [configurations.configuration(name) for name in dict.fromkeys(wanted)]
    return found + [configurations.read_weights(text) for text in dict.fromkeys(weights)]


def _typed(judged: "JudgedSet", way: str) -> "JudgedSet":
    from evaluation.disturbing import WAYS, disturbed

    if way not in WAYS:
        raise click.UsageError(f"Không có kiểu gõ “{way}”; hãy chọn trong: {', '.join(WAYS)}.")
    return disturbed(judged, way)


def _default_cache() -> Path:
    """Where the operating system wants what can be made again."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "tracuu" / "evaluation"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "tracuu" / "evaluation"


def _write_run(folder: Path, name: str, results: Mapping[str, Sequence["Result"]]) -> None:
    from corpus.errors import TracuuError
    from evaluation.files import write_run

    plain = "".join(c if c.isalnum() or c in "+-.=," else "_" for c in name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TracuuError(f"{folder}: không tạo được ({error.strerror}); hãy chọn nơi khác.") from error
    ids = {id_: [result.id for result in some] for id_, some in results.items()}
    write_run(folder / f"{plain}.run", ids, plain)


def _say(records: Sequence["Record"], *, as_json: bool) -> None:
    from evaluation.comparing import against_first
    from evaluation.showing import tables

    if not as_json:
        for line in tables(records):
            click.echo(line)
        return
    found = {record.name: record.summary() for record in records}
    for name, (one, p) in against_first(records).items():
        found[name]["versus"] = {
            "configuration": records[0].name,
            "measure": "nDCG@10",
            "difference": round(one.mean, 5),
            "interval": [round(one.low, 5), round(one.high, 5)],
            "p": round(one.p, 5),
            "p_holm": round(p, 5),
            "wins": one.wins,
            "losses": one.losses,
        }
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


def _passed(reference: Sequence["Record"], records: Sequence["Record"]) -> int:
    from evaluation.comparing import gate

    failures = gate(reference, records)
    for failure in failures:
        click.echo(f"Kém đi: {failure}", err=True)
    if not failures:
        click.echo("Đạt mốc: không kém đi rõ rệt.", err=True)
    return 1 if failures else 0


def _compare(first: Path, second: Path, *, as_json: bool) -> None:
    from dataclasses import asdict

    from evaluation.comparing import changed, compare, pairs
    from evaluation.records import load_records
    from evaluation.showing import changes, comparison

    both = pairs(load_records(first), load_records(second))
    if as_json:
        found = {
            after.name: {name: asdict(one) for name, one in compare(before, after).items()}
            for before, after in both
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for before, after in both:
        lines = [*comparison(before, after, compare(before, after)), *changes(changed(before, after))]
        click.echo("\n".join(lines))
