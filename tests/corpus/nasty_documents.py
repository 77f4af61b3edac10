# ruff: noqa: E501 - documents stand here as they would in a file
"""Small documents of our own writing, each with a twist that real ones have, and what they mean.

`outline` lists the headings, two spaces of indent for each level; `~` opens a run-in head, `@` an
attachment, `→ x` tells a corrected label. `roles` counts the passages. `metadata` holds the fields
to check; `cites` (kind, number, relation) of every citation in order. `matter` holds (role, text).
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    outline: str = ""
    roles: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)
    cites: list[tuple[str, str | None, str]] | None = None
    matter: list[tuple[str, str]] = field(default_factory=list)


CASES = [
    Case(
        "merged_heads_without_marks",
        """
KẾ HOẠCH

Phát triển chợ nổi giai đoạn 2026 - 2030

I. MỤC ĐÍCH, YÊU CẦU 1. Mục đích

Giữ gìn nét văn hóa sông nước.

2. Yêu cầu

Thiết thực, tiết kiệm.

II. NHIỆM VỤ

1. Chỉnh trang bến bãi, bố trí lại ghe thuyền theo từng ngành hàng, bảo đảm an toàn đường thủy.

2. Hỗ trợ thương hồ vay vốn. Ngân hàng Chính sách xã hội bố trí nguồn vốn hằng năm.
""",
        outline="""
I. MỤC ĐÍCH, YÊU CẦU
  1. Mục đích
  2. Yêu cầu
II. NHIỆM VỤ
""",
        roles="paragraph 2, numbered_paragraph 2",
        metadata={"kind": "Kế hoạch", "title": "Phát triển chợ nổi giai đoạn 2026 - 2030", "number": None},
    ),
    Case(
        "incoming_stamp_of_another_body",
        """
ĐẢNG ỦY XÃ MƯỜNG LA

CÔNG VĂN ĐẾN

Số: 417

Ngày 02/6/2026

Chuyển: đ/c Thường trực

TỈNH ỦY SƠN LÂM

*

Số 77-CTr/TU

ĐẢNG CỘNG SẢN VIỆT NAM

Sơn Lâm, ngày 28 tháng 5 năm 2026

CHƯƠNG TRÌNH HÀNH ĐỘNG

thực hiện Nghị quyết số 71-NQ/TW, ngày 22/8/2025 của Bộ Chính trị về đột phá phát triển giáo dục và đào tạo

I- MỤC TIÊU

1- Mục tiêu tổng quát

Nâng cao dân trí.

II- NHIỆM VỤ

1- Đổi mới quản trị nhà trường

Giao quyền tự chủ.

Nơi nhận:

- Bộ Chính trị (b/c),

- Lưu Văn phòng Tỉnh ủy.

T/M BAN THƯỜNG VỤ

BÍ THƯ

Lò Văn Thí Dụ
""",
        outline="""
I- MỤC TIÊU
  1- Mục tiêu tổng quát
II- NHIỆM VỤ
  1- Đổi mới quản trị nhà trường
""",
        roles="paragraph 2",
        metadata={
            "kind": "Chương trình hành động",
            "number": "77-CTr/TU",
            "date": "2026-05-28",
            "place": "Sơn Lâm",
            "issuer": "Ban Thường vụ Tỉnh ủy Sơn Lâm",
            "signer_authority": "T/M BAN THƯỜNG VỤ",
            "signer_role": "BÍ THƯ",
            "signer_name": "Lò Văn Thí Dụ",
            "sphere": "party",
        },
        cites=[("Nghị quyết", "71-NQ/TW", "implements")],
        matter=[
            ("stamp", "ĐẢNG ỦY XÃ MƯỜNG LA"),
            ("stamp", "Số: 417"),
            ("stamp", "Ngày 02/6/2026"),
            ("letterhead", "TỈNH ỦY SƠN LÂM"),
            ("number", "Số 77-CTr/TU"),
        ],
    ),
    Case(
        "stamp_with_a_whole_number_of_its_own",
        """
UBND PHƯỜNG BẾN ĐÁ

ĐẾN Số: 88/CV-UBND

Ngày: 04/4/2026

ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

TỈNH TRÀ NÂU Độc lập - Tự do - Hạnh phúc

Số: 512/UBND-VX Trà Nâu, ngày 01 tháng 4 năm 2026

V/v tăng cường phòng, chống dịch sởi

Kính gửi:

- Sở Y tế;

- Ủy ban nhân dân các xã, phường.

Thực hiện Công điện số 23/CĐ-TTg ngày 15/3/2026 của Thủ tướng Chính phủ về việc đẩy mạnh tiêm vắc xin phòng bệnh sởi, Ủy ban nhân dân tỉnh yêu cầu:

1. Sở Y tế chủ trì tổ chức chiến dịch tiêm chủng, hoàn thành trước ngày 30/4/2026.

2. Ủy ban nhân dân các xã, phường rà soát đối tượng tiêm.

Nơi nhận:

- Như trên;

- Lưu: VT.

TM. ỦY BAN NHÂN DÂN

KT. CHỦ TỊCH

PHÓ CHỦ TỊCH

