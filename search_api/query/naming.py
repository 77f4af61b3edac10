"""Documents named by number or by kind and bare number."""

from dataclasses import replace

from search_api.query.draft import Draft
from search_api.query.knowledge import Knowledge
from search_api.references import find_references, in_full
from search_api.types import Understanding

__all__ = ["step"]


def step(draft: Draft, _knowledge: Knowledge) -> Draft:
    """Note documents named, and write them as documents do ("ct 58ct/tw" → "Chỉ thị 58-CT/TW")."""
    rest = draft.rest
    references = list(draft.references)
    seen: list[Understanding] = []
    for typed, canonical in find_references(draft.rest):
        if canonical in references:
            continue
        references.append(canonical)
        seen.append(Understanding("reference", typed, canonical))
        rest = rest.replace(typed, in_full(canonical), 1)
    return replace(draft, rest=rest, references=tuple(references)).understood(*seen)
