"""From the training files to what the trainer reads: vocabulary, atoms, groups, near misses.

Everything lands in one directory; a finished preparation of the same recipe is not made again.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.training.material import Article, Item, Material, Written
from indexer.training.measure import Bm25, lexical_terms
from indexer.training.recipe import Recipe
from indexer.training.rewording import Rewording
from indexer.training.split import Split, split
from indexer.training.stores import AtomFile, Whole
from indexer.training.vocabulary import Vocabulary, choose

__all__ = ["Prepared", "prepare"]

_WEIGHTS = {"articles": 2.0, "items": 0.5, "written": 4.0, "terms": 4.0}
"""What one occurrence in a source counts for when words are chosen for the vocabulary."""
_LEAST = 8
_OFTEN = 5
"""A title that more articles than this bear says nothing by itself."""
_SENTENCE = 24
_PARTS = ("tokens", "words", "items", "held_out", "negatives", "seed")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The directory of a finished preparation."""

    directory: Path

    def numbers(self, name: str) -> Whole:
        """An array of whole numbers kept by `prepare`."""
        found: Whole = np.load(self.directory / f"{name}.npy")
        return found

    def tokens(self) -> list[str]:
        """The vocabulary."""
        found: list[str] = json.loads((self.directory / "tokens.json").read_text("utf-8"))
        return found


def prepare(material: Material, recipe: Recipe, directory: Path) -> Prepared:
    """Choose the vocabulary and write every text as atoms."""
    mark = directory / "prepared.json"
    wanted = {name: value for name, value in recipe.as_json().items() if name in _PARTS}
    if mark.exists() and json.loads(mark.read_text("utf-8")) == wanted:
        return Prepared(directory)
    directory.mkdir(parents=True, exist_ok=True)
    written = material.written()
    parted = split(written, recipe.held_out, recipe.seed)
    tokens = choose(_counts(material, written), recipe.words, least=_LEAST)
    (directory / "tokens.json").write_text(json.dumps(tokens, ensure_ascii=False), "utf-8")
    vocabulary = Vocabulary.of(tokens)
    file = AtomFile(directory)
    _write_articles(file, directory, vocabulary, material)
    file.write("items", vocabulary, (text for item in _items(material) for text in item))
    _write_queries(file, directory, vocabulary, written=written, parted=parted, recipe=recipe)
    _write_terms(file, directory, vocabulary, material)
    _write_reworded(file, directory, vocabulary, material, recipe)
    mark.write_text(json.dumps(wanted), "utf-8")
    return Prepared(directory)


def _items(material: Material) -> Iterator[Item]:
    yield from material.progress(material.news())
    yield from material.encyclopedia()


def _articles(material: Material) -> list[Article]:
    """The articles that may be trained on."""
    return [article for article in material.articles() if article.train and article.text]


def _counts(material: Material, written: list[Written]) -> Counter[str]:
    sources: dict[str, Iterable[Iterable[str]]] = {
        "articles": ((article.title, article.text) for article in _articles(material)),
        "items": _items(material),
        "written": ((one.head, one.text, *(q for qs in one.queries.values() for q in qs)) for one in written),
        "terms": ((one.term, *one.same, *one.plain, *one.abbr, *one.near) for one in material.terms()),
    }
    weighted: Counter[str] = Counter()
    for name, texts in sources.items():
        counts: Counter[str] = Counter()
        for parts in texts:
            for part in parts:
                counts.update(part.split())
        for word, count in counts.items():
            weighted[word] += count * _WEIGHTS[name]  # type: ignore[assignment]
    return weighted


def _write_articles(file: AtomFile, directory: Path, vocabulary: Vocabulary, material: Material) -> None:
    articles = _articles(material)
    titles = Counter(article.title for article in articles)
    usual = [titles[article.title] > _OFTEN or not article.title for article in articles]
    np.save(directory / "usual.npy", np.array(usual))
    file.write("articles", vocabulary, (text for article in articles for text in article[2:]))


def _write_queries(
    file: AtomFile,
    directory: Path,
    vocabulary: Vocabulary,
    *,
    written: list[Written],
    parted: Split,
    recipe: Recipe,
) -> None:
    owned = [
        (index, query)
        for index, passage in enumerate(written)
        if parted.may_train(index)
        for queries in passage.queries.values()
        for query in queries
    ]
    owners = np.array([index for index, _ in owned])
    queries = [query for _, query in owned]
    file.write("written", vocabulary, (text for one in written for text in (one.head, one.text)))
    file.write("queries", vocabulary, queries)
    np.save(directory / "owners.npy", owners)
    np.save(directory / "groups.npy", np.array(parted.group))
    np.save(directory / "held.npy", np.array(parted.held))
    np.save(directory / "misses.npy", _near_misses(written, parted, queries, owners, recipe.negatives))


def _near_misses(
    written: list[Written], parted: Split, queries: list[str], owners: Whole, count: int
) -> Whole:
    """(queries, count): passages that the lexical index ranks high for a query though another is meant."""
    allowed = np.array([index for index in range(len(written)) if parted.may_train(index)])
    group = np.array(parted.group)
    index = Bm25([lexical_terms(f"{written[i].head} {written[i].text}") for i in allowed])
    found = np.zeros((len(queries), count), dtype=np.int64)
    for start in range(0, len(queries) if count else 0, 1000):
        part = slice(start, start + 1000)
        scores = index.scores([lexical_terms(query) for query in queries[part]])
        scores[group[allowed][None, :] == group[owners[part]][:, None]] = -1
        found[part] = allowed[np.argsort(-scores, axis=1, kind="stable")[:, :count]]
    return found


def _write_terms(file: AtomFile, directory: Path, vocabulary: Vocabulary, material: Material) -> None:
    """Pairs of wordings of one term, one after another; `term_groups` numbers the terms."""
    texts: list[str] = []
    groups: list[int] = []
    for number, term in enumerate(material.terms()):
        pairs = [(term.term, other) for other in (*term.same, *term.plain, *term.abbr)]
        pairs += [(same, plain) for same in term.same for plain in term.plain]
        texts.extend(text for pair in pairs for text in pair)
        groups.extend([number] * len(pairs))
    file.write("terms", vocabulary, texts)
    np.save(directory / "term_groups.npy", np.array(groups))


def _write_reworded(
    file: AtomFile, directory: Path, vocabulary: Vocabulary, material: Material, recipe: Recipe
) -> None:
    """Titles and sentences of articles in everyday words; `reworded_of` numbers the articles."""
    rewording = Rewording(material.terms())
    rng = np.random.default_rng([recipe.seed, 3])
    texts: list[str] = []
    owners: list[int] = []
    for number, article in enumerate(_articles(material)):
        words = article.text.split()
        at = int(rng.integers(max(1, len(words) - _SENTENCE)))
        for text in (article.title, " ".join(words[at : at + int(rng.integers(8, _SENTENCE))])):
            changed, replaced = rewording.reword(text, rng)
            if replaced >= 2:
                texts.append(changed)
                owners.append(number)
    file.write("reworded", vocabulary, texts)
    np.save(directory / "reworded_of.npy", np.array(owners))
