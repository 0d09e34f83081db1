"""Accept data packages and fee support: what operators grant pupils and the homes they live in."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from phusong.intake.book_ids import read_ids
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge
from phusong.intake.money import keep_sums, read_money, scale_of
from phusong.intake.money_words import parse_money, strip_marks
from phusong.intake.operators import read_operator
from phusong.intake.reading import RawTable
from phusong.intake.specifications import HOTSPOT
from phusong.intake.values import fill_date, parse_flag, read_column, read_dates, read_texts
from phusong.intake.words import NO_WORDS, word_key
from phusong.vietnamese.keys import normalise
from phusong.vocabulary.tables.book import MOST_MONTHS, PACKAGES
from phusong.vocabulary.terms import Severity

WARNING = Severity.WARNING
#: Days over which a grant for a month or for thirty days is spread [d].
MONTH_DAYS, YEAR_MONTHS = 30, 12
_DATA = re.compile(
    r"(?P<size>\d+(?:[.,]\d+)?)\s*(?P<unit>tb|gb|mb|g)\b\s*(?:data\s*)?(?:/|moi|tren|mot|trong)?\s*(?:1\s+)?"
    r"(?P<every>ngay|thang|30\s*ngay)?"
)
_GB = {"tb": 1000.0, "gb": 1.0, "g": 1.0, "mb": 1 / 1024}
_MONTHS = re.compile(r"(?<![\d/])(?P<count>\d{1,3})\s*(?P<unit>thang|nam|ngay)\b")
_TIMES = re.compile(r"\s*[x×*]\s*(\d{1,2})\s*(?:tháng|thang|th)?\s*$", re.IGNORECASE)
_PLATFORMS = re.compile(r"\s*[,;|\n]\s*|\s+và\s+")
#: In what the rows of one package must agree.
SAME = ("operator", "quantity", "gb_per_day", "months")


def accept_packages(
    raw: RawTable, findings: Findings, options: ReadOptions, _judge: Judge
) -> pd.DataFrame:
    """Return the packages and the support of a register, one a row.

    Parameters
    ----------
    raw : the file as text.
    findings : notebook of this reading.
    options : operator of the whole file; date of the register where no column gives it.

    Returns
    -------
    columns of accepted_packages for every row, wrong ones included; index = row number in the file.

    Raises
    ------
    SourceFault
        If neither the packages nor their number have a column.
    """
    table = match_headings(raw, "packages", findings, required=("name", "quantity"))
    names = read_texts(table, "name", findings, required=True)
    support, support_months = _read_support(table, findings)
    packages = pd.DataFrame(
        {
            "operator": read_operator(table, findings, options),
            "name": names,
            "quantity": read_column(table, PACKAGES.column("quantity"), findings),
            "gb_per_day": _read_data(table, names, findings),
            "months": _read_months(table, "months", names, findings),
            "price_after_vnd": read_money(table, "price_after_vnd", findings, severity=WARNING),
            "zero_rated": _read_platforms(table, findings),
            "install_waiver_vnd": read_money(
                table, "install_waiver_vnd", findings, severity=WARNING
            ),
            "subsidy_vnd_month": support,
            "subsidy_months": support_months,
            "audience": read_texts(table, "audience", findings),
            "hotspot": _read_hotspots(table, names, findings),
            "starts_on": read_dates(table, "starts_on", findings, severity=WARNING),
            "as_of": fill_date(
                read_dates(table, "as_of", findings, severity=WARNING), options.as_of
            ),
        }
    )
    granted = ["gb_per_day", "install_waiver_vnd", "subsidy_vnd_month", "zero_rated"]
    nothing = packages[granted].isna().all(axis=1)
    table.fault(findings, "nothing_granted", "name", nothing, severity=WARNING)
    made_of = packages[["operator", "name", "gb_per_day", "months", "audience", "starts_on"]]
    ids = read_ids(table, "package_id", findings, prefix="GC-", made_of=made_of)
    named = packages.assign(package_id=ids)
    return make_unique(named, "package_id", table.heading("package_id"), findings, same=SAME)


def _read_data(table: MatchedTable, names: pd.Series, findings: Findings) -> pd.Series:
    """Return the data of a day: out of its column, else out of the name of the package [GB/day]."""
    cells = table.cells("gb_per_day")
    monthly = "thang" in strip_marks(table.heading("gb_per_day"))
    own = cells.map({t: _parse_data(t, monthly=monthly) for t in cells.unique()}).astype("float64")
    wrong = own.isna() & ~cells.isin(["", "-"])
    table.fault(findings, "not_a_number", "gb_per_day", wrong, severity=WARNING)
    named = {t: _parse_data(t, monthly=False) for t in names.dropna().unique()}
    return own.fillna(names.map(named).astype("float64"))


def _parse_data(text: str, *, monthly: bool) -> float:
    """Return the data of a day [GB/day]; NaN where a text states none.

    Parameters
    ----------
    text : `4 GB/ngày`, `120GB/tháng`, or a bare number.
    monthly : whether a bare number is for a month.
    """
    plain = strip_marks(normalise(text))
    try:
        bare = float(plain.replace(",", "."))
        size, every = (bare if np.isfinite(bare) and bare >= 0 else np.nan), ""
    except ValueError:
        found = _DATA.search(plain)
        if found is None:
            return np.nan
        size = float(found["size"].replace(",", ".")) * _GB[found["unit"]]
        every = found["every"] or ""
    over = MONTH_DAYS if (monthly and not every) or (every and every != "ngay") else 1
    return size / over


def _read_months(table: MatchedTable, name: str, names: pd.Series, findings: Findings) -> pd.Series:
    """Return a number of months: out of its column, else out of the name of the package [months]."""
    cells = table.cells(name)
    own = cells.map({t: _parse_months(t) for t in cells.unique()}).astype("Int64")
    wrong = own.isna() & ~cells.isin(["", "-"])
    table.fault(findings, "not_a_number", name, wrong, severity=WARNING)
    named = {t: _parse_months(t, bare=False) for t in names.dropna().unique()}
    return _bound_months(own.fillna(names.map(named).astype("Int64")), table, name, findings)


def _bound_months(
    months: pd.Series, table: MatchedTable, name: str, findings: Findings
) -> pd.Series:
    """Return months within what a package may last; what is beyond is faulted and left empty [months]."""
    beyond = (months > MOST_MONTHS).fillna(value=False).astype(bool)
    bounds = {"low": 0, "high": MOST_MONTHS}
    table.fault(findings, "out_of_bounds", name, beyond, severity=WARNING, **bounds)
    return months.mask(beyond)


def _parse_months(text: str, *, bare: bool = True) -> int | None:
    """Return how many months a text states: `3 tháng`, `90 ngày`, `1 năm`, or a bare number.

    Parameters
    ----------
    text : of a cell, or a package's name.
    bare : whether a number alone counts.
    """
    plain = strip_marks(normalise(text))
    if bare and re.fullmatch(r"\d{1,3}(?:\.0)?", plain):
        return int(float(plain))
    found = [
        m for m in _MONTHS.finditer(plain) if m["unit"] != "ngay" or int(m["count"]) >= MONTH_DAYS
    ]
    if not found:
        return None
    count, unit = int(found[-1]["count"]), found[-1]["unit"]
    return {"thang": count, "nam": count * YEAR_MONTHS, "ngay": count // MONTH_DAYS}[unit]


def _read_platforms(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return the platforms whose traffic is free, by |."""
    texts = read_texts(table, "zero_rated", findings)

    def _join(text: str) -> str | None:
        if word_key(text) in NO_WORDS:
            return None
        parts = [p.strip(" .") for p in _PLATFORMS.split(text)]
        return "|".join(dict.fromkeys(p for p in parts if p)) or None

    return texts.map(_join, na_action="ignore").astype("object")


