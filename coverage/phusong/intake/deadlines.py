"""Read days by which something is promised: a day, a month, a quarter, a year; the last day of it counts."""

from __future__ import annotations

import re

import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.money_words import strip_marks
from phusong.intake.values import BLANKS, parse_date
from phusong.vietnamese.keys import normalise
from phusong.vocabulary.terms import Severity

_LEAD = re.compile(
    r"^(?:(?:truoc|den|het|trong|cuoi|du kien|hoan thanh|xong|ngay|vao|thoi han|cham nhat|khoang|moc)[\s:]+)+"
)
_DAY = re.compile(r"(\d{1,2})\s*(?:thang|[/.-])\s*(\d{1,2})\s*(?:nam|[/.-])\s*(\d{4})")
_MONTH = re.compile(r"(?:thang|t)?\s*\.?\s*(\d{1,2})\s*(?:nam|[/.-])\s*(\d{4})")
_QUARTER = re.compile(r"(?:quy|q)\s*\.?\s*([1-4]|i{1,3}|iv)\s*(?:nam|[/.,-])?\s*(\d{4})")
_HALF = re.compile(r"6 thang (dau|cuoi) nam\s*(\d{4})")
_YEAR = re.compile(r"(?:nam)?\s*(20\d{2})")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def parse_deadline(text: str) -> tuple[pd.Timestamp, str | None]:
    """Return the last day of what is promised (NaT where it is none) and the rule that had to read it.

    Parameters
    ----------
    text : `31/12/2021`, `tháng 12/2021`, `Quý IV/2021`, `6 tháng đầu năm 2022`, `cuối năm 2021`.
    """
    plain = strip_marks(normalise(text)).strip(" .")
    date, rule = parse_date(text)
    if date is not pd.NaT and rule not in ("month_only", "year_only"):
        return date, rule
    bare = _LEAD.sub("", plain)
    forms = (
        (_DAY, lambda m: _last_day(m[3], m[2], m[1]), None),
        (_HALF, lambda m: _last_day(m[2], 6 if m[1] == "dau" else 12), "half_year"),
        (_MONTH, lambda m: _last_day(m[2], m[1]), "month_end"),
        (_QUARTER, lambda m: _last_day(m[2], 3 * int(_ROMAN.get(m[1], m[1]))), "quarter_end"),
        (_YEAR, lambda m: _last_day(m[1], 12), "year_end"),
    )
    for pattern, find, how in forms:
        found = pattern.fullmatch(bare)
        if found:
            day = find(found)
            return day, (how if day is not pd.NaT else None)
    return pd.NaT, None


def _last_day(year: str, month: str | int, day: str | None = None) -> pd.Timestamp:
    """Return a day, the last of its month where no day is given; NaT where there is none such."""
    try:
        first = pd.Timestamp(int(year), int(month), int(day or 1))
    except ValueError:
        return pd.NaT
    return first if day else first + pd.offsets.MonthEnd(0)


def read_deadlines(table: MatchedTable, name: str, findings: Findings) -> pd.Series:
    """Return a column as last days; what cannot be read is warned of and left empty.

    Parameters
    ----------
    table : the raw table, matched.
    name : canonical column.
    findings : notebook of this reading.

    Returns
    -------
    datetime64 on the index of the rows, NaT where empty or not understood.
    """
    cells = table.cells(name)
    parsed = {text: parse_deadline(text) for text in cells.unique()}
    days = pd.to_datetime(cells.map(lambda t: parsed[t][0])).astype("datetime64[us]")
    rules = cells.map(lambda t: parsed[t][1]).astype("object")
    for rule in sorted(set(rules.dropna())):
        changed = rules == rule
        shown = days[changed].dt.strftime("%Y-%m-%d")
        findings.fix(rule, table.heading(name), cells[changed], shown)
    wrong = days.isna() & ~cells.isin(BLANKS)
    table.fault(findings, "due_unread", name, wrong, severity=Severity.WARNING)
    return days
