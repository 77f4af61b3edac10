"""tracuu search: one query, or a file of queries."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from corpus.errors import NotHeldError
from search_api.as_json import response_json, result_json
from search_api.cli.options import settings
from search_api.cli.terminal import say_hits
from search_api.cli.types import ISO_DATE, Between
from search_api.cli.vietnamese import Command
from search_api.engine import Engine
from search_api.types import Filters

__all__ = ["search"]

_LONGEST_TYPED = 10_000


@click.command(cls=Command, options_metavar="[TÙY CHỌN]…")
@click.argument("query", nargs=-1, metavar="CÂU_HỎI")
@click.option(
    "--queries",
    type=click.Path(path_type=Path),
    metavar="TỆP",
    help='Tệp JSON Lines, mỗi dòng {"id", "query"}; in mỗi dòng {"id", "results"}. "-" là đầu vào chuẩn.',
)
@click.option("-k", type=Between(1, 1000), default=10, metavar="SỐ", help="Số kết quả (mặc định 10).")
@click.option("--json", "as_json", is_flag=True, help="In JSON.")
@click.option("--kind", multiple=True, metavar="LOẠI", help="Chỉ loại văn bản này (Kế hoạch…); lặp lại được.")
@click.option("--issuer", multiple=True, metavar="CƠ_QUAN", help="Chỉ cơ quan ban hành này; lặp lại được.")
@click.option(
    "--from", "date_from", type=ISO_DATE, metavar="NGÀY", help="Ban hành từ ngày (2026-03-17, 2026)."
)
@click.option("--to", "date_to", type=ISO_DATE, metavar="NGÀY", help="Ban hành đến hết ngày.")
@click.option("--document", multiple=True, metavar="VĂN_BẢN", help="Chỉ văn bản này: mã, số hoặc tên tệp.")
@click.option("--all-versions", is_flag=True, help="Tìm cả trong bản cũ của văn bản có nhiều bản.")
@click.option("--literal", is_flag=True, help="Tìm nguyên văn, không suy đoán gì thêm.")
def search(  # noqa: PLR0917 - click passes by name
    query: tuple[str, ...],
    queries: Path | None,
    k: int,
    as_json: bool,
    kind: tuple[str, ...],
    issuer: tuple[str, ...],
    date_from: str | None,
    date_to: str | None,
    document: tuple[str, ...],
    all_versions: bool,
    literal: bool,
) -> None:
    """Tìm các đoạn văn trả lời một câu hỏi."""
    typed = " ".join(query).strip()
    if bool(typed) == bool(queries):
        raise click.UsageError("Hãy cho một câu hỏi, hoặc --queries TỆP (chỉ một trong hai).")
    if len(typed) > _LONGEST_TYPED:
        raise click.UsageError(
            f"Câu hỏi dài {len(typed)} ký tự, quá {_LONGEST_TYPED}: hãy rút còn vài câu cần tìm."
        )
    asked = list(_read_queries(queries)) if queries else []
    with Engine.open(settings()) as engine:
        filters = _checked(engine, Filters(kind, issuer, date_from, date_to, document, all_versions))
        if queries:
            for name, text in asked:
                response = engine.ask(text, k=k, filters=filters, literal=literal)
                results = [result_json(hit) | {"file": hit.document.source} for hit in response.hits]
                click.echo(json.dumps({"id": name, "results": results}, ensure_ascii=False))
            return
        response = engine.ask(typed, k=k, filters=filters, literal=literal)
    if as_json:
        click.echo(json.dumps(response_json(response), ensure_ascii=False, indent=2))
    else:
        say_hits(response)


def _checked(engine: Engine, typed: Filters) -> Filters:
    """The filters with documents resolved: a value that nothing has is a slip, not an empty answer."""
    try:
        filters = replace(typed, documents=tuple(map(engine.library.resolve, typed.documents)))
        engine.check_filters(filters)
    except NotHeldError as error:
        raise click.UsageError(str(error)) from error
    return filters


def _read_queries(path: Path) -> Iterator[tuple[Any, str]]:
    """Ids (as they stand) and queries of a JSON Lines file."""
    try:
        lines = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"Không đọc được {path}: cần một tệp JSON Lines mã UTF-8.") from error
    for number, line in enumerate(lines.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            name, text = entry["id"], entry["query"]
        except (ValueError, KeyError, TypeError) as error:
            raise click.UsageError(
                f'{path}, dòng {number}: cần một đối tượng JSON có "id" và "query".'
            ) from error
        if not isinstance(text, str):
            raise click.UsageError(f'{path}, dòng {number}: "query" phải là một chuỗi.')
        yield name, text
