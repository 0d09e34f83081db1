"""What the columns of pupils' and poverty lists may be called at the door.

Headings as the sector database, school software and communes' lists write them. A heading of two rows is
known by both: `Chỗ ở hiện nay: Xã` is where a pupil lives, `Nơi sinh: Xã` is nothing we need.
"""

from __future__ import annotations

from collections.abc import Sequence

Headings = dict[str, tuple[str, ...]]

_CURRENT = ("Chỗ ở hiện nay", "Nơi ở hiện nay", "Nơi ở hiện tại", "Chỗ ở", "Nơi cư trú", "Địa chỉ")
_REGISTERED = (
    "Hộ khẩu thường trú", "HKTT", "Hộ khẩu", "Nơi thường trú", "Thường trú", "Nơi ĐKTT",
)  # fmt: skip
_ELSEWHERE = ("Nơi sinh", "Quê quán", "Nguyên quán", "Nơi khai sinh")
_PROVINCE = ("Tỉnh", "Tỉnh/Thành phố", "Tỉnh, thành phố", "Tỉnh/TP", "Tên tỉnh")
_DISTRICT = (
    "Huyện",
    "Quận/Huyện",
    "Huyện/Quận",
    "Huyện/TP",
    "Quận, huyện",
    "Tên huyện",
    "Huyện/thị",
)
_COMMUNE = (
    "Xã", "Xã/Phường", "Phường/Xã", "Xã, phường", "Tên xã", "Xã/phường/thị trấn", "Phường, xã",
    "Xã, phường, thị trấn", "Xã/Phường/TT", "Phường",
)  # fmt: skip
_HAMLET = (
    "Thôn/Xóm", "Thôn", "Thôn/Xóm/Ấp", "Thôn/TDP", "Thôn, xóm", "Thôn/Xóm/TDP", "Thôn, tổ dân phố",
    "Xóm", "Tổ dân phố", "Thôn/Bản", "Ấp/Thôn", "Số nhà, thôn/xóm", "Thôn, bản", "Thôn/Tổ dân phố", "TDP",
    "Xóm/Thôn", "Tên thôn", "Thôn, xóm, tổ dân phố", "Khu dân cư",
)  # fmt: skip
_LINE = ("Địa chỉ chi tiết", "Địa chỉ", "Chi tiết", "Số nhà", "Địa chỉ cụ thể")


def _combine(groups: Sequence[str], parts: Sequence[str]) -> tuple[str, ...]:
    """Return the headings that a group over parts makes."""
    return tuple(f"{group}: {part}" for group in groups for part in parts)


def _spread(name: str, parts: Sequence[str], template: Sequence[str] = ()) -> Headings:
    """Return a part of an address as the current, the registered and another place have it."""
    return {
        name: (*_combine(_CURRENT, parts), *parts, *template),
        f"registered_{name}": _combine(_REGISTERED, parts),
        f"elsewhere_{name}": _combine(_ELSEWHERE, parts),
    }


ADDRESS: Headings = {
    "commune_code": ("Mã xã", "Mã xã/phường", "Mã phường/xã", "Mã xã, phường, thị trấn", "MA_XA"),
    **_spread("province", _PROVINCE, ("Tỉnh HSĐ", "Tỉnh thành")),
    **_spread("district", _DISTRICT, ("Quận/huyện HSĐ", "Huyện HSĐ")),
    **_spread("commune", _COMMUNE, ("Phường/Xã HSĐ", "Xã HSĐ")),
    **_spread("hamlet", _HAMLET, ("Thôn/Xóm/Ấp HSĐ", "Thôn HSĐ")),
    "address": (
        *_CURRENT,
        *_combine(_CURRENT, _LINE),
        "Địa chỉ hiện nay",
        "Địa chỉ hiện tại",
        "Địa chỉ liên hệ",
        "Địa chỉ nhà",
        "Chỗ ở hiện nay (chi tiết)",
        "Chỗ ở",
    ),
    "registered_address": (*_REGISTERED, *_combine(_REGISTERED, _LINE), "Địa chỉ thường trú"),
    "elsewhere_address": (*_ELSEWHERE, *_combine(_ELSEWHERE, _LINE)),
}

_FATHER = ("Cha", "Bố", "Thông tin cha", "Thông tin bố", "Họ và tên cha")
_MOTHER = ("Mẹ", "Thông tin mẹ")
_GUARDIAN = ("Người giám hộ", "Phụ huynh", "Người đỡ đầu")
_NAME = ("Họ tên", "Họ và tên", "Tên")
_PHONE = ("SĐT", "Điện thoại", "Số điện thoại", "ĐT")
_OTHER = ("Năm sinh", "Nghề nghiệp", "Ngày sinh", "Số CCCD", "Số ĐDCN", "Dân tộc", "Nơi làm việc")

