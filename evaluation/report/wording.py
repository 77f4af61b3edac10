"""How a report says things: numbers and names for a Vietnamese reader."""

from collections.abc import Mapping
from typing import Any, Final

from evaluation.statistics import Difference

__all__ = ["CLEAR", "KINDS", "MEASURES_SAID", "about", "decimal", "kind", "signed", "verdict", "whole"]

CLEAR: Final = 0.05
"""A corrected p below this is called clear."""

KINDS: Final[Mapping[str, str]] = {
    "natural": "câu tự nhiên",
    "keyword": "từ khóa",
    "paraphrase": "nói cách khác",
    "factoid": "hỏi một chi tiết",
    "abbreviation": "viết tắt",
    "nodiacritics": "không dấu",
    "typo": "gõ sai",
    "docref": "nêu tên văn bản",
}

MEASURES_SAID: Final[Mapping[str, str]] = {
    "nDCG@10": "mười kết quả đầu đúng và xếp đúng thứ tự đến đâu",
    "RR@10": "một chia cho hạng của kết quả đúng đầu tiên",
    "R@10": "phần những đoạn cần tìm có trong mười kết quả đầu",
    "R@100": "phần những đoạn cần tìm có trong một trăm kết quả đầu",
    "Success@1": "số câu có kết quả đúng ở hạng nhất",
    "Success@5": "số câu có kết quả đúng trong năm hạng đầu",
    "AP": "độ chính xác trung bình trên mọi hạng có kết quả đúng",
}

_PARTS: Final[Mapping[str, str]] = {
    "words": "từ",
    "bigrams": "cặp âm tiết",
    "folded": "âm tiết bỏ dấu",
    "syllables": "âm tiết có dấu (BM25 thường)",
    "words+bigrams": "từ và cặp âm tiết",
    "held_words": "tỷ lệ từ trùng",
    "held_bigrams": "tỷ lệ cặp âm tiết trùng",
    "dense": "độ gần nghĩa của đoạn",
    "near": "độ gần nghĩa của từng từ",
    "asked": "đề mục được hỏi theo nghĩa",
    "headings": "đề mục phía trên",
    "references": "văn bản được nêu",
    "accents": "thêm dấu",
    "slips": "sửa lỗi gõ",
    "abbreviations": "mở chữ viết tắt",
}
_SAID: Final[Mapping[str, str]] = {
    "hybrid": "như lệnh tracuu search",
    "lexical": "chỉ theo từ ngữ",
    "dense": "chỉ theo nghĩa",
    "one-vector": "chỉ một vectơ cho mỗi đoạn",
    "hybrid-literal": "nguyên văn, không hiểu thêm",
}


def about(configuration: Mapping[str, Any]) -> str:
    """What a configuration is, in a few words; "" where its name says all."""
    name = str(configuration["name"]).partition(" · ")[0]
    plain, _, model = name.partition("@")
    if "run" in configuration:
        said = f"tệp kết quả {configuration['run']}"
    elif plain in _SAID:
        said = _SAID[plain]
    elif plain in _PARTS:
        said = f"chỉ {_PARTS[plain]}"
    elif plain.startswith("hybrid-no-"):
        part = plain.removeprefix("hybrid-no-")
        said = f"bỏ {_PARTS.get(part, f'bước {part}')}"
    else:
        said = ""
    return ", ".join(filter(None, [said, model and f"mô hình {model}"]))


def kind(name: str) -> str:
    """A kind of question in words."""
    return KINDS.get(name, name)


def decimal(value: float, digits: int = 3) -> str:
    """.7761 → "0,776"."""
    return f"{value:.{digits}f}".replace(".", ",")


def signed(value: float, digits: int = 3) -> str:
    """.0134 → "+0,013", with a true minus sign; none where nothing is left of the value."""
    written = f"{value:+.{digits}f}".replace(".", ",").replace("-", "−")
    return written if any(digit in written for digit in "123456789") else written[1:]


def whole(value: float) -> str:
    """69664 → "69.664"."""
    return f"{value:,.0f}".replace(",", ".")


def verdict(found: Difference, p: float) -> str:
    """What a comparison says, in words."""
    if p >= CLEAR:
        return "chưa rõ khác"
    return "hơn rõ" if found.mean > 0 else "kém rõ"
