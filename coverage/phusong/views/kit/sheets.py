"""A template as a workbook: the list to fill in, how to fill it in, and the words that may be used."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from phusong.views.figures import format_number
from phusong.views.kit.fields import Heading, Template, Value
from phusong.views.kit.words import Guide, Sheet
from phusong.views.labels import tell
from phusong.views.sheets import TEXT_ONLY

#: Title and note stand above the headings; the rows to fill in below them.
HEADING_ROW, FIRST_ROW = 2, 3
#: Rows that are prepared: no commune's or school's list is longer.
PREPARED_ROWS = 5000
NARROWEST, WIDEST = 12, 30
A4 = 9
#: What a cell of each kind is shown as; text keeps the zeros at its beginning.
SHOWN = {"text": "@", "bool": "@", "int": "#,##0", "float": "General", "date": "dd/mm/yyyy"}
#: A year is a number without a mark between its thousands.
YEARS = ("head_birth_year", "list_year")
#: A template that is asked for twice is the same twice.
MADE_ON = datetime(2021, 9, 1)
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
HEAD: dict[str, Any] = {
    "bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1,
}  # fmt: skip
#: What must be filled in, what may be, and the row that is to be struck.
ASKED, OFFERED, MADE_UP = "#F9D7A0", "#E3EAF2", "#7A7A7A"
GUIDE_WIDTHS = (26, 62, 16, 52, 10, 30)


def render_template(template: Template, rows: Sequence[Mapping[str, Value]] | None = None) -> bytes:
    """Return a template as the bytes of an xlsx; the same template gives the same bytes.

    Parameters
    ----------
    template : which form.
    rows : what is filled in, by field; None: the made-up row alone.

    Raises
    ------
    KeyError
        If a row has a field that the form does not ask for.
    """
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {**TEXT_ONLY, "in_memory": True}) as book:
        book.set_properties({"title": template.title, "created": MADE_ON})
        sheet = book.add_worksheet(tell(Sheet.LIST, "vi"))
        _write_guide(book, template)
        _write_words(book, template)
        _prepare_list(book, sheet, template)
        style = {"italic": True, "font_color": MADE_UP} if rows is None else {}
        listed = [template.example] if rows is None else rows
        for at, row in enumerate(listed, start=FIRST_ROW):
            _write_row(book, sheet, at, template, row, style)
    return memory.getvalue()


def _prepare_list(book: xlsxwriter.Workbook, sheet: Worksheet, template: Template) -> None:
    """Write title, note and headings, and set what every column takes."""
    sheet.write_string(0, 0, template.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, tell(Guide.NOTE, "vi"), book.add_format({"italic": True}))
    sheet.set_row(HEADING_ROW, 48)
    headings = template.headings
    for at, heading in enumerate(headings):
        colour = ASKED if heading.field.required else OFFERED
        style = book.add_format({**HEAD, "bg_color": colour})
        sheet.write_string(HEADING_ROW, at, heading.text, style)
        shown = book.add_format({"num_format": _show_as(heading)})
        wide = max(len(heading.text) * 0.75, len(_tell_value(heading.field.example)) + 2)
        sheet.set_column(at, at, min(max(NARROWEST, wide), WIDEST), shown)
    for at, rule in _list_rules(headings).items():
        sheet.data_validation(FIRST_ROW, at, FIRST_ROW + PREPARED_ROWS, at, rule)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW)


def _show_as(heading: Heading) -> str:
    """Return the format of a column."""
    return "0" if heading.field.name in YEARS else SHOWN[heading.holds]


def _list_rules(headings: Sequence[Heading]) -> dict[int, dict[str, Any]]:
    """Return what each column refuses, by its place: foreign words, impossible numbers, no dates."""
    rules: dict[int, dict[str, Any]] = {}
    worded = [h for h in headings if h.words]
    rule: dict[str, Any]
    for at, heading in enumerate(headings):
        if heading.words:
            column = xl_col_to_name(worded.index(heading))
            place = f"'{tell(Sheet.WORDS, 'vi')}'!${column}$2:${column}${len(heading.words) + 1}"
            rule = {
                "validate": "list",
                "source": f"={place}",
                "error_message": tell(Guide.PICK, "vi"),
            }
        elif heading.holds == "date":
            rule = {
                "validate": "date",
                "criteria": "between",
                "minimum": EARLIEST,
                "maximum": LATEST,
            }
            rule["error_message"] = tell(Guide.DAY, "vi")
        elif heading.holds in ("int", "float"):
            rule = _rule_number(heading)
        else:
            continue
        soft = heading.field.open_list
        stop = {"error_type": "information" if soft else "stop", "ignore_blank": True}
        rules[at] = rule | stop | {"error_title": tell(Guide.WRONG, "vi")}
    return rules


def _rule_number(heading: Heading) -> dict[str, Any]:
    """Return the bounds of a number; without a lower one it is 0 or more."""
    low, high = heading.low if heading.low is not None else 0, heading.high
    told = {"low": format_number(low, language="vi")}
    whole = {"validate": "integer" if heading.holds == "int" else "decimal"}
    if high is None:
        message = tell(Guide.AT_LEAST, "vi", **told)
        return {**whole, "criteria": ">=", "value": low, "error_message": message}
    message = tell(Guide.NUMBER, "vi", **told, high=format_number(high, language="vi"))
    bounds = {"criteria": "between", "minimum": low, "maximum": high}
    return {**whole, **bounds, "error_message": message}


def _write_row(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    at: int,
    template: Template,
    row: Mapping[str, Value],
    style: Mapping[str, Any],
) -> None:
    """Write one row, each cell as its column is shown."""
    for column, (value, heading) in enumerate(
        zip(template.row(row), template.headings, strict=True)
    ):
        if value is None or value == "":
            continue
        shown = book.add_format({**style, "num_format": _show_as(heading)})
        if isinstance(value, str):
            sheet.write_string(at, column, value, shown)
        elif isinstance(value, date):
            sheet.write_datetime(at, column, datetime(value.year, value.month, value.day), shown)
        else:
            sheet.write_number(at, column, value, shown)


def _write_guide(book: xlsxwriter.Workbook, template: Template) -> None:
    """Write what each column means, how it is filled in, and an example."""
    sheet = book.add_worksheet(tell(Sheet.GUIDE, "vi"))
    lines = [tell(Guide.WHO, "vi", who=template.who), *template.advice]
    lines += [tell(Guide.EMPTY, "vi"), tell(Guide.CODES, "vi")]
    sheet.write_string(0, 0, template.title, book.add_format({"bold": True, "font_size": 14}))
    for at, line in enumerate(lines, start=1):
        sheet.write_string(at, 0, line)
    top = len(lines) + 2
    heads = (
        Guide.COLUMN, Guide.MEANING, Guide.UNIT, Guide.HOW, Guide.REQUIRED, Guide.EXAMPLE,
    )  # fmt: skip
    bold, plain = book.add_format(HEAD), book.add_format({"text_wrap": True, "valign": "top"})
    for at, (head, wide) in enumerate(zip(heads, GUIDE_WIDTHS, strict=True)):
        sheet.set_column(at, at, wide)
        sheet.write_string(top, at, tell(head, "vi"), bold)
    for row, heading in enumerate(template.headings, start=top + 1):
        for at, text in enumerate(_describe(heading)):
            sheet.write_string(row, at, text, plain)
    sheet.freeze_panes(top + 1, 1)


def _describe(heading: Heading) -> tuple[str, ...]:
    """Return what the guide says of a column."""
    field = heading.field
    must = tell(Guide.YES if field.required else Guide.NO, "vi")
    return heading.label, field.meaning, heading.unit, heading.how, must, _tell_value(field.example)


def _tell_value(value: Value) -> str:
    """Return a value as a clerk writes it."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return repr(value).replace(".", ",")


def _write_words(book: xlsxwriter.Workbook, template: Template) -> None:
    """Write the words that the lists of choices are drawn from, a column each."""
    sheet = book.add_worksheet(tell(Sheet.WORDS, "vi"))
    bold = book.add_format(HEAD)
    worded = [heading for heading in template.headings if heading.words]
    for at, heading in enumerate(worded):
        sheet.set_column(at, at, max(NARROWEST, *(len(word) + 2 for word in heading.words)))
        sheet.write_string(0, at, heading.label, bold)
        for row, word in enumerate(heading.words, start=1):
            sheet.write_string(row, at, word)
    sheet.freeze_panes(1, 0)
