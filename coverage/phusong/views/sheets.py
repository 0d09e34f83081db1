"""A table as a sheet of a workbook: title, warning, headings from the declarations, text as text."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pandas as pd
import xlsxwriter

from phusong.views.labels import tell
from phusong.vocabulary.schema import Table
from phusong.vocabulary.units import write_heading

#: No text may act as a formula, a link or a number.
TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
#: Rows above the first row of a table: title, warning, headings.
HEAD_ROWS = 3
#: How numbers of a unit are written, and to how many decimals they are rounded; of others, as they come.
NUMBERS = {"VND": ("#,##0", 0), "m": ("#,##0", 0), "°": ("0.000000", 6), "1": ("0.00", 2)}
#: Paper of the size A4, as workbooks number it.
A4 = 9
#: Widths of a column, in letters; longer text goes on in the next line of its cell.
NARROWEST, WIDEST = 10, 42


def write_sheet(
    book: xlsxwriter.Workbook,
    name: str,
    head: list[str],
    table: pd.DataFrame,
    columns: Sequence[str],
    schemas: Sequence[Table],
) -> None:
    """Write a table under title, warning and headings; words of closed lists by their labels.

    It can be filtered, and prints on A4 across as wide as the paper, with headings and page numbers.

    Parameters
    ----------
    book : opened with `TEXT_ONLY`.
    name : of the sheet.
    head : lines above the headings, fewer than `HEAD_ROWS`.
    table : rows.
    columns : which of its columns, in order.
    schemas : tables that declare them; the first one that does counts.
    """
    sheet = book.add_worksheet(name)
    bold, top = book.add_format({"bold": True}), {"valign": "top"}
    heading_form = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, **top})
    text = book.add_format({"text_wrap": True, **top})
    day = book.add_format({"num_format": "dd/mm/yyyy", **top})
    for row, line in enumerate(head):
        sheet.write_string(row, 0, line, bold)
    declared = {c.name: c for schema in reversed(schemas) for c in schema.columns}
    for at, column in enumerate(declared[column] for column in columns):
        heading = write_heading(column, "vi")
        sheet.write_string(HEAD_ROWS - 1, at, heading, heading_form)
        pattern, places = NUMBERS.get(column.unit, ("#,##0" if column.holds == "int" else "", None))
        number = book.add_format({**top, **({"num_format": pattern} if pattern else {})})
        labels = {
            str(t): tell(t, "vi") for t in (column.terms.list_terms() if column.terms else ())
        }
        longest = len(heading) / 2
        for row, value in enumerate(table[column.name].tolist(), start=HEAD_ROWS):
            if value is None or pd.isna(value):
                continue
            if isinstance(value, str):
                shown = labels.get(value, value)
                longest = max(longest, len(shown))
                sheet.write_string(row, at, shown, text)
            elif isinstance(value, pd.Timestamp):
                sheet.write_datetime(row, at, value.to_pydatetime(), day)
            else:
                sheet.write_number(
                    row, at, value if places is None else round(value, places), number
                )
        sheet.set_column(at, at, min(max(NARROWEST, longest + 2), WIDEST))
    _set_up_page(sheet, rows=len(table), columns=len(columns))


def _set_up_page(sheet: xlsxwriter.worksheet.Worksheet, *, rows: int, columns: int) -> None:
    """Let a table be filtered and scrolled under its headings, and printed as wide as the paper."""
    sheet.freeze_panes(HEAD_ROWS, 1)
    sheet.autofilter(HEAD_ROWS - 1, 0, HEAD_ROWS - 1 + rows, max(columns - 1, 0))
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROWS - 1)
    sheet.set_footer("&L&A&CTrang &P/&N")


def render_list(shown: pd.DataFrame, head: list[str]) -> bytes:
    """Return a workbook with one sheet: what a page shows, as it shows it.

    Parameters
    ----------
    shown : with headings and words as people read them.
    head : lines above the headings: title, warning, date.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {**TEXT_ONLY, "in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for row, text in enumerate(head):
            sheet.write_string(row, 0, text, bold)
        for at, name in enumerate(shown.columns):
            sheet.write_string(len(head), at, str(name), bold)
            sheet.set_column(at, at, max(12, len(str(name)) + 2))
            for row, value in enumerate(shown[name].tolist(), start=len(head) + 1):
                if value is not None and not pd.isna(value):
                    _write_cell(sheet, row, at, value)
    return content.getvalue()


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, at: int, value: object) -> None:
    """Write a number as a number, and everything else as text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, at, value)
    else:
        sheet.write_string(row, at, str(value))
