"""The command line of training: `python -m indexer.training --help`."""

import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from corpus.errors import TracuuError
from indexer.encoders import load_encoder
from indexer.training.material import Material
from indexer.training.recipe import Recipe

_SHARED = click.option(
    "--shared",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path("../shared"),
    show_default=True,
    help="Thư mục dữ liệu huấn luyện (training/, retrieval/, lexicon/).",
)
_WORK = click.option(
    "--work",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("var/training"),
    show_default=True,
    help="Thư mục làm việc: bản tách từ và các điểm dừng để chạy tiếp.",
)
_PROCESSES = click.option("--processes", default=2, show_default=True, help="Số tiến trình tách từ.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Huấn luyện, đo và thích nghi mô hình ngữ nghĩa của Tra Cứu."""


@main.command()
@_SHARED
@_WORK
@_PROCESSES
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Nơi ghi mô hình.")
@click.option("--recipe", type=click.Path(path_type=Path, exists=True), help="Tệp JSON đổi các thông số.")
@click.option("--threads", default=2, show_default=True, help="Số luồng tính toán.")
@click.option("--measure/--no-measure", default=True, help="Đo mô hình và ghi số đo vào thẻ mô hình.")
def train(
    *, shared: Path, work: Path, processes: int, out: Path, recipe: Path | None, threads: int, measure: bool
) -> None:
    """Huấn luyện mô hình từ đầu; chạy lại lệnh này để đi tiếp nếu bị ngắt giữa chừng."""
    import torch

    from indexer.training.card import model_card
    from indexer.training.export import export
    from indexer.training.prepare import prepare
    from indexer.training.stages import train as train_stages
    from indexer.training.vocabulary import Vocabulary

    torch.set_num_threads(threads)
    chosen = Recipe.read(recipe) if recipe else Recipe()
    material = Material(shared, work / "cache", processes, _bar)
    prepared = prepare(material, chosen, work / "prepared")
    began = time.monotonic()
    with _Steps() as steps:
        bag = train_stages(prepared, chosen, steps)
    minutes = (time.monotonic() - began) / 60
    tokens = prepared.tokens()
    vectors = Vocabulary.of(tokens).compose(bag.weight.detach().numpy())
    export(out, tokens, vectors, model_card(chosen, len(tokens), [], minutes))
    if measure:
        found = _measured(material, chosen, out)
        export(out, tokens, vectors, model_card(chosen, len(tokens), found, minutes))
    click.echo(f"Đã ghi mô hình vào {out}.")


@main.command()
@_SHARED
@_WORK
@_PROCESSES
@click.option("--model", type=click.Path(path_type=Path), help="Thư mục mô hình; mặc định: mô hình đi kèm.")
@click.option("--json", "as_json", is_flag=True, help="In JSON.")
def measure(shared: Path, work: Path, processes: int, model: Path | None, as_json: bool) -> None:
    """Đo mô hình trên các bộ câu hỏi có đáp án: từ khóa, ngữ nghĩa và kết hợp (nDCG@10)."""
    from dataclasses import asdict

    from indexer.training.card import table

    found = _measured(Material(shared, work / "cache", processes, _bar), Recipe(), model)
    click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False) if as_json else table(found))


@main.command()
@click.argument("library", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Nơi ghi mô hình đã thích nghi.")
@click.option("--model", type=click.Path(path_type=Path), help="Mô hình xuất phát; mặc định: mô hình đi kèm.")
@click.option(
    "--judged", type=click.Path(path_type=Path, exists=True), help="Câu hỏi có đáp án trích từ thư viện."
)
@click.option("--seed", default=1, show_default=True)
def adapt(library: Path, out: Path, model: Path | None, judged: Path | None, seed: int) -> None:
    """Cho mô hình học thêm từ chính văn bản của THƯ VIỆN; chỉ ghi ra khi kết quả tìm tốt lên."""
    from corpus.library import Library
    from indexer.encoders.loading import BUNDLED
    from indexer.training.adapt import adapt as adapt_model
    from indexer.training.adapt import judge_of

    held = Library.open(library)
    judge = judge_of(held, judged) if judged else None
    found = adapt_model(held, model or BUNDLED, out, seed=seed, judge=judge)
    if found.refused:
        click.echo(f"Không ghi mô hình mới: {found.refused}. Hãy dùng tiếp mô hình cũ.")
        return
    click.echo(
        f"Đã ghi mô hình vào {out}: nDCG@10 {found.before:.3f} → {found.after:.3f} ({found.pairs} cặp)."
    )


@main.command()
@_SHARED
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Nơi ghi mô hình (.npz).")
def syllables(shared: Path, out: Path) -> None:
    """Đếm âm tiết đi liền nhau trong luật và tin tức: mô hình để thêm dấu và sửa lỗi gõ.

    Cùng dữ liệu cho ra cùng một tệp, từng byte. Đo độ đúng: python -m evaluation.restoring.
    """
    from indexer.training.ngrams import build, sources, write

    texts = {name: _bar(some, f"Đếm {name}") for name, some in sources(shared).items()}
    write(build(texts, said=click.echo), out)
    click.echo(f"Đã ghi {out} ({out.stat().st_size / 1e6:.1f} MB).")


def _measured(material: Material, recipe: Recipe, model: Path | None) -> list[Any]:
    from indexer.training.judged import legal_questions, paraphrases, reading_questions
    from indexer.training.measure import figures
    from indexer.training.quoted import plan_questions

    encoder = load_encoder(str(model) if model else None)
    written = material.written()
    return [
        figures(legal_questions(material), encoder, title_weight=2),
        figures(plan_questions(material.shared), encoder),
        figures(reading_questions(material), encoder),
        figures(paraphrases(written, recipe.held_out, recipe.seed), encoder),
    ]


def _bar(rows: Iterable[Any], doing: str = "Đọc và tách từ") -> Iterable[Any]:
    from tqdm import tqdm

    bar: Iterable[Any] = tqdm(rows, unit=" mục", mininterval=1.0, desc=doing)
    return bar


class _Steps:
    """Progress of training: one bar a stage."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._stage = ""

    def __enter__(self) -> "_Steps":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, stage: str, step: int, steps: int, loss: float) -> None:
        from tqdm import tqdm

        if stage != self._stage:
            self.__exit__()
            self._stage = stage
            self._bar = tqdm(
                total=steps, initial=step - 1, unit=" bước", mininterval=1.0, desc=f"Giai đoạn {stage}"
            )
        self._bar.set_postfix(loss=f"{loss:.3f}", refresh=False)
        self._bar.update(1)


if __name__ == "__main__":
    try:
        main()
    except TracuuError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
