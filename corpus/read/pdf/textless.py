"""Pages that are pictures of text: they cannot be read yet, and that must be said."""

from collections.abc import Iterable, Sequence

from corpus.errors import ReadError
from corpus.read.pdf.glyphs import Page

__all__ = ["is_textless", "warnings_for"]

_PICTURED = ((0.5, 250), (0.2, 120), (0.1, 12))
"""Covered by pictures to this share, with fewer letters than this: a picture of a page may bear a
stamp of signing or the name of the signer as text."""

_BROKEN = 0.3


def is_textless(page: Page, letters: int) -> bool:
    """A page that shows text which its text layer does not hold; `letters` without running heads."""
    if page.broken > _BROKEN:
        return True
    return any(page.pictured > share and letters < few for share, few in _PICTURED)


def warnings_for(pages: Sequence[Page], textless: frozenset[int], count: int) -> tuple[str, ...]:
    """What a user must know. Raises `ReadError` where no page holds text."""
    broken = [page.number for page in pages if page.number in textless and page.broken > _BROKEN]
    if textless and len(textless) * 10 >= 9 * len(pages) and len(textless) >= len(pages) - 1:
        if len(broken) * 2 > len(textless):
            raise ReadError(
                "lớp chữ trong tệp PDF bị hỏng mã, không đọc ra chữ được; hãy dùng bản gốc (.docx). "
                "Nhận dạng chữ từ hình trang sẽ có ở bản sau."
            )
        raise ReadError(
            "đây là bản quét (ảnh chụp trang giấy), không có lớp chữ; nhận dạng chữ từ bản quét sẽ có ở "
            "bản sau, hiện hãy dùng bản chữ (.docx hoặc PDF xuất từ Word)."
        )
    warnings: list[str] = []
    if textless:
        warnings.append(
            f"Trang {_ranges(textless)} là ảnh quét hoặc có lớp chữ hỏng nên chưa đọc được; "
            "các trang khác đã đọc. Nhận dạng chữ từ ảnh sẽ có ở bản sau."
        )
    if any(page.hidden and page.number not in textless for page in pages):
        warnings.append("Chữ lấy từ lớp nhận dạng ẩn dưới ảnh quét, có thể sai; hãy đối chiếu với bản gốc.")
    missing = count - len(pages)
    if missing:
        warnings.append(f"Có {missing} trang hỏng không mở được; hãy kiểm tra lại tệp gốc.")
    return tuple(warnings)


def _ranges(numbers: Iterable[int]) -> str:
    """Page numbers as people write them: "2, 5–7"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
