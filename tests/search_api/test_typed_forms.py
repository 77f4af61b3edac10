"""Everything that people type, group by group: typed → searched, with what is said of it.

The library is that of `known_words`. `+` before a text: it is searched as well, as another reading.
"""

import random
import time

import pytest
from known_words import knowledge_of

from search_api.query import parse
from search_api.types import Filters

PARTY = ("Ban Thường vụ Tỉnh ủy Vân Khuê", "Tỉnh ủy Vân Khuê")


@pytest.fixture(scope="module")
def knowledge():
    return knowledge_of()


def understood(typed, knowledge):
    query = parse(typed, knowledge=knowledge)
    assert query.notices == ()
    return query


NO_ACCENTS = [
    ("nhiem vu trong tam", "nhiệm vụ trọng tâm"),
    ("NHIEM VU TRONG TAM", "NHIỆM VỤ TRỌNG TÂM"),
    ("Nhiem vu trong tam", "Nhiệm vụ trọng tâm"),
    ("phat trien kinh te xa hoi", "phát triển kinh tế xã hội"),
    ("phat trien kinh te-xa hoi", "phát triển kinh tế-xã hội"),
    ("khong gian ngam", "không gian ngầm"),
    ("quy tac ung xu tren khong gian mang", "quy tắc ứng xử trên không gian mạng"),
    ("ung dung cong nghe thong tin", "ứng dụng công nghệ thông tin"),
    ("thu tuc cap giay phep lai xe", "thủ tục cấp giấy phép lái xe"),
    ("chuyen doi so", "chuyển đổi số"),
    ("bao hiem xa hoi", "bảo hiểm xã hội"),
    ("xay dung nong thon moi", "xây dựng nông thôn mới"),
    ("giam ngheo ben vung", "giảm nghèo bền vững"),
    ("quyen va nghia vu cua nguoi lao dong", "quyền và nghĩa vụ của người lao động"),
    ("dang vien duoc lam gi", "đảng viên được làm gì"),
    ("van hoa doc trong nha truong", "văn hóa đọc trong nhà trường"),
    ("tuyen giao va dan van", "tuyên giáo và dân vận"),
    ("ke hoach 5 nam 2026-2030", "kế hoạch 5 năm 2026-2030"),
    ("dieu kien thanh lap doanh nghiep", "điều kiện thành lập doanh nghiệp"),
    ("un tac giao thong, ung ngap", "ùn tắc giao thông, úng ngập"),
    ("day manh tuyen truyen", "đẩy mạnh tuyên truyền"),
    ("phong chong thien tai", "phòng chống thiên tai"),
    ("duong sat do thi", "đường sắt đô thị"),
    ("thanh tra giao duc", "thanh tra giáo dục"),
]
SOME_ACCENTS = [
    ("bảo hiem xa hội", "bảo hiểm xã hội"),
    ("tăng cường co so vật chat", "tăng cường cơ sở vật chất"),
    ("phat triển kinh tế xã hoi", "phát triển kinh tế xã hội"),
    ("giao thong đường sắt", "giao thông đường sắt"),
    ("nhiệm vu trong tam", "nhiệm vụ trọng tâm"),
    ("đảng vien duoc làm gì", "đảng viên được làm gì"),
    ("quyền va nghĩa vu cua người lao dong", "quyền và nghĩa vụ của người lao động"),
    ("xây dung nông thon moi", "xây dựng nông thôn mới"),
]
AS_TYPED = [
    # every accent in its place, or words that have none
    ("nhiệm vụ trọng tâm", "nhiệm vụ trọng tâm"),
    ("tham gia cùng nhân dân", "tham gia cùng nhân dân"),
    ("cho vay tiêu dùng", "cho vay tiêu dùng"),
    ("thanh tra, kiểm tra", "thanh tra, kiểm tra"),
    ("bản làng trong tỉnh", "bản làng trong tỉnh"),
    ("nội dung quan trọng", "nội dung quan trọng"),
    ("chia sẻ dữ liệu", "chia sẻ dữ liệu"),
    ("Bắc Kạn, Đắk Lắk, Pleiku", "Bắc Kạn, Đắk Lắk, Pleiku"),
    # foreign words, products, short forms: never Telex, never a slip
    ("sandbox logistics", "sandbox logistics"),
    ("wifi trong trường học", "wifi trong trường học"),
    ("danh sách list test", "danh sách list test"),
    ("email server software", "email server software"),
    ("ODA FTZ", "ODA FTZ"),
    ("WTO và ASEAN", "WTO và ASEAN"),
    ("iso 9001", "iso 9001"),
    ("khổ giấy a4", "khổ giấy a4"),
    ("a4", "a4"),
    ("covid", "covid"),
    ("https://tinh.gov.vn/van-ban", "https://tinh.gov.vn/van-ban"),
    ("nguyenvana@tinh.gov.vn", "nguyenvana@tinh.gov.vn"),
    ("1.200 tỷ đồng", "1.200 tỷ đồng"),
    ("60 km/h", "60 km/h"),
    ("xyzzy", "xyzzy"),
    ("", ""),
]
TELEX = [
    ("nhieemj vuj", "nhiệm vụ"),
    ("nhieemj vuj cuar sowr", "nhiệm vụ của sở"),
    ("giaos ducj mam non", "giáo dục mầm non"),
    ("vawn hoas ddocj", "văn hóa đọc"),
    ("xaay duwngj noong thoon mowis", "xây dựng nông thôn mới"),
    ("ddangr vieen", "đảng viên"),
    ("truowngf hocj", "trường học"),
    ("dduwowngf sawts ddoo thij", "đường sắt đô thị"),
    ("quyeenf vaf nghiax vuj", "quyền và nghĩa vụ"),
    ("bảo veej môi trường", "bảo vệ môi trường"),
    ("chuyeern ddooir soos", "chuyển đổi số"),
    ("trwowngf", "trường"),
    ("quy hoachj", "quy hoạch"),
]
VNI = [
    ("nhie6m5 vu5", "nhiệm vụ"),
    ("gia1o du5c", "giáo dục"),
    ("va8n ho1a", "văn hóa"),
    ("d9a3ng vie6n", "đảng viên"),
    ("d9u7o7ng2 sa8t1", "đường sắt"),
    ("d9u7o72ng sa8t1", "đường sắt"),
    ("xa6y du7ng5 no6ng tho6n", "xây dựng nông thôn"),
    ("truong72 ho5c", "trường học"),
    ("phap1 lua6t5", "pháp luật"),
]
TONE_MARKS = [
    ("văn hoá đọc", "văn hóa đọc"),
    ("uỷ ban", "ủy ban"),
    ("tỷ lệ trừơng đạt chuẩn", "tỷ lệ trường đạt chuẩn"),
    ("gíao dục", "giáo dục"),
    ("ngưòi lao động", "người lao động"),
    ("nghiã vụ", "nghĩa vụ"),
    ("môi trừong", "môi trường"),
    ("điều kịên thành lập", "điều kiện thành lập"),
    ("đièu kiện thành lập", "điều kiện thành lập"),
    ("cơ sỡ vật chất", "cơ sở vật chất", "+cơ sỡ vật chất"),
    ("bão hiểm xã hội", "bảo hiểm xã hội", "+bão hiểm xã hội"),
    ("kế hoạch tuyễn sinh", "kế hoạch tuyển sinh"),
    ("ngân sách nhà nuớc", "ngân sách nhà nước"),
    ("nhiê\u0323m vu\u0323", "nhiệm vụ"),
    ("nhiệm\u200b vụ\ufeff", "nhiệm vụ"),
]
SLIPS = [
    ("gáo dục mầm non", "giáo dục mầm non", "+gáo dục mầm non"),
    ("giáo dcụ mầm non", "giáo dục mầm non"),
    ("giáo dụcc mầm non", "giáo dục mầm non"),
    ("phát trển kinh tế", "phát triển kinh tế"),
    ("phát triẻn kinh tế", "phát triển kinh tế"),
    ("nhệim vụ trọng tâm", "nhiệm vụ trọng tâm"),
    ("nhim vụ trọng tâm", "nhiệm vụ trọng tâm", "+nhim vụ trọng tâm"),
    ("cán bô công chức", "cán bộ công chức", "+cán bô công chức"),
    ("khai thác khoán sản", "khai thác khoáng sản", "+khai thác khoán sản"),
    ("khôg gian ngầm", "không gian ngầm"),
    ("nong thonn moi", "nông thôn mới"),
    ("xay dunng nong thon moi", "xây dựng nông thôn mới"),
    ("nhiem vj trong tam", "nhiệm vụ trọng tâm"),
    ("đảng viêm", "đảng viên", "+đảng viêm"),
    ("kiểm tra, giám sá", "kiểm tra, giám sát", "+kiểm tra, giám sá"),
    ("tổ chưc thực hiện", "tổ chức thực hiện"),
    ("Tổ chưc thực hiện", "Tổ chức thực hiện"),
    ("đựoc làm gì", "được làm gì"),
    ("nghành giáo dục mầm non", "ngành giáo dục mầm non"),
    ("sử lý vi phạm", "xử lý vi phạm", "+sử lý vi phạm"),
    ("bổ xung nhiệm vụ", "bổ sung nhiệm vụ", "+bổ xung nhiệm vụ"),
    ("trỉ đạo thực hiện", "chỉ đạo thực hiện"),
    ("phòng trống tham nhũng", "phòng chống tham nhũng", "+phòng trống tham nhũng"),
    ("nâng cao chất nượng", "nâng cao chất lượng"),
    ("ban hành quyêt đinh", "ban hành quyết định"),
    ("thiêt chê văn hóa", "thiết chế văn hóa", "+thiêt chê văn hóa"),
    ("xử lý úng ngâp, ùn tăc giao thông", "xử lý úng ngập, ùn tắc giao thông"),
    ("du lich cộng đông", "du lịch cộng đồng", "+du lich cộng đông"),
]
SPACES = [
    ("giáodục", "giáo dục"),
    ("giáodục vănhóa", "giáo dục văn hóa"),
    ("hoạt độngcủa các cơ quan", "hoạt động của các cơ quan"),
    ("nhiemvu trong tam", "nhiệm vụ trọng tâm"),
    ("van hoadoc", "văn hóa đọc"),
    ("giaoducmamnon", "giáo dục mầm non"),
    ("chuyểnđổisố", "chuyển đổi số"),
    ("nhi ệm vụ", "nhiệm vụ"),
    ("nhiệ mvụ trọng tâm", "nhiệm vụ trọng tâm"),
    ("công chứ cviên chức", "công chức viên chức"),
    ("  nhiệm \t vụ\n", "nhiệm vụ"),
]
FROM_SCANS = [
    ("Phần đấu hoàn thành chỉ tiêu", "Phấn đấu hoàn thành chỉ tiêu", "+Phần đấu hoàn thành chỉ tiêu"),
    ("thể mạnh của địa phương", "thế mạnh của địa phương", "+thể mạnh của địa phương"),
    ("CDS trong trường học", "chuyển đổi số trong trường học"),
    ("trách nhiệm 1à gì", "trách nhiệm là gì"),
    ("vật liêu xây dựng", "vật liệu xây dựng", "+vật liêu xây dựng"),
]
SHORT_FORMS = [
    ("UBND xã", "Ủy ban nhân dân xã", "+UBND xã"),
    ("ubnd xa", "Ủy ban nhân dân xã", "+UBND xã"),
    ("Ủy ban nhân dân xã", "Ủy ban nhân dân xã", "+UBND xã"),
    ("uy ban nhan dan xa", "ủy ban nhân dân xã", "+UBND xã"),
    ("nhiem vu so gd&dt", "nhiệm vụ sở Giáo dục và Đào tạo"),
    ("NHIEM VU SO GD&DT", "NHIỆM VỤ SỞ Giáo dục và Đào tạo"),
    ("Sở GDĐT", "Sở Giáo dục và Đào tạo"),
    ("sgddt", "Sở Giáo dục và Đào tạo"),
    ("snv", "Sở Nội vụ"),
    ("hđnd", "Hội đồng nhân dân"),
    ("mttq", "Mặt trận Tổ quốc"),
    ("kt-xh", "kinh tế - xã hội"),
    ("KTXH", "kinh tế - xã hội"),
    ("QPAN", "quốc phòng, an ninh"),
    ("CNTT va cds", "công nghệ thông tin và chuyển đổi số"),
    ("ĐMST", "đổi mới sáng tạo"),
    ("đóng BHXH", "đóng bảo hiểm xã hội"),
    ("giải quyết tthc", "giải quyết thủ tục hành chính", "+giải quyết TTHC"),
    ("thủ tục hành chính", "thủ tục hành chính", "+TTHC"),
    ("thu gom ctrsh", "thu gom chất thải rắn sinh hoạt"),
    ("BTV Tỉnh ủy", "Ban Thường vụ Tỉnh ủy"),
    ("CT UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh", "+Chủ tịch UBND tỉnh"),
    ("thực hiện CT của Tỉnh ủy", "thực hiện Chỉ thị của Tỉnh ủy"),
    ("ubnd & hđnd", "Ủy ban nhân dân & Hội đồng nhân dân", "+UBND & Hội đồng nhân dân"),
    ("Sở KH và CN", "Sở Khoa học và Công nghệ"),
    ("KH của Tỉnh ủy", "Kế hoạch của Tỉnh ủy"),
    ("nộp HS trực tuyến", "nộp hồ sơ trực tuyến"),
    ("HS trung học", "học sinh trung học"),
    ("tu dưỡng đạo đức", "tu dưỡng đạo đức"),
]
BODIES = [
    ("nhiệm vụ của Sở Giáo dục", "nhiệm vụ của Sở Giáo dục", "+nhiệm vụ của Sở Giáo dục và Đào tạo"),
    ("so giao duc", "sở giáo dục", "+Sở Giáo dục và Đào tạo"),
    ("ngành giáo dục", "ngành giáo dục", "+Sở Giáo dục và Đào tạo"),
    ("nganh giao duc", "ngành giáo dục", "+Sở Giáo dục và Đào tạo"),
    ("Sở Văn hóa", "Sở Văn hóa", "+Sở Văn hóa, Thể thao và Du lịch"),
    ("Sở Nông nghiệp", "Sở Nông nghiệp", "+Sở Nông nghiệp và Môi trường"),
    ("Ban Tuyên giáo Tỉnh ủy", "Ban Tuyên giáo Tỉnh ủy", "+Ban Tuyên giáo và Dân vận Tỉnh ủy"),
    ("Sở Giáo dục và Đào tạo", "Sở Giáo dục và Đào tạo"),
]
EVERY_TEXT = [
    *NO_ACCENTS, *SOME_ACCENTS, *AS_TYPED, *TELEX, *VNI, *TONE_MARKS, *SLIPS, *SPACES, *FROM_SCANS,
    *SHORT_FORMS, *BODIES,
]  # fmt: skip


