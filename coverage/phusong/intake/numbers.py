"""Read numbers as offices write them: decimal commas, grouped thousands, units in the cell."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.rules import describe_rule
from phusong.vocabulary.errors import BETWEEN_LANGUAGES, choose_half
from phusong.vocabulary.terms import Severity

#: Beyond this a float no longer holds every whole number.
LARGEST_WHOLE = 2**53
_SIMPLE_COMMA = r"^[+-]?\d+,\d+$"
_AMBIGUOUS = r"^[+-]?[1-9]\d{0,2}[.,]\d{3}$"
_WITH_UNIT = re.compile(r"([+-]?\d[\d.,\s]*)([^\d.,\s+-][^\d]{0,30}[2²]?)?")
_GROUPED = {
    ".": re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?"),
    ",": re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"),
}
_SPACED = re.compile(r"([+-]?\d{1,3})((?:\s\d{3})+)([.,]\d+)?")
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
_MARKS = {".": ",", ",": "."}


def read_numbers(
    table: MatchedTable,
    name: str,
    findings: Findings,
    *,
    low: float | None = None,
    high: float | None = None,
    whole: bool = False,
    required: bool = False,
    severity: Severity = Severity.ERROR,
) -> pd.Series:
    """Return a column as numbers; what is no number is faulted and left empty.

    Parameters
    ----------
    table : the raw table, matched.
    name : canonical column.
    findings : notebook of this reading.
    low, high : inclusive bounds.
    whole : whether only whole numbers are right.
    required : whether an empty cell is a fault.
    severity : what a wrong cell does to its row.

    Returns
    -------
    float64 on the index of the rows, NaN where empty or wrong.
    """
    cells = table.cells(name)
    groups = choose_marks(table, name, findings, low=low, high=high, whole=whole)
    numbers, rules = parse_numbers(cells, groups)
    for rule in sorted(set(rules.dropna())):
        changed = rules == rule
        findings.fix(
            rule, table.heading(name), cells[changed], numbers[changed].head(1).map(show_number)
        )
    table.fault(findings, "not_a_number", name, numbers.isna() & (cells != ""), severity=severity)
    if required:
        table.fault(findings, "required_empty", name, cells == "")
    return _judge_numbers(table, name, findings, numbers, low, high, whole, severity)


def _judge_numbers(
    table: MatchedTable,
    name: str,
    findings: Findings,
    numbers: pd.Series,
    low: float | None,
    high: float | None,
    whole: bool,
    severity: Severity,
) -> pd.Series:
    """Fault the numbers that are out of bounds or not whole, and leave those cells empty."""
    if whole:  # beyond, a number is no longer the one that was written
        low = -LARGEST_WHOLE if low is None else low
        high = LARGEST_WHOLE if high is None else high
    floor, ceiling = -np.inf if low is None else low, np.inf if high is None else high
    outside = numbers.notna() & ~numbers.between(floor, ceiling)
    bounds = {
        "low": "" if low is None else show_number(low),
        "high": "" if high is None else show_number(high),
    }
    table.fault(findings, "out_of_bounds", name, outside, severity=severity, **bounds)
    broken = numbers.notna() & ~outside & (numbers % 1 != 0) if whole else outside & False
    table.fault(findings, "not_whole", name, broken, severity=severity)
    return numbers.mask(outside | broken)


def show_number(value: float) -> str:
    """Return a number as text without superfluous digits."""
    return f"{value:.10g}"


def parse_numbers(
    cells: pd.Series, grouping: frozenset[str] = frozenset()
) -> tuple[pd.Series, pd.Series]:
    """Return cells as numbers, and which rule had to read each.

    Parameters
    ----------
    cells : stripped text.
    grouping : the marks (``.`` or ``,``) that group thousands where a cell such as ``1.234`` could be either.

    Returns
    -------
    numbers : float64, NaN where the cell is empty or no number.
    rules : ``decimal_comma``, ``thousands_grouped``, ``unit_removed`` or missing.
    """
    numbers = pd.to_numeric(cells, errors="coerce").astype("float64")
    numbers = numbers.where(np.isfinite(numbers))
    rules = pd.Series(None, index=cells.index, dtype="object")
    comma = cells.str.match(_SIMPLE_COMMA)
    if comma.any():
        numbers = numbers.mask(
            comma, pd.to_numeric(cells[comma].str.replace(",", "."), errors="coerce")
        )
        rules = rules.mask(comma, "decimal_comma")
    left = (cells != "") & numbers.isna()
    for mark in grouping:
        left |= cells.str.match(_AMBIGUOUS) & cells.str.contains(mark, regex=False)
    if left.any():
        parsed = {text: parse_number(text, grouping) for text in cells[left].unique()}
        numbers = numbers.mask(left, cells[left].map(lambda t: parsed[t][0]).astype("float64"))
        rules = rules.mask(left, cells[left].map(lambda t: parsed[t][1]).astype("object"))
    return numbers, rules.where(numbers.notna(), None)


def parse_number(text: str, grouping: frozenset[str] = frozenset()) -> tuple[float, str | None]:
    """Return one cell as a number (NaN where it is none) and the rule that had to read it."""
    found = _WITH_UNIT.fullmatch(text.replace("\u00a0", " ").replace("\u202f", " ").strip())
    if not found:
        return np.nan, None
    digits, unit = found.group(1).strip(), found.group(2)
    value, rule = _parse_digits(digits, grouping)
    return (value, "unit_removed") if unit and np.isfinite(value) else (value, rule)


def _parse_digits(digits: str, grouping: frozenset[str]) -> tuple[float, str | None]:
    """Return digits with their marks as a number, and the rule that had to read them."""
    spaced = _SPACED.fullmatch(digits)
    if spaced:
        plain = re.sub(r"\s", "", spaced.group(1) + spaced.group(2)) + (spaced.group(3) or "")
        return float(plain.replace(",", ".")), "thousands_grouped"
    for mark, pattern in _GROUPED.items():
        certain = digits.count(mark) > 1 or _MARKS[mark] in digits or mark in grouping
        if certain and pattern.fullmatch(digits):
            return float(digits.replace(mark, "").replace(_MARKS[mark], ".")), "thousands_grouped"
    if _PLAIN.fullmatch(digits):
        return float(digits.replace(",", ".")), "decimal_comma" if "," in digits else None
    return np.nan, None


def choose_marks(
    table: MatchedTable,
    name: str,
    findings: Findings,
    *,
    low: float | None,
    high: float | None,
    whole: bool,
) -> frozenset[str]:
    """Return the marks that group thousands in this column, asking where nothing decides it.

    A cell such as ``1.234`` may be a thousand or a decimal. The other cells of the column decide; else
    that only whole numbers are right; else the bounds; else a person.

    Parameters
    ----------
    table, name, findings, low, high, whole : as for `read_numbers`.
    """
    cells = table.cells(name)
    grouping = set()
    for mark in (".", ","):
        doubtful = cells[cells.str.match(_AMBIGUOUS) & cells.str.contains(mark, regex=False)]
        if doubtful.empty:
            continue
        groups = _marks_say(cells, mark)
        if groups is None:
            groups = True if whole else _bounds_say(doubtful, mark, low, high)
        if groups is None:
            _ask_form(table, name, findings, doubtful, mark)
        elif groups:
            grouping.add(mark)
    return frozenset(grouping)


def _marks_say(cells: pd.Series, mark: str) -> bool | None:
    """Return whether other cells of the column show that a mark groups thousands; None where none does."""
    own, other = re.escape(mark), re.escape(_MARKS[mark])
    clear = cells[~cells.str.match(_AMBIGUOUS)]
    decimal = clear.str.match(rf"^[+-]?\d+{own}\d+\D*$").any()
    grouped = clear.str.match(rf"^[+-]?\d{{1,3}}({own}\d{{3}})+({other}\d+)?\D*$").any()
    crossed = clear.str.match(rf"^[+-]?\d+{other}\d+\D*$").any()
    if decimal == (grouped or crossed):
        return None
    return bool(grouped or crossed)


def _bounds_say(
    doubtful: pd.Series, mark: str, low: float | None, high: float | None
) -> bool | None:
    """Return whether only thousands, or only decimals, keep every doubtful cell within the bounds."""
    floor, ceiling = -np.inf if low is None else low, np.inf if high is None else high
    decimals = parse_numbers(doubtful)[0].between(floor, ceiling).all()
    thousands = parse_numbers(doubtful, frozenset(mark))[0].between(floor, ceiling).all()
    return None if decimals == thousands else bool(thousands)


def _ask_form(
    table: MatchedTable, name: str, findings: Findings, doubtful: pd.Series, mark: str
) -> None:
    """Ask whether a mark groups thousands, showing what each answer makes of the first doubtful cell."""
    text = str(doubtful.iloc[0])
    thousand = show_number(parse_number(text, frozenset(mark))[0])
    decimal = show_number(parse_number(text)[0]) + "0"
    heading = table.heading(name)
    vi, en = (choose_half(describe_rule("number_form", mark=mark), name) for name in ("vi", "en"))
    row = doubtful.index[0]
    why = (
        f"{heading}, dòng {row}: “{text}”. {vi}. Hãy ghi rõ trong tệp{BETWEEN_LANGUAGES}"
        f"{heading}, row {row}: “{text}”. {en}. Write it plainly in the file"
    )
    choices = [f"{text} = {thousand}", f"{text} = {decimal}"]
    findings.ask("number", choices, why)
