"""The rules of the door, each with the sentence that a clerk reads, in Vietnamese and English."""

from __future__ import annotations

from phusong.vocabulary.errors import SourceFault

#: rule → (Vietnamese, English); braces are filled with the details of the case.
RULES: dict[str, tuple[str, str]] = {
    "required_empty": ("ô bắt buộc bị trống, hãy điền", "a required cell is empty: fill it in"),
    "not_a_number": ("không phải là số, hãy sửa", "not a number: correct it"),
    "not_a_date": (
        "không phải là ngày (ngày/tháng/năm), hãy sửa",
        "not a date (day/month/year): correct it",
    ),
    "out_of_bounds": ("giá trị ngoài khoảng {low}–{high}", "value outside {low}–{high}"),
    "unknown_term": ("giá trị không có trong danh mục: {choices}", "not in the list: {choices}"),
    "unknown_operator": (
        "doanh nghiệp lạ, ghi là “doanh nghiệp khác”",
        "unknown operator, kept as “another operator”",
    ),
    "unknown_commune": (
        "mã hoặc tên xã không có trong danh mục {edition}",
        "commune not in the list of {edition}",
    ),
    "duplicate_id": ("mã bị lặp", "this id repeats"),
    # the file as a whole
    "empty_file": ("tệp không có dữ liệu, hãy gửi lại tệp có số liệu", "the file is empty: send one that holds data"),
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
    "ragged_row": (
        "số ô không bằng số tiêu đề ({cells}), hãy sửa dấu phân cách hoặc dấu nháy",
        "the number of cells differs from the headings ({cells}): mend the separators or quotes",
    ),
    "unclosed_quote": ("dấu nháy kép không được đóng, hãy sửa", "a quotation mark is not closed: mend it"),
    "control_character": ("dòng chứa ký tự điều khiển, hãy gõ lại", "the row holds a control character: type it again"),
}


def describe_rule(rule: str, **details: object) -> str:
    """Return a rule's sentence in Vietnamese and English, with its details filled in.

    Raises
    ------
    KeyError
        If the rule is not in the catalogue: a fault must never reach a clerk without a sentence.
    """
    vi, en = RULES[rule]
    return f"{vi.format(**details)} · {en.format(**details)}"


class SourceRefused(SourceFault):
    """Refuse a file for a reason that the catalogue names.

    Parameters
    ----------
    rule : rule of the catalogue.
    value : what was found.
    """

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
