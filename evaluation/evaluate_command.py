"""tracuu evaluate: the product measured on judged questions; runs kept, compared, held to a gate."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.saying import passed, say, say_comparison
from search_api.cli.options import common, settings
from search_api.cli.progress import progress

if TYPE_CHECKING:
    from evaluation.configurations import Configuration
    from evaluation.judged_sets import JudgedSet
    from evaluation.records import Record

__all__ = ["default_cache", "evaluate"]

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
@click.option(
    "--run",
    "foreign",
    type=_PATH,
    multiple=True,
    metavar="TỆP",
    help="Chấm một tệp kết quả làm sẵn: TREC, hoặc .jsonl do `tracuu search --queries` in ra; lặp lại được.",
)
@click.option("--json", "as_json", is_flag=True, help="In JSON.")
@click.option("--save", type=_PATH, metavar="TỆP", help="Ghi kết quả từng câu để so sánh về sau.")
@click.option("--runs", type=_PATH, metavar="THƯ_MỤC", help="Ghi tệp kết quả và tệp chấm (qrels) dạng TREC.")
@click.option("--report", type=_PATH, metavar="TỆP.html", help="Ghi báo cáo để đọc: một trang HTML.")
@click.option("--gate", type=_PATH, metavar="TỆP", help="Thoát mã 1 nếu kém rõ rệt so với tệp --save này.")
@click.option("--compare", type=_PATH, nargs=2, metavar="A B", help="So sánh hai tệp đã ghi bằng --save.")
@click.option(
    "--kept",
    type=_PATH,
    multiple=True,
    metavar="TỆP",
    help="Đọc lại tệp đã ghi bằng --save, không đo; lặp lại được.",
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, metavar="SỐ", help="Số tiến trình hỏi cùng lúc."
)
@click.option("--cache", type=_PATH, metavar="THƯ_MỤC", help="Nơi giữ chỉ mục của các kho đã lập.")
def evaluate(  # noqa: PLR0917 - click passes by name
    dataset: str | None,
    more: tuple[str, ...],
    queries: Path | None,
    qrels: Path | None,
    configs: tuple[str, ...],
    weights: tuple[str, ...],
    typed: str | None,
    foreign: tuple[Path, ...],
    as_json: bool,
    save: Path | None,
    runs: Path | None,
    report: Path | None,
    gate: Path | None,
    compare: tuple[Path, Path] | None,
    kept: tuple[Path, ...],
    jobs: int,
    cache: Path | None,
) -> int:
    """Đo chất lượng tìm kiếm trên câu hỏi đã chấm.

    BỘ_DỮ_LIỆU là “sample” (kho mẫu đi kèm), một thư mục BEIR, hoặc một thư mục văn bản cùng --queries.
    """
    from evaluation.kept import load_records, save_records

    if compare:
        say_comparison(*map(load_records, compare), as_json=as_json)
        _report(report, _together(compare))
        return 0
    if kept:
        records = _together(kept)
        say(records, as_json=as_json)
        _report(report, records)
        return 0
    if dataset is None:
        raise click.UsageError("Hãy cho một bộ dữ liệu (ví dụ: sample), hoặc --compare A B, hoặc --kept TỆP.")
    if more and not configs:
        raise click.UsageError(f"Thừa “{more[0]}”; cấu hình được chọn bằng --config.")
    from evaluation.comparing import distinct
    from evaluation.foreign import judged_runs
    from evaluation.judged_sets import judged_set

    chosen = _chosen([*configs, *more], weights, foreign)
    reference = load_records(gate) if gate else None
    judged = judged_set(dataset, queries, qrels)
    if typed is not None:
        judged = _typed(judged, typed)
    cache = cache or default_cache()
    records = _measured(judged, chosen, cache, runs, jobs=jobs) if chosen else []
    records += judged_runs(judged, foreign, cache, settings().model)
    records = distinct([(record.configuration.get("run", ""), record) for record in records])
    if save:
        save_records(save, records)
    say(records, as_json=as_json)
    _report(report, records)
    return passed(reference, records) if reference is not None else 0


def _chosen(names: Sequence[str], weights: Sequence[str], foreign: Sequence[Path]) -> list["Configuration"]:
    from evaluation import configurations

    wanted = [name for one in names for name in one.split(",") if name]
    if "all" in wanted:
        wanted = configurations.ablation() + [name for name in wanted if name != "all"]
    if not wanted and not foreign:
        wanted = ["hybrid"] if weights else list(configurations.DEFAULT)
    found = [configurations.configuration(name) for name in dict.fromkeys(wanted)]
    return found + [configurations.read_weights(text) for text in dict.fromkeys(weights)]


def _typed(judged: "JudgedSet", way: str) -> "JudgedSet":
    from evaluation.disturbing import WAYS, disturbed

    if way not in WAYS:
        raise click.UsageError(f"Không có kiểu gõ “{way}”; hãy chọn trong: {', '.join(WAYS)}.")
    return disturbed(judged, way)


def _measured(
    judged: "JudgedSet", chosen: Sequence["Configuration"], cache: Path, runs: Path | None, *, jobs: int
) -> list["Record"]:
    from evaluation.evaluating import evaluated
    from evaluation.foreign import write_judgements

    def keep(record: "Record", run: Mapping[str, Sequence[str]]) -> None:
        if runs:
            _write_run(runs, record.name, run)

    model = settings().model
    records = evaluated(judged, chosen, cache=cache, watch=progress, model=model, jobs=jobs, finished=keep)
    if runs:
        write_judgements(judged, runs, cache, model)
    return records


def _write_run(folder: Path, name: str, run: Mapping[str, Sequence[str]]) -> None:
    from corpus.errors import TracuuError
    from evaluation.files import write_run

    plain = "".join(c if c.isalnum() or c in "+-.=," else "_" for c in name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TracuuError(f"{folder}: không tạo được ({error.strerror}); hãy chọn nơi khác.") from error
    write_run(folder / f"{plain}.run", run, plain)


def _together(paths: Sequence[Path]) -> list["Record"]:
    """Runs of several files side by side; where names meet, each is told by its file too."""
    from evaluation.comparing import distinct, same_questions
    from evaluation.kept import load_records

    files = [(path.stem, load_records(path)) for path in paths]
    same_questions([record for _, some in files for record in some])
    return distinct([(stem, record) for stem, some in files for record in some])


def _report(path: Path | None, records: Sequence["Record"]) -> None:
    if path is None:
        return
    from evaluation.report import write_report

    write_report(path, records)
    if not common().quiet:
        click.echo(f"Báo cáo: {path}", err=True)


def default_cache() -> Path:
    """Where the operating system wants what can be made again."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "tracuu" / "evaluation"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "tracuu" / "evaluation"
