"""The rules of the door that concern how a table is made, as `rules` has the others."""

from __future__ import annotations

#: rule → (Vietnamese, English); braces are filled with the details of the case.
TABLE_RULES: dict[str, tuple[str, str]] = {
    "formula_error": (
        "công thức bị lỗi; đọc là ô trống, hãy sửa công thức hoặc ghi giá trị",
        "a formula has failed: read as empty, mend it or write the value",
    ),
    "date_order": (
        "cột “{heading}”: dòng {row} ghi “{value}” là tháng trước, ngày sau; các ngày khác như “{other}” có "
        "thể hiểu hai cách",
        "column “{heading}”: row {row} has “{value}”, the month first; other dates such as “{other}” can be "
        "read in two ways",
    ),
    "merged_sum": (
        "ô số gộp qua nhiều dòng: không rõ là của từng dòng hay là tổng; để trống, hãy ghi từng dòng",
        "a number merged over several rows: of each, or the sum of them? left empty, write it in each row",
    ),
    "group_unknown": (
        "dòng này như dòng nhóm nhưng xã không có trong danh mục: các dòng dưới không được lấy theo",
        "this looks like the line of a group, but the register knows no such commune: nothing is given to "
        "the rows below",
    ),
    "fill_down": (
        "cột “{heading}”: {count} ô trống dưới ô có chữ; nếu ô trống nghĩa là như dòng trên thì dòng {row} "
        "là “{above}”, nếu không thì để trống",
        "column “{heading}”: {count} cells are empty below a filled one; if they mean what stands above, row "
        "{row} is “{above}”, else they stay empty",
    ),
}
