"""Abbreviations and names of bodies typed → what is understood, as tables of facts."""

import tomllib
from importlib.resources import files

import pytest

from corpus.library import Learned
from corpus.text import fold
from search_api.names import Names
from search_api.query import Knowledge, parse

LEARNED = Learned(
    abbreviations=(
        ("TYT", "trạm y tế", 3),
        ("CTRSH", "chất thải rắn sinh hoạt", 1),
        ("KPH", "khe phòng hộ", 1),
    ),
    bodies=(
        ("Sở Giáo dục và Đào tạo", 9),
        ("Sở Văn hóa, Thể thao và Du lịch", 5),
        ("Sở Nội vụ", 4),
        ("Sở Nông nghiệp và Môi trường", 3),
        ("Ban Tuyên giáo và Dân vận", 3),
        ("Sở Tài chính", 2),
        ("Ban Quản lý Khu kinh tế", 1),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam", 1),
    ),
)  # fmt: skip
SHARES = {"UBND": 2.0, "TYT": 0.3, "GD&ĐT": 0.5, "GDĐT": 0.9, "TTHC": 1.0, "CNTT": 0.1}
KNOWLEDGE = Knowledge(names=Names(LEARNED, lambda short, long: SHARES.get(short, 0.0)))
NOTHING = Knowledge(names=Names())