Phan Thị Giả Định
""",
        roles="basis 1, numbered_paragraph 2",
        metadata={
            "kind": "Công văn",
            "number": "512/UBND-VX",
            "date": "2026-04-01",
            "place": "Trà Nâu",
            "issuer": "Ủy ban nhân dân tỉnh Trà Nâu",
            "title": "V/v tăng cường phòng, chống dịch sởi",
            "signer_authority": "TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH",
            "signer_role": "PHÓ CHỦ TỊCH",
            "sphere": "state",
        },
        cites=[("Công điện", "23/CĐ-TTg", "implements")],
        matter=[
            ("stamp", "UBND PHƯỜNG BẾN ĐÁ"),
            ("letterhead", "ỦY BAN NHÂN DÂN"),
            ("motto", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("recipients", "- Sở Y tế;"),
        ],
    ),
    Case(
        "blank_number_and_day",
        """
SỞ TÀI CHÍNH

Số: /BC-STC

Cồn Ngọc, ngày … tháng 6 năm 2026

BÁO CÁO

Tình hình thu ngân sách 6 tháng đầu năm 2026

A. KẾT QUẢ THU

I. Thu nội địa

Thu nội địa đạt 52% dự toán.

II. Thu từ xuất nhập khẩu

Đạt 48% dự toán.

B. TỒN TẠI

Nợ đọng thuế còn lớn.
""",
        outline="""
A. KẾT QUẢ THU
  I. Thu nội địa
  II. Thu từ xuất nhập khẩu
B. TỒN TẠI
""",
        roles="paragraph 3",
        metadata={
            "number": None,
            "symbol": "BC-STC",
            "date": "2026-06",
            "place": "Cồn Ngọc",
            "issuer": "Sở Tài chính",
            "kind": "Báo cáo",
        },
    ),
    Case(
        "numbering_faults",
        """
HƯỚNG DẪN

sinh hoạt chi bộ quý III

I. NỘI DUNG

1. Sinh hoạt thường kỳ

1.1. Chuẩn bị

Chi ủy họp trước.

1. Tiến hành

Bí thư chủ trì.

1.3. Kết thúc

Thông qua nghị quyết.

2. Sinh hoạt chuyên đề

Mỗi quý một lần.

4. Tự phê bình

Nghiêm túc, cầu thị.

II. TỔ CHỨC

1. Cấp ủy cơ sở

Theo dõi, kiểm tra.

IV. CHẾ ĐỘ BÁO CÁO

Hằng tháng.
""",
        outline="""
I. NỘI DUNG
  1. Sinh hoạt thường kỳ
    1.1. Chuẩn bị
    1. Tiến hành → 1.2.
    1.3. Kết thúc
  2. Sinh hoạt chuyên đề
  4. Tự phê bình → 3.
II. TỔ CHỨC
  1. Cấp ủy cơ sở
IV. CHẾ ĐỘ BÁO CÁO → III.
""",
        roles="paragraph 7",
    ),
    Case(
        "number_not_carried_over",
        """
I. GIẢI PHÁP

1. Về đất đai

1.1. Đo đạc

Hoàn thành năm 2026.

1.2. Cấp giấy

Hoàn thành năm 2027.

2. Về nhà ở

1.1. Nhà ở xã hội

Xây 500 căn.

1.2. Nhà tạm

Xóa 200 căn.
""",
        outline="""
I. GIẢI PHÁP
  1. Về đất đai
    1.1. Đo đạc
    1.2. Cấp giấy
  2. Về nhà ở
    1.1. Nhà ở xã hội → 2.1.
    1.2. Nhà tạm → 2.2.
""",
        roles="paragraph 4",
    ),
    Case(
        "roman_or_letter",
        "\n\n".join(f"{letter}. Lĩnh vực {letter.lower()}\n\nĐạt kế hoạch." for letter in "ABCDĐEGHIK"),
        outline="\n".join(f"{letter}. Lĩnh vực {letter.lower()}" for letter in "ABCDĐEGHIK"),
        roles="paragraph 10",
    ),
    Case(
        "letters_through_i",
        """
A. VĂN HÓA

Một.

B. GIÁO DỤC

Hai.

C. Y TẾ

C. Mác và Ph. Ăngghen đã viết về sức khỏe của công nhân.

D. MÔI TRƯỜNG

V. I. Lênin là tên một con đường trong thành phố này.
""",
        outline="""
A. VĂN HÓA
B. GIÁO DỤC
C. Y TẾ
D. MÔI TRƯỜNG
""",
        roles="paragraph 4",
    ),
    Case(
        "law_with_titles_below_labels",
        """
BỘ DÂN SINH

Số: 12/2026/TT-BDS

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Độc lập - Tự do - Hạnh phúc

Hà Nội, ngày 09 tháng 3 năm 2026

THÔNG TƯ

Quy định về quản lý bến thủy

Căn cứ Luật Giao thông đường thủy nội địa ngày 15 tháng 6 năm 2004; Luật sửa đổi, bổ sung một số điều của Luật Giao thông đường thủy nội địa ngày 17 tháng 6 năm 2014;

Căn cứ Nghị định số 08/2021/NĐ-CP ngày 28 tháng 01 năm 2021 của Chính phủ quy định về quản lý hoạt động đường thủy nội địa;

Theo đề nghị của Cục trưởng Cục Đường thủy;

Bộ trưởng Bộ Dân sinh ban hành Thông tư quy định về quản lý bến thủy.

Chương I

QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh

Thông tư này quy định về bến thủy nội địa.

Điều 2. Giải thích từ ngữ

Trong Thông tư này, các từ ngữ dưới đây được hiểu như sau:

1. Bến thủy là công trình độc lập.

2. Chủ bến là tổ chức, cá nhân được giao quản lý bến, gồm:

a) Tổ chức được giao quản lý;

b) Cá nhân thuê bến.

Chương II

QUẢN LÝ BẾN

Mục 1. CÔNG BỐ HOẠT ĐỘNG

Điều 3. Hồ sơ

