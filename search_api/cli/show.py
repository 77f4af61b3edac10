"""tracuu show: one document, its metadata, outline, citations and passages."""

import json

import click

from corpus.library import CORRECTED, Library
from corpus.types import Document
from search_api.as_json import document_json
from search_api.cli.options import settings
from search_api.cli.terminal import brief, wrapped
from search_api.cli.vietnamese import Command
from search_api.wording import RELATIONS

__all__ = ["show"]


@click.command(cls=Command, options_metavar="[TÙY CHỌN]…")
@click.argument("document", metavar="VĂN_BẢN")
@click.option("--json", "as_json", is_flag=True, help="In JSON.")
def show(document: str, as_json: bool) -> None:
    """Xem một văn bản: mã (hoặc phần đầu của mã), số hiệu hoặc tên tệp."""
    with Library.open(settings().library) as library:
        found = library.document(library.resolve(document))
        newest = library.versions(found.id)[0]
    if as_json:
        click.echo(json.dumps(document_json(found), ensure_ascii=False, indent=2))
    else:
        if newest.id != found.id:
            click.echo(f"Có bản mới hơn: {brief(newest.metadata, newest.source)} ({newest.id})")
        _say(found)


def _say(document: Document) -> None:
    metadata = document.metadata
    click.echo(click.style(brief(metadata, document.source), bold=True))
    if metadata.title:
        click.echo(wrapped(metadata.title, ""))
    inferred = {name: source for name, source in metadata.inferred.items() if source != CORRECTED}
    facts = [
        ("Nơi ban hành", metadata.place),
        ("Người ký", " ".join(filter(None, (metadata.signer_role, metadata.signer_name))) or None),
        ("Tệp", document.source),
        ("Mã", document.id),
        ("Suy ra", "; ".join(f"{name} từ {source}" for name, source in inferred.items()) or None),
        ("Sửa tay", ", ".join(sorted(metadata.inferred.keys() - inferred.keys())) or None),
    ]
    for name, value in facts:
        if value:
            click.echo(f"{name}: {value}")
    for warning in document.warnings:
        click.echo(f"Lưu ý: {warning}")
    if document.sections:
        click.echo(click.style("\nDàn ý", bold=True))
        for section in document.sections:
            click.echo(wrapped(f"{section.label} {section.title}".strip(), "  " * section.level))
    if document.citations:
        click.echo(click.style("\nVăn bản được nhắc đến", bold=True))
        for citation in document.citations:
            name = " ".join(filter(None, (citation.kind, citation.number)))
            about = " · ".join(filter(None, (name, citation.date, citation.issuer)))
            click.echo(wrapped(f"{about} ({RELATIONS[citation.relation]})", "  "))
    click.echo(click.style(f"\n{len(document.passages)} đoạn", bold=True))
    for passage in document.passages:
        click.echo(click.style(f"\n{passage.id}", dim=True))
        click.echo(wrapped(passage.text, "  "))