def steps(query, *kinds):
    return [(step.typed, step.understood) for step in query.understandings if step.kind in kinds]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        # signs and case do not count
        ("nhiệm vụ Sở GD&ĐT", "nhiệm vụ Sở Giáo dục và Đào tạo"),
        ("Sở GDĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở GD-ĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở GD & ĐT", "Sở Giáo dục và Đào tạo"),
        ("so gd&dt", "so Giáo dục và Đào tạo"),
        ("sgddt", "Sở Giáo dục và Đào tạo"),
        ("SGDĐT", "Sở Giáo dục và Đào tạo"),
        ("nhiem vu sgd&dt", "nhiem vu Sở Giáo dục và Đào tạo"),
        ("ubnd xa", "Ủy ban nhân dân xa"),
        ("UBND xã", "Ủy ban nhân dân xã"),
        ("Ubnd xã", "Ủy ban nhân dân xã"),
        ("hđnd", "Hội đồng nhân dân"),
        ("HDND", "Hội đồng nhân dân"),
        ("VHTT&DL", "Văn hóa, Thể thao và Du lịch"),
        ("VHTTDL", "Văn hóa, Thể thao và Du lịch"),
        ("phát triển KT-XH", "phát triển kinh tế - xã hội"),
        ("phát triển KTXH", "phát triển kinh tế - xã hội"),
        ("QPAN", "quốc phòng, an ninh"),
        ("QP-AN", "quốc phòng, an ninh"),
        ("UBND-HĐND", "Ủy ban nhân dân-Hội đồng nhân dân"),
        ("HĐND, UBND", "Hội đồng nhân dân, Ủy ban nhân dân"),
        ("(UBND)", "(Ủy ban nhân dân)"),
        ("MTTQ và các đoàn thể", "Mặt trận Tổ quốc và các đoàn thể"),
        ("KH&CN", "Khoa học và Công nghệ"),
        ("ứng dụng cntt", "ứng dụng công nghệ thông tin"),
        ("CĐS, ĐMST", "chuyển đổi số, đổi mới sáng tạo"),
        ("CDS", "chuyển đổi số"),
        ("cds xa", "chuyển đổi số xa"),
        ("đóng BHXH", "đóng bảo hiểm xã hội"),
        ("giải quyết tthc", "giải quyết thủ tục hành chính"),
        ("BTV Tỉnh ủy", "Ban Thường vụ Tỉnh ủy"),
        ("BTG TW", "Ban Tuyên giáo Trung ương"),
        ("btg tw", "Ban Tuyên giáo Trung ương"),
        ("Ban TGDV", "Ban Tuyên giáo và Dân vận"),
        ("BCĐ cải cách", "Ban Chỉ đạo cải cách"),
        ("sắp xếp ĐVHC", "sắp xếp đơn vị hành chính"),
        ("VLXD thông thường", "vật liệu xây dựng thông thường"),
        ("ngành XB", "ngành xuất bản"),
        ("Văn phòng TU", "Văn phòng Tỉnh ủy"),
        ("PCCC&CNCH", "PCCC&CNCH"),  # two joined by & are one short form, or none
        # two letters: capitals only
        ("ct về sách", "ct về sách"),
        ("kh năm nay", "kh năm nay"),
        ("tu dưỡng đạo đức", "tu dưỡng đạo đức"),
        ("an toàn", "an toàn"),
        ("da cam", "da cam"),
        ("ai làm việc này", "ai làm việc này"),
        ("đa dạng", "đa dạng"),
        ("TU DƯỠNG ĐẠO ĐỨC CÁCH MẠNG", "TU DƯỠNG ĐẠO ĐỨC CÁCH MẠNG"),
        ("AN NINH MẠNG CỦA UBND", "AN NINH MẠNG CỦA Ủy ban nhân dân"),
        ("DV công", "DV công"),  # not ĐV: with two letters the đ counts
        # what is no abbreviation
        ("một câu đủ chữ, đủ dấu", "một câu đủ chữ, đủ dấu"),
        ("https://ubnd.gov.vn", "https://ubnd.gov.vn"),
        ("email ubnd@tinh.vn", "email ubnd@tinh.vn"),
        ("COVID-19 và WTO", "COVID-19 và WTO"),
        ("18-CTr/TU", "Chương trình 18-CTr/TU"),
        ('"UBND xã" họp', "UBND xã họp"),  # quoted: exactly so
        ("", ""),
    ],
)
def test_short_forms_are_opened(typed, text):
    assert parse(typed, knowledge=NOTHING).text == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("CT 04", "Chỉ thị 04"),
        ("CT UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh"),
        ("Phó CT HĐND", "Phó Chủ tịch Hội đồng nhân dân"),
        ("CT MTQG giảm nghèo", "chương trình mục tiêu quốc gia giảm nghèo"),
        ("lý luận CT", "lý luận chính trị"),
        ("thực hiện CT của Tỉnh ủy", "thực hiện Chỉ thị của Tỉnh ủy"),
        ("KH 64", "Kế hoạch 64"),
        ("triển khai KH của UBND", "triển khai Kế hoạch của Ủy ban nhân dân"),
        ("đề tài KH cấp tỉnh", "đề tài Khoa học cấp tỉnh"),
        ("Sở KH và CN", "Sở Khoa học và Công nghệ"),
        ("TT PVHCC tỉnh", "Trung tâm Phục vụ hành chính công tỉnh"),
        ("TT HĐND tỉnh", "Thường trực Hội đồng nhân dân tỉnh"),
        ("TT 05/2024", "Thông tư 05/2024"),
        ("TT về giáo viên", "Thông tư về giáo viên"),
        ("HS trung học", "học sinh trung học"),
        ("nộp HS trực tuyến", "nộp hồ sơ trực tuyến"),
        ("sửa đổi, BS quy chế", "sửa đổi, bổ sung quy chế"),
        ("BS trạm y tế", "bác sĩ trạm y tế"),
        ("UBMTTQ tỉnh", "Ủy ban Mặt trận Tổ quốc tỉnh"),
        ("DT đất rừng", "diện tích đất rừng"),
        ("sở DT và tôn giáo", "sở dân tộc và tôn giáo"),
        ("DT", "DT"),  # no neighbour tells what it is
        ("sinh hoạt CB", "sinh hoạt chi bộ"),
        ("luân chuyển CB", "luân chuyển cán bộ"),
        ("TP trực thuộc", "thành phố trực thuộc"),
        ("Sở NN", "Sở nông nghiệp"),
    ],
)
def test_neighbours_tell_what_an_ambiguous_one_means(typed, text):
    assert parse(typed, knowledge=NOTHING).text == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("TYT xã", "trạm y tế xã"),
        ("tyt xa", "trạm y tế xa"),
        ("thu gom ctrsh", "thu gom chất thải rắn sinh hoạt"),
        ("KPH ven sông", "khe phòng hộ ven sông"),
        ("Sở NNMT", "Sở Nông nghiệp và Môi trường"),
        ("SNNMT", "Sở Nông nghiệp và Môi trường"),
        ("Sở NV", "Sở Nội vụ"),
        ("snv", "Sở Nội vụ"),
        ("NV của chi bộ", "NV của chi bộ"),
        ("BQLKKT", "Ban Quản lý Khu kinh tế"),
    ],
)
def test_the_library_teaches(typed, text):
    assert parse(typed, knowledge=KNOWLEDGE).text == text


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("nhiệm vụ của Sở Giáo dục", [("Sở Giáo dục", "Sở Giáo dục và Đào tạo")]),
        ("nhiem vu so giao duc", [("so giao duc", "Sở Giáo dục và Đào tạo")]),
        ("ngành giáo dục làm gì", [("ngành giáo dục", "Sở Giáo dục và Đào tạo")]),
        ("ngành giáo dục và đào tạo", [("ngành giáo dục và đào tạo", "Sở Giáo dục và Đào tạo")]),
        ("Sở GD", [("Sở giáo dục", "Sở Giáo dục và Đào tạo")]),
        ("Sở Văn hóa", [("Sở Văn hóa", "Sở Văn hóa, Thể thao và Du lịch")]),
        ("Sở Văn hóa, Thể thao", [("Sở Văn hóa, Thể thao", "Sở Văn hóa, Thể thao và Du lịch")]),
        ("sở văn hoá", [("sở văn hoá", "Sở Văn hóa, Thể thao và Du lịch")]),
        ("Sở Nông nghiệp", [("Sở Nông nghiệp", "Sở Nông nghiệp và Môi trường")]),
        ("Ban Tuyên giáo Tỉnh ủy", [("Ban Tuyên giáo", "Ban Tuyên giáo và Dân vận")]),
        ("Ủy ban Mặt trận Tổ quốc", [("Ủy ban Mặt trận Tổ quốc", "Ủy ban Mặt trận Tổ quốc Việt Nam")]),
        # whole, or of other bodies: nothing to add
        ("Sở Giáo dục và Đào tạo", []),
        ("sở giáo dục và đào tạo", []),
        ("Sở Tài chính", []),
        ("Sở Giáo", []),
        ("sở", []),
        ("ngành y tế", []),
        ("bộ giáo dục", []),
        ("sơ giáo dục", []),
        ("Sở Nông nghiệp và Phát triển nông thôn", []),
        ("sở nông nghiệp và phát triển nông thôn", []),
        ("Sở Giáo dục và Sở Y tế", [("Sở Giáo dục", "Sở Giáo dục và Đào tạo")]),
        ("Sở Giáo dục và các xã", [("Sở Giáo dục", "Sở Giáo dục và Đào tạo")]),
    ],
)
def test_names_of_bodies_are_completed(typed, understood):
    query = parse(typed, knowledge=KNOWLEDGE)
    assert steps(query, "body") == understood
    assert all(name in "".join(reading.text for reading in query.readings) for _, name in understood)


