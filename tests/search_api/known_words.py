"""Knowledge of a library that holds a few sentences, without building its index."""

from collections import Counter

from corpus.library import Learned
from indexer.analysis import PLAIN_FIELDS, analyse
from indexer.language import load_model
from search_api.names import Names
from search_api.query import Knowledge
from search_api.query.language import Language

HELD = """
Nhiệm vụ của Sở Giáo dục và Đào tạo tỉnh Lai Châu: nâng cao tỷ lệ trường đạt chuẩn quốc gia.
Tăng cường cơ sở vật chất, thiết chế văn hóa ở thôn bản; hoạt động của các cơ quan nhà nước.
Phát triển kinh tế - xã hội, bảo đảm quốc phòng, an ninh; phát triển văn hóa đọc trong nhà trường.
Cán bộ, công chức, viên chức; quy định về điều kiện thành lập doanh nghiệp; bảo hiểm xã hội.
Bảo vệ môi trường; khai thác khoáng sản làm vật liệu xây dựng; không gian ngầm, không gian đọc.
Nâng cao chất lượng giáo dục mầm non; chuyển đổi số, ứng dụng công nghệ thông tin; cải cách hành chính.
Thủ tục cấp giấy phép lái xe; ngân sách nhà nước; tổ chức thực hiện; kiểm tra, giám sát; đảng viên.
Đẩy mạnh tuyên truyền, vận động nhân dân; xây dựng nông thôn mới; giảm nghèo bền vững; nhiệm vụ trọng tâm.
Đảng ủy, chi bộ; quyền và nghĩa vụ của người lao động; trung tâm phục vụ hành chính công; quy hoạch.
Ùn tắc giao thông, úng ngập; quy tắc ứng xử trên không gian mạng; hội đồng nhân dân; đường sắt đô thị.
Kế hoạch tuyển sinh; phòng chống thiên tai; du lịch cộng đồng; khu công nghiệp; đất đai; trách nhiệm.
Xử lý vi phạm; bổ sung nhiệm vụ; chỉ đạo thực hiện; phòng, chống tham nhũng; ban hành quyết định; chi bộ họp.
Phấn đấu hoàn thành chỉ tiêu; phát huy thế mạnh của địa phương; Tuyên giáo và Dân vận; xuất bản phẩm.
Ngành giáo dục được giao chỉ tiêu.
Logistics, sandbox, wifi, FTZ, ODA.
"""

LEARNED = Learned(
    abbreviations=(("CTRSH", "chất thải rắn sinh hoạt", 1),),
    bodies=(
        ("Sở Giáo dục và Đào tạo", 9),
        ("Sở Văn hóa, Thể thao và Du lịch", 5),
        ("Sở Nội vụ", 4),
        ("Sở Nông nghiệp và Môi trường", 3),
        ("Ban Tuyên giáo và Dân vận", 3),
    ),
)
SHARES = {"UBND": 2.0, "TTHC": 1.0}
KINDS = ("Kế hoạch", "Chỉ thị", "Chương trình hành động")
ISSUERS = ("Ban Thường vụ Tỉnh ủy Vân Khuê", "Tỉnh ủy Vân Khuê", "Sở Y tế tỉnh Vân Khuê")
NUMBERS = {"64-KH/TU": ("d1",), "64": ("d1",)}


def knowledge_of(text: str = HELD) -> Knowledge:
    """What a library that holds each sentence of `text` as a passage would know."""
    counts: dict[str, Counter[str]] = {
        field: Counter() for field in ("words", "bigrams", "syllables", *PLAIN_FIELDS)
    }
    for sentence in text.replace(";", ".").split("."):
        analysis = analyse(sentence)
        for field, counter in counts.items():
            counter.update(set(getattr(analysis, field)))
    return Knowledge(
        names=Names(LEARNED, lambda short, _long: SHARES.get(short, 0.0)),
        kinds=KINDS,
        issuers=ISSUERS,
        numbered=lambda number: NUMBERS.get(number, ()),
        language=Language.of(load_model(), lambda field, token: counts[field][token]),
    )
