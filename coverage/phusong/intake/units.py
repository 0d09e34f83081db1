"""Accept a province's own list of administrative units, each with the days between which it holds."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.judge import Judge
from phusong.intake.reading import RawTable
from phusong.intake.unit_words import UNIT_KIND_WORDS
from phusong.intake.values import read_dates, read_terms, read_texts
from phusong.places.registers import Register, name_fully, read_register
from phusong.vocabulary.editions import COMMUNE_KINDS, DISTRICT_KINDS
from phusong.vocabulary.terms import UnitKind

#: Digits of a code by level; a spreadsheet takes the zeros in front away.
COMMUNE_DIGITS, DISTRICT_DIGITS, PROVINCE_DIGITS = 5, 3, 2
EVER, NEVER = "0000-00-00", "9999-12-31"
_BETWEEN_CODES = r"\s*[;,|+]\s*|\s+"


@dataclass(frozen=True)
class _Known:
    """Hold what a list is checked against.

    Parameters
    ----------
    province : code of the province whose list it is.
    base : the packaged register.
    family : codes of the provinces whose ground lies with this one's.
    """

    province: str
    base: Register
    family: frozenset[str]

    def units(self, day: str) -> pd.DataFrame:
        """Return the units of the country in force on a day, by code; those of the first list before it."""
        days = self.base.days
        begun = [d for d in days if d <= day] or days[:1]
        return self.base.units(begun[-1]).set_index("code")

    def districts(self) -> set[str]:
        """Return the codes of the districts that the province had at any time."""
        rows = self.base.district_rows
        return set(rows.loc[rows["parent_code"].isin(self.family), "code"])


def accept_units(
    raw: RawTable, findings: Findings, options: ReadOptions, _judge: Judge
) -> pd.DataFrame:
    """Return the units of a list, one row for each time between two days.

    Parameters
    ----------
    raw : the file as text.
    findings : notebook of this reading.
    options : the province whose list it is.

    Returns
    -------
    columns of accepted_units for every row, wrong ones included; index = row number in the file.

    Raises
    ------
    SourceFault
        If code, name or kind has no column.
    """
    table = match_headings(raw, "units", findings, required=("code", "name", "kind"))
    base, code = read_register(), options.province
    family = set(base.relatives(code)["code"]) if base.holds(code) else set()
    known = _Known(code, base, frozenset({code, *family}))
    kinds = read_terms(table, "kind", findings, words=UNIT_KIND_WORDS, required=True)
    rows = pd.DataFrame(
        {
            "code": _read_codes(table, kinds, findings),
            "name": read_texts(table, "name", findings, required=True),
            "kind": kinds,
            "parent_code": _read_parents(table, known),
            "valid_from": read_dates(table, "valid_from", findings),
            "valid_to": read_dates(table, "valid_to", findings),
            "made_of": table.cells("made_of").str.replace(_BETWEEN_CODES, "|", regex=True),
        }
    )
    rows["made_of"] = rows["made_of"].map(_pad_parts)
    _check_rows(table, rows, findings, known)
    return rows.assign(made_of=rows["made_of"].mask(rows["made_of"] == "", None))


def format_days(days: pd.Series, *, absent: str) -> pd.Series:
    """Return days in ISO form.

    Parameters
    ----------
    days : datetime64 or NaT.
    absent : stands where there is none.
    """
    texts = [absent if pd.isna(day) else day.date().isoformat() for day in days]
    return pd.Series(texts, index=days.index, dtype="str")


def _read_codes(table: MatchedTable, kinds: pd.Series, findings: Findings) -> pd.Series:
    """Return the codes as text, with the zeros that a spreadsheet took away."""
    cells = table.cells("code").str.replace(r"\.0$", "", regex=True)
    table.fault(findings, "required_empty", "code", cells == "")
    digits = kinds.map(
        lambda kind: (
            COMMUNE_DIGITS
            if kind in COMMUNE_KINDS
            else DISTRICT_DIGITS
            if kind in DISTRICT_KINDS and kind != UnitKind.CITY
            else PROVINCE_DIGITS
        )
    )
    padded = [
        text.zfill(count) if text.isdigit() and text else text
        for text, count in zip(cells, digits, strict=True)
    ]
    codes = pd.Series(padded, index=cells.index, dtype="str")
    changed = codes != cells
    findings.fix("leading_zero", table.heading("code"), cells[changed], codes[changed])
    return codes


def _read_parents(table: MatchedTable, known: _Known) -> pd.Series:
    """Return the code of what is above each unit, with its zeros; the province's where none is stated."""
    cells = table.cells("parent_code").str.replace(r"\.0$", "", regex=True)
    there = {known.province, *known.districts(), *table.cells("code")}
    widths = (0, PROVINCE_DIGITS, DISTRICT_DIGITS)
    found = [
        next((text.zfill(w) for w in widths if text.zfill(w) in there), text) for text in cells
    ]
    return pd.Series(found, index=cells.index, dtype="str").replace("", known.province)