def _read_support(table: MatchedTable, findings: Findings) -> tuple[pd.Series, pd.Series]:
    """Return the support of a month and for how many: `50.000 đ/tháng × 6 tháng` [VND], [months]."""
    cells = table.cells("subsidy_vnd_month")
    scale = scale_of(table.heading("subsidy_vnd_month").partition("×")[0])
    times = {t: _TIMES.search(t) for t in cells.unique()}
    bare = {t: _EVERY_MONTH.sub("", t[: m.start()] if m else t) for t, m in times.items()}
    parsed = {t: parse_money(text, scale=scale) for t, text in bare.items()}
    sums = keep_sums(table, "subsidy_vnd_month", findings, parsed, severity=WARNING)
    by_cell = cells.map({t: int(m[1]) if m else None for t, m in times.items()}).astype("Int64")
    nobody = pd.Series(None, index=cells.index, dtype="object")
    own = _read_months(table, "subsidy_months", nobody, findings)
    differs = (own != by_cell).fillna(value=False).astype(bool)
    table.fault(findings, "month_differs", "subsidy_vnd_month", differs, severity=WARNING)
    months = own.fillna(by_cell)
    return sums, _bound_months(months, table, "subsidy_vnd_month", findings)


_EVERY_MONTH = re.compile(
    r"\s*(?:/|\bmỗi\b|\bmột\b)\s*(?:1\s*)?(?:tháng|30\s*ngày|th)\b\.?\s*$", re.IGNORECASE
)


def _read_hotspots(table: MatchedTable, names: pd.Series, findings: Findings) -> pd.Series:
    """Return which packages come with a mobile hotspot: by their column, else by their name."""
    cells = table.cells("hotspot")
    flags = cells.map({t: _parse_hotspot(t) for t in cells.unique()}).astype("boolean")
    wrong = flags.isna() & ~cells.isin(["", "-"])
    table.fault(findings, "not_a_flag", "hotspot", wrong, severity=WARNING)
    named = names.fillna("").map(lambda t: HOTSPOT.search(strip_marks(t)) is not None).astype(bool)
    return flags.mask(flags.isna() & named, True)


def _parse_hotspot(text: str) -> bool | None:
    """Return whether a cell says that there is a hotspot: yes and no, or its name."""
    flag = parse_flag(text)
    if flag is not None or not text:
        return flag
    return True if HOTSPOT.search(strip_marks(text)) else None
