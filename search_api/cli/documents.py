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
def documents(as_json: bool) -> None:
    """Liệt kê các văn bản trong thư viện."""
    with Library.open(settings().library) as library:
        held = library.documents()
    if as_json:
        click.echo(json.dumps([summary_json(document) for document in held], ensure_ascii=False, indent=2))
        return
    for document in held:
        click.echo(f"{document.id}  {brief(document.metadata, document.source)}  ({document.passages} đoạn)")
        if document.metadata.title:
            click.echo(wrapped(document.metadata.title, " " * 18))
    if not held:
        click.echo("Thư viện chưa có văn bản nào. Thêm bằng: tracuu add THƯ_MỤC")