def _pad_parts(text: str) -> str:
    """Return the codes of former communes with their zeros."""
    parts = [part for part in text.split("|") if part]
    return "|".join(p.zfill(COMMUNE_DIGITS) if p.isdigit() else p for p in parts)


def _check_rows(table: MatchedTable, rows: pd.DataFrame, findings: Findings, known: _Known) -> None:
    """Fault the rows that cannot be right: by their days, by what is above them, by their code elsewhere."""
    since = format_days(rows["valid_from"], absent=EVER)
    until = format_days(rows["valid_to"], absent=NEVER)
    table.fault(findings, "unit_days_reversed", "valid_to", until <= since)
    top = (rows["kind"] == UnitKind.PROVINCE) & (rows["code"] != known.province)
    table.fault(findings, "unit_of_other_province", "code", top, province=known.province)
    there = {known.province, *known.districts()}
    there |= set(rows.loc[rows["kind"].isin(DISTRICT_KINDS), "code"])
    lost = ~rows["parent_code"].isin(there) & (rows["code"] != known.province)
    table.fault(findings, "unit_parent_unknown", "parent_code", lost, province=known.province)
    _check_repeats(table, rows, findings, since, until)
    communes = rows["kind"].isin(COMMUNE_KINDS)
    _check_elsewhere(table, rows[communes], findings, since, known)
    _check_lineage(table, rows[communes], findings, since, known)


def _check_repeats(
    table: MatchedTable, rows: pd.DataFrame, findings: Findings, since: pd.Series, until: pd.Series
) -> None:
    """Fault a row whose code another row holds on one of its days."""
    ordered = pd.DataFrame({"code": rows["code"], "since": since, "until": until})
    ordered = ordered[ordered["code"] != ""].sort_values("since", kind="stable")
    latest: dict[
        str, tuple[str, int]
    ] = {}  # code → the last day that a row of it holds, and that row
    for row, code, begins, ends in ordered.itertuples():
        held, other = latest.get(code, ("", 0))
        if held > begins:
            findings.fault("unit_twice", table.heading("code"), [row], [code], row=other)
        latest[code] = max((held, other), (ends, int(row)))


def _check_elsewhere(
    table: MatchedTable, communes: pd.DataFrame, findings: Findings, since: pd.Series, known: _Known
) -> None:
    """Fault a commune whose code is another province's when the row begins to hold."""
    for day, rows in communes.groupby(since[communes.index]):
        units = known.units(NEVER if day == EVER else str(day))
        foreign = units[~units["province_code"].isin(known.family)]
        names = name_fully(foreign)
        for row, code in rows.loc[rows["code"].isin(foreign.index), "code"].items():
            findings.fault(
                "unit_elsewhere",
                table.heading("code"),
                [int(str(row))],
                [code],
                name=names[code],
                province=foreign.at[code, "province_code"],
            )


def _check_lineage(
    table: MatchedTable, communes: pd.DataFrame, findings: Findings, since: pd.Series, known: _Known
) -> None:
    """Fault a former commune that there was not, and one that ends without anything being made of it."""
    heirs = {
        (str(since[row]), part)
        for row, text in communes["made_of"].items()
        for part in str(text).split("|")
    }
    begun = set(zip(since[communes.index], communes["code"], strict=True))
    for row, text in communes["made_of"].items():
        day = str(since[row])
        there = known.base.list_codes_before(day)
        there |= set(communes.loc[since[communes.index] < day, "code"])
        for part in [p for p in str(text).split("|") if p and p not in there]:
            findings.fault(
                "unit_part_unknown",
                table.heading("made_of"),
                [int(str(row))],
                [text],
                part=part,
                day=day,
            )
    for row, day in communes["valid_to"].dropna().dt.strftime("%Y-%m-%d").items():
        code = str(communes.at[row, "code"])
        if (day, code) not in heirs | begun:
            findings.fault(
                "unit_without_successor",
                table.heading("valid_to"),
                [int(str(row))],
                [day],
                day=day,
            )
