"""Citations: the other documents that a document speaks of.

The way through: `find` the mentions in every piece of the text, `resolve` bare names against the
numbers of the same document, judge the `relation` of each mention, merge the mentions of one
document.
"""

from corpus.citations.find import Mention, find_mentions
from corpus.citations.merge import merge_mentions
from corpus.citations.places import Place, places_of
from corpus.citations.relation import relation_of
from corpus.structure.layout import Laid
from corpus.types import Citation, Metadata

__all__ = ["Mention", "Place", "find_citations", "find_mentions"]


def find_citations(laid: Laid, metadata: Metadata) -> tuple[Citation, ...]:
    """All documents that a document cites, in the order of their first mention; itself left out."""
    found = [
        (place, mention, relation_of(place, mention))
        for place in places_of(laid)
        for mention in find_mentions(place.text)
    ]
    return merge_mentions(found, own_number=metadata.number)
