"""Which data an encoder was trained on, and what of a judged set it has seen.

A model's directory says it in `trained_on.json`: [{"name": "phapdien", "part": "texts", "data": "<SHA-256
of corpus.jsonl or of a document>", "note": "…"}], all but the name optional, or in the head of its card
(README.md) as the hub has it: `datasets:`. A set is known by the hash of its data or by its name.
Figures on what a model has seen flatter it.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from evaluation.judged_sets import JudgedSet
from indexer.encoders.loading import TRAINED_ON, model_directory

__all__ = ["PARTS", "seen", "trained_on"]

PARTS = {"texts": "văn bản", "questions": "câu hỏi"}
"""What may have been seen of a set, in words."""

Json = dict[str, Any]


def trained_on(spec: str | None) -> tuple[Json, ...]:
    """What the makers of a model say that it was trained on; () where they say nothing."""
    directory = model_directory(spec)
    found: list[Json] = []
    try:
        said = json.loads((directory / TRAINED_ON).read_text(encoding="utf-8"))
        found += [one for one in said if isinstance(one, dict) and isinstance(one.get("name"), str)]
    except (OSError, ValueError, TypeError):
        pass  # a model of others
    try:
        card = (directory / "README.md").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return tuple(found)
    return (*found, *({"name": name} for name in _datasets(card)))


def _datasets(card: str) -> list[str]:
    """`datasets:` of the YAML that a card begins with, in block or flow form."""
    head = re.match(r"---\n(.*?)\n---", card, re.DOTALL)
    listed = (
        re.search(r"^datasets:[ \t]*(\[.*?\]|(?:\n[ \t]*-[^\n]*)+|[^\n]+)", head[1], re.M) if head else None
    )
    if listed is None:
        return []
    names = re.split(r"[,\n]", listed[1].strip("[]"))
    return [name for name in (re.sub(r"^\s*-?\s*|[\"'\s]", "", one) for one in names) if name]


def seen(judged: JudgedSet, origin: Sequence[Json]) -> tuple[str, ...]:
    """Parts of a judged set that a model trained on `origin` has seen, in the order of PARTS.

    Where it is not said which part, all of it is taken to be seen.
    """
    parts: set[str] = set()
    for one in origin:
        if one.get("data") in judged.collection.hashes or _plain(one["name"]) == _plain(
            judged.collection.name
        ):
            said = one.get("part")
            parts.update([said] if said in PARTS else PARTS)
    return tuple(part for part in PARTS if part in parts)


def _plain(name: str) -> str:
    """A set's name without its owner and whatever is written one way or another."""
    return re.sub(r"[^a-z0-9]", "", name.rpartition("/")[2].lower())
