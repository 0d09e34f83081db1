"""Accept schools, as the education office or an open list of places delivers them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.intake.coordinates import read_positions
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge
from phusong.intake.localities import resolve_communes
from phusong.intake.reading import RawTable
from phusong.intake.values import read_column, read_texts
from phusong.vocabulary.tables.accepted import SCHOOLS
from phusong.vocabulary.terms import Severity


def accept_schools(
    raw: RawTable, findings: Findings, options: ReadOptions, judge: Judge
) -> pd.DataFrame:
    """Return the schools of a file; one without coordinates is still a school.

    Parameters
    ----------
    raw : the file as text, or with points.
    findings : notebook of this reading.
    options : edition of the commune codes.
    judge : where the province lies.

    Returns
    -------
    columns of accepted_schools for every row, wrong ones included; index = row number in the file.

    Raises
    ------
    SourceFault
        If neither a school's code nor its name has a column.
    """
    table = match_headings(raw, "schools", findings, required=(("name", "school_id"),))
    described = resolve_communes(table, findings, options, judge)
    places = read_positions(
        table,
        findings,
        described.options,
        described.judge,
        codes=described.codes,
        required=False,
        areas=True,
    )
    ids, names = _read_names(table, findings)
    schools = pd.DataFrame(
        {
            "school_id": ids,
            "name": names,
            "level": read_texts(table, "level", findings),
            "commune_code": described.codes,
            "edition": described.editions,
            "lon": places["lon"],
            "lat": places["lat"],
            "pupils": read_column(table, SCHOOLS.column("pupils"), findings),
            "has_internet": read_column(
                table, SCHOOLS.column("has_internet"), findings, severity=Severity.WARNING
            ),
        }
    )
    _warn_shared_points(schools, findings, table.heading("lon"))
    heading = table.heading("school_id")
    return make_unique(
        schools,
        "school_id",
        heading,
        findings,
        same=("name", "commune_code"),
        same_m=judge.same_place_m,
    )


def _read_names(table: MatchedTable, findings: Findings) -> tuple[pd.Series, pd.Series]:
    """Return id and name of each school; one stands for the other where a file has only one."""
    ids = read_texts(table, "school_id", findings, required=table.has("school_id"))
    names = read_texts(table, "name", findings, required=table.has("name"))
    if table.has("name") and table.has("school_id"):
        return ids, names
    if table.has("school_id"):
        return ids, ids
    rows = pd.Series(names.index, index=names.index).map("dong-{}".format).astype("object")
    findings.fix("id_made", table.heading("school_id"), table.cells("school_id"), rows.head(1))
    return rows, names


def _warn_shared_points(schools: pd.DataFrame, findings: Findings, heading: str) -> None:
    """Warn of schools that stand on one point to the digit."""
    there = schools["lon"].notna() & np.isfinite(schools["lon"])
    shared = there & schools.duplicated(["lon", "lat"], keep=False)
    for (lon, lat), group in schools[shared].groupby(["lon", "lat"], sort=True):
        rows = ", ".join(str(r) for r in group.index[:10])
        findings.warn(
            "shared_point", heading, group.index, [f"{lon:.6g}, {lat:.6g}"] * len(group), shown=rows
        )
