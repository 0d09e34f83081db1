"""The forms for communes' and schools' offices: hamlets and schools."""

from __future__ import annotations

from datetime import date

from phusong.views.kit.fields import Field, Template
from phusong.views.labels import tell
from phusong.vocabulary.tables.accepted import HAMLET_LINEAGE, HAMLETS, SCHOOLS
from phusong.vocabulary.terms import HamletKind

LON = Field(
    "lon",
    "Kinh độ theo WGS 84, đọc từ điện thoại hoặc máy định vị; ghi ít nhất năm chữ số thập phân",
    105.57214,
)
LAT = Field("lat", "Vĩ độ theo WGS 84, ghi như kinh độ", 21.49873)
COMMUNE_CODE = Field(
    "commune_code",
    "Mã đơn vị hành chính cấp xã (5 chữ số, giữ số 0 ở đầu) theo danh mục của cơ quan thống kê",
    "08914",
    required=True,
)
COMMUNE_NAME = Field(
    "commune_name",
    "Tên xã, phường, thị trấn, để đối chiếu với mã",
    "Đạo Trù",
    vi="Xã",
    holds="text",
)

HAMLET_FORM = Template(
    "hamlets",
    1,
    "danh_sach_thon",
    "DANH SÁCH THÔN, TỔ DÂN PHỐ",
    "Ủy ban nhân dân cấp xã",
    HAMLETS,
    (
        Field(
            "hamlet_id",
            "Mã do xã hoặc chương trình đặt, nếu đã có; để trống thì hệ thống đặt mã",
            "VIDU-001",
        ),
        Field("name", "Tên thôn, không kèm loại", "Thôn Ví Dụ Một", required=True),
        Field(
            "kind",
            "Loại đơn vị dân cư",
            "thôn",
            words=tuple(tell(k, "vi") for k in HamletKind if k != HamletKind.UNSTATED),
        ),
        COMMUNE_CODE,
        COMMUNE_NAME,
        Field("households", "Số hộ thường trú", 214),
        Field("population", "Số nhân khẩu thường trú", 893),
        LON,
        LAT,
        Field("special_difficulty", "Thôn đặc biệt khó khăn theo quyết định hiện hành", "có"),
        Field("grid_power", "Thôn có điện lưới quốc gia", "có"),
        Field(
            "former_names",
            "Tên gọi trước khi sáp nhập, đổi tên; nhiều tên cách nhau bằng dấu ;",
            "",
        ),
    ),
    (
        "Mỗi dòng là một thôn. Tọa độ lấy tại nhà văn hóa thôn; thôn chưa có nhà văn hóa thì lấy ở giữa "
        "khu dân cư đông nhất.",
        "Không đo được tọa độ thì để trống, không ghi tọa độ của trụ sở xã.",
    ),
)

SCHOOL_FORM = Template(
    "schools",
    2,
    "danh_sach_truong",
    "DANH SÁCH TRƯỜNG HỌC",
    "cơ quan quản lý giáo dục",
    SCHOOLS,
    (
        Field("school_id", "Mã trường trong cơ sở dữ liệu ngành", "26VIDU01", required=True),
        Field("name", "Tên trường đầy đủ", "Trường Tiểu học Ví Dụ", required=True),
        Field(
            "level",
            "Cấp học của trường",
            "TH",
            words=("TH", "THCS", "THPT", "TH-THCS", "THCS-THPT", "MN", "GDTX"),
            open_list=True,
        ),
        COMMUNE_CODE,
        COMMUNE_NAME,
        LON,
        LAT,
        Field("pupils", "Số học sinh đang học", 412),
        Field("has_internet", "Trường có đường truyền Internet đang dùng được", "có"),
    ),
    ("Mỗi dòng là một trường; điểm trường lẻ ghi thành dòng riêng, mã trường kèm số thứ tự điểm.",),
)

CHANGE_FORM = Template(
    "hamlet_lineage",
    12,
    "thon_sap_nhap_chia_tach",
    "THÔN SÁP NHẬP, CHIA TÁCH, ĐỔI TÊN, CHUYỂN XÃ",
    "Ủy ban nhân dân cấp xã",
    HAMLET_LINEAGE,
    (
        Field(
            "from_hamlet_id",
            "Mã thôn cũ trong danh sách thôn trước khi sắp xếp, nếu có",
            "VIDU-001",
        ),
        Field("from_hamlet", "Tên thôn cũ", "Thôn Ví Dụ Một", required=True),
        Field("from_commune_code", COMMUNE_CODE.meaning, "08914", required=True),
        Field(
            "to_hamlet_id", "Mã thôn mới, nếu đã có; không dùng lại mã của thôn khác", "VIDU-101"
        ),
        Field("to_hamlet", "Tên thôn mới", "Thôn Ví Dụ Mới", required=True),
        Field(
            "to_commune_code", "Mã xã của thôn mới; ghi cả khi không đổi", "08914", required=True
        ),
        Field("share", "Phần số hộ thôn cũ chuyển sang, từ 0 đến 1; nhập cả thôn thì ghi 1", 1),
        Field("households", "Số hộ của thôn cũ chuyển sang thôn mới", 214),
        Field(
            "lon",
            "Kinh độ nhà văn hóa thôn cũ, để thôn cũ vẫn được xét sóng như một cụm",
            105.57214,
        ),
        Field("lat", LAT.meaning, LAT.example),
        Field("decision", "Số nghị quyết, quyết định", "Nghị quyết ví dụ số 01", required=True),
        Field("changed_on", "Ngày thôn mới bắt đầu hoạt động", date(2026, 6, 1), required=True),
    ),
    (
        "Mỗi dòng là một thôn cũ đi vào một thôn mới: hai thôn nhập một ghi hai dòng; một thôn tách hai "
        "cũng ghi hai dòng, phần của hai dòng cộng lại bằng 1; đổi tên, chuyển xã ghi một dòng.",
        "Thôn giữ nguyên mã mà nhận thêm thôn khác, hoặc bị tách một phần: ghi thêm một dòng từ chính "
        "thôn đó sang chính thôn đó.",
    ),
)

PLACE_FORMS = (HAMLET_FORM, SCHOOL_FORM, CHANGE_FORM)