@pytest.mark.parametrize("row", EVERY_TEXT, ids=lambda row: row[0][:40] or "nothing")
def test_typed(row, knowledge):
    typed, text, *readings = row
    query = understood(typed, knowledge)
    assert query.text == text
    assert {f"+{reading.text}" for reading in query.readings} >= set(readings)
    if text != " ".join(typed.split()) and text != parse(typed, literal=True).text:
        assert query.understandings, "what was changed must be shown"


@pytest.mark.parametrize("row", AS_TYPED, ids=lambda row: row[0][:40] or "nothing")
def test_what_is_right_is_not_touched(row, knowledge):
    query = understood(row[0], knowledge)
    assert (query.understandings, query.readings) == ((), ())


@pytest.mark.parametrize(
    ("typed", "text", "references", "addresses"),
    [
        ("chỉ thị 04", "Chỉ thị 04", ("Chỉ thị 04",), ()),
        ("chi thi 04", "Chỉ thị 04", ("Chỉ thị 04",), ()),
        ("CT 04-CT/TW", "Chỉ thị 04-CT/TW", ("04-CT/TW",), ()),
        ("ct04", "Chỉ thị 04", ("Chỉ thị 04",), ()),
        ("58ct/tw", "Chỉ thị 58-CT/TW", ("58-CT/TW",), ()),
        ("nghị quyết 80 về văn hóa", "Nghị quyết 80 về văn hóa", ("Nghị quyết 80",), ()),
        ("nghi quyet 80 ve van hoa", "Nghị quyết 80 về văn hóa", ("Nghị quyết 80",), ()),
        ("nghị quyêt 57", "Nghị quyết 57", ("Nghị quyết 57",), ()),
        ("kế hoạch 64 lai châu", "Kế hoạch 64 lai châu", ("Kế hoạch 64",), ()),
        ("ke hoach 64 lai chau", "Kế hoạch 64 lai châu", ("Kế hoạch 64",), ()),
        ("nd 15/2024/nd-cp", "Nghị định 15/2024/NĐ-CP", ("15/2024/NĐ-CP",), ()),
        (
            "Điều 5 nghị định 74/2025",
            "Điều 5 Nghị định 74/2025",
            ("Nghị định 74/2025",),
            ("Điều 5",),
        ),
        (
            "dieu 5 nghi dinh 74/2025",
            "điều 5 Nghị định 74/2025",
            ("Nghị định 74/2025",),
            ("Điều 5",),
        ),
        ("khoan 2 dieu 3 quy che lam viec", "khoản 2 điều 3 quy chế làm việc", (), ("khoản 2 Điều 3",)),
        ("kế hoạch 2026", "kế hoạch 2026", (), ()),
        ("đièu 5 quyết địnk 74", "điều 5 Quyết định 74", ("Quyết định 74",), ("Điều 5",)),
    ],
)
def test_documents_and_places_named(typed, text, references, addresses, knowledge):
    query = understood(typed, knowledge)
    assert (query.text, query.references, query.addresses) == (text, references, addresses)


