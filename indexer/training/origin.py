"""What a model was trained on, written beside it so that whoever measures it knows what it has seen."""

import json
from collections.abc import Sequence
from pathlib import Path

from indexer.encoders.loading import TRAINED_ON

__all__ = ["OURS", "Origin", "read_origin", "write_origin"]

Origin = dict[str, str]

OURS: tuple[Origin, ...] = (
    {
        "name": "phapdien",
        "part": "texts",
        "data": "ca82a46d1eaa3cc70773a761b7d6cc2f70aec4a2a5890bf66453fb13553b2557",
        "note": "65.500 điều được phép huấn luyện; không có câu hỏi nào, không có điều là lời đáp",
    },
    {"name": "news", "part": "texts", "note": "150.704 tin"},
    {"name": "wikipedia", "part": "texts", "note": "7.751 bài"},
    {"name": "synthetic_queries", "note": "câu hỏi viết tay cho khoảng 4.500 đoạn"},
    {"name": "administrative", "note": "từ điển khoảng 3.400 thuật ngữ"},
)
"""Of models that `indexer.training train` makes. `part` is what of a judged set of that name was seen."""


def write_origin(directory: Path, origin: Sequence[Origin]) -> None:
    """Write it into a model's directory."""
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in origin)
    (directory / TRAINED_ON).write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def read_origin(directory: Path) -> tuple[Origin, ...]:
    """What the model in a directory was trained on; () where it does not say."""
    path = directory / TRAINED_ON
    return tuple(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else ()
