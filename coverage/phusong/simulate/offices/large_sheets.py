"""Large workbooks: many thousand rows a sheet, with headings in one row or in two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from phusong.simulate.offices.writing import describe_workbook

#: Between a group and its part in the name of a column, `Cha|Họ tên`.
GROUP = "|"


@dataclass(frozen=True, eq=False)
class LargeSheet:
    """Hold one sheet of a large workbook.

    Parameters
    ----------
    name : of the sheet.
    titles : lines above the headings.
    rows : texts, numbers and days under their headings; a heading in two rows is named `group|part`.
    last : line under the table, by heading; empty for none.
    """

    name: str
    titles: tuple[str, ...]
    rows: pd.DataFrame
    last: Mapping[str, object]

    @property
    def first_row(self) -> int:
        """Return the number of the first row under the headings, as a spreadsheet shows it."""
        return len(self.titles) + len(_split_headings(self.rows.columns)) + 1


def write_large_workbook(sheets: Sequence[LargeSheet], path: Path, *, day: date) -> Path:
    """Write sheets of a day row by row, none ever held as a whole; text never becomes a formula."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties(describe_workbook(day))
        bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter"})
        dated = book.add_format({"num_format": "dd/mm/yyyy"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for i, title in enumerate(sheet.titles):
                page.write_string(i, 0, title)
            _write_headings(page, len(sheet.titles), sheet.rows.columns, bold)
            _write_rows(page, sheet.first_row - 1, sheet.rows, dated)
            for heading, value in sheet.last.items():
                j = sheet.rows.columns.get_loc(heading)
                page.write(sheet.first_row - 1 + len(sheet.rows), j, value)
    return path


def _split_headings(columns: pd.Index) -> list[list[str]]:
    """Return the headings in one row, or in two where any has a group over it."""
    if not columns.str.contains(GROUP, regex=False).any():
        return [list(columns)]
    pairs = [name.partition(GROUP) for name in columns]
    return [[group for group, _, _ in pairs], [part for _, _, part in pairs]]


def _write_headings(page: Any, first: int, columns: pd.Index, bold: object) -> None:
    """Write the headings, each group merged over its parts and each single one over two rows.

    Rows that are written one by one leave no way back, therefore all cells come first and then the list
    of those that are merged.
    """
    rows = _split_headings(columns)
    for i, names in enumerate(rows, first):
        for j, name in enumerate(names):
            again = i == first and j and name == names[j - 1]
            page.write(i, j, None if again else (name or None), bold)
    if len(rows) == 1:
        return
    groups, parts = rows
    start = 0
    for j in range(1, len(groups) + 1):
        if j < len(groups) and groups[j] == groups[start]:
            continue
        if not parts[start]:
            page.merge.append([first, start, first + 1, start])
        elif j - start > 1:
            page.merge.append([first, start, first, j - 1])
        start = j


def _write_rows(page: Any, first: int, rows: pd.DataFrame, day: object) -> None:
    """Write the rows under the headings; nothing for an empty text."""
    text, number = page.write_string, page.write_number
    values = [rows[name].tolist() for name in rows.columns]
    for i, row in enumerate(zip(*values, strict=True), first):
        for j, value in enumerate(row):
            if value.__class__ is str:
                if value:
                    text(i, j, value)
            elif isinstance(value, datetime):
                if value is not pd.NaT:
                    page.write_datetime(i, j, value, day)
            elif value is not None and value == value:  # noqa: PLR0124 - a float that is none differs from itself
                number(i, j, value)
