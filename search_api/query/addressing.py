"""Places inside a document: "Điều 5 nghị định 74/2025", "khoản 2 điều 3 quy chế làm việc"."""

from dataclasses import replace

from search_api.addresses import find_addresses
from search_api.query.draft import Draft
from search_api.query.knowledge import Knowledge
from search_api.types import Understanding

__all__ = ["step"]


def step(draft: Draft, _knowledge: Knowledge) -> Draft:
    """Note the places named; they stay in the text, since passages cite them in the same words."""
    found = [one for one in dict.fromkeys(find_addresses(draft.rest)) if one[1] not in draft.addresses]
    if not found:
        return draft
    return replace(draft, addresses=(*draft.addresses, *(canonical for _, canonical in found))).understood(
        *(Understanding("reference", typed, canonical) for typed, canonical in found)
    )
