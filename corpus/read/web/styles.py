"""How text on a web page looks, as far as it says something: bold, centred, an old font."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from selectolax.lexbor import LexborNode

__all__ = ["Look", "look_of"]

_BOLD_TAGS = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right|justify)", re.IGNORECASE)
_FAMILY = re.compile(r"""font(?:-family)?\s*:[^;]*?["']?(\.Vn\w+|VNI-[\w-]+)""", re.IGNORECASE)
_OLD_FACE = re.compile(r"\s*(\.Vn\w+|VNI-[\w-]+)", re.IGNORECASE)
_KEPT = re.compile(r"white-space\s*:\s*pre", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """What an element inherits. `font`: an old Vietnamese font, "" for any other; `kept`: line ends count."""

    bold: bool = False
    aligned: Literal["left", "center", "right"] | None = None
    font: str = ""
    kept: bool = False


def look_of(node: LexborNode, look: Look) -> Look:
    """The look of an element inside one that looks like `look`."""
    tag, attributes = node.tag or "", node.attributes
    if tag in _BOLD_TAGS:
        look = replace(look, bold=True)
    if tag == "center":
        look = replace(look, aligned="center")
    if not attributes:
        return look
    align = (attributes.get("align") or "").lower()
    style = attributes.get("style") or ""
    if match := _ALIGN.search(style):
        align = match[1].lower()
    if align in ("left", "center", "right", "justify"):
        look = replace(look, aligned=None if align in ("justify", "left") else align)  # type: ignore[arg-type]
    if match := _WEIGHT.search(style):
        heavy = match[1].lower() in ("bold", "bolder") or (match[1].isdigit() and int(match[1]) >= 600)
        look = replace(look, bold=heavy)
    face = _OLD_FACE.match(attributes.get("face") or "") or _FAMILY.search(style)
    if face:
        look = replace(look, font=face[1])
    elif attributes.get("face"):
        look = replace(look, font="")
    return replace(look, kept=True) if _KEPT.search(style) else look
