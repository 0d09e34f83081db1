"""The accepted tables that name persons: they live in the personal store alone, never in `tables/`."""

from __future__ import annotations

from phusong.vocabulary.pupils import (
    DeviceKind,
    Enrolment,
    HomeConnection,
    HomeDevice,
    Level,
    Poverty,
    Sex,
)
from phusong.vocabulary.schema import Column, Table
from phusong.vocabulary.tables.columns import AS_OF

#: Where a household lives, in the words of its record.
ADDRESS_COLUMNS = (
    Column("province", "text", "Tỉnh", "Province as written", nullable=True),
    Column("district", "text", "Huyện", "District as written", nullable=True),
    Column("commune", "text", "Xã", "Commune as written", nullable=True),
    Column("hamlet", "text", "Thôn, xóm", "Hamlet as written", nullable=True),
    Column(
        "address",
        "text",
        "Chỗ ở hiện nay",
        "Current residence as written",
        nullable=True,
        note="one line, where the record has one",
    ),
)

STUDENTS = Table(
    "accepted_students",
    ("record_id",),
    "Hồ sơ học sinh đã tiếp nhận (dữ liệu cá nhân)",
    "Pupils' records accepted (personal data)",
    (
        Column(
            "record_id",
            "text",
            "Mã dòng",
            "Record id",
            note="sheet and row of the file, so that a clerk finds the row again",
        ),
        Column("student_code", "text", "Mã định danh Bộ GD&ĐT", "Student code", nullable=True),
        Column("personal_id", "text", "Số định danh cá nhân", "Personal id", nullable=True),
        Column("full_name", "text", "Họ và tên", "Full name"),
        Column("birth_date", "date", "Ngày sinh", "Date of birth", nullable=True),
        Column("sex", "text", "Giới tính", "Sex", terms=Sex, nullable=True),
        Column("school_id", "text", "Mã trường", "School id", nullable=True),
        Column("school_name", "text", "Tên trường", "School", nullable=True),
        Column("level", "text", "Cấp học", "Level", terms=Level, nullable=True),
        Column("grade", "int", "Khối", "Grade", nullable=True, ge=1, le=12),
        Column("class_name", "text", "Lớp", "Class", nullable=True),
        Column("status", "text", "Trạng thái", "Status", terms=Enrolment, nullable=True),
        *ADDRESS_COLUMNS,
        Column(
            "registered_address",
            "text",
            "Hộ khẩu thường trú",
            "Registered address as written",
            nullable=True,
            note="used only where no current residence is written",
        ),
        Column("guardian_1", "text", "Họ tên cha", "Father or first guardian", nullable=True),
        Column("guardian_2", "text", "Họ tên mẹ", "Mother or second guardian", nullable=True),
        Column("phone", "text", "SĐT liên hệ", "Telephone", nullable=True, note="digits only"),
        Column("household_code", "text", "Mã hộ", "Household code", nullable=True),
        Column("poverty", "text", "Hộ nghèo, cận nghèo", "Poverty", terms=Poverty, nullable=True),
        Column(
            "hardships",
            "text",
            "Đối tượng, diện chính sách",
            "Hardships",
            nullable=True,
            note="words of the closed list, separated by |",
        ),
        Column("boarder", "bool", "Nội trú, trọ học", "Boarder", nullable=True),
        Column("device", "text", "Thiết bị", "Device at home", terms=HomeDevice, nullable=True),
        Column(
            "device_kind",
            "text",
            "Loại thiết bị",
            "Kind of device",
            terms=DeviceKind,
            nullable=True,
        ),
        Column(
            "device_sharers",
            "int",
            "Số người dùng chung",
            "Persons who share the device",
            "persons",
            nullable=True,
            ge=1,
            le=50,
        ),
        Column("connection", "text", "Kết nối", "Connection", terms=HomeConnection, nullable=True),
        Column("consent", "bool", "Phiếu đồng ý", "Consent", nullable=True),
        AS_OF,
    ),
)

POVERTY = Table(
    "accepted_poverty",
    ("entry_id",),
    "Hộ nghèo, cận nghèo đã tiếp nhận (dữ liệu cá nhân)",
    "Poor and near-poor households accepted (personal data)",
    (
        Column("entry_id", "text", "Mã dòng", "Entry id", note="sheet and row of the file"),
        Column("household_code", "text", "Mã hộ", "Household code", nullable=True),
        Column("head_name", "text", "Họ tên chủ hộ", "Head of household"),
        Column(
            "head_birth_year", "int", "Năm sinh chủ hộ", "Head's year of birth", nullable=True,
            ge=1900, le=2100,
        ),
        *ADDRESS_COLUMNS,
        Column("poverty", "text", "Phân loại", "Poverty", terms=Poverty),
        Column(
            "members",
            "text",
            "Thành viên",
            "Members",
            nullable=True,
            note="name and year of birth, `Nguyễn Văn An (2011)`, separated by |",
        ),
        Column("persons", "int", "Số khẩu", "Persons", "persons", nullable=True, ge=1, le=50),
        Column(
            "lacks_telecom", "bool", "Thiếu hụt dịch vụ viễn thông", "Lacks telecommunications",
            nullable=True,
        ),
        Column(
            "lacks_information", "bool", "Thiếu hụt phương tiện thông tin",
            "Lacks a means of information", nullable=True,
        ),
        Column("decision", "text", "Số quyết định công nhận", "Decision", nullable=True),
        Column(
            "list_year",
            "int",
            "Năm rà soát",
            "Year of the list",
            nullable=True,
            ge=2000,
            le=2100,
            note="poverty has a standard and a year",
        ),
        AS_OF,
    ),
)  # fmt: skip

#: Accepted tables that name persons, by source kind.
PERSONAL: dict[str, Table] = {"students": STUDENTS, "poverty": POVERTY}
