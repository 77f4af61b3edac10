"""What `tracuu evaluate` prints: tables or JSON, a comparison, the word of the gate."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from evaluation.records import Record

__all__ = ["passed", "say", "say_comparison"]


def say(records: Sequence["Record"], *, as_json: bool) -> None:
    """Print figures, as a table or as JSON by configuration."""
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


def say_comparison(first: Sequence["Record"], second: Sequence["Record"], *, as_json: bool) -> None:
    """Print what changed between two files of runs, question by question."""
    from dataclasses import asdict

    from evaluation.comparing import changed, compare, pairs
    from evaluation.showing import changes, comparison

    both = pairs(first, second)
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


def passed(reference: Sequence["Record"], records: Sequence["Record"]) -> int:
    """Hold runs to a gate and say so; the exit code."""
    from evaluation.comparing import gate

    failures = gate(reference, records)
    for failure in failures:
        click.echo(f"Kém đi: {failure}", err=True)
    if not failures:
        click.echo("Đạt mốc: không kém đi rõ rệt.", err=True)
    return 1 if failures else 0
