"""Names of bodies as headings, lists of recipients and subjects of sentences give them.

What is learned is the name without its place: "Sở Giáo dục và Đào tạo", "Ban Tuyên giáo và Dân vận".
"""

import re
from collections.abc import Iterator

from corpus.text import fold

__all__ = ["HEADS", "bodies_in_heading", "bodies_in_recipients", "body_in_sentence"]

HEADS = (
    "Ban Quản lý", "Ban Chỉ đạo", "Ban", "Bộ", "Chi cục", "Công an", "Cục", "Hội", "Liên đoàn", "Liên minh",
    "Phòng", "Sở", "Trung tâm", "Tổng cục", "Vụ", "Văn phòng", "Ủy ban", "Đoàn", "Thanh tra", "Viện",
)  # fmt: skip
"""What the name of a body begins with."""

_LONGEST_FIRST = sorted(HEADS, key=len, reverse=True)
_HEAD = "|".join(_LONGEST_FIRST)
_PART = r"[^\W\d_]+"
_NAME = rf"(?:{_HEAD})(?:(?:\s-\s|,?\s){_PART}(?:-{_PART})?){{1,12}}"
_LEADS = (
    r"(?:(?:đề nghị|giao|chỉ đạo|yêu cầu|trách nhiệm của|nhiệm vụ của|đối với|thủ trưởng|giám đốc|các)\s+)?"
)
_VERBS = (
    r"chủ trì|phối hợp|tham mưu|có trách nhiệm|chịu trách nhiệm|hướng dẫn|bố trí|chỉ đạo|thực hiện|xây dựng"
    r"|tổ chức|rà soát|theo dõi|kiểm tra|cân đối|báo cáo|tổng hợp|ban hành|phê duyệt|tiếp tục|căn cứ|đưa"
)
_SENTENCE = re.compile(rf"[-–+•*\s]*(?i:{_LEADS})(?P<name>{_NAME}?)(?=,?\s(?:{_VERBS})\b)")
_HEADING = re.compile(rf"(?i:{_LEADS})(?P<name>{_NAME})")
_PLACE = re.compile(
    r"[ ,]+(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã(?! hội)|phường|đặc khu|cấp|các|Tỉnh ủy|Thành ủy"
    r"|Huyện ủy|Đảng ủy|Trung ương|TW|khu vực|chủ trì|phối hợp|theo|để|nghiên cứu|tham mưu|về|tại)\b.*"
)
_SEVERAL = re.compile(rf",\s(?=(?:{_HEAD})\s)")


def bodies_in_heading(title: str) -> Iterator[str]:
    """The body that a whole heading names: "Chỉ đạo Sở Tài chính", "Sở Y tế:"."""
    match = _HEADING.fullmatch(title.strip(" .:;"))
    if match:
        yield from _clean(match["name"])


def bodies_in_recipients(text: str) -> Iterator[str]:
    """Bodies that a list of recipients names: "- Sở Nội vụ; - Các sở, ngành"."""
    for entry in re.split(r"[;\n:]|(?:^|\s)[-–]\s", text):
        match = _HEADING.fullmatch(entry.strip(" .,-–"))
        if match:
            yield from _clean(match["name"])


def body_in_sentence(text: str) -> Iterator[str]:
    """The body that begins a sentence as its subject: "Sở Y tế chủ trì, phối hợp…"."""
    match = _SENTENCE.match(text)
    if match:
        yield from _clean(match["name"])


def _clean(names: str) -> Iterator[str]:
    for printed in _SEVERAL.split(names):
        name = " ".join(_PLACE.sub("", " ".join(printed.split())).split()).strip(" ,-")
        words = name.split()
        head = next((head for head in _LONGEST_FIRST if name.startswith(f"{head} ")), None)
        if head is None or fold(words[-1]) in ("va", "cua"):
            continue
        # The field of work begins with a capital: "Ban Tổ chức", not "Ban này", "Hội nghị"; and a name with
        # an abbreviation inside is no full name.
        if name[len(head) + 1].isupper() and not any(len(word) > 1 and word.isupper() for word in words):
            yield name
