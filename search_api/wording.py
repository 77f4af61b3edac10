"""Vietnamese names of what the data calls by a code."""

from collections.abc import Mapping

from corpus.types import Relation

__all__ = ["RELATIONS"]

RELATIONS: Mapping[Relation, str] = {
    "implements": "thực hiện",
    "based_on": "căn cứ",
    "amends": "sửa đổi, bổ sung",
    "replaces": "thay thế",
    "mentions": "nhắc đến",
}
