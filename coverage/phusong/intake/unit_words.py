"""A province's own list of units at the door: what its columns may be called, and the rules it must keep."""

from __future__ import annotations

from phusong.intake.words import word_key
from phusong.vocabulary.terms import UnitKind

UNIT_HEADINGS: dict[str, tuple[str, ...]] = {
    "code": (
        "Mã", "Mã đơn vị", "Mã ĐVHC", "Mã đơn vị hành chính", "Mã xã", "ma_xa", "ma", "Unit code",
    ),
    "name": (
        "Tên", "Tên đơn vị", "Tên ĐVHC", "Tên đơn vị hành chính", "Tên xã", "ten_xa", "ten", "Unit name",
    ),
    "kind": ("Loại", "Cấp", "Loại đơn vị", "Loại hình", "loai", "Type", "Level"),
    "parent_code": (
        "Mã cấp trên", "Mã đơn vị cấp trên", "Trực thuộc", "Thuộc", "Mã huyện", "Mã tỉnh", "Cấp trên",
        "ma_cap_tren", "parent", "Parent code",
    ),
    "valid_from": (
        "Từ ngày", "Hiệu lực từ", "Ngày hiệu lực", "Có hiệu lực từ", "tu_ngay", "from", "Valid from", "since",
    ),
    "valid_to": (
        "Đến ngày", "Hết hiệu lực", "Ngày hết hiệu lực", "Hết hiệu lực từ", "den_ngay", "to", "Valid to",
        "until",
    ),
    "made_of": (
        "Hình thành từ", "Mã đơn vị cũ", "Từ các đơn vị cũ", "Đơn vị cũ", "hinh_thanh_tu", "made of",
        "Former codes", "Predecessors",
    ),
}  # fmt: skip

#: What the kinds are called, beside their labels.
UNIT_KIND_WORDS: dict[str, UnitKind] = {
    **{word_key(kind.en): kind for kind in UnitKind if kind != UnitKind.AREA},
    "district": UnitKind.DISTRICT,
    "municipality": UnitKind.CITY,
    "tp": UnitKind.CITY,
    "tx": UnitKind.DISTRICT_TOWN,
    "tt": UnitKind.TOWN,
    "p": UnitKind.WARD,
}

#: rule → (Vietnamese, English); braces are filled with the details of the case.
UNIT_RULES: dict[str, tuple[str, str]] = {
    "unit_days_reversed": (
        "ngày hết hiệu lực phải sau ngày bắt đầu hiệu lực, hãy sửa một trong hai ngày",
        "a unit must end after it begins: correct one of the two days",
    ),
    "unit_twice": (
        "mã này đã có ở dòng {row} trong cùng thời gian, hãy ghi ngày hết hiệu lực của dòng trước, "
        "hoặc bỏ một dòng",
        "row {row} has this code for the same time: state the day on which the former ended, "
        "or leave one row out",
    ),
    "unit_elsewhere": (
        "mã này là của {name} thuộc tỉnh mã {province} trong cùng thời gian, hãy kiểm tra lại mã",
        "this code is that of {name} in province {province} at the same time: check the code",
    ),
    "unit_of_other_province": (
        "danh mục này là của tỉnh mã {province}, hãy bỏ dòng của tỉnh khác",
        "this list is of province {province}: take out the rows of other provinces",
    ),
    "unit_parent_unknown": (
        "không có đơn vị cấp trên mã này, hãy ghi mã tỉnh {province}, mã huyện có trong danh mục, "
        "hoặc để trống",
        "no unit above has this code: write {province}, the code of a listed district, or leave it empty",
    ),
    "unit_part_unknown": (
        "không có đơn vị mã {part} ngay trước ngày {day}, hãy sửa mã đơn vị cũ hoặc ngày hiệu lực",
        "no unit has the code {part} on the eve of {day}: correct the former code, or the day",
    ),
    "unit_without_successor": (
        "đơn vị hết hiệu lực ngày {day} mà không đơn vị nào hình thành từ nó, hãy ghi mã này ở cột “hình "
        "thành từ” của đơn vị mới",
        "it ends on {day} and no unit is made of it: name it in the column “made_of” of its successor",
    ),
}
