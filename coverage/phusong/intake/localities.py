"""Find the commune that a row names, by its code or by its name and district."""

from __future__ import annotations

from functools import cache

import pandas as pd

from phusong.intake.commune_hints import NO_HINT, known_codes, suggest_communes
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.places.editions import find_commune
from phusong.vocabulary.terms import Severity

Place = tuple[str, str]
#: For how many different unknown communes of a file it is said which may be meant.
HINTED = 50


def read_communes(
    table: MatchedTable,
    findings: Findings,
    options: ReadOptions,
    *,
    severity: Severity = Severity.ERROR,
) -> pd.Series:
    """Return the commune code of each row.

    A name that several communes carry is quarantined with the candidates, unless the district decides.

    Parameters
    ----------
    table : the raw table, matched; ``commune_code``, ``commune_name`` and ``district`` are read.
    findings : notebook of this reading.
    options : edition of the commune codes.
    severity : what a code or name that the edition does not know does to its row.

    Returns
    -------
    code on the index of the rows, missing where unknown.
    """
    codes = _stated_codes(table, findings, options, severity)
    names, districts = table.cells("commune_name"), table.cells("district")
    left = codes.isna() & (names != "") & (table.cells("commune_code") == "")
    if not left.any():
        return codes
    places = pd.Series(list(zip(names, districts, strict=True)), index=names.index)[left]
    found = {
        place: look_up(place, edition=options.edition, province=options.register)
        for place in set(places)
    }
    unknown = places.map(lambda p: not found[p]).astype(bool)
    unknown = unknown.reindex(names.index, fill_value=False)
    _fault_unknown(table, findings, "commune_name", unknown, options, severity)
    _fault_homonyms(table, findings, places, found)
    named = places.map(lambda p: found[p][0] if len(found[p]) == 1 else None).astype("object")
    return codes.mask(left, named)


@cache
def look_up(place: Place, *, edition: str, province: str | None = None) -> tuple[str, ...]:
    """Return the codes of the communes that a name and a district may mean."""
    name, district = place
    return tuple(find_commune(name, edition=edition, district=district or None, province=province))


def _stated_codes(
    table: MatchedTable, findings: Findings, options: ReadOptions, severity: Severity
) -> pd.Series:
    """Return the codes that the file states and the edition knows; lost leading zeros are put back."""
    cells = table.cells("commune_code").str.replace(r"\.0$", "", regex=True)
    padded = cells.where(~cells.str.fullmatch(r"\d{3,4}"), cells.str.zfill(5))
    changed = padded != cells
    findings.fix("leading_zero", table.heading("commune_code"), cells[changed], padded[changed])
    known = padded.isin(known_codes(options.edition, options.register))
    unknown = (padded != "") & ~known
    _fault_unknown(table, findings, "commune_code", unknown, options, severity)
    return padded.astype("object").where(known, None)


def _fault_unknown(
    table: MatchedTable,
    findings: Findings,
    column: str,
    unknown: pd.Series,
    options: ReadOptions,
    severity: Severity,
) -> None:
    """Fault the rows whose commune the edition does not know, with what may be meant by each."""
    codes, names = table.cells("commune_code"), table.cells("commune_name")
    stated = pd.Series(list(zip(codes, names, strict=True)), index=codes.index)[unknown]
    cells = table.cells(column)
    for count, (place, rows) in enumerate(stated.groupby(stated, sort=False).groups.items()):
        hints = NO_HINT
        if count < HINTED:
            hints = suggest_communes(*place, edition=options.edition, province=options.register)
        findings.fault(
            "unknown_commune",
            table.heading(column),
            rows,
            cells[rows],
            severity=severity,
            edition=options.edition,
            hint_vi=hints["hint_vi"],
            hint_en=hints["hint_en"],
        )


def _fault_homonyms(
    table: MatchedTable, findings: Findings, places: pd.Series, found: dict[Place, tuple[str, ...]]
) -> None:
    """Fault the rows whose commune several communes may be, naming them."""
    for place in sorted(p for p in found if len(found[p]) > 1):
        same = places.map(lambda p, place=place: p == place).astype(bool)
        rows = same.reindex(table.raw.frame.index, fill_value=False)
        table.fault(
            findings, "ambiguous_commune", "commune_name", rows, candidates=", ".join(found[place])
        )
