"""Read columns of money: each sum in đồng, with the unit that the heading states."""

from __future__ import annotations

import re

import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.money_words import (
    BILLION,
    MILLION,
    THOUSAND,
    Sum,
    parse_money,
    parse_spelled,
    strip_marks,
)
from phusong.intake.rules import describe_rule
from phusong.intake.words import word_key
from phusong.vietnamese.keys import base_key
from phusong.vocabulary.tables.book import MOST_VND
from phusong.vocabulary.terms import Severity

#: Units as headings state them, in plain letters; the larger is looked for first.
_UNITS = (
    (re.compile(r"\bty\b"), BILLION),
    (re.compile(r"\btrieu\b|\btr\.?\s?d\b|\btrd\b"), MILLION),
    (re.compile(r"\bnghin\b|\bngan\b|\b1[.,]?000\s?d"), THOUSAND),
)
#: What a sum is paid for each time: a month, thirty days.
_EVERY = re.compile(
    r"\s*(?:/|\bmỗi\b|\bmột\b|\b1\b)\s*(?:1\s*)?(?:tháng|30\s*ngày|chu kỳ|gói|máy|chiếc|bộ|hộ)\.?\s*$",
    re.IGNORECASE,
)


#: What says in a cell that a value is that of one piece.
_OF_ONE = re.compile(
    r"(?:/|\bmỗi\b|\bmột\b|\b1\b)\s*(?:1\s*)?(?:máy|chiếc|bộ|cái)\.?\s*$", re.IGNORECASE
)


#: Headings of a value that do not say whether it is that of one piece or of all, as keys without their unit.
BARE_VALUES = frozenset(("giatri", "trigia", "gia", "giatriuoctinh", "giauoctinh", "value"))
_UNIT_NOTE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_WHOSE = re.compile(r"\b(?:may|chiec|bo|cai|lo|tong|ca)\b")


def scale_of(heading: str) -> int:
    """Return what a bare figure under a heading is multiplied by: `Cam kết (triệu đồng)` [VND]."""
    plain = strip_marks(heading)
    return next((scale for unit, scale in _UNITS if unit.search(plain)), 1)


def read_money(
    table: MatchedTable, name: str, findings: Findings, *, severity: Severity = Severity.ERROR
) -> pd.Series:
    """Return a column as sums in whole đồng; what is no sum, or two, is faulted and left empty.

    Parameters
    ----------
    table : the raw table, matched.
    name : canonical column.
    findings : notebook of this reading.
    severity : what a wrong cell does to its row.

    Returns
    -------
    Int64 on the index of the rows, missing where empty or wrong [VND].
    """
    cells = table.cells(name)
    scale = scale_of(table.heading(name))
    parsed = {text: parse_money(_EVERY.sub("", text), scale=scale) for text in cells.unique()}
    return keep_sums(table, name, findings, parsed, severity=severity)


def keep_sums(
    table: MatchedTable,
    name: str,
    findings: Findings,
    parsed: dict[str, Sum],
    *,
    severity: Severity = Severity.ERROR,
) -> pd.Series:
    """Return what the cells of a column were read as; list what had to be read and fault what could not be.

    Parameters
    ----------
    table, name, findings, severity : as for `read_money`.
    parsed : by the text of the cell.
    """
    cells = table.cells(name)
    sums = cells.map({text: described.vnd for text, described in parsed.items()}).astype("Int64")
    rules = cells.map({text: described.rule for text, described in parsed.items()}).astype("object")
    for rule in sorted(set(rules.dropna())):
        changed = rules == rule
        findings.fix(rule, table.heading(name), cells[changed], sums[changed].astype("str"))
    faults = cells.map({text: described.fault for text, described in parsed.items()}).astype(
        "object"
    )
    for rule in sorted(set(faults.dropna())):
        table.fault(findings, rule, name, faults == rule, severity=severity)
    return sums


def check_words(table: MatchedTable, sums: list[pd.Series], findings: Findings) -> pd.Series:
    """Return the sums of the column “in words”; a row whose figures say otherwise is faulted.

    Parameters
    ----------
    table : the raw table, matched; ``sum_words`` is read.
    sums : columns of figures, one of which the words repeat [VND].
    findings : notebook of this reading.
    """
    cells = table.cells("sum_words")
    spelled = {text: parse_spelled(text) for text in cells.unique() if text}
    described = cells.map(spelled).astype("Int64")
    table.fault(findings, "not_money", "sum_words", described.isna() & (cells != ""))
    stated = pd.concat(sums, axis=1)
    agrees = stated.eq(described, axis=0).fillna(value=False).any(axis=1)
    wrong = described.notna() & stated.notna().any(axis=1) & ~agrees.astype(bool)
    table.fault(findings, "words_differ", "sum_words", wrong)
    return described


