"""The standing words of a document, in Vietnamese and in English; what a form says is in its own list."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class Word(Term):
    """Name the words that every document has, as Decree 30/2020/NĐ-CP writes them."""

    COUNTRY = (
        "country",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SOCIALIST REPUBLIC OF VIET NAM",
    )
    MOTTO = "motto", "Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness"
    NUMBER = "number", "Số: {number}/{symbol}", "No. {number}/{symbol}"
    PLACE = "place", "{place}, {day}", "{place}, {day}"
    TO = "to", "Kính gửi:", "To:"
    RECIPIENTS = "recipients", "Nơi nhận:", "Copies to:"
    ANNEX = "annex", "Phụ lục {number}", "Annex {number}"
    ATTACHED = (
        "attached",
        "(Kèm theo {what} số {number}/{symbol} {day} của {agency})",
        "(Attached to {what} No. {number}/{symbol} of {day}, {agency})",
    )
    ATTACHED_FREE = (
        "attached_free",
        "(Kèm theo {what} {day} của {agency})",
        "(Attached to {what} of {day}, {agency})",
    )
    TOTAL = "total", "Tổng cộng", "Total"
    COUNTER = "counter", "STT", "No."
    RATIO = (
        "ratio",
        "{name}: {ratio} {unit} ({percentage})",
        "{name}: {ratio} {unit} ({percentage})",
    )
    NO_RATIO = "no_ratio", "{name}: {ratio} {unit}", "{name}: {ratio} {unit}"
    NOT_KNOWN = "not_known", "không có dữ liệu: {n}", "no data: {n}"
    AMOUNT = "amount", "{name}: {value}", "{name}: {value}"
    DATA_OF = (
        "data_of",
        "Số liệu đến ngày {date}; {edition}",
        "Data as of {date}; {edition}",
    )
    ROUNDING = (
        "rounding",
        "tỷ lệ làm tròn đến 0,1% (từ 0,05 trở lên thì làm tròn lên)",
        "percentages rounded half-up to 0.1%",
    )
    HIDDEN = (
        "hidden",
        "Số học sinh làm tròn đến một bội chung và cộng khớp với nhau, để không làm lộ một nhóm rất ít học "
        "sinh. Dấu “–”: làm tròn về 0, hoặc tỷ lệ không tính được; không phải là số 0.",
        "Numbers of pupils are rounded to multiples of one number and add up, so that no very small group "
        "is given away. A dash stands for one rounded to 0, or a share that cannot be worked out; it is "
        "not a zero.",
    )
    TRACE = (
        "trace",
        "Số liệu đến ngày {date}. Sổ chương trình, mốc {anchor}. Lập bằng phần mềm Phủ Sóng.",
        "Data as of {date}. Programme's book, anchor {anchor}. Made with Phủ Sóng.",
    )
    TRACE_FREE = (
        "trace_free",
        "Số liệu đến ngày {date}. Lập bằng phần mềm Phủ Sóng.",
        "Data as of {date}. Made with Phủ Sóng.",
    )
    TRACE_LETTER = "trace_letter", "Lập bằng phần mềm Phủ Sóng.", "Made with Phủ Sóng."
    TRACE_OFFICES = (
        "trace_offices",
        "Tên cơ quan, chương trình theo: {files}.",
        "Offices and programme as named by: {files}.",
    )
    INTERNAL = "internal", "BẢN NỘI BỘ, KHÔNG CÔNG BỐ", "INTERNAL, NOT FOR PUBLICATION"
    INTERNAL_NOTE = (
        "internal_note",
        "Có số liệu đầy đủ về những nhóm rất ít học sinh; chỉ dùng trong cơ quan được giao nhiệm vụ.",
        "It holds whole figures of very small groups of pupils, for the offices in charge alone.",
    )
    MAKER = "maker", "Phủ Sóng", "Phủ Sóng"
    UNIT_MONEY = "unit_money", "đồng", "VND"


class Heading(Term):
    """Name the headings of the workbook's own two sheets."""

    COVER = "cover", "Thông tin", "About"
    BODY = "body", "Nội dung", "Text"
    CONTENT = "content", "Nội dung", "Text"
    NUMERATOR = "numerator", "Tử số hoặc số lượng", "Numerator or amount"
    DENOMINATOR = "denominator", "Mẫu số", "Denominator"
    SHARE = "share", "Tỷ lệ", "Share"
    UNIT = "unit", "Đơn vị", "Unit"
    NOT_KNOWN = "not_known", "Không có dữ liệu", "No data"
    AS_OF = "as_of", "Ngày số liệu", "Date of the data"
    EDITION = "edition", "Danh mục hành chính", "Edition of the map"
    AGENCY = "agency", "Cơ quan", "Agency"
    NUMBER = "number", "Số, ký hiệu", "Number"
    DATED = "dated", "Ngày lập", "Dated"
    SUBJECT = "subject", "Trích yếu", "Subject"
    ADDRESSEES = "addressees", "Kính gửi", "To"
    ANCHOR = "anchor", "Mốc sổ chương trình", "Anchor in the book"
    ROUNDING = "rounding", "Quy tắc làm tròn", "Rounding"
    ROWS = "rows", "{sheet}: số dòng", "{sheet}: rows"
    WARNING = "warning", "Lưu ý", "Mind"
