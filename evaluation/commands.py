"""Commands that this room adds to `tracuu`."""

import json
from pathlib import Path
from typing import Any

import click

from corpus.errors import TracuuError
from evaluation.evaluate_command import evaluate

__all__ = ["evaluate", "evaluate_structure"]


@click.command("evaluate-structure")
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def evaluate_structure(gold: Path, files: tuple[Path, ...], as_json: bool) -> None:
    """Chấm việc đọc cấu trúc: so FILES với bản đọc tay GOLD (gold.json), từng trường một."""
    from corpus.read import read_source
    from corpus.understand import understand
    from evaluation.structure import found_in, score_structure

    readings = _read_gold(gold)
    scores = {}
    for file in files:
        if file.name not in readings:
            raise TracuuError(f"{file.name}: không có trong {gold.name}; hãy chọn tệp mà bản đọc tay có nêu.")
        document = understand(read_source(file), name=file.name, sha256="0" * 64)
        text = file.read_text(encoding="utf-8")
        scores[file.name] = score_structure(readings[file.name], text, found_in(document))
    if as_json:
        click.echo(
            json.dumps(
                {name: score.as_json() for name, score in scores.items()}, ensure_ascii=False, indent=1
            )
        )
        return
    for name, score in scores.items():
        _print(name, score)


def _read_gold(path: Path) -> dict[str, dict[str, Any]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {row["file"]: row for row in data["documents"]}
    except OSError as error:
        raise TracuuError(f"{path}: không mở được; hãy kiểm tra đường dẫn tới bản đọc tay.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise TracuuError(f'{path.name}: không phải bản đọc tay (JSON có mục "documents").') from error


def _print(name: str, score: Any) -> None:  # noqa: ANN401 - the score's class is imported on demand
    click.echo(name)
    for title, value in (("Mục", score.headings), ("Đoạn", score.paragraphs), ("Viện dẫn", score.citations)):
        click.echo(
            f"  {title:<10} P {value.precision:.3f}  R {value.recall:.3f}  F1 {value.f1:.3f}"
            f"  ({value.right} đúng, {value.found} tìm thấy, {value.wanted} cần có)"
        )
    click.echo(f"  {'Vai trò':<10} {score.roles.precision:.3f}")
    for field, (right, total) in score.citation_fields.items():
        click.echo(f"  viện dẫn · {field:<16} {right}/{total}")
    for field, (wanted, found, right) in score.metadata.items():
        tail = "" if right else f"  cần {wanted!r}, được {found!r}"
        click.echo(f"  thông tin · {field:<16} {'đúng' if right else 'SAI'}{tail}")
    for line in score.missing:
        click.echo(f"  {line}")
