"""The steps in their order, and the one function that runs them."""

from collections.abc import Callable, Collection

from corpus.text import normalise_tones
from search_api.query import (
    abbreviations,
    accents,
    addressing,
    bodies,
    fields,
    naming,
    quoting,
    shortening,
    slips,
    spacing,
    telex,
    tidying,
)
from search_api.query.draft import Draft
from search_api.query.knowledge import Knowledge
from search_api.types import Filters, Query

__all__ = ["parse", "step_names"]

Step = Callable[[Draft, Knowledge], Draft]

ALWAYS: tuple[Step, ...] = (tidying.step,)
"""Also where a query is to be searched as typed."""

STEPS: tuple[Step, ...] = (
    fields.step,
    quoting.step,
    addressing.step,
    naming.step,
    abbreviations.step,
    telex.step,
    spacing.step,
    slips.step,
    addressing.step,  # again: what was mended may name a document
    naming.step,
    accents.step,
    bodies.step,
    shortening.step,
)
"""What is read into a query; earlier steps see what was typed, later ones what was understood."""


def step_names() -> tuple[str, ...]:
    """Names of what can be passed over, in the order of the steps: "quoting", "accents"…"""
    return tuple(dict.fromkeys(map(_name, STEPS)))


def _name(step: Step) -> str:
    return step.__module__.rpartition(".")[2]


def parse(
    typed: str,
    *,
    knowledge: Knowledge | None = None,
    filters: Filters | None = None,
    literal: bool = False,
    without: Collection[str] = (),
) -> Query:
    """Understand what was typed; never raises, whatever the string.

    With `literal`, nothing is read into it: quotes, hyphens and numbers are words like others.
    Steps named in `without` (`step_names`) are passed over: what each is worth can be measured.
    """
    knowledge = knowledge or Knowledge()
    draft = Draft(rest=typed, filters=filters or Filters())
    for step in ALWAYS if literal else (*ALWAYS, *STEPS):
        if _name(step) not in without:
            draft = step(draft, knowledge)
    return Query(
        typed=typed,
        text=normalise_tones(draft.rest),
        literal=literal,
        phrases=draft.phrases,
        excluded=draft.excluded,
        references=draft.references,
        addresses=draft.addresses,
        filters=draft.filters,
        readings=draft.readings,
        understandings=draft.understandings,
        notices=draft.notices,
    )