1. Hồ sơ gồm:

a) Đơn đề nghị;

b) Bản vẽ.

2. Mục 2 Chương I Thông tư số 50/2014/TT-BGTVT vẫn áp dụng cho hồ sơ cũ.

Mục 2. ĐÌNH CHỈ

Điều 4. Đình chỉ hoạt động

Bến bị đình chỉ khi mất an toàn.

Chương III

ĐIỀU KHOẢN THI HÀNH

Điều 5. Hiệu lực thi hành

1. Thông tư này có hiệu lực từ ngày 01 tháng 5 năm 2026.

2. Thông tư này thay thế Thông tư số 50/2014/TT-BGTVT ngày 17 tháng 10 năm 2014 của Bộ trưởng Bộ Giao thông vận tải.

BỘ TRƯỞNG

Nguyễn Thị Ước Lệ
""",
        outline="""
Chương I QUY ĐỊNH CHUNG
  Điều 1. Phạm vi điều chỉnh
  Điều 2. Giải thích từ ngữ
Chương II QUẢN LÝ BẾN
  Mục 1. CÔNG BỐ HOẠT ĐỘNG
    Điều 3. Hồ sơ
  Mục 2. ĐÌNH CHỈ
    Điều 4. Đình chỉ hoạt động
Chương III ĐIỀU KHOẢN THI HÀNH
  Điều 5. Hiệu lực thi hành
""",
        roles="basis 3, paragraph 4, numbered_paragraph 10",
        metadata={
            "kind": "Thông tư",
            "number": "12/2026/TT-BDS",
            "date": "2026-03-09",
            "issuer": "Bộ Dân sinh",
            "title": "Quy định về quản lý bến thủy",
            "signer_role": "BỘ TRƯỞNG",
            "signer_name": "Nguyễn Thị Ước Lệ",
        },
        cites=[
            ("Luật", None, "based_on"),
            ("Luật", None, "based_on"),
            ("Nghị định", "08/2021/NĐ-CP", "based_on"),
            ("Thông tư", "50/2014/TT-BGTVT", "replaces"),
        ],
    ),
    Case(
        "decision_with_regulation_attached",
        """
ỦY BAN NHÂN DÂN

TỈNH HÒN DÁU

Số: 21/2026/QĐ-UBND

Hòn Dáu, ngày 3 tháng 2 năm 2026

QUYẾT ĐỊNH

Ban hành Quy chế quản lý vỉa hè

Căn cứ Luật Đường bộ năm 2024;

Xét đề nghị của Giám đốc Sở Xây dựng.

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý vỉa hè.

Điều 2. Quyết định này có hiệu lực từ ngày 15 tháng 02 năm 2026 và thay thế Quyết định số 9/2019/QĐ-UBND ngày 05/5/2019.

Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành Quyết định này./.

TM. ỦY BAN NHÂN DÂN

CHỦ TỊCH

Trần Hư Cấu

Nơi nhận:

- Như Điều 3;

- Lưu: VT.

QUY CHẾ

Quản lý vỉa hè

(Ban hành kèm theo Quyết định số 21/2026/QĐ-UBND ngày 03/02/2026 của Ủy ban nhân dân tỉnh)

Chương I

NHỮNG QUY ĐỊNH CHUNG

Điều 1. Phạm vi

Quy chế này áp dụng cho đô thị.

Điều 2. Cấm để xe

Không để xe trên vỉa hè.
""",
        outline="""
@ QUY CHẾ Quản lý vỉa hè
  Chương I NHỮNG QUY ĐỊNH CHUNG
    Điều 1. Phạm vi
    Điều 2. Cấm để xe
""",
        roles="basis 2, numbered_paragraph 3, paragraph 2",
        metadata={
            "number": "21/2026/QĐ-UBND",
            "issuer": "Ủy ban nhân dân tỉnh Hòn Dáu",
            "signer_role": "CHỦ TỊCH",
            "is_attachment": False,
            "title": "Ban hành Quy chế quản lý vỉa hè",
        },
        cites=[("Luật", None, "based_on"), ("Quyết định", "9/2019/QĐ-UBND", "replaces")],
        matter=[("separator", "QUYẾT ĐỊNH:")],
    ),
    Case(
        "party_attachment_with_own_numbering",
        """
HUYỆN ỦY KHE SƯƠNG

*

Số 12-KH/HU

ĐẢNG CỘNG SẢN VIỆT NAM

Khe Sương, ngày 10/01/2026

KẾ HOẠCH

tuyên truyền kỷ niệm ngày thành lập Đảng

I. MỤC ĐÍCH

Lan tỏa niềm tự hào.

II. NỘI DUNG

1. Treo cờ

Từ ngày 01/02.

Trên đây là Kế hoạch tuyên truyền. Đề nghị các đơn vị thực hiện./.

T/L BAN THƯỜNG VỤ

CHÁNH VĂN PHÒNG

Sùng A Mẫu

Nơi nhận:

- Các chi bộ,

- Lưu.

ĐỀ CƯƠNG TUYÊN TRUYỀN

(Kèm theo Kế hoạch số 12-KH/HU, ngày 10/01/2026)

I. Ý NGHĨA

1. Bước ngoặt lịch sử

Đảng ra đời.

II. THÀNH TỰU

Đời sống đổi thay.

Phụ lục 2

KHẨU HIỆU

1. Đảng ta thật là vĩ đại!

2. Mừng Đảng quang vinh!
""",
        outline="""
I. MỤC ĐÍCH
II. NỘI DUNG
  1. Treo cờ
