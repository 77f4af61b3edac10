"""Whole documents: outline, roles, metadata and citations, from the table in `nasty_documents`."""

from collections import Counter

import pytest
from nasty_documents import CASES, Case

from corpus.read.plain import blocks_of
from corpus.types import Document, SourceText
from corpus.understand import understand


def document_of(case: Case) -> Document:
    return understand(SourceText(blocks_of(case.text)), name=f"{case.name}.txt", sha256="0" * 64)


def outline_of(document: Document) -> list[str]:
    marks = {"heading": "", "run_in": "~ ", "attachment": "@ "}
    return [
        "  " * (section.level - 1)
        + f"{marks[section.role]}{section.label} {section.title}".replace("@  ", "@ ").strip()
        + (f" → {section.label_corrected}" if section.label_corrected else "")
        for section in document.sections
    ]


CASE = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@CASE
def test_outline(case: Case) -> None:
    assert outline_of(document_of(case)) == [line for line in case.outline.split("\n") if line.strip()]


@CASE
def test_roles(case: Case) -> None:
    wanted = {role: int(count) for role, count in (one.split() for one in case.roles.split(", "))}
    assert Counter(passage.role for passage in document_of(case).passages) == wanted


@CASE
def test_metadata(case: Case) -> None:
    metadata = document_of(case).metadata
    assert {name: getattr(metadata, name) for name in case.metadata} == case.metadata


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.cites is not None], ids=lambda case: case.name
)
def test_citations(case: Case) -> None:
    found = [(one.kind, one.number, one.relation) for one in document_of(case).citations]
    assert found == case.cites


@CASE
def test_matter(case: Case) -> None:
    found = [(part.role, part.text) for part in document_of(case).matter]
    assert [part for part in case.matter if part not in found] == []


@pytest.mark.parametrize(
    ("quoted", "labels"),
    [
        # a pair of quotation marks inside the quotation does not end it
        (["“3. Cụm từ “cấp xã” được hiểu như sau:", "4. Mức chi do tỉnh quyết định.”"], ["1.", "2."]),
        # one that is never closed ends where the next is announced
        (["“3. Mức chi do tỉnh quyết định."], ["1.", "2."]),
    ],
)
def test_points_of_a_quotation_are_not_the_documents_own(quoted: list[str], labels: list[str]) -> None:
    lines = ["Điều 1. Sửa đổi", "1. Sửa đổi khoản 3 Điều 5 như sau:", *quoted,
             "2. Sửa đổi khoản 1 Điều 6 như sau:", "“1. Hồ sơ gồm đơn và bản sao.”"]  # fmt: skip
    document = understand(SourceText(blocks_of("\n\n".join(lines))), name="a.txt", sha256="0" * 64)
    assert [passage.label for passage in document.passages if passage.label] == labels
