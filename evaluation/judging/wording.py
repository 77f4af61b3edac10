"""How figures of agreement are written."""

__all__ = ["figure", "reading"]


def figure(value: float | None) -> str:
    """Three decimals with a comma: .8154 → '0,815'; 'chưa có' for None."""
    return "chưa có" if value is None else f"{value:.3f}".replace(".", ",").replace("-", "−")


def reading(value: float | None) -> str:
    """What Krippendorff advises to make of an alpha (Content Analysis, 2nd ed. 2004, p. 241)."""
    if value is None:
        return "chưa tính được"
    if value >= 0.8:
        return "tin cậy"
    if value >= 0.667:
        return "tạm tin cậy, chỉ nên kết luận dè dặt"
    return "chưa tin cậy: hãy thống nhất lại cách chấm"