@ ĐỀ CƯƠNG TUYÊN TRUYỀN
  I. Ý NGHĨA
    1. Bước ngoặt lịch sử
  II. THÀNH TỰU
@ Phụ lục 2 KHẨU HIỆU
""",
        roles="paragraph 4, closing 1, numbered_paragraph 2",
        metadata={
            "number": "12-KH/HU",
            "date": "2026-01-10",
            "signer_authority": "T/L BAN THƯỜNG VỤ",
            "signer_role": "CHÁNH VĂN PHÒNG",
            "signer_name": "Sùng A Mẫu",
        },
        cites=[],
        matter=[("attachment_note", "(Kèm theo Kế hoạch số 12-KH/HU, ngày 10/01/2026)")],
    ),
    Case(
        "file_that_is_an_attachment",
        """
PHỤ LỤC II

DANH MỤC NHIỆM VỤ TRỌNG TÂM

(Ban hành kèm theo Quyết định số 321/QĐ-UBND ngày 04 tháng 4 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh)

| STT | Nhiệm vụ | Đơn vị |
|---|---|---|
| 1 | Lát đá vỉa hè | Sở Xây dựng |
| 2 | Trồng cây | Sở Nông nghiệp và Môi trường |

Ghi chú: hoàn thành trước 31/12.
""",
        roles="table_row 3, note 1",
        metadata={
            "kind": "Phụ lục",
            "is_attachment": True,
            "title": "DANH MỤC NHIỆM VỤ TRỌNG TÂM",
            "number": None,
            "issuer": "Chủ tịch Ủy ban nhân dân tỉnh",
        },
        cites=[("Quyết định", "321/QĐ-UBND", "mentions")],
    ),
    Case(
        "run_in_heads_and_lists",
        """
I. MỤC TIÊU

1. Mục tiêu chung: Đến năm 2030 tỉnh có 90% đường làng được trải nhựa.

2. Mục tiêu cụ thể:

- Về giao thông: 500 km đường.

- Về điện, gồm:

+ Lưới 110 kV;

+ Lưới 22 kV.

a) Giai đoạn 1: Từ năm 2026 đến năm 2028.

b) Giai đoạn 2: Từ năm 2028 đến năm 2030.

3. Các chỉ tiêu gồm:

a) Số km đường: 500.

b) Số cầu: 12.
""",
        outline="""
I. MỤC TIÊU
  ~ 1. Mục tiêu chung
  2. Mục tiêu cụ thể
    ~ a) Giai đoạn 1
    ~ b) Giai đoạn 2
""",
        roles="paragraph 3, bullet 2, sub_bullet 2, numbered_paragraph 3",
    ),
    Case(
        "page_breaks_with_page_numbers",
        """
I. ĐÁNH GIÁ

Công tác cải cách hành chính có nhiều chuyển biến, tỷ lệ hồ sơ trực tuyến đạt 80% và

2

tiếp tục tăng; song một số xã còn chậm, nhất là ở vùng sâu, nơi đường truyền yếu, máy móc

- 3 -

cũ kỹ, cán bộ thiếu.

1. Nguyên nhân khách quan

Địa bàn rộng
""",
        outline="""
I. ĐÁNH GIÁ
  1. Nguyên nhân khách quan
""",
        roles="paragraph 2",
        matter=[("page_furniture", "2"), ("page_furniture", "- 3 -")],
    ),
    Case(
        "markdown_levels_lie",
        """
# KẾ HOẠCH

**Sắp xếp trường lớp**

##### I. MỤC ĐÍCH

# **1. Chỉ đạo ngành:**

Rà soát.

### 2. Chỉ đạo xã

###### II. TỔ CHỨC

## 1. Sở Nội vụ

Tham mưu.

#### Nơi nhận:

- Lưu.
""",
        outline="""
I. MỤC ĐÍCH
  1. Chỉ đạo ngành
  2. Chỉ đạo xã
II. TỔ CHỨC
  1. Sở Nội vụ
""",
        roles="paragraph 2",
        metadata={"title": "Sắp xếp trường lớp"},
    ),
    Case(
        "headings_without_labels",
        """
# BÁO CÁO

Công tác dân vận quý II

## Kết quả đạt được

Tổ chức 12 hội nghị.

### Hạn chế

Còn hình thức.

## Nhiệm vụ tới

1. Nắm chắc tình hình nhân dân ở cơ sở.

2. Nâng chất lượng đối thoại.
""",
        outline="""
Kết quả đạt được
  Hạn chế
Nhiệm vụ tới
""",
        roles="paragraph 2, numbered_paragraph 2",
        metadata={"kind": "Báo cáo", "title": "Công tác dân vận quý II"},
    ),
    Case(
        "phan_and_numbers_that_are_no_labels",
        """
ĐỀ ÁN

Phát triển cây chè

Phần thứ nhất

SỰ CẦN THIẾT

I. THỰC TRẠNG

15.000 ha chè đang cho thu hoạch.

2026 là năm bản lề.

30/4 hằng năm tổ chức lễ hội.

2.5 triệu lượt khách là mục tiêu.

Phần thứ hai

NỘI DUNG

I. MỤC TIÊU

1.Mục tiêu chung

Nâng giá trị.

2.Mục tiêu riêng

Chế biến sâu.
""",
        outline="""
Phần thứ nhất SỰ CẦN THIẾT
  I. THỰC TRẠNG
Phần thứ hai NỘI DUNG
  I. MỤC TIÊU
    1. Mục tiêu chung
    2. Mục tiêu riêng
