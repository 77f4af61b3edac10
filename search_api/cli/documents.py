"""tracuu documents: what the library holds."""

import json

import click

from corpus.library import Library
from search_api.as_json import summary_json
from search_api.cli.options import settings
from search_api.cli.terminal import brief, wrapped
from search_api.cli.vietnamese import Command

__all__ = ["documents"]


@click.command(cls=Command, options_metavar="[TÙY CHỌN]…")
@click.option("--json", "as_json", is_flag=True, help="In JSON.")
@click.option("--removed", is_flag=True, help="Các văn bản đã bỏ mà còn khôi phục được.")
def documents(as_json: bool, removed: bool) -> None:
    """Liệt kê các văn bản trong thư viện."""
    with Library.open(settings().library) as library:
        held = [one.document for one in library.removed()] if removed else library.documents()
    if as_json:
        click.echo(json.dumps([summary_json(document) for document in held], ensure_ascii=False, indent=2))
        return
    for document in held:
        click.echo(f"{document.id}  {brief(document.metadata, document.source)}  ({document.passages} đoạn)")
        if document.metadata.title:
            click.echo(wrapped(document.metadata.title, " " * 18))
    if removed and not held:
        click.echo("Không có văn bản nào đã bỏ.")
    elif not held:
        click.echo("Thư viện chưa có văn bản nào. Thêm bằng: tracuu add THƯ_MỤC")