@pytest.mark.parametrize(
    ("typed", "readings", "said"),
    [
        ("Ủy ban nhân dân xã", ["UBND xã"], [("Ủy ban nhân dân", "UBND")]),
        ("uy ban nhan dan xa", ["UBND xa"], [("uy ban nhan dan", "UBND")]),
        ("UBND xã", ["UBND xã"], [("UBND", "Ủy ban nhân dân")]),
        ("trạm y tế làm thủ tục hành chính", ["TYT làm TTHC"],
         [("trạm y tế", "TYT"), ("thủ tục hành chính", "TTHC")]),
        ("Sở Giáo dục và Đào tạo", ["Sở GD&ĐT", "Sở GDĐT"], [("Giáo dục và Đào tạo", "GD&ĐT")]),
        ("công nghệ thông tin", [], []),  # CNTT stands there too rarely
        ("cntt", ["CNTT"], [("cntt", "công nghệ thông tin")]),  # but was typed
        ("Hội đồng nhân dân", [], []),  # the library never writes HĐND
        ("ủy ban kiểm tra", [], []),
    ],
)  # fmt: skip
def test_long_names_are_searched_as_the_library_writes_them(typed, readings, said):
    query = parse(typed, knowledge=KNOWLEDGE)
    assert [reading.text for reading in query.readings] == readings
    assert steps(query, "abbreviation") == said


def test_other_meanings_are_searched_too():
    learned = Learned(abbreviations=(("BHXH", "bãi hoang xa hồ", 1),))
    query = parse("đóng BHXH", knowledge=Knowledge(names=Names(learned)))
    assert query.text == "đóng bảo hiểm xã hội"
    assert [reading.text for reading in query.readings] == ["đóng bãi hoang xa hồ"]
    assert steps(query, "abbreviation") == [("BHXH", "bảo hiểm xã hội / bãi hoang xa hồ")]


def test_literal_opens_nothing():
    query = parse("Sở Giáo dục, UBND", knowledge=KNOWLEDGE, literal=True)
    assert (query.text, query.readings, query.understandings) == ("Sở Giáo dục, UBND", (), ())


def test_the_table_is_sound():
    data = tomllib.loads(files("search_api").joinpath("data/abbreviations.toml").read_text(encoding="utf-8"))
    assert len(data["terms"]) + len(data["several"]) >= 300
    assert not set(data["terms"]) & set(data["several"])
    for short, long in data["terms"].items():
        letters = [fold(char) for char in short if char.isupper()]
        assert letters, short
        # Every short form begins like what it stands for, but for the odd one (TU: Tỉnh ủy is "U" too).
        assert fold(long)[0] == letters[0] or short in {"AI", "PPP", "CTR", "DLQG"}, short
    for short, rows in data["several"].items():
        for row in rows:
            assert row.keys() <= {"long", "number", "beside", "else"}, short
            assert len(row) == 2, (short, row)
