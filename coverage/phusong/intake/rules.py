"""The rules of the door, each with the sentence that a clerk reads, in Vietnamese and English."""

from __future__ import annotations

from phusong.intake.book_rules import BOOK_RULES
from phusong.intake.layer_rules import LAYER_RULES
from phusong.intake.lineage_words import LINEAGE_RULES
from phusong.intake.measurement_words import MEASUREMENT_RULES
from phusong.intake.pupil_rules import PUPIL_RULES
from phusong.intake.table_rules import TABLE_RULES
from phusong.intake.unit_words import UNIT_RULES
from phusong.vocabulary.errors import BETWEEN_LANGUAGES, SourceFault, choose_half

#: rule → (Vietnamese, English); braces are filled with the details of the case.
RULES: dict[str, tuple[str, str]] = {
    "required_empty": (
        "ô bắt buộc bị trống, hãy điền vào ô này",
        "a required cell is empty: fill in this cell",
    ),
    "not_a_number": (
        "không phải là số, hãy ghi bằng chữ số",
        "not a number: write it in figures",
    ),
    "not_a_date": (
        "không phải là ngày (ngày/tháng/năm), hãy ghi đúng ngày/tháng/năm",
        "not a date (day/month/year): write day/month/year",
    ),
    "out_of_bounds": ("giá trị ngoài khoảng {low}–{high}", "value outside {low}–{high}"),
    "unknown_term": ("giá trị không có trong danh mục: {choices}", "not in the list: {choices}"),
    "unknown_operator": (
        "doanh nghiệp chưa có trong danh mục, giữ nguyên tên như một doanh nghiệp riêng",
        "an operator that no list knows, kept under its own name",
    ),
    "operator_unstated": (
        "{count} dòng không ghi doanh nghiệp, ghi là “doanh nghiệp khác”",
        "{count} rows name no operator, kept as “another operator”: state it in the file",
    ),
    "several_operators": ("mỗi dòng chỉ ghi một doanh nghiệp", "name one operator a row"),
    "contradicting_id": (
        "cùng một mã nhưng số liệu khác nhau ở các dòng {shown}, hãy giữ dòng đúng",
        "one id with different data in rows {shown}: keep the right one",
    ),
    "site_moved": (
        "cùng mã trạm nhưng vị trí khác nhau ở các dòng {shown}",
        "one site code at different positions in rows {shown}",
    ),
    # hamlets
    "clusters_uneven": (
        "mỗi cụm dân cư một mục, cách nhau bằng dấu |, theo thứ tự các điểm, số hộ là số nguyên; để trống",
        "one entry a residential cluster, separated by |, in the order of the points, households as whole "
        "numbers: left empty",
    ),
    # cells
    "band_unmatched": (
        "không rõ băng tần nào của công nghệ nào, để trống",
        "it is not clear which band belongs to which technology: left empty",
    ),
    "one_sample": (
        "chỉ có một mẫu đo, vị trí kém tin cậy",
        "a single sample: the position is weak",
    ),
    "implausible_range": (
        "tầm ước tính quá {limit}, không hợp lý",
        "an estimated range beyond {limit} is implausible",
    ),
    "shared_positions": (
        "{cells} ô chỉ có {places} vị trí khác nhau: vị trí là ước tính",
        "{cells} cells stand at {places} distinct positions: positions are estimates",
    ),
    "no_signal": (
        "cột tín hiệu luôn bằng 0, không dùng được",
        "the signal column is always 0 and of no use",
    ),
    # schools, claims, fibre
    "shared_point": (
        "nhiều trường cùng một tọa độ: các dòng {shown}",
        "several schools on one point: rows {shown}",
    ),
    "more_used_than_ports": (
        "cổng đã dùng nhiều hơn dung lượng; cổng rỗi để trống",
        "more ports in use than there are: free ports left empty",
    ),
    "ports_disagree": (
        "dung lượng trừ cổng đã dùng khác cổng rỗi đã ghi; dùng số cổng rỗi đã ghi",
        "ports without those in use differ from the free ports stated: the stated ones stand",
    ),
    "more_free_than_ports": ("cổng rỗi nhiều hơn dung lượng", "more free ports than ports"),
    "place_unstated": (
        "không rõ thôn nào: cần mã thôn, hoặc tên thôn và xã",
        "it is not clear which hamlet: give its id, or its name and commune",
    ),
    "unknown_commune": (
        "mã hoặc tên xã không có trong danh mục {edition}{hint_vi}",
        "commune not in the list of {edition}{hint_en}",
    ),
    "commune_unchecked": (
        "{count} dòng ghi xã: lấy như đã ghi, không có danh mục để đối chiếu",
        "the communes of {count} rows are taken as written: there is no register to check them against",
    ),
    "duplicate_id": ("mã bị lặp", "this id repeats"),
    "not_whole": ("phải là số nguyên", "must be a whole number"),
    "not_a_flag": (
        "chỉ ghi x, có, không hoặc để trống",
        "write x, có (yes), không (no), or leave it empty",
    ),
    "bidi_text": (
        "chữ chứa ký tự đảo chiều ẩn, hãy gõ lại",
        "the text holds hidden characters that reverse it: type it again",
    ),
    "number_form": (
        "không rõ dấu “{mark}” là phân cách hàng nghìn hay dấu thập phân",
        "it is not clear whether “{mark}” groups thousands or marks decimals",
    ),
    "lost_characters": (
        "chữ bị mất khi đổi bảng mã, hãy lấy lại từ tệp gốc",
        "letters were lost in a change of encoding: take the row from the original file",
    ),
    # positions
    "not_a_coordinate": (
        "không đọc được tọa độ, hãy ghi độ thập phân như 105.60000 và 21.30000",
        "not a coordinate: write decimal degrees such as 105.60000 and 21.30000",
    ),
    "void_position": (
        "tọa độ 0 hoặc 9999 là chưa có tọa độ, hãy đo lại",
        "0 or 9999 is no position: survey it",
    ),
    "lone_comma": (
        "dấu phẩy thập phân khác các dòng khác; nếu đúng, ghi {corrected}",
        "a decimal comma unlike the other rows; if right, write {corrected}",
    ),
    "lone_swapped": (
        "kinh độ và vĩ độ bị đổi chỗ; nếu đúng, ghi {corrected}",
        "longitude and latitude are swapped; if right, write {corrected}",
    ),
    "swapped_rows": (
        "kinh độ và vĩ độ bị đổi chỗ ở {count} trên {total} dòng: {rows}",
        "longitude and latitude are swapped in {count} of {total} rows: {rows}",
    ),
    "metres_among_degrees": (
        "tọa độ là mét (VN-2000) trong khi các dòng khác là độ; nếu đúng, ghi {corrected}",
        "metres (VN-2000) among rows in degrees; if right, write {corrected}",
    ),
    "degrees_among_metres": (
        "tọa độ là độ trong khi các dòng khác là mét; nếu đúng, ghi {corrected}",
        "degrees among rows in metres; if right, write {corrected}",
    ),
    "outside": (
        "vị trí nằm ngoài tỉnh {distance}, hãy kiểm tra lại tọa độ",
        "this position is {distance} outside the province: check the coordinates",
    ),
    "all_outside": (
        "mọi dòng đều nằm ngoài tỉnh {province}, gần nhất cách {nearest}; tệp có vẻ của nơi khác, "
        "nếu đúng hãy ghi --province",
        "every row lies outside province {province}, the nearest by {nearest}: this file seems to belong "
        "elsewhere; if that is meant, state --province",
    ),
    "other_country": (
        "mọi dòng đều nằm ngoài tỉnh {province}, gần nhất cách {nearest}, và mã quốc gia không phải 452; "
        "tệp có vẻ của nước khác",
        "every row lies outside province {province}, the nearest by {nearest}, and the mobile country code "
        "is not 452: this file seems to belong to another country",
    ),
    "coarse_places": (
        "mọi tọa độ chỉ ghi gọn, có thể lệch tới {limit}; hãy gửi tọa độ đủ 5 số lẻ hoặc đến giây",
        "all coordinates are written coarsely, up to {limit} off: send them to 5 decimals or to the second",
    ),
    "stray": (
        "vị trí cách phần còn lại của tệp hơn {limit}",
        "this position lies more than {limit} from the rest of the file",
    ),
    "other_commune": (
        "vị trí ở xa xã đã ghi, hãy kiểm tra tọa độ hoặc tên xã",
        "this position lies far from the commune stated: check the coordinates or the commune",
    ),
    "ambiguous_commune": (
        "nhiều xã cùng tên: {candidates}; hãy ghi mã xã hoặc huyện",
        "several communes have this name: {candidates}; state the code or the district",
    ),
    **TABLE_RULES,
    **UNIT_RULES,
    **LAYER_RULES,
    **LINEAGE_RULES,
    **MEASUREMENT_RULES,
    **PUPIL_RULES,
    **BOOK_RULES,
    # the file as a whole
    "empty_file": (
        "tệp không có dữ liệu, hãy gửi lại tệp có số liệu",
        "the file is empty: send one that holds data",
    ),
    "legacy_bytes": (
        "các byte không phải UTF-8, hãy chọn cách đọc đúng chữ",
        "the bytes are not UTF-8: choose the encoding that reads well",
    ),
    "legacy_font": (
        "chữ gõ bằng phông cũ, hãy chọn cách đọc đúng chữ",
        "text in a legacy font: choose the encoding that reads well",
    ),
    "wrong_encoding": (
        "dòng này không đọc được theo bảng mã đã ghi, hãy chọn bảng mã khác",
        "this row cannot be read in the encoding stated: choose another",
    ),
    "unknown_encoding": ("bảng mã lạ; có: {choices}", "unknown encoding; there are: {choices}"),
    "too_many_rows": ("quá {cap} dòng, hãy chia tệp", "more than {cap} rows: split the file"),
    "too_many_columns": (
        "quá {cap} cột, hãy xóa cột thừa",
        "more than {cap} columns: remove those not needed",
    ),
    "file_too_large": ("tệp quá {cap} MB, hãy chia tệp", "larger than {cap} MB: split the file"),
    "reader_too_large": (
        "tệp quá lớn đối với máy này: cần hơn {cap} MB bộ nhớ, hãy chia nhỏ tệp",
        "the file is too large for this machine: reading it takes more than {cap} MB of memory: split it",
    ),
    "reader_too_long": (
        "tệp quá lớn đối với máy này: đọc quá {seconds} giây chưa xong, hãy chia nhỏ tệp",
        "the file is too large for this machine: it is not read after {seconds} s of work: split it",
    ),
    "reader_died": (
        "chương trình đọc dừng đột ngột: tệp hỏng hoặc quá lớn đối với máy này, hãy lưu lại từ phần mềm gốc "
        "hoặc chia nhỏ tệp",
        "the reader broke down: the file is damaged, or too large for this machine: save it anew from its "
        "own program, or split it",
    ),
    "no_such_file": (
        "không có tệp này, hãy kiểm tra đường dẫn",
        "there is no such file: check the path",
    ),
    "locked_file": (
        "tệp đặt mật khẩu, hãy lưu lại không mật khẩu",
        "the file has a password: save it without one",
    ),
    "damaged_file": (
        "tệp hỏng, hãy lưu và gửi lại ({detail})",
        "the file is damaged: save and send it again ({detail})",
    ),
    "no_such_sheet": (
        "không có trang tính này; có: {choices}",
        "there is no such sheet; there are: {choices}",
    ),
    "sheet_refused": (
        "trang tính {sheets} của tệp này chưa nhận được, hãy sửa rồi gửi lại cả tệp",
        "sheet {sheets} of this file is refused: correct it and deliver the file again",
    ),
    "form_pdf": ("tệp PDF, hãy gửi bảng tính gốc", "a PDF: send the spreadsheet behind it"),
    "form_page": (
        "đây là trang web chứ không phải bảng tính, hãy mở bằng bảng tính và lưu thành .xlsx",
        "a web page, not a workbook: open it in a spreadsheet and save it as .xlsx",
    ),
    "form_markup": (
        "tệp XML không hỗ trợ, hãy lưu thành .xlsx hoặc .csv",
        "XML that is not read: save it as .xlsx or .csv",
    ),
    "form_document": (
        "tài liệu không phải bảng tính, hãy lưu thành .xlsx",
        "a document, not a workbook: save it as .xlsx",
    ),
    "form_archive": (
        "kiểu nén không hỗ trợ, hãy gửi .zip, .gz hoặc tệp không nén",
        "this kind of archive is not read: send a .zip, a .gz, or the file unpacked",
    ),
    "form_pickle": (
        "tệp đối tượng của chương trình, không nhận",
        "a program's own objects, never accepted: send a table",
    ),
    "form_binary_workbook": (
        "bảng tính nhị phân .xlsb, hãy lưu thành .xlsx",
        "a binary workbook: save it as .xlsx",
    ),
    "document_type": (
        "tệp XML khai báo DTD, không nhận; hãy lưu lại bằng bảng tính",
        "an XML part declares a DTD, never accepted: save it again with a spreadsheet",
    ),
    "sparse_sheet": (
        "có ô nằm rất xa bảng, hãy xóa các ô thừa",
        "cells lie far away from the table: delete them",
    ),
    "form_drawing": (
        "bản vẽ CAD, hãy xuất sang GeoPackage (.gpkg) hay shapefile kèm hệ tọa độ",
        "a CAD drawing: export it as GeoPackage or shapefile, with its coordinate system",
    ),
    "form_virtual": (
        "lớp ảo trỏ tới tệp khác, không nhận",
        "a virtual layer that reads other files: send the data",
    ),
    "form_unknown": (
        "không nhận ra kiểu tệp, hãy gửi .csv, .xlsx, .geojson, .gpkg, shapefile hoặc GeoTIFF",
        "unknown kind of file: send .csv, .xlsx, .geojson, .gpkg, a shapefile or GeoTIFF",
    ),
    "wrong_form": (
        "loại dữ liệu “{kind}” cần {wanted}, tệp này là {form_vi}",
        "“{kind}” needs {wanted}, this file is {article} {form}",
    ),
    "unreadable": (
        "không đọc được tệp, hãy lưu và gửi lại ({detail})",
        "the file cannot be read: save and send it again ({detail})",
    ),
    "no_row_left": (
        "không dòng nào đạt, xem lý do từng dòng",
        "no row could be accepted: see the fault of each row",
    ),
    "headings_only": (
        "tệp chỉ có dòng tiêu đề, không có dòng dữ liệu nào",
        "the file has headings but no row of data: send one that holds data",
    ),
    "no_headings": (
        "không tìm thấy dòng tiêu đề; đọc được: {found}; cần các cột như: {wanted}",
        "no row of headings was found; read: {found}; columns such as these are needed: {wanted}",
    ),
    "missing_column": (
        "thiếu cột bắt buộc; tệp có: {found}; chấp nhận các tiêu đề: {wanted}",
        "a required column is missing; the file has: {found}; these headings are accepted: {wanted}",
    ),
    "duplicate_heading": (
        "tiêu đề bị lặp, hãy giữ một cột; tệp có: {found}",
        "this heading stands twice: keep one column; the file has: {found}",
    ),
    "heading_preferred": (
        "cột này trùng nghĩa với cột đang dùng nên không được đọc",
        "this column means the same as the one used, and was not read",
    ),
    "missing_asked": (
        "thiếu cột bắt buộc, nhưng có cột tương tự, nếu đúng hãy trả lời bằng --read: {told}",
        "a required column is missing, and another resembles it: if it is that, answer with --read: {told}",
    ),
    "missing_position": (
        "thiếu cột tọa độ: cần Kinh độ và Vĩ độ, hoặc một cột Tọa độ, hoặc X và Y",
        "no column of coordinates: give longitude and latitude, or one column of both, or X and Y",
    ),
    "headings_are_data": (
        "dòng này là số liệu, tệp không có dòng tiêu đề; hãy thêm một dòng tiêu đề phía trên, như: {wanted}",
        "this row is data, there is no row of headings; add one above it, such as: {wanted}",
    ),
    "column_unread": (
        'cột này không được đọc; nếu đó là “{near}”, thêm --read "{heading}={name}"',
        'this column is not read; if it is “{near}”, add --read "{heading}={name}"',
    ),
    "column_asked": (
        "cột chưa đọc có thể quyết định kết quả, hãy trả lời bằng --read (không dùng: để trống sau dấu =): "
        "{told}",
        "columns that may decide the outcome are not read, answer with --read (nothing behind = if unused): "
        "{told}",
    ),
    "needs_asked": (
        "danh sách không có cột nào về {wanted}, trong khi còn cột chưa đọc, hãy trả lời bằng --read: {told}",
        "no column of the list tells {wanted}, while columns are not read, answer with --read: {told}",
    ),
    "no_such_heading": (
        "tệp không có cột này; có: {found}",
        "the file has no such column; there are: {found}",
    ),
    "ragged_row": (
        "số ô không bằng số tiêu đề ({cells}), hãy sửa dấu phân cách hoặc dấu nháy",
        "the number of cells differs from the headings ({cells}): mend the separators or quotes",
    ),
    "unclosed_quote": (
        "dấu nháy kép không được đóng, hãy thêm dấu nháy còn thiếu",
        "a quotation mark is not closed: add the one that is missing",
    ),
    "control_character": (
        "dòng chứa ký tự điều khiển, hãy gõ lại",
        "the row holds a control character: type it again",
    ),
}