""",
        roles="paragraph 6",
        metadata={"kind": "Đề án", "title": "Phát triển cây chè"},
    ),
    Case(
        "directive_with_numbered_paragraphs_and_note",
        """
BAN CHẤP HÀNH TRUNG ƯƠNG

*

Số 61CT/TW

ĐẢNG CỘNG SẢN VIỆT NAM

Hà Nội, ngày 5 tháng 4 năm 2026

CHỈ THỊ

CỦA BAN BÍ THƯ

về tăng cường quản lý vật liệu

Thực hiện Kết luận 30 của Bộ Chính trị và Nghị quyết số 80NQ/TW, ngày 07/01/2026 của Bộ Chính trị về phát triển văn hóa, công tác này có tiến bộ. Tuy nhiên còn hạn chế.

Để khắc phục, Ban Bí thư yêu cầu:

1. Các cấp ủy quán triệt Nghị quyết 80 về văn hóa; kiểm tra hằng năm.

2. Đảng ủy Quốc hội lãnh đạo hoàn thiện pháp luật.

Bổ sung chế tài xử phạt.

3. Ban Tuyên giáo và Dân vận Trung ương hướng dẫn.

Chỉ thị này phổ biến đến chi bộ.

T/M BAN BÍ THƯ

Trần Cẩm Giả
""",
        roles="basis 2, numbered_paragraph 3, paragraph 1, closing 1",
        metadata={
            "number": "61-CT/TW",
            "issuer": "Ban Bí thư",
            "title": "về tăng cường quản lý vật liệu",
            "signer_authority": "T/M BAN BÍ THƯ",
            "signer_role": None,
            "signer_name": "Trần Cẩm Giả",
        },
        cites=[("Kết luận", None, "implements"), ("Nghị quyết", "80-NQ/TW", "implements")],
    ),
    Case(
        "old_and_new_tones_and_lower_case_continuation",
        """
I. VĂN HOÁ

1. Xoá đói, giảm nghèo, phát triển thuỷ lợi

Các xã vùng cao tiếp tục kiên cố hoá kênh mương,

Nhà nước hỗ trợ xi măng.

- hoá chất bảo vệ thực vật phải

được quản lý chặt chẽ;

- thuỷ sản nuôi lồng.
""",
        outline="""
I. VĂN HOÁ
  1. Xoá đói, giảm nghèo, phát triển thuỷ lợi
""",
        roles="paragraph 2, bullet 2",
    ),
    Case(
        "signature_before_recipients_several_signers",
        """
KẾ HOẠCH PHỐI HỢP

tuyên truyền pháp luật giao thông

1. Nội dung

Phát thanh hằng tuần.

2. Phân công

Mỗi bên cử một đầu mối.

TM. SỞ TƯ PHÁP

GIÁM ĐỐC

(Đã ký)

Đỗ Văn Một

KT. GIÁM ĐỐC CÔNG AN TỈNH

PHÓ GIÁM ĐỐC

Thượng tá Lê Thị Hai

Nơi nhận:

- Hai ngành;

- Lưu: VT.
""",
        outline="""
1. Nội dung
2. Phân công
""",
        roles="paragraph 2",
        metadata={
            "kind": "Kế hoạch phối hợp",
            "signer_authority": "TM. SỞ TƯ PHÁP",
            "signer_role": "GIÁM ĐỐC",
            "signer_name": "Đỗ Văn Một",
        },
        matter=[("signature", "Thượng tá Lê Thị Hai"), ("recipients", "- Lưu: VT.")],
    ),
    Case(
        "letterhead_in_a_table",
        """
| ỦY BAN NHÂN DÂN TỈNH MÙ SA | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
|---|---|
| SỞ Y TẾ | Độc lập - Tự do - Hạnh phúc |
| Số: 45/TB-SYT | Mù Sa, ngày 7 tháng 7 năm 2026 |

THÔNG BÁO

Lịch tiêm chủng

Sở Y tế thông báo lịch tiêm như sau:

| Xã | Ngày |
|---|---|
| A | 10/7 |

| Nơi nhận: - Như trên; | KT. GIÁM ĐỐC |
|---|---|
| - Lưu: VT. | PHÓ GIÁM ĐỐC |
| | Vũ Bịa Đặt |
""",
        roles="paragraph 1, table_row 2",
        metadata={
            "number": "45/TB-SYT",
            "issuer": "Sở Y tế tỉnh Mù Sa",
            "date": "2026-07-07",
            "kind": "Thông báo",
            "place": "Mù Sa",
            "signer_authority": "KT. GIÁM ĐỐC",
            "signer_role": "PHÓ GIÁM ĐỐC",
            "signer_name": "Vũ Bịa Đặt",
        },
    ),
    Case(
        "amending_decree_quotes_what_it_puts_in",
        """
NGHỊ ĐỊNH

Sửa đổi, bổ sung một số điều của Nghị định số 15/2020/NĐ-CP ngày 03 tháng 02 năm 2020 của Chính phủ

Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 15/2020/NĐ-CP

1. Sửa đổi Điều 3 như sau:

“Điều 3. Mức phạt

1. Phạt tiền 5 triệu đồng.

2. Phạt cảnh cáo.”

2. Bãi bỏ Điều 9.

Điều 2. Hiệu lực

Nghị định này có hiệu lực ngay; bãi bỏ Nghị định số 11/2018/NĐ-CP.
""",
        outline="""
Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 15/2020/NĐ-CP
Điều 2. Hiệu lực
""",
        roles="numbered_paragraph 2, paragraph 4",
        metadata={"kind": "Nghị định"},
        cites=[("Nghị định", "15/2020/NĐ-CP", "amends"), ("Nghị định", "11/2018/NĐ-CP", "replaces")],
    ),
    Case(
        "issuer_from_basis_and_place",
        """
