"""Ways to search, by name. All of them are settings of the product; none has code of its own."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from corpus.errors import TracuuError
from search_api.query import step_names
from search_api.settings import Settings, Weights

__all__ = ["DEFAULT", "Configuration", "ablation", "configuration", "names", "read_weights"]

DEFAULT = ("hybrid", "lexical", "dense")
"""Configurations that are measured where none is named."""

_PARTS = tuple(part.name for part in fields(Weights))
_NOTHING = Weights(**dict.fromkeys(_PARTS, 0.0))
_BY_ENCODER = ("dense", "near", "asked")
"""Parts that the encoder gives."""
_FIELDS = ("words", "bigrams", "folded", "syllables")
_STEPS_OF_ABLATION = ("accents",)
"""Steps of understanding that are left out in turn where everything is measured; the others by name."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """One way to search."""

    name: str
    weights: Weights = field(default_factory=Weights)
    find_by: Mapping[str, float] | None = None
    """Weights of the lexical fields when candidates are looked for; None is as the index does."""
    literal: bool = False
    """Nothing is read into the question."""
    without: tuple[str, ...] = ()
    """Steps of understanding passed over."""
    model: str | None = None
    """Encoder by path or name; None is the one given for all configurations."""

    def settings(self, library: Path, model: str | None) -> Settings:
        """The engine's settings for a library indexed with `model`."""
        return Settings(
            library=library, model=model, weights=self.weights, find_by=self.find_by, without=self.without
        )

    def as_json(self) -> dict[str, Any]:
        """As plain data, to be kept with the figures."""
        about: dict[str, Any] = {"name": self.name, "weights": asdict(self.weights)}
        if self.find_by is not None:
            about["find_by"] = dict(self.find_by)
        if self.literal:
            about["literal"] = True
        if self.without:
            about["without"] = list(self.without)
        return about


def configuration(name: str) -> Configuration:
    """The configuration of that name, maybe with a model after "@" ("dense@./my-model").

    TracuuError, listing what there is, for a name that is none.
    """
    plain, _, model = name.partition("@")
    found = _named().get(plain)
    if found is None:
        raise TracuuError(f"Không có cấu hình “{plain}”; hãy chọn trong: {', '.join(names())}.")
    return replace(found, name=name, model=model or None)


def names() -> list[str]:
    """All names, in the order of a table that reads well."""
    return list(_named())


def ablation() -> list[str]:
    """Names of what is measured as "all": every part alone and left out, understanding on and off."""
    rest = {f"hybrid-no-{step}" for step in step_names() if step not in _STEPS_OF_ABLATION}
    return [name for name in names() if name not in rest]


def read_weights(text: str) -> Configuration:
    """A configuration from "words=1,dense=.8": the product's weights but for those named.

    TracuuError for a part that does not exist or a value that is no number from 0 up.
    """
    given: dict[str, float] = {}
    for pair in filter(None, (pair.strip() for pair in text.split(","))):
        part, _, value = (piece.strip() for piece in pair.partition("="))
        try:
            given[part] = float(value)
        except ValueError:
            raise TracuuError(f"Trọng số “{pair}” không đúng dạng TÊN=SỐ; ví dụ: dense=0.8.") from None
        if part not in _PARTS or not 0 <= given[part] < float("inf"):
            raise TracuuError(f"Trọng số “{pair}” không hợp lệ; các phần có: {', '.join(_PARTS)}.")
    name = ",".join(f"{part}={value:g}" for part, value in given.items())
    return Configuration(name, replace(Weights(), **given))


def _named() -> dict[str, Configuration]:
    whole = Weights()
    fields_only = {name: (name,) for name in _FIELDS} | {"words+bigrams": ("words", "bigrams")}
    found = [
        Configuration("hybrid"),
        Configuration("lexical", replace(whole, **dict.fromkeys(_BY_ENCODER, 0.0))),
        Configuration("dense", replace(_NOTHING, dense=1.0, near=1.0), find_by={}),
        Configuration("one-vector", replace(_NOTHING, dense=1.0), find_by={}),
        *(
            Configuration(
                name, replace(_NOTHING, **dict.fromkeys(used, 1.0)), find_by=dict.fromkeys(used, 1.0)
            )
            for name, used in fields_only.items()
        ),
        *(
            Configuration(f"hybrid-no-{part}", replace(whole, **{part: 0.0}))
            for part in _PARTS
            if getattr(whole, part) > 0
        ),
        Configuration("hybrid-literal", literal=True),
        *(Configuration(f"hybrid-no-{step}", without=(step,)) for step in step_names()),
    ]
    return {one.name: one for one in found}
