"""The model card: what the encoder is, what it was made from, how well it does, where it fails."""

import json
from collections.abc import Sequence

from indexer.training.measure import Figures
from indexer.training.recipe import Recipe

__all__ = ["model_card", "table"]

_HEAD = """---
language: vi
library_name: sentence-transformers
pipeline_tag: sentence-similarity
tags: [sentence-transformers, model2vec, static-embeddings, vietnamese, law]
---
# Tra Cứu encoder

Static embeddings of segmented Vietnamese words for search in law and policy: a text is the unit-length
mean of its words' vectors. Trained from nothing by the Tra Cứu project (`python -m indexer.training
train`); docs/encoder.md of the project tells what was tried.

## Use
The input is segmented and lower-cased: `" ".join(indexer.words.words(text))`.

```python
from indexer.encoders import load_encoder            # neither torch nor a download
load_encoder().encode_queries(["nhiệm vụ của Sở Giáo dục"])
from sentence_transformers import SentenceTransformer
SentenceTransformer("indexer/model").encode(["nhiệm_vụ của sở giáo_dục"])
```
An unknown word is cut into the longest known words, syllables and letters; nothing is left out.
"""

_DATA = """
## Data
- 65,500 articles of the Vietnamese legal code that may be trained on: title–text, span–rest.
- 150,704 news items and 7,751 Wikipedia articles (CC BY-SA): title–lead–body. The texts themselves
  are not in the model.
- Queries written by hand for some 4,900 passages of law and policy, those of {held} passages and of all
  that nearly repeat them left out.
- A lexicon of some 3,400 administrative terms with synonyms and everyday wordings; also used to reword
  titles and sentences of law.

No judged query of any measured set was trained on, nor were its answers in the legal code.

## Limits
Word order and negation are not seen ("được phép" and "không được phép" are near). Text without accents
is nearly noise to it: restore accents first. Other languages than Vietnamese: no. Names and numbers are
found by the lexical index, not by this. What is written about people carries the slant of law and news.
"""


def table(found: Sequence[Figures]) -> str:
    """The figures as a Markdown table."""
    weights = list(found[0].fused) if found else []
    names = ["lexical", "dense", "windowed", *(f"fused {weight:g}" for weight in weights)]
    lines = [
        f"| nDCG@10 | queries | {' | '.join(names)} | p (fused {weights[0]:g} vs lexical) |",
        "|---" * (len(names) + 3) + "|",
    ]
    for one in found:
        values = [one.lexical, one.dense, one.windowed, *one.fused.values()]
        cells = " | ".join(f"{value:.3f}" for value in values)
        lines.append(f"| {one.name} | {one.queries:,} | {cells} | {one.p_value:.4f} |")
    return "\n".join(lines)


def model_card(recipe: Recipe, tokens: int, found: Sequence[Figures], minutes: float) -> str:
    """The README.md of a model directory."""
    size = f"\n## Size\n{tokens:,} tokens, {recipe.dimension} dimensions, 8 bits a value; "
    trained = f"trained in {minutes:.0f} minutes on a CPU.\n" if minutes else "trained on a CPU.\n"
    measured = f"\n## Figures\n{table(found)}\n" if found else ""
    settings = json.dumps(recipe.as_json(), indent=1)
    made = f"\n## Recipe\n```json\n{settings}\n```\nThe same inputs and seed give the same model.\n"
    return _HEAD + size + trained + _DATA.format(held=recipe.held_out) + measured + made