Số: …/KH-UBND

Suối Tre, ngày tháng năm 2026

KẾ HOẠCH

Thu gom rác thải nhựa

Thực hiện Kế hoạch số 64/KH-UBND ngày 02/3/2026 của UBND tỉnh, UBND xã ban hành Kế hoạch như sau:

1. Mục đích

Sạch đường, sạch ngõ.

2. Kinh phí

Từ ngân sách xã.
""",
        outline="""
1. Mục đích
2. Kinh phí
""",
        roles="basis 1, paragraph 2",
        metadata={
            "number": None,
            "symbol": "KH-UBND",
            "date": "2026",
            "issuer": "Ủy ban nhân dân xã Suối Tre",
            "place": "Suối Tre",
        },
        cites=[("Kế hoạch", "64/KH-UBND", "implements")],
    ),
    Case(
        "citations_of_every_shape",
        """
I. CƠ SỞ

SỐ 341 -KH/BTGTW là kế hoạch của Ban Tuyên giáo Trung ương; Hướng dẫn số 58 - HD/BTGTW ngày 4-5-2026; các Chỉ thị số 04-CT/TW, 05-CT/TW.

Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV; Quyết định số 127/QĐ-TTg ngày 20 tháng 01 năm 2026 của Thủ tướng Chính phủ phê duyệt Chiến lược dữ liệu.

Theo Kết luận số 12 thì không có gì mới; Luật Đất đai năm 2024 đã nêu rõ. Nghị quyết 5 năm một lần.
""",
        outline="I. CƠ SỞ",
        roles="paragraph 3",
        cites=[
            ("Kế hoạch", "341-KH/BTGTW", "mentions"),
            ("Hướng dẫn", "58-HD/BTGTW", "mentions"),
            ("Chỉ thị", "04-CT/TW", "mentions"),
            ("Chỉ thị", "05-CT/TW", "mentions"),
            ("Nghị quyết", None, "mentions"),
            ("Quyết định", "127/QĐ-TTg", "mentions"),
            ("Kết luận", None, "mentions"),
            ("Luật", None, "mentions"),
        ],
    ),
    Case(
        "list_of_names_is_no_heading",
        """
I. THÀNH PHẦN

1. Sở Nội vụ

2. Sở Tài chính

3. Công an tỉnh

II. THỜI GIAN

Ngày 05 tháng 5.
""",
        outline="""
I. THÀNH PHẦN
II. THỜI GIAN
""",
        roles="numbered_paragraph 3, paragraph 1",
    ),
    Case(
        "kind_and_title_on_one_line",
        """
THÔNG TRI Về triệu tập đại hội công đoàn cơ sở

Công đoàn cơ sở tổ chức đại hội trong quý IV./.
""",
        roles="paragraph 1",
        metadata={"kind": "Thông tri", "title": "Về triệu tập đại hội công đoàn cơ sở"},
    ),
    Case(
        "long_number_head_is_a_sentence",
        """
2. Nội dung

2.1. Chương trình xác định ba khâu đột phá, trong đó nhấn mạnh.

2.1.1. Hạ tầng: Xây dựng cảng.

2.1.2 Nhân lực chất lượng cao

Đào tạo 500 kỹ sư.

2.2. Chương trình đề ra hai nhóm giải pháp, bao gồm:

2.2.1. Hoàn thiện thể chế

Sửa quy chế.

2.2.2. Huy động vốn

Lập quỹ.

2.3. Chương trình đã cụ thể hóa các mục tiêu bằng 22 nhiệm vụ trọng tâm. Qua đó, tạo thuận lợi cho các ngành.
""",
        outline="""
2. Nội dung
  2.1. Chương trình xác định ba khâu đột phá, trong đó nhấn mạnh.
    ~ 2.1.1. Hạ tầng
    2.1.2. Nhân lực chất lượng cao
  2.2. Chương trình đề ra hai nhóm giải pháp, bao gồm
    2.2.1. Hoàn thiện thể chế
    2.2.2. Huy động vốn
""",
        roles="paragraph 4, numbered_paragraph 1",
    ),
    Case(
        "labels_that_carry_the_roman_number",
        """
BÁO CÁO

Kết quả công tác quý I

II. NHIỆM VỤ

II.1. Về kinh tế

Tăng trưởng 8%.

II.1.1. Công nghiệp

Tăng 10%.

II.2. Về xã hội

Giảm nghèo.

III. ĐỀ XUẤT

1. Thời gian: từ ngày 01/5 đến ngày 10/5.

2. Địa điểm: Hội trường Tỉnh ủy.
""",
        outline="""
II. NHIỆM VỤ
  II.1. Về kinh tế
    II.1.1. Công nghiệp
  II.2. Về xã hội
III. ĐỀ XUẤT
  ~ 1. Thời gian
  ~ 2. Địa điểm
""",
        roles="paragraph 5",
    ),
    Case(
        "study_guide_with_questions",
        """
TÀI LIỆU SINH HOẠT CHI BỘ THÁNG 5/2026

(Lưu hành nội bộ)

PHẦN MỘT

NHỮNG NỘI DUNG CƠ BẢN

Chuyên đề 1. Học tập Nghị quyết Trung ương 4 khóa XII

Câu 1: Vì sao phải xây dựng Đảng?

Vì Đảng lãnh đạo.

Câu 2. Nội dung chính là gì?

Gồm ba nội dung.

