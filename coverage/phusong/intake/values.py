"""Read the other values of a cell: text, dates, flags and words of a closed list."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.numbers import read_numbers
from phusong.intake.rules import describe_rule
from phusong.intake.words import CROSSES, NO_WORDS, YES_MARKS, YES_WORDS, word_key
from phusong.vietnamese.keys import normalise_all
from phusong.vocabulary.schema import Column
from phusong.vocabulary.terms import Severity, Term

#: How a form says that a cell is empty.
BLANKS = ("", "-", "–", "—", "...", "…")
#: Characters that turn the direction of the text around them.
BIDI = "[\u202a-\u202e\u2066-\u2069]"

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ]+\d{1,2}:\d{2}.*)?")
_TWO_WAYS = r"^(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?!\d)"
_TWO_WAYS_WHOLE = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_SHORT_YEAR = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})")
_MONTH = re.compile(r"(?:[Tt]háng\s*)?(\d{1,2})[-/.](\d{4})")
_YEAR = re.compile(r"(?:[Nn]ăm\s*)?((?:19|20)\d{2})")
_SERIAL = re.compile(r"([2-6]\d{4})(?:\.\d+)?")
#: Day 0 of a spreadsheet that counts days from 1900 (the 1900 leap-year error included).
_SERIAL_ORIGIN = pd.Timestamp("1899-12-30")
#: Day 0 of a workbook that counts days from 1904.
_ORIGIN_1904 = pd.Timestamp("1904-01-01")


def read_texts(
    table: MatchedTable, name: str, findings: Findings, *, required: bool = False
) -> pd.Series:
    """Return a column as tidy text: composed letters, single blanks, nothing invisible.

    Parameters
    ----------
    table : the raw table, matched.
    name : canonical column.
    findings : notebook of this reading.
    required : whether an empty cell is a fault.

    Returns
    -------
    text on the index of the rows, missing where empty.
    """
    cells = table.cells(name)
    if required:
        table.fault(findings, "required_empty", name, cells.isin(BLANKS))
    table.fault(findings, "bidi_text", name, cells.str.contains(BIDI))
    tidy = normalise_all(cells)
    changed = tidy != cells
    findings.fix("text_normalised", table.heading(name), cells[changed], tidy[changed])
    return tidy.astype("object").where(~tidy.isin(BLANKS), None)


def read_dates(
    table: MatchedTable, name: str, findings: Findings, *, severity: Severity = Severity.ERROR
) -> pd.Series:
    """Return a column as dates: day first, ISO, spreadsheet serials, a month or a year alone.

    Parameters
    ----------
    table, name, findings : as for `read_texts`.
    severity : what a wrong cell does to its row.

    Returns
    -------
    datetime64 on the index of the rows, NaT where empty or wrong.
    """
    cells = table.cells(name)
    from_1904 = table.raw.from_1904
    month_first = choose_order(table, name, findings)
    parsed = {
        text: parse_date(text, from_1904=from_1904, month_first=month_first)
        for text in cells.unique()
    }
    dates = pd.to_datetime(cells.map(lambda t: parsed[t][0])).astype("datetime64[us]")
    rules = cells.map(lambda t: parsed[t][1]).astype("object")
    for rule in sorted(set(rules.dropna())):
        changed = rules == rule
        findings.fix(
            rule, table.heading(name), cells[changed], dates[changed].dt.strftime("%Y-%m-%d")
        )
    table.fault(findings, "not_a_date", name, dates.isna() & (cells != ""), severity=severity)
    return dates


def choose_order(
    table: MatchedTable, name: str, findings: Findings, *, secret: bool = False
) -> bool:
    """Return whether the dates of a column name the month first; asks where it seems so and nobody says it.

    A cell such as 12/31/2014 shows it, unless another such as 31/12/2014 shows the contrary: then each cell
    is read with the day first, as Vietnamese offices write.

    Parameters
    ----------
    table, name, findings : as for `read_texts`.
    secret : whether no date may be shown.
    """
    if table.raw.month_first is not None:
        return table.raw.month_first
    parts = table.cells(name).drop_duplicates().str.extract(_TWO_WAYS).astype("float64")
    month_first = parts[1].between(13, 31) & (parts[0] <= 12)
    either = (parts[0] <= 12) & (parts[1] <= 12) & (parts[0] != parts[1])
    if not month_first.any() or not either.any() or (parts[0] > 12).any():
        return False
    cells, row = table.cells(name), int(month_first.idxmax())
    shown = (cells[row], cells[either.idxmax()])
    value, other = ("…", "…") if secret else shown
    why = describe_rule(
        "date_order", heading=table.heading(name), row=row, value=value, other=other
    )
    findings.ask("date_order", ["--date-order month", "--date-order day"], why)
    return False


def parse_date(
    text: str, *, from_1904: bool = False, month_first: bool = False
) -> tuple[pd.Timestamp, str | None]:
    """Return one cell as a date (NaT where it is none) and the rule that had to complete it.

    Parameters
    ----------
    text : the cell.
    from_1904 : whether a number counts the days from 1 January 1904, as workbooks of old Macs do.
    month_first : whether 03/04/2015 is the 4th of March.
    """
    text = text.strip()
    if month_first:
        text = _TWO_WAYS_WHOLE.sub(r"\2/\1/\3", text)
    forms = (
        (_ISO, lambda m: (m[0], m[1], m[2]), None),
        (_DAY_FIRST, lambda m: (m[2], m[1], m[0]), None),
        (_SHORT_YEAR, lambda m: (f"20{m[2]}", m[1], m[0]), "short_year"),
        (_MONTH, lambda m: (m[1], m[0], "1"), "month_only"),
        (_YEAR, lambda m: (m[0], "1", "1"), "year_only"),
    )
    for pattern, order, rule in forms:
        found = pattern.fullmatch(text)
        if found:
            date = _date_of(*order(found.groups()))
            return date, (rule if date is not pd.NaT else None)
    serial = _SERIAL.fullmatch(text)
    if serial:
        days = pd.Timedelta(days=int(serial.group(1)))
        if from_1904:
            return _ORIGIN_1904 + days, "serial_1904"
        return _SERIAL_ORIGIN + days, "spreadsheet_serial"
    return pd.NaT, None


def _date_of(year: str, month: str, day: str) -> pd.Timestamp:
    try:
        return pd.Timestamp(int(year), int(month), int(day))
    except ValueError:
        return pd.NaT


def read_flags(
    table: MatchedTable, name: str, findings: Findings, *, severity: Severity = Severity.ERROR
) -> pd.Series:
    """Return a column as yes or no.

    In a column of crosses an empty cell says no; in a column of words it says nothing.

    Parameters
    ----------
    table, name, findings : as for `read_texts`.
    severity : what a wrong cell does to its row.

    Returns
    -------
    nullable boolean on the index of the rows.
    """
    cells = table.cells(name)
    parsed = {text: parse_flag(text) for text in cells.unique()}
    flags = cells.map(lambda t: parsed[t]).astype("boolean")
    wrong = flags.isna() & ~cells.isin(["", "-", "?"])
    table.fault(findings, "not_a_flag", name, wrong, severity=severity)
    stated = cells[flags.notna()]
    crosses = len(stated) > 0 and all(_is_cross(text) for text in stated.unique())
    if crosses or "(x)" in table.heading(name).lower():
        flags = flags.mask(cells.isin(["", "-"]), False)
    return flags


def _is_cross(text: str) -> bool:
    """Return whether a cell is ticked rather than said: beside “có” an empty cell says nothing."""
    return text in YES_MARKS or word_key(text.removesuffix(".0")) in CROSSES


def parse_flag(text: str) -> bool | None:
    """Return one cell as yes or no; None where it says neither."""
    if text in YES_MARKS:
        return True
    key = word_key(text.removesuffix(".0"))
    return True if key in YES_WORDS else False if key in NO_WORDS else None


def read_terms(
    table: MatchedTable,
    name: str,
    findings: Findings,
    *,
    words: Mapping[str, Term],
    required: bool = False,
    severity: Severity = Severity.ERROR,
) -> pd.Series:
    """Return a column as words of a closed list.

    Parameters
    ----------
    table, name, findings : as for `read_texts`.
    words : word key → term; the terms' own values and labels are understood besides.
    required : whether an empty cell is a fault.
    severity : what an unknown word does to its row.

    Returns
    -------
    the terms' values on the index of the rows, missing where empty or unknown.
    """
    cells = table.cells(name)
    terms = list(dict.fromkeys(words.values()))
    labels = {word_key(label): t for t in terms for label in (t.value, t.vi, t.en)}
    known: dict[str, str | None] = {}
    for text in cells.unique():
        term = words.get(word_key(text)) or labels.get(word_key(text))
        known[text] = term.value if term else None
    found = cells.map(lambda t: known[t]).astype("object")
    choices = ", ".join(t.vi for t in terms)
    wrong = found.isna() & (cells != "")
    table.fault(findings, "unknown_term", name, wrong, severity=severity, choices=choices)
    if required:
        table.fault(findings, "required_empty", name, cells == "")
    return found


def read_stated(
    table: MatchedTable, name: str, findings: Findings, assumed: pd.Series
) -> pd.Series:
    """Return yes or no as the rows of an accepted table say it, else as it is assumed.

    Parameters
    ----------
    table, name, findings : as for `read_texts`.
    assumed : yes or no on the index of the rows.
    """
    if not table.has(name):
        return assumed
    stated = read_flags(table, name, findings, severity=Severity.WARNING)
    return stated.fillna(assumed.astype("boolean")).astype(bool)


def read_column(
    table: MatchedTable, column: Column, findings: Findings, *, severity: Severity = Severity.ERROR
) -> pd.Series:
    """Return a declared column, read as what it holds and within its bounds.

    Parameters
    ----------
    table, findings, severity : as for `read_texts`.
    column : declaration of the column in the accepted table.
    """
    if column.holds == "date":
        return read_dates(table, column.name, findings, severity=severity)
    if column.holds == "bool":
        return read_flags(table, column.name, findings, severity=severity)
    if column.holds == "text":
        return read_texts(table, column.name, findings, required=not column.nullable)
    numbers = read_numbers(
        table,
        column.name,
        findings,
        low=column.ge,
        high=column.le,
        whole=column.holds == "int",
        required=not column.nullable,
        severity=severity,
    )
    return numbers.astype("Int64") if column.holds == "int" and column.nullable else numbers


def fill_date(dates: pd.Series, as_of: str | None) -> pd.Series:
    """Return the dates with the missing ones given as the date of the file.

    Parameters
    ----------
    dates : datetime64, NaT where missing.
    as_of : ISO date of the whole file, or None.
    """
    return dates if as_of is None else dates.fillna(pd.Timestamp(as_of))
