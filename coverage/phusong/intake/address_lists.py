"""Read the two tables of ``locate``: a list of hamlets and a list of addresses, under exact headings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

import pandas as pd

from phusong.intake.decoding import decode_bytes
from phusong.intake.delimited import SEPARATORS
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.rules import refuse
from phusong.intake.sniffing import Form, sniff_form
from phusong.intake.source_file import check_size
from phusong.intake.workbooks import open_workbook, read_workbook
from phusong.places.addresses import ADDRESS_COLUMNS
from phusong.places.registers import read_register
from phusong.vocabulary.errors import NeedsAnswer
from phusong.vocabulary.parameters import Intake
from phusong.vocabulary.terms import Edition

HAMLET_COLUMNS = ("hamlet_id", "kind", "name", "commune_code", "edition")
DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S")
#: How many lines tell which separator the file has, and how many headings a message lists.
SHOWN = 12

Rows = list[tuple[int, list[str]]]


def read_hamlet_list(path: Path, options: ReadOptions, intake: Intake) -> pd.DataFrame:
    """Return a list of hamlets as text: hamlet_id, kind, name, commune_code, edition, aliases.

    Parameters
    ----------
    path : CSV or workbook.
    options : encoding and sheet, where the user states them.
    intake : caps.

    Raises
    ------
    SourceFault
        If the file cannot be read, lacks a column, or has an empty cell where none may be, an id twice, an
        unknown edition, or a commune code that the edition does not have; with file, row and column.
    NeedsAnswer
        If it is not clear in which encoding the file is.
    """
    file = str(path)
    table = _read_table(path, options, intake)
    _require_columns(table, HAMLET_COLUMNS, file)
    if "aliases" not in table:
        table = table.assign(aliases="")
    for name in ("hamlet_id", "name", "commune_code", "edition"):
        _refuse_first(table, name, table[name].str.strip() == "", "required_empty", file)
    _refuse_repeats(table, "hamlet_id", file)
    editions = Edition.list_values()
    unknown = ~table["edition"].isin(editions)
    _refuse_first(table, "edition", unknown, "unknown_term", file, choices=", ".join(editions))
    _check_communes(table, file)
    return table


def read_address_list(path: Path, options: ReadOptions, intake: Intake) -> pd.DataFrame:
    """Return a list of addresses as text, every column kept; `as_of` in ISO form.

    Parameters
    ----------
    path, options, intake : as for `read_hamlet_list`.

    Raises
    ------
    SourceFault
        If the file cannot be read, lacks a column, or has an id twice or a date that is none.
    NeedsAnswer
        If it is not clear in which encoding the file is.
    """
    file = str(path)
    table = _read_table(path, options, intake)
    _require_columns(table, ("row_id",), file)
    if not set(ADDRESS_COLUMNS) & set(table.columns):
        _require_columns(table, ("address",), file)
    _refuse_first(table, "row_id", table["row_id"].str.strip() == "", "required_empty", file)
    _refuse_repeats(table, "row_id", file)
    if "as_of" not in table:
        return table
    days = table["as_of"].map(_read_day)
    _refuse_first(table, "as_of", days.isna(), "not_a_date", file)
    return table.assign(as_of=days.astype("str"))


def _read_table(path: Path, options: ReadOptions, intake: Intake) -> pd.DataFrame:
    """Return a table as text under its headings; index = row number as a spreadsheet shows it."""
    file = str(path)
    check_size(path, intake)
    form = sniff_form(path, file=file)
    if form not in (Form.TEXT, Form.WORKBOOK):
        raise refuse("form_unknown", file=file)
    read = _read_sheet if form == Form.WORKBOOK else _read_text
    rows = [row for row in read(path, options, intake) if any(map(str.strip, row[1]))]
    if not rows:
        raise refuse("empty_file", file=file)
    (number, header), body = rows[0], rows[1:]
    names = [heading.strip().lower() for heading in header]
    if not body:
        raise refuse("headings_only", file=file, row=number)
    _check_headings(names, file, number)
    return _stack(names, body, file)


def _stack(names: Sequence[str], body: Rows, file: str) -> pd.DataFrame:
    """Return rows under their headings."""
    for number, cells in body:
        if len(cells) != len(names):
            shown = ",".join(cells)[:80]
            raise refuse("ragged_row", file=file, row=number, value=shown, cells=len(cells))
    index = pd.Index([number for number, _ in body])
    columns = zip(*(cells for _, cells in body), strict=True)
    named = {n: pd.array(list(c), dtype="str") for n, c in zip(names, columns, strict=True) if n}
    return pd.DataFrame(named, index=index)


def _check_headings(names: Sequence[str], file: str, row: int) -> None:
    """Refuse a heading that stands twice."""
    for name in names:
        if name and names.count(name) > 1:
            found = ", ".join(names[:SHOWN])
            raise refuse("duplicate_heading", file=file, row=row, column=name, found=found)


def _ask(findings: Findings, file: str) -> None:
    """Raise the question that a reading has left open, if any."""
    if findings.question:
        question = findings.question
        raise NeedsAnswer(question.about, choices=question.choices, why=question.why, file=file)


def _read_sheet(path: Path, options: ReadOptions, intake: Intake) -> Rows:
    """Return the rows of a workbook's sheet with their numbers."""
    findings = Findings()
    grid = read_workbook(open_workbook(path, "hamlets", intake, file=str(path)), options, findings)
    _ask(findings, str(path))
    if grid is None:
        raise refuse("empty_file", file=str(path))
    return list(zip(grid.frame.index.tolist(), grid.frame.to_numpy().tolist(), strict=True))