STUDENTS: Headings = {
    **ADDRESS,
    "student_code": (
        "Mã định danh Bộ GD&ĐT", "Mã học sinh", "Mã HS", "Mã định danh", "Mã định danh Bộ",
        "Mã định danh học sinh", "Mã số học sinh", "Mã học sinh (Bộ GD&ĐT)", "Mã định danh của Bộ GD&ĐT",
        "Mã HS CSDL ngành", "Mã định danh HS", "Mã HS VnEdu", "Mã học sinh CSDL", "Mã HS Bộ GD&ĐT",
        "Mã định danh BGD", "Student code",
    ),
    "personal_id": (
        "Số định danh cá nhân", "Số ĐDCN", "Số CCCD", "CCCD", "Số CMND/CCCD", "CMND/CCCD", "Số CMND",
        "ĐDCN", "Mã định danh cá nhân", "Số thẻ căn cước", "CCCD/ĐDCN", "Số CCCD/Mã định danh",
        "Số định danh", "CMND/TCC", "CMTND/CCCD", "Số CMND/TCC", "ID card", "Số CCCD/ĐDCN",
        "Số ĐDCN/CCCD", "Căn cước công dân",
    ),
    "full_name": (
        "Họ và tên", "Họ tên", "Họ và tên học sinh", "Họ tên học sinh", "Tên học sinh",
        "Họ, tên", "Họ và tên HS", "Họ tên HS", "Học sinh", "Full name",
    ),
    "surname": ("Họ",),
    "middle_name": ("Họ đệm", "Họ và tên đệm", "Họ và đệm", "Họ lót", "Tên đệm", "Đệm", "Họ tên đệm"),
    "given_name": ("Tên", "Tên riêng", "Tên gọi"),
    "birth_date": ("Ngày sinh", "Ngày, tháng, năm sinh", "Ngày tháng năm sinh", "NTNS", "Sinh ngày",
        "NS", "Ngày/tháng/năm sinh",
        "Ngày sinh (dd/mm/yyyy)", "Ngày sinh HS", "DOB", "Birth date"),
    "birth_year": ("Năm sinh",),
    "sex": ("Giới tính", "Giới", "Phái", "Nam/Nữ", "GT", "Giới tính (Nam/Nữ)", "Gender"),
    "female": ("Nữ", "Nữ (x)", "Là nữ"),
    "ethnicity": ("Dân tộc", "Tên dân tộc"),
    "ethnicity_code": ("Mã dân tộc",),
    "school_id": ("Mã trường", "Mã cơ sở giáo dục", "Mã đơn vị", "Mã trường học"),
    "school_name": ("Trường", "Tên trường", "Trường học", "Đơn vị", "Tên đơn vị", "Tên cơ sở giáo dục",
        "Trường đang học", "Cơ sở giáo dục", "Đơn vị trường", "School name"),
    "level": ("Cấp học", "Cấp", "Bậc học"),
    "grade": ("Khối", "Khối lớp", "Khối học", "Tên khối", "Học khối"),
    "class_name": ("Lớp", "Tên lớp", "Nhóm/Lớp", "Lớp học", "Mã lớp", "Lớp/Nhóm", "Lớp đang học",
        "Nhóm lớp", "Class"),
    "status": ("Trạng thái", "Trạng thái HS", "Tình trạng", "Trạng thái học sinh", "Trạng thái học",
        "Tình trạng học", "Trạng thái học tập", "Tình trạng học sinh"),
    "guardian_1": (
        "Họ tên cha", "Tên cha", "Họ và tên cha", "Họ tên bố", "Tên bố", "Cha", "Bố",
        *_combine(_FATHER, _NAME),
    ),
    "guardian_2": ("Họ tên mẹ", "Tên mẹ", "Họ và tên mẹ", "Mẹ", *_combine(_MOTHER, _NAME)),
    "guardian_3": (
        "Họ tên người giám hộ", "Tên người giám hộ", "Người giám hộ", "Phụ huynh", "Tên phụ huynh",
        "Họ tên phụ huynh", *_combine(_GUARDIAN, _NAME),
    ),
    "phone": (
        "SĐT liên hệ", "SĐT", "Số điện thoại", "Điện thoại", "Điện thoại liên hệ", "Số ĐT", "SĐT PH",
        "SĐT phụ huynh", "Số điện thoại liên hệ", "ĐT liên hệ", "Di động", "Điện thoại LH", "SĐT LH",
        "ĐT LH",
        "Số ĐT LH", "Số điện thoại LH", "Điện thoại di động", "Điện thoại phụ huynh", "ĐT phụ huynh",
        "ĐTLH",
        "Số điện thoại phụ huynh", "Số ĐT liên hệ", "Số ĐT phụ huynh", "Điện thoại gia đình", "Liên hệ",
        "ĐT",
        "Điện thoại PHHS", "SĐT PHHS", "SĐT gia đình", "Số di động", "Telephone", "Mobile",
    ),
    "phone_1": ("SĐT cha", "SĐT bố", "Điện thoại cha", "Điện thoại bố", "Số điện thoại cha",
        "Số điện thoại bố",
        "Số ĐT cha", "Số ĐT bố", "ĐT cha", "ĐT bố", *_combine(_FATHER, _PHONE)),
    "phone_2": ("SĐT mẹ", "Điện thoại mẹ", "Số điện thoại mẹ", "Số ĐT mẹ", "ĐT mẹ",
        *_combine(_MOTHER, _PHONE), *_combine(_GUARDIAN, _PHONE)),
    "guardian_other": _combine((*_FATHER, *_MOTHER, *_GUARDIAN), _OTHER),
    "household_code": ("Mã hộ", "Mã hộ gia đình", "Số sổ hộ", "Mã hộ dân"),
    "classes": (
        "Đối tượng", "Diện chính sách", "Đối tượng chính sách", "Diện ưu tiên", "Hoàn cảnh",
        "Đối tượng ưu tiên", "Hoàn cảnh gia đình", "Thuộc diện", "Diện CS", "Diện", "Đối tượng CS",
        "Hộ nghèo/cận nghèo", "Hộ nghèo, cận nghèo", "Nghèo/cận nghèo", "Diện hộ nghèo, cận nghèo",
        "Thuộc diện chính sách", "Chế độ chính sách", "Loại hộ", "Hộ gia đình thuộc diện", "Diện hộ",
        "Diện hộ gia đình", "Thành phần gia đình", "Diện khó khăn", "Hoàn cảnh khó khăn", "Chính sách",
        "Đối tượng chính sách, ưu tiên", "Phân loại hộ", "Phân loại hộ nghèo", "Diện chính sách (nếu có)",
        "Diện ưu tiên, chính sách", "Con hộ nghèo/cận nghèo", "Gia đình thuộc diện",
    ),
    "poor": (
        "Hộ nghèo", "Thuộc hộ nghèo", "HN", "Hộ nghèo (x)", "Nghèo", "Con hộ nghèo", "Thuộc diện hộ nghèo",
        "HS nghèo", "HS hộ nghèo", "Gia đình hộ nghèo", "Nghèo (x)", "Là hộ nghèo",
    ),
    "near_poor": ("Hộ cận nghèo", "Cận nghèo", "HCN", "Thuộc hộ cận nghèo", "Cận nghèo (x)",
        "Con hộ cận nghèo", "Thuộc diện hộ cận nghèo", "HS cận nghèo", "HS hộ cận nghèo",
        "Là hộ cận nghèo"),
    "orphan": (
        "Mồ côi", "Mồ côi (x)", "Trẻ mồ côi", "Mồ côi cha hoặc mẹ", "HS mồ côi",
        "Học sinh mồ côi", "Con mồ côi",
    ),
    "orphan_both": ("Mồ côi cả cha lẫn mẹ", "Mồ côi cả cha mẹ", "Mồ côi cha mẹ"),
    "covid_orphan": ("Mồ côi do COVID-19", "Cha mẹ mất do COVID-19", "Mồ côi do COVID"),
    "disability": (
        "Khuyết tật", "Khuyết tật (x)", "HS khuyết tật", "Học sinh khuyết tật", "Trẻ khuyết tật",
        "Là khuyết tật",
    ),
    "disability_kind": ("Loại khuyết tật", "Dạng khuyết tật", "Mức độ khuyết tật"),
    "meritorious": ("Con TB-LS", "Con thương binh", "Con liệt sĩ", "Con TBLS", "Con người có công",
        "Con thương binh, liệt sĩ", "Con TB, LS", "Con thương binh/liệt sĩ", "Gia đình có công"),
    "boarder": (
        "Nội trú/Trọ học", "Nội trú", "Trọ học", "Nội trú, trọ học", "HS nội trú", "Ở trọ",
        "Nội trú/Bán trú", "HS nội trú, trọ học", "Ở nội trú", "Ở trọ, nội trú",
    ),
    "device": (
        "Có thiết bị", "Thiết bị", "Có thiết bị học trực tuyến", "Thiết bị học tập",
        "Thiết bị học trực tuyến", "Thiết bị học online", "Có thiết bị học online",
        "Phương tiện học trực tuyến",
        "Phương tiện học online", "Thiết bị phục vụ học trực tuyến", "Có thiết bị học tập",
        "Máy tính/điện thoại",
        "Thiết bị thông minh", "Có thiết bị thông minh",
        "Thiết bị hiện có", "Trang thiết bị học trực tuyến", "Có phương tiện học trực tuyến", "Có máy",
        "Phương tiện học tập", "Điều kiện thiết bị",
        "Có máy tính/điện thoại", "Có thiết bị (x)", "Tình trạng thiết bị",
    ),
    "no_device": (
        "Không có thiết bị", "Chưa có thiết bị", "Thiếu thiết bị", "Không có máy", "Chưa có máy",
        "Không có thiết bị học trực tuyến", "Chưa có thiết bị học trực tuyến", "Không thiết bị",
        "Không có thiết bị học online", "Chưa có thiết bị học online", "Không có thiết bị (x)",
    ),
    "device_shared": ("Thiết bị dùng chung", "Dùng chung thiết bị", "Dùng chung"),
    "device_kind": ("Loại thiết bị", "Tên thiết bị", "Kiểu thiết bị", "Loại máy",
        "Loại thiết bị đang dùng"),
    "device_sharers": ("Số người dùng chung", "Dùng chung với", "Số HS dùng chung"),
    "connection": (
        "Kết nối Internet", "Kết nối", "Internet", "Có Internet", "Mạng Internet", "Đường truyền",
        "Loại kết nối", "Có mạng", "Mạng", "Kết nối mạng", "Có kết nối Internet", "Có kết nối mạng",
        "Wifi/3G/4G", "Loại mạng", "Đường truyền Internet", "Mạng sử dụng", "Kết nối Internet tại nhà",
        "Internet tại nhà", "Có mạng Internet", "Có internet tại nhà", "Tình trạng kết nối", "Sóng/mạng",
    ),
    "consent": ("Phiếu đồng ý", "Đồng ý", "Phiếu đồng thuận"),
    "as_of": ("Ngày số liệu", "Ngày cập nhật", "Thời điểm số liệu"),
}  # fmt: skip

