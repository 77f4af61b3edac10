"""What a results page shows, ready to print: no template computes anything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from corpus.types import PageReading
from search_api.citation_text import citation_text
from search_api.engine import MOST_READINGS
from search_api.links import document_url
from search_api.types import Group, Hit, Query, Response, Understanding
from web.asking import MOST_RESULTS, PAGE, Asked
from web.highlight import Excerpt, excerpt
from web.linking import Link
from web.narrowing import Choice, FilterView, active, filters
from web.wording import beginning, document_line, document_name, recognised

__all__ = [
    "Choice", "FilterView", "GroupView", "HitView", "Link", "ResultsView", "passage_link", "results_view",
    "section_anchor",
]  # fmt: skip

_LONGEST_SHOWN = 900
"""Characters of one passage on a results page; the document page has the rest."""

_LONGEST_LEAD = 180

_LONGEST_CITED = 20_000
"""Characters of a passage that can be copied as a citation; a file without line breaks has longer ones."""

_LONGEST_BACK = 300
"""Characters of a question that links to passages carry along, so that the way back is one click."""

_LONGEST_STEP = 90
"""Characters shown of an outer heading; the innermost is shown whole."""


@dataclass(frozen=True, slots=True)
class HitView:
    """One passage found: its excerpt, where it stands, how to cite it."""

    rank: int
    id: str
    url: str
    excerpt: Excerpt
    lead: str | None
    page: int | None
    citation: str | None
    heading: bool
    recognised: str | None
    """How sure the recognition of a scan is, None where the page has a text of its own."""


@dataclass(frozen=True, slots=True)
class GroupView:
    """Passages of one section under their heading path and document."""

    position: int
    path: tuple[str, ...]
    section_url: str
    document_url: str
    line: tuple[str, ...]
    name: str
    sample: bool
    newer_url: str | None
    """Where the newest version of this older one is."""
    hits: tuple[HitView, ...]


@dataclass(frozen=True, slots=True)
class ResultsView:
    """A whole results page."""

    asked: Asked
    text: str
    understood: tuple[str, ...]
    other_way: Link | None
    """The same words searched literally, or no longer literally."""
    groups: tuple[GroupView, ...]
    hits: int
    documents: int
    took_ms: float
    filters: tuple[FilterView, ...]
    active: tuple[Link, ...]
    """Filters that are set, each with the address that takes it off."""
    more_url: str | None
    suggestions: tuple[Link, ...]
    has_sample: bool
    mixed: bool
    """Some documents are fictional and some are not, so that each must say which."""
    notices: tuple[str, ...]
    older: Link | None
    """The same question to older versions too, or no longer."""


def section_anchor(document_id: str, ordinal: int) -> str:
    """The id of a section's heading on the document page; the engine names heading hits so too."""
    return f"{document_id}.s{ordinal}"


def passage_link(document_id: str, passage_id: str, q: str = "") -> str:
    """Address of a passage in its document: marked by the server, scrolled to by the fragment."""
    back = f"&q={quote(q, safe='')}" if 0 < len(q) <= _LONGEST_BACK else ""
    where = quote(passage_id, safe="")
    return f"{document_url(document_id)}?passage={where}{back}#{where}"


def results_view(
    asked: Asked,
    response: Response,
    title_of: Callable[[str], str],
    is_sample: Callable[[str], bool],
    read_how: Callable[[str], Mapping[int, PageReading]] = lambda _: {},
) -> ResultsView:
    """Lay out one response.

    `title_of` names a document by id, for filters on documents; `read_how` tells how its pages were read.
    """
    readings = {id_: read_how(id_) for id_ in dict.fromkeys(one.document.id for one in response.groups)}
    groups = tuple(
        _group(group, position, asked, is_sample, readings[group.document.id])
        for position, group in enumerate(response.groups, start=1)
    )
    more = len(response.hits) >= asked.k and asked.k < MOST_RESULTS
    next_k = min(asked.k + PAGE, MOST_RESULTS)
    return ResultsView(
        asked=asked,
        text=response.query.text,
        understood=(
            *(sentence for u in response.query.understandings if (sentence := _understood(u))),
            *(f"cũng tìm “{text}”" for text in _other_readings(response.query)),
        ),
        other_way=_other_way(asked, response),
        groups=groups,
        hits=len(response.hits),
        documents=len({hit.document.id for hit in response.hits}),
        took_ms=response.took_ms,
        filters=filters(asked, response),
        active=active(asked, title_of),
        more_url=f"{replace(asked, k=next_k).url}#nhom-{len(groups) + 1}" if more else None,
        suggestions=() if groups else _suggestions(asked, response),
        has_sample=any(group.sample for group in groups),
        mixed=len({group.sample for group in groups}) > 1,
        notices=response.notices,
        older=_older(asked, response),
    )


