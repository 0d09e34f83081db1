"""What the templates say beside the lists themselves; offices read them in Vietnamese."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class Sheet(Term):
    """Name the sheets of a template."""

    LIST = "list", "Số liệu", "Data"
    GUIDE = "guide", "Hướng dẫn", "Guide"
    WORDS = "words", "Danh mục", "Words"


class Guide(Term):
    """Name what the guide says."""

    NOTE = (
        "note",
        "Dòng 4 là ví dụ, hãy xóa trước khi gửi. Cột có dấu * phải ghi. Không thêm, bớt, đổi tên cột. "
        "Cách ghi từng cột: xem trang “Hướng dẫn”.",
        "Row 4 is an example: strike it before sending. Columns with a * must be filled in. Add, drop and "
        "rename no column. How to fill in each: sheet “Hướng dẫn”.",
    )
    WHO = "who", "Đơn vị ghi: {who}", "Filled in by: {who}"
    OFFICES = (
        "offices",
        "Tên cơ quan, nội dung mẫu theo: {files}, ngày {day}.",
        "Offices and contents of this form as of {day}, by: {files}.",
    )
    COLUMN = "column", "Cột", "Column"
    MEANING = "meaning", "Ý nghĩa", "Meaning"
    UNIT = "unit", "Đơn vị tính", "Unit"
    HOW = "how", "Cách ghi", "How to write it"
    REQUIRED = "required", "Bắt buộc", "Required"
    EXAMPLE = "example", "Ví dụ (không có thật)", "Example (made up)"
    YES = "yes", "có", "yes"
    NO = "no", "không", "no"
    WRONG = "wrong", "Giá trị chưa đúng", "Not a valid value"
    PICK = "pick", "Hãy chọn một từ trong danh sách.", "Pick a word of the list."
    NUMBER = "number", "Hãy ghi số từ {low} đến {high}.", "Write a number from {low} to {high}."
    AT_LEAST = "at_least", "Hãy ghi số từ {low} trở lên.", "Write a number of {low} or more."
    DAY = "day", "Hãy ghi ngày/tháng/năm, ví dụ 24/09/2021.", "Write a date such as 24/09/2021."
    EMPTY = (
        "empty",
        "Không biết thì để trống: ô trống được hiểu là chưa có số liệu, không phải là số 0 hay “không”.",
        "Leave empty what is not known: an empty cell is no data, neither 0 nor “không”.",
    )
    CODES = (
        "codes",
        "Mã là chữ, giữ nguyên số 0 ở đầu; không dán đè định dạng ô.",
        "Codes are text and keep their leading zeros; do not paste formats over the cells.",
    )
