"""What the steps hand on to each other."""

from dataclasses import dataclass, field, replace

from search_api.types import Filters, Reading, Understanding

__all__ = ["Draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is still to be read of a query, and what was read out of it. Steps return a changed copy."""

    rest: str
    """NFC, single spaces; what the indexes will be asked unless a later step changes it."""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    readings: tuple[Reading, ...] = ()
    """What `rest` may mean as well."""
    understandings: tuple[Understanding, ...] = ()
    notices: tuple[str, ...] = ()
    """Plain sentences about what could not be understood."""

    def understood(self, *new: Understanding) -> "Draft":
        """With one more thing to show, for each of `new`."""
        return replace(self, understandings=(*self.understandings, *new))
