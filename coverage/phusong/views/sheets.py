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
#: How units are written above a column; those not named are the same in every language.
#: Rows above the first row of a table: title, warning, headings.
HEAD_ROWS = 3


def write_sheet(
    book: xlsxwriter.Workbook,
    name: str,
    head: list[str],
    table: pd.DataFrame,
    columns: Sequence[str],
    schemas: Sequence[Table],
) -> None:
    """Write a table under title, warning and headings; words of closed lists by their labels.

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
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for row, text in enumerate(head):
        sheet.write_string(row, 0, text, bold)
    declared = {c.name: c for schema in reversed(schemas) for c in schema.columns}
    for at, column in enumerate(declared[column] for column in columns):
        heading = write_heading(column, "vi")
        sheet.write_string(HEAD_ROWS - 1, at, heading, bold)
        sheet.set_column(at, at, max(12, len(heading) + 2))
        labels = {str(t): tell(t, "vi") for t in column.terms or ()}
        for row, value in enumerate(table[column.name].tolist(), start=HEAD_ROWS):
            if value is None or pd.isna(value):
                continue
            if isinstance(value, str):
                sheet.write_string(row, at, labels.get(value, value))
            elif isinstance(value, pd.Timestamp):
                sheet.write_datetime(row, at, value.to_pydatetime(), day)
            else:
                sheet.write_number(row, at, value, money if column.unit == "VND" else None)
    sheet.freeze_panes(HEAD_ROWS, 1)


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
