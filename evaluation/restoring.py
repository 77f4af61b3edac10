"""How well accents are given back: texts set aside from the counts, typed without, read by the product.

    python -m evaluation.restoring --shared ../shared

Each sentence is asked as a query whose accents are gone, all or half of them. Counted is every syllable
that the sentence has: right means equal, accents and all. Tone placement (hoá, hóa) does not count.
"""

import json
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import click
import numpy as np

from corpus.text import SYLLABLE, fold, nfc, normalise_tones
from evaluation.disturbing import half_stripped, stripped
from indexer.language import load_model
from indexer.training.ngrams import sources
from search_api.query import Draft, Knowledge, accents
from search_api.query.language import Language

__all__ = ["Restored", "restored", "sentences"]

_ENDS = ".!?;:\n"
_LEAST, _MOST = 4, 60
"""Syllables of a sentence that is asked: shorter ones are headings and numbers, longer ones no queries."""
_SHORT = 15
"""Syllables up to which the time of a query is reported by itself."""
_SEED = 7


@dataclass(frozen=True, slots=True)
class Restored:
    """What came out for one kind of text and one way to type it."""

    texts: str
    typed: str
    sentences: int
    syllables: int
    right: float
    """Share of the syllables."""
    ms_p50: float
    """Processor time of giving accents back to one sentence."""
    ms_p95: float
    ms_short: float
    """Median for sentences of at most 15 syllables."""


def sentences(texts: Iterable[str], most: int, *, every: int = 3) -> list[str]:
    """At most `most` sentences, from every so many-th text so that they are of many kinds."""
    found: list[str] = []
    for number, text in enumerate(texts):
        if number % every == 0:
            found += _parted(text)
    random.Random(_SEED).shuffle(found)  # noqa: S311 - no secret
    return found[:most]


def _parted(text: str) -> Iterator[str]:
    plain = nfc(text)
    for sign in _ENDS:
        plain = plain.replace(sign, "\n")
    for sentence in plain.split("\n"):
        if _LEAST <= len(SYLLABLE.findall(sentence)) <= _MOST:
            yield " ".join(sentence.split())


def restored(texts: str, given: Sequence[str], typed: str, spoil: Callable[[str], str]) -> Restored:
    """Ask `given` as `spoil` makes them and count what comes back."""
    knowledge = Knowledge(language=Language.of(load_model(), lambda _field, _token: 0))
    right = syllables = 0
    times: list[tuple[int, float]] = []
    for sentence in given:
        wanted = SYLLABLE.findall(normalise_tones(sentence).lower())
        draft = Draft(spoil(sentence))
        started = time.process_time()
        text = accents.step(draft, knowledge).rest
        times.append((len(wanted), (time.process_time() - started) * 1000))
        got = SYLLABLE.findall(normalise_tones(text).lower())
        letters = [(one, other) for one, other in zip(wanted, got, strict=True) if not fold(one).isdecimal()]
        syllables += len(letters)
        right += sum(one == other for one, other in letters)
    taken = [ms for _, ms in times]
    short = [ms for length, ms in times if length <= _SHORT]
    return Restored(
        texts=texts,
        typed=typed,
        sentences=len(given),
        syllables=syllables,
        right=round(right / max(1, syllables), 5),
        ms_p50=round(float(np.quantile(taken, 0.5)), 2),
        ms_p95=round(float(np.quantile(taken, 0.95)), 2),
        ms_short=round(float(np.median(short or [0.0])), 2),
    )


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--shared",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path("../shared"),
    show_default=True,
    help="Thư mục dữ liệu (training/, retrieval/).",
)
@click.option("--most", default=5_000, show_default=True, help="Số câu của mỗi loại văn bản.")
@click.option("--json", "as_json", is_flag=True, help="In JSON.")
def main(shared: Path, most: int, *, as_json: bool) -> None:
    """Đo độ đúng của việc thêm dấu trên luật và tin tức để riêng, không dùng khi đếm âm tiết."""
    found: list[Restored] = []
    for name, texts in sources(shared, held_out=True).items():
        given = sentences(texts, most)
        chance = random.Random(_SEED)  # noqa: S311 - no secret
        found.append(restored(name, given, "stripped", stripped))
        found.append(restored(name, given, "half", partial(half_stripped, chance=chance)))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found]))
        return
    click.echo("văn bản   kiểu gõ    câu     âm tiết   đúng      ms p50  p95   câu ngắn")
    for one in found:
        click.echo(
            f"{one.texts:<9} {one.typed:<9} {one.sentences:>5} {one.syllables:>10}   {one.right:.4f}"
            f"    {one.ms_p50:>5.2f}  {one.ms_p95:>5.2f}  {one.ms_short:>5.2f}"
        )


if __name__ == "__main__":
    main()
