"""What to say of a document or passage that the library does not hold."""

from corpus.errors import NotHeldError

__all__ = ["no_document", "no_passage", "no_removed"]


def no_document(document_id: str) -> NotHeldError:
    """There is no held document of this id."""
    return NotHeldError(
        f"Không có văn bản nào mang mã “{document_id[:80]}”; hãy xem các mã bằng `tracuu documents`."
    )


def no_removed(document_id: str) -> NotHeldError:
    """There is no removed document of this id."""
    return NotHeldError(
        f"Không có văn bản đã bỏ nào mang mã “{document_id[:80]}”; hãy xem bằng `tracuu documents --removed`."
    )


def no_passage(passage_id: str) -> NotHeldError:
    """There is no passage of this id in a held document."""
    return NotHeldError(f"Không có đoạn văn nào mang mã “{passage_id[:80]}”; hãy tìm lại đoạn này.")
