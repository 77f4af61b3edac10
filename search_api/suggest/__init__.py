"""What somebody may be about to type: documents, headings and words that the library holds.

`entries.py` gathers what can be suggested, `matching.py` finds it by what was typed so far,
`suggestions.py` puts the two together, once per index generation; `completing.py` asks it.
"""

from search_api.suggest.completing import complete
from search_api.suggest.suggestions import Suggestion, Suggestions

__all__ = ["Suggestion", "Suggestions", "complete"]