def multiply_singles(
    table: MatchedTable, values: pd.Series, quantity: pd.Series, findings: Findings
) -> pd.Series:
    """Return the values of all pieces: a cell that states a value for each is multiplied by the quantity.

    Parameters
    ----------
    table : the raw table, matched; the cells of `value_vnd` are looked at.
    values : `value_vnd` as it was read [VND].
    quantity : pieces of each row [pieces].
    findings : notebook of this reading.
    """
    cells = table.cells("value_vnd")
    single = cells.map(lambda text: bool(_OF_ONE.search(text))).astype(bool)
    own = (single & values.notna() & quantity.notna()).astype(bool)
    huge = own & (values.astype("Float64") * quantity > MOST_VND).fillna(value=False).astype(bool)
    table.fault(findings, "sum_too_large", "value_vnd", huge)
    own &= ~huge
    total = values.mask(own, values * quantity.where(~huge))
    if own.any():
        heading = table.heading("value_vnd")
        findings.fix("value_of_one", heading, cells[own], total[own].astype("str"))
    return total


def ask_whose_value(
    table: MatchedTable,
    values: pd.Series,
    units: pd.Series,
    quantity: pd.Series,
    findings: Findings,
) -> None:
    """Ask whether a value is that of one piece or of all, where neither heading, cell nor unit price says it.

    Parameters
    ----------
    table : the raw table, matched.
    values, units : `value_vnd` and `unit_value_vnd` as they were read [VND].
    quantity : pieces of each row [pieces].
    findings : notebook of this reading.
    """
    heading = table.heading("value_vnd")
    bare = (
        word_key(_UNIT_NOTE.sub(" ", heading)) in BARE_VALUES and heading not in table.raw.answers
    )
    if not bare or _WHOSE.search(base_key(heading)):
        return
    open_rows = (values.notna() & units.isna() & (quantity > 1)).fillna(value=False).astype(bool)
    cells = table.cells("value_vnd")
    open_rows &= ~cells.map(lambda text: bool(_OF_ONE.search(text))).astype(bool)
    if not open_rows.any():
        return
    row = open_rows.idxmax()
    value, pieces = int(values[row]), int(quantity[row])
    described = {
        "row": row,
        "value": show_vnd(value),
        "pieces": pieces,
        "each": show_vnd(value // pieces),
    }
    why = describe_rule("value_of_whom", heading=heading, **described)
    findings.ask("value", [f"{heading}=value_vnd", f"{heading}=unit_value_vnd"], why)


def show_vnd(sum_vnd: int) -> str:
    """Return a sum with its thousands grouped as Vietnamese offices do [VND]."""
    return f"{sum_vnd:,}".replace(",", ".")


def find_unit_values(
    table: MatchedTable, quantity: pd.Series, findings: Findings, *, dear_vnd: float
) -> pd.Series:
    """Return what one piece is worth: as stated, else the value of all by the quantity [VND].

    A bare value of several pieces is asked about: it is that of one, or of all, only where its heading, its
    cell or a person says so.

    Parameters
    ----------
    table : the raw table, matched; `value_vnd` and `unit_value_vnd` are read.
    quantity : pieces of each row [pieces].
    findings : notebook of this reading.
    dear_vnd : a piece worth more is warned of [VND].
    """
    unit = read_money(table, "unit_value_vnd", findings, severity=Severity.WARNING)
    bare = read_money(table, "value_vnd", findings, severity=Severity.WARNING)
    ask_whose_value(table, bare, unit, quantity, findings)
    total = multiply_singles(table, bare, quantity, findings)
    divided = (total / quantity.where(quantity > 0)).round().astype("Int64")
    own = (unit.isna() & divided.notna() & (quantity > 1) & (total == bare)).fillna(value=False)
    own = own.astype(bool)
    if own.any():
        shown = divided[own].astype("str")
        findings.fix(
            "value_of_all", table.heading("value_vnd"), table.cells("value_vnd")[own], shown
        )
    warn_products(table, unit.astype("Float64") * quantity, total, findings)
    each = unit.fillna(divided)
    name = "unit_value_vnd" if table.has("unit_value_vnd") else "value_vnd"
    dear = (each > dear_vnd).fillna(value=False).astype(bool)
    limit = show_vnd(int(dear_vnd))
    table.fault(findings, "piece_dear", name, dear, severity=Severity.WARNING, limit=limit)
    return each


def warn_products(
    table: MatchedTable, products: pd.Series, totals: pd.Series, findings: Findings
) -> None:
    """Warn of rows in which the price of one by the quantity is not the value of all.

    Parameters
    ----------
    table : the raw table, matched.
    products, totals : the one and the other, missing where one is not stated [VND].
    findings : notebook of this reading.
    """
    differs = (products != totals).fillna(value=False).astype(bool)
    for value in sorted(set(products[differs])):
        same = differs & (products == value).fillna(value=False).astype(bool)
        table.fault(
            findings, "value_differs", "value_vnd", same, severity=Severity.WARNING, product=value
        )