@pytest.mark.parametrize(
    ("typed", "text", "phrases", "excluded"),
    [
        ('"khong gian doc"', "khong gian doc", ("khong gian doc",), ()),
        ('"UBND xã" họp', "UBND xã họp", ("UBND xã",), ()),
        ('"gáo dục" mam non', "gáo dục mầm non", ("gáo dục",), ()),
        ("“không gian đọc” -sách", "không gian đọc", ("không gian đọc",), ("sách",)),
        ('sách -"điện tử"', "sách", (), ("điện tử",)),
        ("kinh tế - xã hội", "kinh tế - xã hội", (), ()),
    ],
)
def test_quotes_and_exclusions(typed, text, phrases, excluded, knowledge):
    query = understood(typed, knowledge)
    assert (query.text, query.phrases, query.excluded) == (text, phrases, excluded)


@pytest.mark.parametrize(
    ("typed", "text", "filters"),
    [
        ("loại:kế hoạch văn hóa", "văn hóa", Filters(kinds=("Kế hoạch",))),
        ("loai:ke hoach van hoa", "văn hóa", Filters(kinds=("Kế hoạch",))),
        ("loại:KH van hoa", "văn hóa", Filters(kinds=("Kế hoạch",))),
        ('cơ quan:"Tỉnh ủy" từ:2025 van hoa', "văn hóa", Filters(issuers=PARTY, date_from="2025")),
        ("tu:2025-3 den:2026 van hoa", "văn hóa", Filters(date_from="2025-03", date_to="2026")),
        ("so:64-KH/TU van hoa", "văn hóa", Filters(documents=("d1",))),
    ],
)
def test_conditions(typed, text, filters, knowledge):
    query = understood(typed, knowledge)
    assert (query.text, query.filters) == (text, filters)


