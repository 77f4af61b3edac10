"""Everything that can be set about searching: as data, each with a help text."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["DEFAULT_LIBRARY", "Settings", "Weights"]

DEFAULT_LIBRARY = Path("tracuu-library")


def _help(text: str) -> dict[str, Any]:
    return {"help": text}


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts in the fused score; parts are normalised to 0…1 within a query.

    Origin: a flat region of five sets measured together with `search_api.trust` and the bundled encoder
    (docs/encoder.md, "Fusion"): plans, the sample library, the legal code, XQuAD-vi, and paraphrases of
    passages that training set aside. Half or twice any one of them moves the first four by .031 at most,
    the last by .043.
    """

    words: float = field(default=0.5, metadata=_help("Từ (đã tách từ)."))
    bigrams: float = field(default=0.3, metadata=_help("Cặp âm tiết liền nhau."))
    folded: float = field(default=0.5, metadata=_help("Âm tiết bỏ dấu; là phần duy nhất khi gõ không dấu."))
    syllables: float = field(
        default=0.0, metadata=_help("Âm tiết có dấu của riêng đoạn văn; chỉ để so với BM25 thường.")
    )
    held_words: float = field(default=0.5, metadata=_help("Tỷ lệ từ của câu hỏi có trong đoạn."))
    held_bigrams: float = field(default=2.0, metadata=_help("Tỷ lệ cặp âm tiết của câu hỏi có trong đoạn."))
    dense: float = field(default=1.0, metadata=_help("Độ gần nghĩa của cả đoạn theo mô hình nhúng."))
    near: float = field(
        default=1.2, metadata=_help("Độ gần nghĩa của từng từ trong câu hỏi với vài dòng gần nhất của đoạn.")
    )
    asked: float = field(
        default=0.5, metadata=_help("Phần của đề mục ngay trên đoạn văn mà câu hỏi hỏi đến, theo nghĩa.")
    )
    headings: float = field(default=0.25, metadata=_help("Đề mục bên trên đoạn văn trả lời câu hỏi."))
    references: float = field(default=1.5, metadata=_help("Văn bản được nêu số hiệu trong câu hỏi."))

    @property
    def encoded(self) -> bool:
        """Whether a query must be encoded for them."""
        return max(self.dense, self.near) > 0


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a search engine: where the library is, which encoder, how candidates are fused."""

    library: Path = field(default=DEFAULT_LIBRARY, metadata=_help("Thư mục thư viện (TRACUU_LIBRARY)."))
    model: str | None = field(
        default=None,
        metadata=_help("Mô hình nhúng: thư mục hoặc tên (TRACUU_MODEL); để trống là mô hình đi kèm."),
    )
    candidates: int = field(default=200, metadata=_help("Số đoạn lấy từ mỗi chỉ mục trước khi trộn điểm."))
    weights: Weights = field(default_factory=Weights, metadata=_help("Trọng số khi trộn điểm."))
    find_by: Mapping[str, float] | None = field(
        default=None,
        metadata=_help("Trọng số của các trường từ ngữ khi tìm ứng viên; để trống là như chỉ mục định."),
    )

    without: tuple[str, ...] = field(
        default=(), metadata=_help("Các bước hiểu câu hỏi bị bỏ qua, để đo xem mỗi bước đáng giá bao nhiêu.")
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Settings with what TRACUU_LIBRARY and TRACUU_MODEL say."""
        return cls(
            library=Path(environment.get("TRACUU_LIBRARY") or DEFAULT_LIBRARY),
            model=environment.get("TRACUU_MODEL") or None,
        )