def _read_text(path: Path, options: ReadOptions, intake: Intake) -> Rows:
    """Return the records of a text table with their numbers."""
    file, findings = str(path), Findings()
    text = decode_bytes(path.read_bytes(), options, findings, file=file)
    _ask(findings, file)
    text = (text or "").lstrip("\ufeff")
    if not text.strip():
        raise refuse("empty_file", file=file)
    rows = _read_records(text, _guess_separator(text), file)
    cap = int(intake.number("row_cap"))
    if len(rows) > cap + 1:
        raise refuse("too_many_rows", file=file, value=f"> {cap}", cap=cap)
    return rows


def _guess_separator(text: str) -> str:
    """Return the separator under which the first line names most columns."""
    known = {*HAMLET_COLUMNS, *ADDRESS_COLUMNS, "row_id", "aliases", "as_of"}
    line = next((line for line in islice(io.StringIO(text), SHOWN) if line.strip()), "")

    def _count(separator: str) -> int:
        return len(known & {cell.strip(' "\r\n').lower() for cell in line.split(separator)})

    return max(SEPARATORS, key=_count)


def _read_records(text: str, separator: str, file: str) -> Rows:
    """Return records with the number of the line on which each begins.

    A record over several lines whose later lines are as full of separators as a record of their own has
    swallowed the rows after an open quotation mark.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: Rows = []
    number, width = 1, 0
    try:
        for record in reader:
            later = [line for cell in record for line in cell.splitlines()[1:]]
            if width > 1 and any(line.count(separator) >= width - 1 for line in later):
                raise refuse("unclosed_quote", file=file, row=number)
            rows.append((number, record))
            width, number = max(width, len(record)), reader.line_num + 1
    except csv.Error as error:
        raise refuse("unclosed_quote", file=file, row=number) from error
    return rows


def _require_columns(table: pd.DataFrame, names: Iterable[str], file: str) -> None:
    """Refuse a table that lacks a column."""
    found = ", ".join(list(table.columns)[:SHOWN])
    for name in names:
        if name not in table:
            raise refuse("missing_column", file=file, column=name, found=found, wanted=name)


def _refuse_first(
    table: pd.DataFrame, name: str, wrong: pd.Series, rule: str, file: str, **details: object
) -> None:
    """Refuse a table at the first row in which a column is wrong."""
    if wrong.any():
        row = int(table.index[wrong.to_numpy()][0])
        value = str(table.loc[row, name])
        raise refuse(rule, file=file, row=row, column=name, value=value, **details)


def _refuse_repeats(table: pd.DataFrame, name: str, file: str) -> None:
    """Refuse a table in which an id stands twice."""
    _refuse_first(table, name, table[name].str.strip().duplicated(), "duplicate_id", file)


def _check_communes(table: pd.DataFrame, file: str) -> None:
    """Refuse a commune code that its edition does not have; a lost zero is pointed out."""
    for edition, rows in table.groupby("edition", sort=True):
        codes = set(read_register().units(str(edition))["code"])
        wrong = ~rows["commune_code"].isin(codes)
        if wrong.any():
            full = str(rows.loc[wrong, "commune_code"].iloc[0]).zfill(5)
            hints = (f", có phải {full}?", f"; is {full} meant?") if full in codes else ("", "")
            details = {"edition": edition, "hint_vi": hints[0], "hint_en": hints[1]}
            _refuse_first(rows, "commune_code", wrong, "unknown_commune", file, **details)


def _read_day(text: str) -> str | None:
    """Return a day in ISO form, nothing for an empty cell, None for what is no day."""
    bare = text.strip()
    if not bare:
        return ""
    for form in DAY_FORMS:
        try:
            return datetime.strptime(bare, form).date().isoformat()
        except ValueError:
            continue
    return None