@pytest.mark.parametrize("row", EVERY_TEXT[::3], ids=lambda row: row[0][:40] or "nothing")
def test_literal_is_what_was_typed(row, knowledge):
    query = parse(row[0], knowledge=knowledge, literal=True)
    assert (query.understandings, query.readings, query.filters) == ((), (), Filters())


SPOILT = 'aâbcdđeghiknopqrstuươvxyáàảãạểữ  \t"-/&.:,;()0127ABCĐƯwfjzŞİıßﬀ\u0301\u0323\u200b\x00😀\ud800'


def test_whatever_is_typed_is_read(knowledge):
    chance = random.Random(8)
    for row in EVERY_TEXT:
        typed = list(row[0])
        for _ in range(chance.randint(1, 8)):
            typed.insert(chance.randint(0, len(typed)), chance.choice(SPOILT))
        query = parse("".join(typed), knowledge=knowledge)
        assert all(0 < reading.weight <= 1 for reading in query.readings)
        assert not set(query.text) & {"\x00", "\u200b", "\ud800"}


def test_a_pasted_page_is_read_quickly_enough(knowledge):
    for word in ("nhiemvu ", "giáodục", "nhiệm vụ ", "đươcc ", "UBND ", "điều 5 ", "loại:"):
        started = time.process_time()
        parse(word * 2_000, knowledge=knowledge)
        assert time.process_time() - started < 2
