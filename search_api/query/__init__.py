"""A query typed → a query understood: a pipeline of small steps, each in a module of its own.

`Draft` says what goes from step to step, `Knowledge` what the library knows; `understanding.py` lists
the steps in order. Adding an understanding is adding a module with one pure function
`step(draft, knowledge) -> Draft` and naming it there.
"""

from search_api.query.draft import Draft
from search_api.query.knowledge import Knowledge, know
from search_api.query.tidying import LONGEST
from search_api.query.understanding import parse, step_names

__all__ = ["LONGEST", "Draft", "Knowledge", "know", "parse", "step_names"]
