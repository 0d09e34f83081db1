"""What the door repairs, skips or assumes, each with the sentence that a clerk reads."""

from __future__ import annotations

from phusong.intake.measurement_words import MEASUREMENT_REPAIRS

#: Repair → (Vietnamese, English); an example stands beside it wherever it is told.
REPAIRS: dict[str, tuple[str, str]] = {
    # files and sheets
    "byte_order_mark": ("bỏ ký hiệu đánh dấu ở đầu tệp", "mark at the beginning of the file left out"),
    "wide_text": ("đọc chữ hai byte (UTF-16)", "text read as two bytes a letter (UTF-16)"),
    "sheet_chosen": ("chọn trang tính có số liệu", "the sheet that holds data chosen"),
    "sheets_read": ("đọc các trang tính cùng loại", "all sheets of one kind read"),
    "empty_sheet": ("bỏ qua trang tính trống", "empty sheet left out"),
    "hidden_sheet": ("bỏ qua trang tính ẩn", "hidden sheet left out"),
    "ports_subtracted": (
        "cổng rỗi = dung lượng − cổng đã dùng",
        "free ports = ports − ports in use",
    ),
    "column_answered": (
        "đọc cột theo câu trả lời (– là không đọc)",
        "column read as a person answered (– for not read)",
    ),
    "edition_told": (
        "danh mục hành chính xác định theo mã và tên xã",
        "list of communes told by codes and names",
    ),
    # rows that are no data
    "title_row": ("bỏ qua dòng tiêu đề", "title rows left out"),
    "unit_row": ("bỏ qua dòng đơn vị tính, số cột", "rows of units or column numbers left out"),
    "total_row": ("bỏ qua dòng cộng", "rows of totals left out"),
    "note_row": ("bỏ qua dòng ghi chú, chữ ký", "notes and signatures left out"),
    "blank_row": ("bỏ qua dòng trống", "blank rows left out"),
    "repeated_heading": ("bỏ qua tiêu đề lặp lại", "repeated headings left out"),
    # cells that others stand for
    "merged_filled": ("điền giá trị của ô gộp vào từng dòng", "value of a merged cell given to each row"),
    "filled_down": ("điền theo dòng trên như đã trả lời", "filled from the row above, as was answered"),
    "group_line": ("đọc dòng nhóm giữa bảng", "lines of groups among the rows read"),
    "group_read": ("lấy theo dòng nhóm phía trên", "taken from the line of the group above"),
    "school_said": ("trường do người nộp cho biết", "school as the sender says"),
    "school_from_title": ("lấy tên trường từ dòng tiêu đề", "school taken from the title rows"),
    "level_from_school": ("lấy cấp học từ tên trường", "level taken from the school's name"),
    "class_from_title": ("lấy tên lớp từ dòng tiêu đề", "class taken from the title rows"),
    "class_from_sheet": ("lấy tên lớp từ tên trang tính", "class taken from the sheet's name"),
    "commune_from_title": ("lấy tên xã từ dòng tiêu đề", "commune taken from the title rows"),
    "commune_from_sheet": ("lấy tên xã từ tên trang tính", "commune taken from the sheet's name"),
    "angle_joined": ("ghép cột độ, phút, giây", "columns of degrees, minutes and seconds joined"),
    # text
    "text_normalised": ("chuẩn hóa chữ, dấu, khoảng trắng", "letters, marks and blanks normalised"),
    "headings_mended": (
        "chuyển phông chữ, bảng mã của tiêu đề sang Unicode",
        "headings in a legacy font or a wrong encoding turned into Unicode",
    ),
    "headings_added": (
        "tệp không có dòng tiêu đề: đọc theo thứ tự cột của OpenCelliD",
        "no row of headings: read in the order of OpenCelliD's columns",
    ),
    "letters_mended": ("chuyển phông chữ cũ sang Unicode", "legacy font turned into Unicode"),
    "formula_neutralised": ("vô hiệu hóa công thức", "formula made harmless"),
    "markup_neutralised": ("vô hiệu hóa mã lệnh trong chữ", "markup made harmless"),
    "name_hidden": ("ẩn tên người", "name of a person hidden"),
    "number_hidden": ("ẩn số điện thoại, số định danh", "telephone or identity number hidden"),
    "serials_hidden": ("ẩn số máy", "serial numbers hidden"),
    # codes
    "float_code": ("bỏ phần thập phân của mã", "decimals of a code dropped"),
    "leading_zero": ("thêm lại số 0 đầu mã", "leading zero of a code restored"),
    "zeros_restored": ("thêm lại các số 0 đầu", "leading zeros restored"),
    "commune_from_code": ("ghi tên xã theo mã xã", "commune named by its code"),
    "id_made": ("đặt mã cho dòng chưa có mã", "id made where there was none"),
    "kind_split": ("tách loại khỏi tên thôn", "kind parted from the hamlet's name"),
    "kind_unstated": ("tên không ghi loại, ghi là thôn", "no kind stated, taken as a hamlet"),
    # numbers, money, dates
    "decimal_comma": ("đọc dấu phẩy là dấu thập phân", "comma read as the decimal mark"),
    "thousands_grouped": ("đọc dấu phân cách hàng nghìn", "marks read as grouping thousands"),
    "unit_removed": ("bỏ đơn vị ghi kèm số", "unit beside the number left out"),
    "money_read": ("đọc số tiền ra đồng", "sum read in đồng"),
    "money_words": ("đọc số tiền bằng chữ", "sum read from words"),
    "value_apart": ("giá trị hiện vật để riêng với tiền", "value of things kept apart from money"),
    "value_of_all": (
        "giá trị không ghi là của một máy: hiểu là của cả lô, chia cho số lượng",
        "a value that is not said to be of one: taken as that of all, divided by the quantity",
    ),
    "value_of_one": (
        "giá trị ghi cho mỗi máy: nhân với số lượng",
        "a value stated for each: multiplied by the quantity",
    ),
    "value_is_money": ("số ghi ở cột giá trị là tiền", "sum in the column of values is money"),
    "form_read": ("hình thức ủng hộ đọc từ nội dung", "form of the gift read from its description"),
    "short_year": ("đọc năm hai chữ số", "year of two digits read"),
    "spreadsheet_serial": ("đọc ngày lưu dạng số", "day stored as a number read"),
    "serial_1904": ("đọc ngày lưu dạng số, tính từ năm 1904", "day stored as a number from 1904 read"),
    "code_folded": (
        "đổi chữ, số khác kiểu trong mã về chữ, số thường",
        "characters of a code that only look like letters or digits turned into them",
    ),
    "month_only": ("chỉ có tháng, lấy ngày đầu tháng", "month alone: its first day"),
    "year_only": ("chỉ có năm, lấy ngày đầu năm", "year alone: its first day"),
    "month_end": ("hạn theo tháng, lấy ngày cuối tháng", "due in a month: its last day"),
    "quarter_end": ("hạn theo quý, lấy ngày cuối quý", "due in a quarter: its last day"),
    "half_year": ("hạn theo nửa năm, lấy ngày cuối kỳ", "due in half a year: its last day"),
    "year_end": ("hạn theo năm, lấy ngày cuối năm", "due in a year: its last day"),
    "status_assumed": (
        "không ghi trạng thái: coi là đang hoạt động, đang học",
        "no state: taken as in service, or studying",
    ),
    "state_assumed": ("không ghi tiến độ, coi là đã cam kết", "no progress given: taken as promised"),
    # positions and shapes
    "angle_to_degrees": ("đổi độ, phút, giây ra độ thập phân", "degrees, minutes, seconds read as degrees"),
    "position_split": ("tách ô tọa độ thành kinh độ, vĩ độ", "position in one cell parted in two"),
    "swapped": ("đổi lại kinh độ và vĩ độ", "longitude and latitude put right"),
    "x_is_northing": ("cột X là hướng bắc, cột Y là hướng đông", "column X is the northing, Y the easting"),
    "band_matched": ("ghép băng tần với công nghệ", "bands matched with technologies"),
    "crs_read": ("hệ tọa độ đã dùng để đọc", "coordinate system in which it was read"),
    "crs_recognised": (
        "nhận ra hệ tọa độ theo tham số; dùng phép chuyển chuẩn sang WGS 84",
        "coordinate system recognised by its parameters; the standard shift to WGS 84 is used",
    ),
    "shape_column": ("đọc hình từ cột", "shapes read from this column"),
    "ring_closed": ("khép kín đường bao chưa khép", "outline that was not closed closed"),
    "collection_parted": (
        "chỉ lấy các phần đúng loại của hình gộp",
        "of a collection of shapes the parts of the kind needed taken, the others left out",
    ),
    "area_to_point": ("lấy một điểm trong vùng", "a point inside an area taken for it"),
    "height_dropped": ("bỏ cao độ của đường, vùng", "heights of lines and areas dropped"),
    "made_valid": ("sửa đường ranh giới tự cắt", "outline that crosses itself repaired"),
    "voids_filled": ("nội suy ô độ cao trống", "voids of the elevation filled"),
    **MEASUREMENT_REPAIRS,
}  # fmt: skip


def describe_repair(rule: str) -> str:
    """Return what a repair does: Vietnamese, a middle dot, English.

    Parameters
    ----------
    rule : a key of `REPAIRS`.
    """
    return " · ".join(REPAIRS[rule])