def _older(asked: Asked, response: Response) -> Link | None:
    if asked.older:
        return Link("chỉ bản mới nhất của mỗi văn bản", replace(asked, older=False, k=PAGE).url)
    if not response.older:
        return None
    return Link(f"tìm cả trong {response.older} bản cũ", replace(asked, older=True, k=PAGE).url)


def _group(
    group: Group,
    position: int,
    asked: Asked,
    is_sample: Callable[[str], bool],
    readings: Mapping[int, PageReading],
) -> GroupView:
    document = group.document
    first = group.hits[0].stored.passage
    url = document_url(document.id)
    anchor = section_anchor(document.id, first.section) if first.section is not None else ""
    shown: set[str] = {hit.stored.passage.text for hit in group.hits}
    hits = []
    for hit in group.hits:
        hits.append(_hit(hit, asked, shown, readings))
        shown.add(hit.stored.lead_text or "")  # one lead above its items is enough
    return GroupView(
        position=position,
        path=(*(beginning(step, _LONGEST_STEP) for step in group.section[:-1]), *group.section[-1:]),
        section_url=f"{url}?at={anchor}#{anchor}" if anchor else url,
        document_url=url,
        line=tuple(document_line(document.metadata)),
        name=document_name(document.metadata, document.source),
        sample=is_sample(document.id),
        newer_url=document_url(group.hits[0].newer) if group.hits[0].newer else None,
        hits=tuple(hits),
    )


def _hit(hit: Hit, asked: Asked, shown: set[str], readings: Mapping[int, PageReading]) -> HitView:
    passage = hit.stored.passage
    reading = readings.get(passage.page) if passage.page else None
    document = hit.document
    lead = hit.stored.lead_text
    return HitView(
        rank=hit.rank,
        id=passage.id,
        url=passage_link(document.id, passage.id, asked.q),
        excerpt=excerpt(passage.text, hit.highlights, _LONGEST_SHOWN),
        lead=_shortened(lead) if lead and lead not in shown else None,
        page=passage.page,
        citation=citation_text(hit.stored, document) if len(passage.text) <= _LONGEST_CITED else None,
        heading=hit.kind == "heading",
        recognised=recognised(reading),
    )


def _shortened(lead: str) -> str:
    """The end of a lead: "…, cụ thể:" is what its items hang on."""
    if len(lead) <= _LONGEST_LEAD:
        return lead
    return "… " + lead[-_LONGEST_LEAD:].split(" ", 1)[-1]


_SENTENCES: Final[dict[str, str]] = {
    "accents": "thêm dấu: “{typed}” thành “{understood}”",
    "abbreviation": "viết tắt: “{typed}” là “{understood}”",
    "body": "cơ quan: “{typed}” là “{understood}”",
    "slip": "sửa lỗi gõ: “{typed}” thành “{understood}”",
    "reference": "số văn bản: {understood}",
    "phrase": "đúng nguyên cụm “{understood}”",
    "exclusion": "bỏ đoạn có “{understood}”",
    "filter": "chỉ trong: {understood}",
    "shortened": "câu hỏi quá dài: {understood}",
}


def _understood(understanding: Understanding) -> str | None:
    sentence = _SENTENCES.get(understanding.kind)
    if sentence is None:
        return None
    return sentence.format(typed=understanding.typed, understood=understanding.understood)


def _other_readings(query: Query) -> list[str]:
    """What is searched besides the text shown, where no other sentence says so."""
    said = [
        part
        for u in query.understandings
        if u.kind in ("body", "abbreviation")
        for part in (u.typed, *u.understood.split(" / "))
    ]
    new = [part for part in said if part not in query.text]
    texts = dict.fromkeys(reading.text for reading in query.readings[:MOST_READINGS])
    return [text for text in texts if not any(part in text for part in new)]


def _other_way(asked: Asked, response: Response) -> Link | None:
    if asked.literal:
        return Link("cho hiểu rộng hơn", replace(asked, literal=False, k=PAGE).url)
    if response.query.understandings or response.query.text != asked.q:
        return Link("tìm nguyên văn", replace(asked, literal=True, k=PAGE).url)
    return None


def _suggestions(asked: Asked, response: Response) -> tuple[Link, ...]:
    links = []
    if asked.narrowed:
        links.append(Link("Tìm trong cả thư viện, bỏ các điều kiện lọc", asked.without_filters().url))
    if asked.literal:
        links.append(Link("Bỏ “tìm nguyên văn”", replace(asked, literal=False).url))
    if response.query.phrases:
        unquoted = asked.q.translate(str.maketrans("", "", '"“”'))
        links.append(Link("Bỏ dấu ngoặc kép", replace(asked, q=unquoted).url))
    words = asked.q.split()
    if len(words) > 4:
        shorter = " ".join(words[: (len(words) + 1) // 2])
        links.append(Link(f"Tìm ít từ hơn: “{shorter}”", replace(asked, q=shorter).url))
    return tuple(links)