def describe_rule(rule: str, **details: object) -> str:
    """Return a rule's sentence in Vietnamese and English, with its details filled in.

    Raises
    ------
    KeyError
        If the rule is not in the catalogue: a fault must never reach a clerk without a sentence.
    """
    vi, en = RULES[rule]
    details = {name: _keep_whole(value) for name, value in details.items()}
    return f"{vi.format(**details)} · {en.format(**details)}"


def add_to_both(sentence: str, vi: str, en: str = "", *, lead: str = "") -> str:
    """Return a sentence that stands in both languages with more in each of them.

    Parameters
    ----------
    sentence : from `describe_rule`, or written like it.
    vi, en : what is added behind a semicolon; in English the same where it is not told.
    lead : what stands before each half, with a colon.
    """
    halves = choose_half(sentence, "vi"), choose_half(sentence, "en")
    before = f"{lead}: " if lead else ""
    described = (
        f"{before}{h}" + (f"; {t}" if t else "")
        for h, t in zip(halves, (vi, en or vi), strict=True)
    )
    return BETWEEN_LANGUAGES.join(described)


def _keep_whole(value: object) -> object:
    """Return a detail in which no dot between blanks can be taken for the one between the languages."""
    return value.replace(" · ", "\u00a0·\u00a0") if isinstance(value, str) else value


class SourceRefused(SourceFault):
    """Refuse a file for a reason that the catalogue names.

    Parameters
    ----------
    rule : rule of the catalogue.
    value : what was found.
    """

    in_both = True

    def __init__(
        self, rule: str, message: str, *, file: str, row: int | None, column: str, value: str
    ) -> None:
        self.rule, self.value = rule, value
        super().__init__(message, file=file, row=row, column=column)


def refuse(
    rule: str,
    *,
    file: str,
    row: int | None = None,
    column: str = "",
    value: str = "",
    **details: object,
) -> SourceRefused:
    """Return the refusal of a file, to be raised, with the rule's sentence as its message.

    Parameters
    ----------
    rule : rule of the catalogue.
    file : the file as the user named it.
    row, column, value : the place and what stands there, where it is one.
    details : what the rule's sentence names.
    """
    sentence = describe_rule(rule, **details)
    return SourceRefused(rule, sentence, file=file, row=row, column=column, value=value)