PHẦN HAI

THÔNG TIN THỜI SỰ

Trong nước ổn định.
""",
        outline="""
PHẦN MỘT NHỮNG NỘI DUNG CƠ BẢN
  Chuyên đề 1. Học tập Nghị quyết Trung ương 4 khóa XII
    Câu 1 Vì sao phải xây dựng Đảng?
    Câu 2. Nội dung chính là gì?
PHẦN HAI THÔNG TIN THỜI SỰ
""",
        roles="paragraph 3",
        metadata={"kind": "Tài liệu", "title": "SINH HOẠT CHI BỘ THÁNG 5/2026", "is_attachment": False},
        cites=[("Nghị quyết", None, "mentions")],
    ),
    Case(
        "party_decision_with_flattened_columns",
        """
TỈNH ỦY HÒN DÁU ĐẢNG CỘNG SẢN VIỆT NAM

* Hòn Dáu, ngày 5 tháng 5 năm 2026

Số 127-QĐ/TU

QUYẾT ĐỊNH

thành lập Ban Chỉ đạo

-----

- Căn cứ Điều lệ Đảng;

- Căn cứ Quy chế làm việc số 01-QC/TU, ngày 01/01/2026 của Ban Chấp hành Đảng bộ tỉnh;

- Xét đề nghị của Ban Tổ chức Tỉnh ủy,

BAN THƯỜNG VỤ TỈNH ỦY QUYẾT ĐỊNH

Điều 1. Thành lập Ban Chỉ đạo gồm các đồng chí có tên sau:

1. Đồng chí Nguyễn Văn A, Trưởng ban;

2. Đồng chí Trần Văn B, Phó Trưởng ban.

Điều 2. Quyết định này có hiệu lực từ ngày ký.

Nơi nhận: T/M BAN THƯỜNG VỤ

- Như Điều 2, PHÓ BÍ THƯ

- Lưu VPTU.

Lê Minh Mẫu
""",
        outline="Điều 1. Thành lập Ban Chỉ đạo gồm các đồng chí có tên sau",
        roles="basis 3, numbered_paragraph 3",
        metadata={
            "issuer": "Ban Thường vụ Tỉnh ủy Hòn Dáu",
            "place": "Hòn Dáu",
            "number": "127-QĐ/TU",
            "signer_authority": "T/M BAN THƯỜNG VỤ",
            "signer_role": "PHÓ BÍ THƯ",
            "signer_name": "Lê Minh Mẫu",
        },
        cites=[("Quy chế", "01-QC/TU", "based_on")],
        matter=[
            ("letterhead", "TỈNH ỦY HÒN DÁU"),
            ("motto", "ĐẢNG CỘNG SẢN VIỆT NAM"),
            ("recipients", "- Như Điều 2,"),
        ],
    ),
    Case(
        "resolution_of_a_council",
        """
HỘI ĐỒNG NHÂN DÂN

TỈNH HÒN DÁU

Số: 15/NQ-HĐND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Độc lập - Tự do - Hạnh phúc

Hòn Dáu, ngày 10 tháng 7 năm 2026

NGHỊ QUYẾT

Về chủ trương đầu tư dự án cầu Bãi Sậy

HỘI ĐỒNG NHÂN DÂN TỈNH HÒN DÁU

KHÓA XVIII, KỲ HỌP THỨ 3

Căn cứ Luật Đầu tư công ngày 29 tháng 11 năm 2024;

Xét Tờ trình số 88/TTr-UBND ngày 01 tháng 7 năm 2026 của Ủy ban nhân dân tỉnh về chủ trương đầu tư; Báo cáo thẩm tra của Ban Kinh tế - Ngân sách.

QUYẾT NGHỊ:

Điều 1. Quyết định chủ trương đầu tư với nội dung sau:

1. Tên dự án: Cầu Bãi Sậy.

2. Tổng mức đầu tư: 500 tỷ đồng.

Điều 2. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện.

Nghị quyết này đã được Hội đồng nhân dân tỉnh khóa XVIII, kỳ họp thứ 3 thông qua ngày 10 tháng 7 năm 2026./.

CHỦ TỊCH

Hà Văn Mẫu
""",
        outline="""
Điều 1. Quyết định chủ trương đầu tư với nội dung sau
  ~ 1. Tên dự án
  ~ 2. Tổng mức đầu tư
""",
        roles="basis 2, paragraph 2, numbered_paragraph 1, closing 1",
        metadata={
            "issuer": "Hội đồng nhân dân tỉnh Hòn Dáu",
            "number": "15/NQ-HĐND",
            "title": "Về chủ trương đầu tư dự án cầu Bãi Sậy",
        },
        cites=[("Luật", None, "based_on"), ("Tờ trình", "88/TTr-UBND", "based_on")],
        matter=[("separator", "QUYẾT NGHỊ:"), ("letterhead", "KHÓA XVIII, KỲ HỌP THỨ 3")],
    ),
    Case(
        "running_head_above_and_chapter_title_on_three_lines",
        """
VĂN BẢN QUY PHẠM PHÁP LUẬT

BỘ DÂN SINH

BỘ DÂN SINH

Số: 3/2026/TT-BDS

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Ðộc lập - Tự do - Hạnh phúc

Hà Nội, ngày 01 tháng 4 năm 2026

THÔNG TƯ

Quy định về chợ

Chương I

QUY ĐỊNH VỀ XÂY DỰNG,

QUẢN LÝ, SỬ DỤNG

CHỢ NÔNG THÔN

Điều 1. Phạm vi

Thông tư này quy định về chợ.

