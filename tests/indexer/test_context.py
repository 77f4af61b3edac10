"""What of its surroundings is indexed with a passage."""

import pytest

from corpus.library import StoredPassage
from corpus.types import Metadata, Passage, Span
from indexer.context import Composition, Context, context


def stored(text: str, *, path: tuple[str, ...] = (), lead: str | None = None) -> StoredPassage:
    passage = Passage(
        id="d-0000", ordinal=0, role="paragraph", text=text, span=Span(0, len(text)), section=None
    )
    return StoredPassage(key=1, document_id="d", passage=passage, section_path=path, lead_text=lead)


WHOLE = Context(title="T", heads=("I. A", "1. B"), lead="L:", text="x")


def test_title_heads_lead_and_text() -> None:
    metadata = Metadata(kind="Kế hoạch", number="12/KH-UBND", title="Nâng cao chất lượng")
    found = context(metadata, stored("- Xóa mù chữ.", path=("I. MỤC ĐÍCH",), lead="Cụ thể:"))
    assert found == Context(
        title="Kế hoạch 12/KH-UBND Nâng cao chất lượng",
        heads=("I. MỤC ĐÍCH",),
        lead="Cụ thể:",
        text="- Xóa mù chữ.",
    )


def test_what_is_missing_is_left_out() -> None:
    found = context(Metadata(), stored("Một đoạn."))
    assert list(found.parts(Composition(2, 2, 2, 1))) == ["Một đoạn."]


@pytest.mark.parametrize(
    ("composition", "expected"),
    [
        (Composition(1, 1, 1, 1), ["T", "I. A", "1. B", "L:", "x"]),
        (Composition(0, 2, 0, 1), ["I. A", "1. B", "I. A", "1. B", "x"]),
        (Composition(2, 0, 0, 3), ["T", "T", "x", "x", "x"]),
    ],
)
def test_each_part_as_often_as_the_composition_says(composition: Composition, expected: list[str]) -> None:
    assert list(WHOLE.parts(composition)) == expected
