"""The forms that name persons: pupils and poor households. They ask for what is needed and no more."""

from __future__ import annotations

from datetime import date

from phusong.views.kit.fields import Field, Template
from phusong.vocabulary.tables.persons import POVERTY, STUDENTS

CLOSED = (
    "Danh sách có dữ liệu cá nhân của trẻ em: đặt mật khẩu cho tệp, chỉ gửi qua kênh nêu trong công văn, "
    "không gửi qua mạng xã hội."
)
HAMLET = Field(
    "hamlet", "Thôn, xóm, tổ dân phố nơi học sinh đang ở", "Thôn Ví Dụ Một", required=True
)
COMMUNE = Field("commune", "Xã, phường, thị trấn nơi đang ở", "Đạo Trù", required=True)
DISTRICT = Field("district", "Huyện, thành phố; để trống với địa chỉ từ 01/7/2025", "Tam Đảo")

STUDENT_FORM = Template(
    "students",
    6,
    "hoc_sinh",
    "DANH SÁCH HỌC SINH VÀ ĐIỀU KIỆN HỌC TRỰC TUYẾN",
    "nhà trường",
    STUDENTS,
    (
        Field(
            "student_code", "Mã định danh trong cơ sở dữ liệu ngành", "2600000001", required=True
        ),
        Field(
            "personal_id",
            "Chỉ ghi khi học sinh chưa có mã định danh của Bộ; để trống trong các trường hợp khác",
        ),
        Field("full_name", "Họ và tên đầy đủ, có dấu", "Học Sinh Ví Dụ", required=True),
        Field("birth_date", "Ngày sinh", date(2012, 3, 14), required=True),
        Field("sex", "Giới tính", "nữ"),
        Field("school_id", "Mã trường trong cơ sở dữ liệu ngành", "26VIDU01", required=True),
        Field("class_name", "Lớp đang học", "3A", required=True),
        Field("status", "Trạng thái học tập", "đang học"),
        HAMLET,
        COMMUNE,
        DISTRICT,
        Field("province", "Tỉnh nơi đang ở", "Phú Thọ"),
        Field(
            "guardian_1",
            "Cha hoặc người giám hộ, để đối chiếu danh sách hộ nghèo",
            "Phụ Huynh Ví Dụ",
        ),
        Field("guardian_2", "Mẹ hoặc người giám hộ thứ hai"),
        Field(
            "household_code", "Mã hộ trong danh sách hộ nghèo, cận nghèo, nếu biết", "VIDU-HO-01"
        ),
        Field(
            "poor",
            "Thuộc hộ nghèo của năm",
            "không",
            vi="Hộ nghèo",
            holds="bool",
            words=("có", "không"),
        ),
        Field(
            "near_poor",
            "Thuộc hộ cận nghèo của năm",
            "có",
            vi="Hộ cận nghèo",
            holds="bool",
            words=("có", "không"),
        ),
        Field(
            "classes",
            "Hoàn cảnh khó khăn khác đã được xác nhận; nhiều hoàn cảnh cách nhau bằng dấu ;",
            "mồ côi cha hoặc mẹ",
            column="hardships",
            vi="Đối tượng",
            words=(
                "mồ côi cả cha lẫn mẹ",
                "mồ côi cha hoặc mẹ",
                "cha, mẹ mất do COVID-19",
                "con thương binh, liệt sĩ, người có công",
                "khuyết tật nặng",
                "gia đình chính sách",
                "mất thu nhập do dịch bệnh",
                "hoàn cảnh khó khăn khác",
            ),
            open_list=True,
        ),
        Field("boarder", "Học sinh nội trú hoặc ở trọ", "không"),
        Field("device", "Thiết bị học trực tuyến tại nhà", "dùng chung thiết bị"),
        Field("device_kind", "Loại thiết bị đang có", "điện thoại thông minh"),
        Field("device_sharers", "Số học sinh cùng dùng thiết bị đó", 2),
        Field("connection", "Kết nối Internet tại nhà", "di động 3G"),
        Field("consent", "Cha mẹ hoặc người giám hộ đã ký phiếu đồng ý", "có"),
    ),
    (
        CLOSED,
        "Không ghi dân tộc, loại khuyết tật, số điện thoại: chương trình không cần những dữ liệu này.",
    ),
)

POVERTY_FORM = Template(
    "poverty",
    7,
    "ho_ngheo_can_ngheo",
    "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO CÓ HỌC SINH",
    "Ủy ban nhân dân cấp xã",
    POVERTY,
    (
        Field("household_code", "Mã hộ trong danh sách được công nhận", "VIDU-HO-01"),
        Field("head_name", "Họ và tên chủ hộ", "Chủ Hộ Ví Dụ", required=True),
        Field("head_birth_year", "Năm sinh của chủ hộ", 1984),
        Field("hamlet", "Thôn, xóm, tổ dân phố", "Thôn Ví Dụ Một", required=True),
        Field("commune", "Xã, phường, thị trấn", "Đạo Trù", required=True),
        DISTRICT,
        Field(
            "poverty",
            "Kết quả rà soát của năm",
            "hộ cận nghèo",
            words=("hộ nghèo", "hộ cận nghèo"),
            required=True,
        ),
        Field("persons", "Số nhân khẩu của hộ", 4),
        Field(
            "members",
            "Chỉ ghi thành viên đang đi học: họ tên (năm sinh), cách nhau bằng dấu ;",
            "Học Sinh Ví Dụ (2012)",
        ),
        Field("lacks_telecom", "Thiếu hụt chỉ số sử dụng dịch vụ viễn thông", "có"),
        Field("lacks_information", "Thiếu hụt chỉ số phương tiện tiếp cận thông tin", "có"),
        Field("decision", "Số quyết định công nhận", "Quyết định ví dụ số 01"),
        Field("list_year", "Năm rà soát", 2020, required=True),
    ),
    (CLOSED, "Mỗi dòng là một hộ. Chỉ cần các hộ có trẻ từ 6 đến 18 tuổi."),
)

PUPIL_FORMS = (STUDENT_FORM, POVERTY_FORM)