Chương II

THI HÀNH

Mục 1. CHUYỂN TIẾP

Điều 2. Chợ cũ

Giữ nguyên.

PHỤ LỤC

MẪU ĐƠN

(Kèm theo Thông tư số 3/2026/TT-BDS)

Kính gửi: Ủy ban nhân dân xã
""",
        outline="""
Chương I QUY ĐỊNH VỀ XÂY DỰNG, QUẢN LÝ, SỬ DỤNG CHỢ NÔNG THÔN
  Điều 1. Phạm vi
Chương II THI HÀNH
  Mục 1. CHUYỂN TIẾP
    Điều 2. Chợ cũ
@ PHỤ LỤC MẪU ĐƠN
""",
        roles="paragraph 3",
        metadata={
            "issuer": "Bộ Dân sinh",
            "number": "3/2026/TT-BDS",
            "date": "2026-04-01",
            "is_attachment": False,
        },
        matter=[("page_furniture", "VĂN BẢN QUY PHẠM PHÁP LUẬT")],
    ),
    Case(
        "list_from_one_under_a_heading_numbered_two",
        """
KẾ HOẠCH

Phòng ngừa lừa đảo qua mạng

II. NHIỆM VỤ

1. Tuyên truyền

1. Mỗi tuần phát một bản tin.

2. Mỗi tháng in một tờ rơi.

2. Phòng ngừa nghiệp vụ

1. Thu hồi SIM không chính chủ.

2. Kiểm tra tiệm cầm đồ.

3. Tiếp nhận tin báo

Trực 24/24.
""",
        outline="""
II. NHIỆM VỤ
  1. Tuyên truyền
  2. Phòng ngừa nghiệp vụ
  3. Tiếp nhận tin báo
""",
        roles="numbered_paragraph 4, paragraph 1",
        metadata={"title": "Phòng ngừa lừa đảo qua mạng"},
    ),
    Case(
        "digital_signature_stamp_and_letter",
        """
Người ký: ỦY BAN NHÂN DÂN TỈNH LAM KHÊ

Email: vp@lamkhe.gov.vn

Thời gian ký: 12.05.2026 08:12:00 +07:00

ỦY BAN NHÂN DÂN

TỈNH LAM KHÊ

---

Số: 2345/UBND-KGVX

V/v triển khai Chỉ thị số 04-CT/TW của Ban Bí thư Trung ương Đảng về xuất bản

CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM

Độc lập – Tự do – Hạnh phúc

Lam Khê, ngày 12 tháng 5 năm 2026

HỎA TỐC

Kính gửi: Các sở, ban, ngành tỉnh; UBND các xã, phường.

UBND tỉnh nhận được Công văn số 898-CV/TU, ngày 16/4/2026 của Ban Thường vụ Tỉnh ủy về việc quán triệt Chỉ thị số 04-CT/TW. UBND tỉnh có ý kiến như sau:

1. Giao Sở Văn hóa, Thể thao và Du lịch chủ trì tham mưu kế hoạch, hoàn thành trước ngày 30/5/2026.

2. Các sở, ngành phối hợp thực hiện.

Căn cứ nội dung trên, các đơn vị triển khai thực hiện./.

KT. CHỦ TỊCH

PHÓ CHỦ TỊCH

Tống Thanh Mẫu
""",
        roles="paragraph 1, numbered_paragraph 2, closing 1",
        metadata={
            "kind": "Công văn",
            "number": "2345/UBND-KGVX",
            "issuer": "Ủy ban nhân dân tỉnh Lam Khê",
            "date": "2026-05-12",
            "sphere": "state",
        },
        cites=[("Chỉ thị", "04-CT/TW", "implements"), ("Công văn", "898-CV/TU", "mentions")],
        matter=[("stamp", "Email: vp@lamkhe.gov.vn"), ("stamp", "HỎA TỐC")],
    ),
    Case(
        "stamp_whose_number_has_a_symbol_and_no_letterhead_below",
        """
SỞ Y TẾ

ĐẾN

Số: 88/CV-SYT

Ngày: 12 tháng 5 năm 2026

KẾ HOẠCH

Tiêm chủng mở rộng

1. Một việc

Hai.
""",
        outline="1. Một việc",
        roles="paragraph 1",
        metadata={"kind": "Kế hoạch", "number": None, "date": None, "issuer": None},
        cites=[],
        matter=[("stamp", "Số: 88/CV-SYT"), ("stamp", "Ngày: 12 tháng 5 năm 2026")],
    ),
    Case(
        "small_letters_and_slashes",
        """
Ủy ban nhân dân tỉnh Hòn Dáu

Số: 15/KH-UBND

Hòn Dáu, ngày 3 tháng 2 năm 2026

Kế hoạch

Phòng chống thiên tai

I/ Mục đích:

- Giảm thiệt hại.

II/ Nội dung:

1/ Tuyên truyền: Phát thanh hằng ngày.

2/ Trực ban

a. Tại tỉnh

Văn phòng trực 24/24.

b. Tại xã

Chủ tịch xã trực.

III/ Kinh phí: Ngân sách tỉnh.
""",
        outline="""
I/ Mục đích
II/ Nội dung
  ~ 1/ Tuyên truyền
  2/ Trực ban
    a. Tại tỉnh
    b. Tại xã
~ III/ Kinh phí
""",
        roles="bullet 1, paragraph 4",
        metadata={
            "issuer": "Ủy ban nhân dân tỉnh Hòn Dáu",
            "number": "15/KH-UBND",
            "title": "Phòng chống thiên tai",
        },
    ),
]
