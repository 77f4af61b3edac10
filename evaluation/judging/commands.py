"""tracuu judge: pools of passages, the pages to judge them on, agreement, export and import."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from search_api.cli.options import common_options, settings
from search_api.cli.progress import progress
from search_api.cli.types import Between
from search_api.cli.vietnamese import Command, VietnameseHelp

if TYPE_CHECKING:
    from evaluation.judging.types import PoolQuery

__all__ = ["judge"]

_PATH = click.Path(path_type=Path)
_POOL = click.argument("pool", type=_PATH, metavar="BỘ_CHẤM")


class _Judge(VietnameseHelp, click.Group):
    """The commands of judging; each takes the global options too."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Let the command take the global options."""
        has = {flag for parameter in cmd.params for flag in parameter.opts}
        cmd.params.extend(option for option in common_options() if not has.intersection(option.opts))
        super().add_command(cmd, name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write options, then commands."""
        VietnameseHelp.format_options(self, ctx, formatter)
        rows = [
            (name, command.get_short_help_str(limit=90)) for name, command in sorted(self.commands.items())
        ]
        with formatter.section("Lệnh"):
            formatter.write_dl(rows)


@click.command("judge", cls=_Judge, subcommand_metavar="LỆNH [THAM SỐ]…", options_metavar="[TÙY CHỌN]")
def judge() -> None:
    """Chấm đoạn văn: gộp kết quả của nhiều cách tìm, chấm trên trang web, đo độ thống nhất."""


@judge.command("pool", cls=Command)
@click.option("--queries", type=_PATH, metavar="TỆP",
              help='Câu hỏi, mỗi dòng một JSON {"id", "query"}, có thể thêm "kind", "answer".')  # fmt: skip
@click.option("--dataset", metavar="BỘ_DỮ_LIỆU",
              help="Thay cho thư viện: sample hoặc một thư mục BEIR, như ở `tracuu evaluate`.")  # fmt: skip
@click.option("--out", required=True, type=_PATH, metavar="BỘ_CHẤM", help="Tệp bộ chấm sẽ được tạo.")
@click.option("--config", "configs", multiple=True, metavar="TÊN",
              help="Cách tìm, lặp lại được. Mặc định: hybrid, lexical, dense.")  # fmt: skip
@click.option("--run", "runs", multiple=True, type=_PATH, metavar="TỆP",
              help="Tệp kết quả TREC trên cùng thư viện, lặp lại được.")  # fmt: skip
@click.option("--depth", default=10, show_default=True, type=Between(1, 100), metavar="SỐ",
              help="Số đoạn đầu lấy từ mỗi cách tìm.")  # fmt: skip
@click.option("--name", metavar="TÊN", help="Tên hiện trên trang chấm. Mặc định: tên tệp.")
@click.option("--extend", is_flag=True, help="Bổ sung vào bộ chấm đã có; điểm đã chấm giữ nguyên.")
@click.option("--cache", type=_PATH, metavar="THƯ_MỤC", help="Nơi giữ chỉ mục của --dataset.")
def pool_(  # noqa: PLR0917 - click passes by name
    queries: Path | None, dataset: str | None, out: Path, configs: tuple[str, ...], runs: tuple[Path, ...],
    depth: int, name: str | None, extend: bool, cache: Path | None,
) -> None:  # fmt: skip
    """Lập bộ chấm: gộp các đoạn đầu của nhiều cách tìm cho mỗi câu hỏi."""
    from evaluation.configurations import DEFAULT, configuration
    from evaluation.judging import pooling
    from evaluation.judging.store import Pool

    chosen = [configuration(one) for one in dict.fromkeys(configs or (() if runs else DEFAULT))]
    held = Pool.open(out) if extend else None
    directory, questions = _asked(dataset, queries, cache)
    found = [pooling.found_in_runs(runs, questions, depth)] if runs else []
    with progress("Gộp kết quả") as told:
        found.append(
            pooling.found_by_engine(
                directory, chosen, questions, depth, model=settings().model, progress=told
            )
        )
    about = {
        "name": name or out.stem,
        "seed": secrets.token_hex(8),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "from": ", ".join([*(one.name for one in chosen), *(run.stem for run in runs)]),
        "depth": str(depth),
    }
    contents = pooling.gathered(directory, questions, found, about)
    if held is not None:
        added = held.extend(contents)
        click.echo(f"Đã bổ sung {added.queries} câu hỏi, {added.passages} đoạn vào {out}.")
    else:
        Pool.create(out, contents)
        click.echo(f"Đã lập {out}: {len(contents.queries)} câu hỏi, {len(contents.pooled)} đoạn cần chấm.")
        click.echo(f"Mở trang chấm: tracuu judge serve {out}")


def _asked(
    dataset: str | None, queries: Path | None, cache: Path | None
) -> tuple[Path, tuple["PoolQuery", ...]]:
    """The library to search and the questions: of a data set its own, unless others are given."""
    from evaluation.judging import pooling

    if dataset is None:
        if queries is None:
            raise click.UsageError("Hãy cho tệp câu hỏi bằng --queries (hoặc một bộ có sẵn bằng --dataset).")
        return settings().library, pooling.read_questions(queries)
    from evaluation.answers_files import SAMPLE_QUERIES
    from evaluation.collection import indexed
    from evaluation.evaluate_command import default_cache
    from evaluation.judged_sets import judged_set
    from evaluation.judging.types import PoolQuery
    from indexer.encoders import load_encoder

    judged = judged_set(dataset)
    with progress("Lập chỉ mục") as told:
        directory, _ = indexed(
            judged.collection, load_encoder(settings().model), cache or default_cache(), progress=told
        )
    if queries is None and dataset == "sample":
        queries = SAMPLE_QUERIES
    if queries is not None:
        return directory, pooling.read_questions(queries)
    return directory, tuple(PoolQuery(one.id, one.text, one.kind) for one in judged.topics)


@judge.command("serve", cls=Command)
@_POOL
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ĐỊA_CHỈ",
              help="Địa chỉ để nghe; 0.0.0.0 để người chấm ở máy khác cùng vào bằng mã.")  # fmt: skip
@click.option("--port", default=8001, show_default=True, type=Between(0, 65535), metavar="CỔNG",
              help="Cổng để nghe; 0 để hệ thống chọn.")  # fmt: skip
@click.option("--token", envvar="TRACUU_JUDGE_TOKEN", metavar="MÃ",
              help="Mã truy cập (hoặc biến TRACUU_JUDGE_TOKEN); mở ra mạng thì tự sinh.")  # fmt: skip
def serve(pool: Path, host: str, port: int, token: str | None) -> None:
    """Mở trang chấm trên máy này. Dừng bằng Ctrl-C; mỗi lần bấm đều đã được ghi."""
    from web.serving import address_of, is_loopback, known_hosts, listen, run

    listening = listen(host, port)
    try:
        from evaluation.judging.app import create_app
        from evaluation.judging.store import Pool

        local = is_loopback(listening)
        if not local and not token:
            token = secrets.token_urlsafe(12)
        app = create_app(Pool.open(pool), token=token or None, hosts=known_hosts(host) if local else None)
        address = f"{address_of(host, listening)}/"
        click.echo(f"Trang chấm: {address}{f'?token={token}' if token else ''}")
        if not local:
            click.echo("Gửi địa chỉ này cho người chấm, thay 127.0.0.1 bằng địa chỉ của máy trong mạng.")
        click.echo("Dừng bằng Ctrl-C.")
        run(app, listening)
    finally:
        listening.close()


@judge.command("export", cls=Command)
@_POOL
@click.option("--form", "form", default="json", show_default=True, metavar="DẠNG",
              help="json (mọi thứ, nạp lại được), quotes (trích dẫn đã chấm), qrels (TREC).")  # fmt: skip
@click.option("--judge", "one", metavar="TÊN", help="Chỉ điểm của một người; mặc định là điểm chung.")
@click.option("--out", type=_PATH, metavar="TỆP", help="Ghi vào tệp này thay vì in ra.")
def export(pool: Path, form: str, one: str | None, out: Path | None) -> None:
    """Xuất bản chấm: đầy đủ (JSON), trích dẫn đã chấm (JSON Lines) hoặc qrels."""
    from evaluation.judging import results
    from evaluation.judging.exchange import exported, save
    from evaluation.judging.store import Pool

    opened = Pool.open(pool)
    text = exported(opened, form, one)
    if form != "json" and one is None:
        open_ = [d for d in results.disagreements(*results.of(opened)) if d.settled is None]
        if open_:
            click.echo(
                f"Lưu ý: {len(open_)} đoạn chấm khác nhau chưa thống nhất; tạm lấy điểm giữa.", err=True
            )
    if out is None:
        click.echo(text, nl=False)
    else:
        save(text, out)
        click.echo(f"Đã ghi {out}.")


@judge.command("import", cls=Command)
@_POOL
@click.argument("file", type=_PATH, metavar="TỆP")
@click.option("--form", "form", default="json", show_default=True, metavar="DẠNG",
              help="json (bản xuất đầy đủ), quotes (trích dẫn đã chấm), qrels (TREC, BEIR).")  # fmt: skip
@click.option("--judge", "one", metavar="TÊN", help="Với quotes, qrels: ghi thành điểm của người này.")
def import_(pool: Path, file: Path, form: str, one: str | None) -> None:
    """Nạp bản xuất JSON vào BỘ_CHẤM; chưa có thì tạo mới. Nạp hai lần cũng như một.

    Điểm đã có từ trước (quotes, qrels) thì ghi vào BỘ_CHẤM có sẵn như điểm của một người chấm.
    """
    from evaluation.judging.exchange import load
    from evaluation.judging.store import Pool

    if form != "json":
        from evaluation.judging.earlier import take_over

        if not one:
            raise click.UsageError("Hãy cho biết đó là điểm của ai bằng --judge TÊN.")
        taken = take_over(Pool.open(pool), file, form, one)
        click.echo(f"Đã ghi {taken.grades} điểm của {one}; {taken.elsewhere} điểm nằm ngoài bộ chấm.")
        return
    contents = load(file)
    if not pool.exists():
        Pool.create(pool, contents)
        click.echo(f"Đã tạo {pool}: {len(contents.queries)} câu hỏi, {len(contents.events)} lần chấm.")
        return
    added = Pool.open(pool).merge(contents)
    click.echo(
        f"Đã nạp vào {pool}: thêm {added.queries} câu hỏi, {added.passages} đoạn, {added.events} lần chấm, "
        f"{added.settlements} điểm thống nhất."
    )


@judge.command("candidates", cls=Command)
@click.option("--least", default=1, show_default=True, type=Between(1, 10_000), metavar="SỐ",
              help="Chỉ lấy câu hỏi có ít nhất bấy nhiêu lượt mở hoặc đánh dấu.")  # fmt: skip
@click.option("--out", type=_PATH, metavar="TỆP", help="Ghi vào tệp này thay vì in ra.")
def candidates_(least: int, out: Path | None) -> None:
    """Lấy câu hỏi của người đọc (tracuu serve --collect-feedback) làm ứng viên cho bộ chấm.

    Mỗi dòng một JSON, câu có kết quả bị chê đứng trước; đọc lại, bỏ câu không dùng được rồi đưa vào
    `tracuu judge pool --queries`.
    """
    from evaluation.judging.candidates import candidates
    from evaluation.judging.exchange import save
    from evaluation.judging.rows import to_json

    found = candidates(settings().library, least=least)
    text = "".join(f"{to_json(one.as_json())}\n" for one in found)
    if out is None:
        click.echo(text, nl=False)
    else:
        save(text, out)
        click.echo(f"Đã ghi {len(found)} câu hỏi vào {out}.")


@judge.command("agreement", cls=Command)
@_POOL
def agreement(pool: Path) -> None:
    """In độ thống nhất: kappa của từng cặp người chấm, alpha của tất cả."""
    from evaluation.judging import results
    from evaluation.judging.store import Pool
    from evaluation.judging.wording import figure, reading

    found, settled = results.of(Pool.open(pool))
    measured = results.agreement(found)
    between = (
        f" [{figure(measured.interval[0])}; {figure(measured.interval[1])}]" if measured.interval else ""
    )
    click.echo(f"{measured.graded} đoạn đã chấm, {measured.by_several} đoạn có từ hai người chấm.")
    click.echo(f"Krippendorff alpha {figure(measured.alpha)}{between}: {reading(measured.alpha)}.")
    click.echo(_table(measured.pairs), nl=False)
    apart = results.disagreements(found, settled)
    click.echo(
        f"{len(apart)} đoạn chấm khác nhau, {sum(one.settled is None for one in apart)} chưa thống nhất."
    )


def _table(pairs: Sequence[Any]) -> str:
    from evaluation.judging.wording import figure

    return "".join(
        f"  {pair.first} – {pair.second}: {pair.passages} đoạn, giống {pair.same}; Cohen kappa "
        f"{figure(pair.plain)}, tuyến tính {figure(pair.linear)}, bậc hai {figure(pair.quadratic)}\n"
        for pair in pairs
    )
