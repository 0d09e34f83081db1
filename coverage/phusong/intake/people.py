"""Names and dates of persons, as lists of schools and communes write them."""

from __future__ import annotations

import re

import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.values import BIDI, BLANKS, choose_order, parse_date
from phusong.vietnamese.keys import normalise_all
from phusong.vocabulary.terms import Severity

#: A birth date is believed between these ages on the day of the list [years].
YOUNGEST, OLDEST = 2, 60
#: So many births are judged together, and more than this share on 1 January is no chance, 0..1.
LEAST_BIRTHS, DEFAULT_SHARE = 5, 0.2
_SOLID = re.compile(r"(\d{2})(\d{2})((?:19|20)\d{2})")
_PARTIAL = re.compile(r"(?:0{1,2}|\?+|-+)[-/.](?:0{1,2}|\d{1,2}|\?+|-+)[-/.](?:19|20)\d{2}")
_PARTIAL_RULES = frozenset(("year_only", "month_only"))


def tidy_cells(table: MatchedTable, name: str, findings: Findings) -> pd.Series:
    """Return a column as tidy text; missing where empty.

    Parameters
    ----------
    table : the raw table, matched.
    name : canonical column.
    findings : notebook of this reading.
    """
    cells = table.cells(name)
    if name not in table.headings:
        return pd.Series(None, index=cells.index, dtype="str")
    tidy = normalise_all(cells)
    changed = tidy != cells
    findings.fix("text_normalised", table.heading(name), cells[changed], tidy[changed])
    return tidy.mask(tidy.isin(BLANKS), None)


def written_cells(table: MatchedTable, name: str) -> pd.Series:
    """Return a column as it is written, blanks around it aside; missing where empty.

    What seems invisible may be a letter: TCVN3 has its ư where Unicode has the soft hyphen, and UTF-8 that
    was read wrongly keeps its bytes among the control signs. Who reads the text repairs it first.

    Parameters
    ----------
    table, name : as for `tidy_cells`.
    """
    cells = table.cells(name)
    if name not in table.headings:
        return pd.Series(None, index=cells.index, dtype="str")
    return cells.str.strip(" ").mask(normalise_all(cells).isin(BLANKS), None)


def join_cells(parts: list[pd.Series], separator: str) -> pd.Series:
    """Return several columns as one text, what is missing left out; missing where all are.

    Parameters
    ----------
    parts : text on one index.
    separator : between two parts.
    """
    joined = pd.Series("", index=parts[0].index, dtype="str")
    for part in parts:
        text = part.fillna("").astype("str")
        both = (joined != "") & (text != "")
        joined = joined.where(~both, joined + separator) + text
    return joined.mask(joined == "", None)


def read_names(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return the full name of each row, put together where it comes in parts; a row without is faulted.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading.
    """
    parts = ("surname", "middle_name", "given_name")
    if table.has("full_name"):
        names = tidy_cells(table, "full_name", findings)
        if table.has("given_name") and not table.has("middle_name"):
            given = tidy_cells(table, "given_name", findings)
            alone = names.notna() & given.notna() & ~_ends_with(names, given)
            names = names.mask(alone, join_cells([names, given], " "))
    else:
        names = join_cells([tidy_cells(table, part, findings) for part in parts], " ")
    column = "full_name" if table.has("full_name") else "given_name"
    table.fault(findings, "name_missing", column, names.isna())
    table.fault(findings, "bidi_text", column, table.cells(column).str.contains(BIDI))
    return names


def _ends_with(names: pd.Series, given: pd.Series) -> pd.Series:
    """Return which names end in the given name already."""
    pairs = zip(names.fillna(""), given.fillna(""), strict=True)
    return pd.Series([n.endswith(g) for n, g in pairs], index=names.index)


def read_births(table: MatchedTable, findings: Findings, *, on: pd.Timestamp) -> pd.Series:
    """Return dates of birth; a year alone is no date, and what cannot be a pupil's is left out and told.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading.
    on : the day of the list.

    Returns
    -------
    datetime64 on the index of the rows, NaT where empty, incomplete or wrong; no row is turned away for it.
    """
    cells = table.cells("birth_date")
    from_1904 = table.raw.from_1904
    month_first = choose_order(table, "birth_date", findings, secret=True)
    parsed = {
        text: parse_birth(text, from_1904=from_1904, month_first=month_first)
        for text in cells.unique()
    }
    births = pd.to_datetime(cells.map(lambda t: parsed[t][0])).astype("datetime64[us]")
    rules = cells.map(lambda t: parsed[t][1]).astype("object")
    heading = table.heading("birth_date")
    for rule in ("spreadsheet_serial", "serial_1904", "short_year"):
        changed = rules == rule
        described = births[changed].dt.strftime("%Y-%m-%d")
        findings.fix(rule, heading, cells[changed], described)
    partial = rules == "birth_partial"
    table.fault(findings, "birth_partial", "birth_date", partial, severity=Severity.WARNING)
    wrong = births.isna() & ~partial & ~cells.isin(BLANKS)
    table.fault(findings, "not_a_date", "birth_date", wrong, severity=Severity.WARNING)
    age = (on - births).dt.days / 365.25
    odd = births.notna() & ~age.between(YOUNGEST, OLDEST)
    table.fault(findings, "birth_implausible", "birth_date", odd, severity=Severity.WARNING)
    _warn_default_births(births.mask(odd), heading, findings)
    return births.mask(odd)


def _warn_default_births(births: pd.Series, heading: str, findings: Findings) -> None:
    """Warn of a list in which too many are born on 1 January: a day that stands for one that nobody knew."""
    known = births.dropna()
    first = (known.dt.day == 1) & (known.dt.month == 1)
    if len(known) >= LEAST_BIRTHS and first.mean() > DEFAULT_SHARE:
        share = f"{first.mean():.0%}"
        findings.warn("birth_default", heading, [0], [share], share=share)


def parse_birth(
    text: str, *, from_1904: bool = False, month_first: bool = False
) -> tuple[pd.Timestamp, str | None]:
    """Return one cell as a date of birth (NaT where it is none) and the rule that had to read it.

    Parameters
    ----------
    text, from_1904, month_first : as for `parse_date`.
    """
    text = text.strip()
    if _PARTIAL.fullmatch(text):
        return pd.NaT, "birth_partial"
    solid = _SOLID.fullmatch(text)
    if solid:
        text, month_first = "/".join(solid.groups()), False
    date, rule = parse_date(text, from_1904=from_1904, month_first=month_first)
    return (pd.NaT, "birth_partial") if rule in _PARTIAL_RULES else (date, rule)