POVERTY: Headings = {
    **{name: headings for name, headings in ADDRESS.items() if not name.startswith("elsewhere")},
    "household_code": ("Mã hộ", "Mã hộ gia đình", "Mã số hộ"),
    "head_name": (
        "Họ tên chủ hộ", "Chủ hộ", "Họ và tên chủ hộ nghèo", "Tên chủ hộ gia đình", "Họ và tên chủ hộ",
        "Tên chủ hộ", "Họ tên", "Họ và tên",
        "Chủ hộ: Họ tên", "Chủ hộ: Họ và tên",
    ),
    "relation": ("Quan hệ với chủ hộ", "Quan hệ", "QH với chủ hộ"),
    "head_birth_year": ("Năm sinh", "Năm sinh chủ hộ", "Chủ hộ: Năm sinh", "Ngày sinh chủ hộ"),
    "ethnicity": ("Dân tộc",),
    "poverty": (
        "Phân loại (nghèo/cận nghèo)", "Phân loại", "Loại hộ", "Diện", "Kết quả rà soát",
        "Hộ nghèo/cận nghèo", "Phân loại hộ", "Loại hộ nghèo", "Hộ nghèo, hộ cận nghèo", "Đối tượng",
        "Kết quả phân loại", "Kết quả phân loại hộ", "Diện hộ", "Nghèo/cận nghèo",
    ),
    "poor": ("Hộ nghèo", "Nghèo", "Hộ nghèo (x)"),
    "near_poor": ("Hộ cận nghèo", "Cận nghèo", "Hộ cận nghèo (x)"),
    "persons": ("Số khẩu", "Số nhân khẩu", "Nhân khẩu", "Tổng số khẩu", "Số người"),
    "members": ("Danh sách thành viên", "Thành viên", "Các thành viên", "Thành viên trong hộ"),
    "member_name": ("Họ tên thành viên", "Họ và tên thành viên", "Tên thành viên", "Thành viên: Họ tên"),
    "member_year": ("Năm sinh thành viên", "Thành viên: Năm sinh"),
    "lacks": ("Các chiều thiếu hụt", "Chiều thiếu hụt", "Thiếu hụt", "Chỉ số thiếu hụt"),
    "lacks_telecom": (
        "Thiếu hụt dịch vụ viễn thông", "Sử dụng dịch vụ viễn thông", "Dịch vụ viễn thông",
        "Các chiều thiếu hụt: Viễn thông", "Thiếu hụt: Viễn thông",
    ),
    "lacks_information": (
        "Thiếu hụt phương tiện thông tin", "Phương tiện thông tin", "Tài sản tiếp cận thông tin",
        "Các chiều thiếu hụt: Phương tiện thông tin", "Thiếu hụt: Phương tiện thông tin",
    ),
    "decision": ("Số QĐ công nhận", "Quyết định công nhận", "Số quyết định", "QĐ công nhận"),
    "list_year": ("Năm", "Năm rà soát", "Năm công nhận"),
    "as_of": ("Ngày số liệu", "Ngày cập nhật"),
}  # fmt: skip
