"""The rules of the door that concern records of persons, as `rules` has the others."""

from __future__ import annotations

#: rule → (Vietnamese, English); braces are filled with the details of the case.
PUPIL_RULES: dict[str, tuple[str, str]] = {
    "name_missing": (
        "không có họ tên, hãy bổ sung rồi gửi lại dòng này",
        "no name: add it and deliver the row again",
    ),
    "birth_partial": (
        "ngày sinh chưa đủ ngày, tháng, năm; để trống, hãy ghi đủ ngày, tháng, năm",
        "an incomplete date of birth: left empty, state day, month and year",
    ),
    "birth_default": (
        "{share} sinh ngày 01/01: có thể là ngày điền tạm, hãy hỏi lại ngày sinh",
        "{share} were born on 1 January: perhaps a day that stands for an unknown one, ask for "
        "the date of birth again",
    ),
    "birth_implausible": (
        "ngày sinh không thể là của học sinh; để trống, hãy hỏi lại ngày sinh",
        "no pupil can have this date of birth: left empty, ask for the date of birth again",
    ),
    "code_rounded": (
        "bảng tính đã làm tròn mã này, không khôi phục được; hãy lấy lại từ tệp gốc, định dạng ô là văn bản",
        "the spreadsheet has rounded this code for good: take it from its source with the cell as text",
    ),
    "code_letter": (
        "có chữ cái trong cột mã toàn chữ số; giữ nguyên, hãy so với mã gốc",
        "a letter in a column of codes of digits: kept, compare it with the code as issued",
    ),
    "not_own_connection": (
        "kết nối của người khác (nhờ, hàng xóm, trường, quán, của bố mẹ), không tính là của gia đình",
        "somebody else's connection (a neighbour's, the school's, a parent's telephone), not the home's: not "
        "counted as such",
    ),
    "not_own_device": (
        "thiết bị mượn hoặc của người khác, không phải của riêng em; ghi là {as_vi}",
        "a device that is borrowed or another's, not the pupil's own: taken as {as_en}",
    ),
    "code_short": (
        "mã ngắn hơn {digits} chữ số như các mã khác; giữ nguyên, hãy so với mã gốc",
        "shorter than the {digits} digits of the other codes: kept, compare it with the code as"
        " issued",
    ),
    "code_repeated": (
        "mã học sinh đã có ở dòng trên; có thể trùng học sinh, hãy xem có phải một em ghi hai lần",
        "this student code stands in a row above: perhaps one pupil twice, see whether one "
        "pupil is listed twice",
    ),
    "id_repeated": (
        "số định danh đã có ở dòng trên; có thể trùng học sinh, hãy xem có phải một em ghi hai lần",
        "this personal id stands in a row above: perhaps one pupil twice, see whether one pupil"
        " is listed twice",
    ),
    "old_card": (
        "số CMND 9 chữ số không phải của học sinh; để trống",
        "a 9-digit card is no pupil's: left empty",
    ),
    "not_a_personal_id": (
        "số định danh phải có 12 chữ số, bắt đầu bằng mã nơi đăng ký khai sinh (001–096); để trống",
        "a personal id has 12 digits and begins with a code of 001–096: left empty",
    ),
    "personal_id_differs": (
        "số định danh cho năm sinh hoặc giới tính khác với dòng này, hãy so với giấy khai sinh",
        "the personal id tells another year of birth or sex than its row: compare both with the"
        " birth certificate",
    ),
    "school_unstated": (
        "không dòng nào cho biết trường: hãy ghi trường của cả danh sách",
        "no row names a school: state the one of the whole list",
    ),
    "level_differs": (
        "cấp học khác với khối, lớp; dùng theo khối, lớp",
        "the level differs from the grade: the grade stands",
    ),
    "not_a_grade": ("khối phải từ 1 đến 12; để trống", "a grade is 1 to 12: left empty"),
    "not_a_device": (
        "không hiểu tình trạng thiết bị (có riêng, dùng chung, không có); để trống",
        "the device is not understood (own, shared, none): left empty",
    ),
    "not_a_connection": (
        "không hiểu kết nối (wifi, 4G, 3G, không); để trống",
        "the connection is not understood (wifi, 4G, 3G, none): left empty",
    ),
    "poverty_unstated": (
        "không rõ hộ nghèo hay cận nghèo, hãy ghi vào cột “Phân loại”",
        "poor or near-poor is not stated: fill in “Phân loại”",
    ),
}
