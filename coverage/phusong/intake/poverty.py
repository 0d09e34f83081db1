"""Accept lists of poor and near-poor households, as communes certify them every year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from phusong.intake.circumstances import find_pieces, parse_poverty, read_poverty
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.identifiers import read_codes
from phusong.intake.judge import Judge
from phusong.intake.numbers import read_numbers
from phusong.intake.people import tidy_cells
from phusong.intake.pupil_words import POVERTY_PIECES
from phusong.intake.reading import RawTable
from phusong.intake.students import name_rows, read_addresses
from phusong.intake.values import fill_date, read_dates, read_flags
from phusong.intake.words import word_key
from phusong.vocabulary.tables.persons import POVERTY
from phusong.vocabulary.terms import Severity

#: How a list calls the head of a household among its members.
HEAD_WORDS = frozenset(("chuho", "chu", "ch", "01", "1"))
_YEAR = r"((?:19|20)[0-9]{2})"
_MEMBER_MARKS = r"\s*[;|\n]+\s*"


def accept_poverty(
    raw: RawTable, findings: Findings, options: ReadOptions, judge: Judge
) -> pd.DataFrame:
    """Return the households of a list: one a row, or one member a row under the head.

    Parameters
    ----------
    raw : the file as text.
    findings : notebook of this reading.
    options : sheet, which may say how poor; date of the list; edition of the commune codes.
    judge : by how much another edition of these must fit better to be told.

    Returns
    -------
    columns of accepted_poverty, one row a household, wrong ones included; index = row number of the head.

    Raises
    ------
    SourceFault
        If there is no column of heads of households.
    """
    table = match_headings(raw, "poverty", findings, required=("head_name",))
    heads = tidy_cells(table, "head_name", findings)
    house = _number_households(table, heads)
    classes = read_classes(table, findings, options)
    classes = classes.groupby(house).transform("first").where(house > 0, classes)
    _fault_households(table, heads, house, classes, findings)
    births = _read_years(table.cells("head_birth_year"))
    rows = pd.DataFrame(
        {
            "entry_id": name_rows(table, "entry_id", options),
            "household_code": read_codes(table, "household_code", findings),
            "head_name": heads,
            "head_birth_year": births,
            **read_addresses(table, findings, options, judge),
            "poverty": classes,
            "members": _gather_members(table, heads, births, house, findings),
            "persons": _read_bounded(table, "persons", findings),
            **_read_lacks(table, findings),
            "decision": tidy_cells(table, "decision", findings),
            "list_year": _read_bounded(table, "list_year", findings).fillna(_year_of(options)),
            "as_of": fill_date(
                read_dates(table, "as_of", findings, severity=Severity.WARNING), options.as_of
            ),
        }
    )
    return rows[~house.duplicated() | (house == 0)]


def _number_households(table: MatchedTable, heads: pd.Series) -> pd.Series:
    """Return the household of each row, counted from 1; 0 for rows before any head."""
    if table.has("relation"):
        words = table.cells("relation").map(lambda text: word_key(text) in HEAD_WORDS)
        return words.astype(bool).cumsum()
    if table.has("member_name"):
        return heads.notna().cumsum()
    return pd.Series(range(1, len(heads) + 1), index=heads.index)


def _fault_households(
    table: MatchedTable,
    heads: pd.Series,
    house: pd.Series,
    classes: pd.Series,
    findings: Findings,
) -> None:
    """Turn away rows that belong to no household, and households of which the class is not stated."""
    alone = not table.has("relation") and not table.has("member_name")
    nameless = heads.isna() if alone or table.has("relation") else (house == 0)
    table.fault(findings, "name_missing", "head_name", nameless | (house == 0))
    table.fault(findings, "poverty_unstated", "poverty", classes.isna())


def read_classes(table: MatchedTable, findings: Findings, options: ReadOptions) -> pd.Series:
    """Return how poor each row's household is: by its row, else by its sheet, else by its file.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading.
    options : sheet, where it is one of several.
    """
    cells = table.cells("poverty")
    stated = cells.map({text: parse_poverty(text) for text in cells.unique()}).astype("object")
    classes = stated.fillna(read_poverty(table, findings))
    for name in (options.sheet or "", Path(table.raw.file).stem):
        named = find_pieces(name, POVERTY_PIECES)
        if named:
            return classes.fillna(str(named[0]))
    return classes.astype("object")


def _read_years(cells: pd.Series) -> pd.Series:
    """Return years of birth, of dates too; missing where there is none."""
    years = cells.str.extract(_YEAR)[0]
    return pd.to_numeric(years).astype("Int64")


def _gather_members(
    table: MatchedTable, heads: pd.Series, births: pd.Series, house: pd.Series, findings: Findings
) -> pd.Series:
    """Return the members of each household on its first row: `Name (year)`, by |."""
    listed = tidy_cells(table, "members", findings)
    listed = listed.str.replace(_MEMBER_MARKS, "|", regex=True)
    if table.has("member_name"):
        names, years = (
            tidy_cells(table, "member_name", findings),
            _read_years(table.cells("member_year")),
        )
    elif table.has("relation"):
        names, years = heads, births
    else:
        return listed
    dated = names + (" (" + years.astype("str") + ")").where(years.notna(), "")
    joined = dated.dropna().groupby(house[dated.notna()]).agg("|".join)
    return listed.fillna(house.map(joined))


def _read_bounded(table: MatchedTable, name: str, findings: Findings) -> pd.Series:
    """Return a declared whole number; what is none is left out and told."""
    column = POVERTY.column(name)
    numbers = read_numbers(
        table, name, findings, low=column.ge, high=column.le, whole=True, required=False,
        severity=Severity.WARNING,
    )  # fmt: skip
    inside = numbers.between(column.ge, column.le)
    return numbers.where(inside).round().astype("Int64")


def _read_lacks(table: MatchedTable, findings: Findings) -> dict[str, pd.Series]:
    """Return which households lack telecommunications, and which a means of information."""
    described, lacks = table.cells("lacks"), {}
    keys = {text: word_key(text) for text in described.unique()}
    for name, piece in (("lacks_telecom", "vienthong"), ("lacks_information", "thongtin")):
        flags = read_flags(table, name, findings, severity=Severity.WARNING)
        named = described.map({text: piece in key for text, key in keys.items()}).astype("boolean")
        lacks[name] = flags.fillna(named.where(described != ""))
    return lacks


def _year_of(options: ReadOptions) -> int | None:
    """Return the year for which a list without one speaks."""
    return pd.Timestamp(options.as_of).year if options.as_of else None
