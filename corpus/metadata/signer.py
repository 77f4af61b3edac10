"""Who signed: on whose behalf, in what office, by what name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.clean import is_caps
from corpus.structure.marks import authority, is_name, is_signer_role
from corpus.text import fold
from corpus.types import Matter

__all__ = ["Signer", "read_signer"]

_OFFICE = re.compile(
    r"(?<!BAN)\s(?=(?:PHÓ|BÍ THƯ|CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG BAN|TRƯỞNG PHÒNG|TRƯỞNG ĐOÀN|CHÁNH"
    r"|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|CỤC TRƯỞNG|ỦY VIÊN|THƯỜNG TRỰC)\b)"
)


@dataclass(slots=True)
class Signer:
    """The first signer of a document; None where not printed."""

    authority: str | None = None
    role: str | None = None
    name: str | None = None


def read_signer(matter: Iterable[Matter]) -> Signer:
    """Read the first signature block of `matter`."""
    signer = Signer()
    for part in matter:
        if part.role != "signature":
            continue
        if signer.name is not None:
            break
        for line in _split(part.text):
            _take(signer, line)
    return signer


def _take(signer: Signer, line: str) -> None:
    if authority(line):
        signer.authority = f"{signer.authority}, {line}" if signer.authority else line
    elif is_signer_role(line):
        signer.role = f"{signer.role} {line}" if signer.role else line
    elif fold(line).strip("() .").startswith(("da ky", "ky ten")) or line.startswith("("):
        return
    elif is_name(line):
        signer.name = line.strip(" .*")
    elif is_caps(line) and signer.role:
        signer.role = f"{signer.role} {line}"


def _split(line: str) -> list[str]:
    """Authority and office on one line: "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" → two."""
    if not authority(line):
        return [line]
    first = re.match(r"\S+?[./]\S*\s*\S+", line)
    at = _OFFICE.search(line, first.end() if first else 0)
    return [line[: at.start()], line[at.end() :]] if at else [line]
