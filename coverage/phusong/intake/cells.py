"""Accept cells: operators' lists of masts, crowd-sourced rows, and the ITU's columns."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.intake.carriers import (
    Bands,
    Layers,
    keep_spread,
    read_azimuths,
    read_layers,
    read_ports,
)
from phusong.intake.coordinates import read_positions, require_position
from phusong.intake.crowd import accept_crowd_cells, is_crowd_sourced
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings, name_by_placemark
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge, distance_m
from phusong.intake.localities import resolve_communes
from phusong.intake.operators import read_operators
from phusong.intake.reading import RawTable
from phusong.intake.values import (
    fill_date,
    read_column,
    read_dates,
    read_stated,
    read_terms,
    read_texts,
)
from phusong.intake.words import STATUS_WORDS
from phusong.vocabulary.tables.accepted import CELLS
from phusong.vocabulary.terms import NetworkStatus, Operator, Severity

WARNING = Severity.WARNING
TECHNOLOGY = ("technology", "has_2g", "has_3g", "has_4g", "has_5g", "radio")


def accept_cells(
    raw: RawTable, findings: Findings, options: ReadOptions, judge: Judge
) -> pd.DataFrame:
    """Return the cells of a file; a mast of several technologies or sectors becomes several cells.

    Parameters
    ----------
    raw : the file as text.
    findings : notebook of this reading.
    options : operator, technology, completeness and date where the file does not say.
    judge : where the province lies.

    Returns
    -------
    columns of accepted_cells for every row, wrong ones included; index = row number in the file, repeated
    where a row holds several cells.

    Raises
    ------
    SourceFault
        If the columns for the position or the technology are missing.
    """
    raw = name_by_placemark(raw, "cells", "site_code")
    table = match_headings(
        raw, "cells", findings, required=() if options.technology else (TECHNOLOGY,)
    )
    require_position(table, "cells")
    if is_crowd_sourced(table):
        return accept_crowd_cells(table, findings, options, judge)
    masts = _read_masts(table, findings, options, judge)
    cells = _split_masts(
        masts, read_layers(table, findings, options), read_azimuths(table, findings)
    )
    whole = pd.Series(options.complete is not False, index=raw.frame.index)
    stated = read_stated(table, "complete", findings, whole).reindex(cells.index)
    complete = stated & _mark_complete(cells["technology"], options)
    cells = keep_spread(cells).assign(complete=complete)
    return _name_cells(cells, table, findings, judge)


def _mark_complete(technology: pd.Series, options: ReadOptions) -> pd.Series:
    """Return whether the list is complete of each cell's technology; an operator's own is, unless denied."""
    if isinstance(options.complete, tuple):
        return technology.isin(options.complete)
    return pd.Series(options.complete is not False, index=technology.index)


def _read_masts(
    table: MatchedTable, findings: Findings, options: ReadOptions, judge: Judge
) -> pd.DataFrame:
    """Return what holds for all cells of a row."""
    # where there is no register, there is nothing that a commune could be unknown to
    aside = findings if judge.province else Findings()
    described = resolve_communes(table, aside, options, judge, severity=Severity.WARNING)
    places = read_positions(
        table,
        findings,
        described.options,
        described.judge,
        codes=described.codes,
        countries=_countries(table),
    )
    status = read_terms(table, "status", findings, words=STATUS_WORDS)
    blank = table.cells("status") == ""
    if table.has("status"):
        findings.fix(
            "status_assumed",
            table.heading("status"),
            table.cells("status")[blank],
            status[blank].fillna("live"),
        )
    return pd.DataFrame(
        {
            "site_code": _read_site_codes(table, findings, places),
            "operators": read_operators(table, findings, options),
            "lon": places["lon"],
            "lat": places["lat"],
            "height_m": read_column(table, CELLS.column("height_m"), findings, severity=WARNING),
            "eirp_dbm": read_column(table, CELLS.column("eirp_dbm"), findings, severity=WARNING),
            "bandwidth_mhz": read_column(
                table, CELLS.column("bandwidth_mhz"), findings, severity=WARNING
            ),
            "ports": read_ports(table, findings),
            "structure": read_texts(table, "structure", findings),
            "status": status.where(~blank, NetworkStatus.LIVE.value),
            "on_air": read_dates(table, "on_air", findings, severity=WARNING),
            "as_of": fill_date(
                read_dates(table, "as_of", findings, severity=WARNING), options.as_of
            ),
        }
    )


def _countries(table: MatchedTable) -> pd.Series | None:
    return table.cells("mcc") if table.has("mcc") else None


def _read_site_codes(table: MatchedTable, findings: Findings, places: pd.DataFrame) -> pd.Series:
    """Return the code of each mast; one without a code is named after its position."""
    codes = read_texts(table, "site_code", findings)
    blank = codes.isna() & places.notna().all(axis=1)  # a row without a place is turned away
    made = places["lat"].map("{:.5f}".format) + "," + places["lon"].map("{:.5f}".format)
    blank &= places["lon"].notna()  # a row without a place is turned away and needs no code
    findings.fix(
        "id_made", table.heading("site_code"), table.cells("site_code")[blank], made[blank].head(1)
    )
    return codes.where(~blank, made)


def _split_masts(masts: pd.DataFrame, layers: pd.Series, azimuths: pd.Series) -> pd.DataFrame:
    """Return one row a cell: operator × technology × band × direction."""
    parts = [
        (row, *part)
        for row, operators, held, ways in zip(
            masts.index, masts["operators"], layers, azimuths, strict=True
        )
        for part in _list_parts(operators, held, ways)
    ]
    columns = ["row", "operator", "technology", "band_mhz", "azimuth_deg", "sector"]
    cells = pd.DataFrame(parts, columns=columns).set_index("row").rename_axis(None)
    return cells.join(masts.drop(columns="operators"))


def _list_parts(
    operators: list[Operator], layers: Layers, azimuths: Bands
) -> list[tuple[str, str | None, float, float, int]]:
    """Return the cells of one mast; a row without technology still counts once."""
    sectors = (
        [(a, i) for i, a in enumerate(azimuths, 1)]
        if len(azimuths) > 1
        else [(a, 0) for a in azimuths]
    )
    carriers: list[tuple[str | None, float]] = [
        (technology.value, band) for technology, bands in layers for band in (bands or (np.nan,))
    ]
    return [
        (operator.value, technology, band, azimuth, sector)
        for operator in operators
        for technology, band in carriers or [(None, np.nan)]
        for azimuth, sector in (sectors or [(np.nan, 0)])
    ]


def _name_cells(
    cells: pd.DataFrame, table: MatchedTable, findings: Findings, judge: Judge
) -> pd.DataFrame:
    """Return the cells with an id each; an id at two places contradicts itself."""
    band = cells["band_mhz"].map("-{:.0f}".format).where(cells["band_mhz"].notna(), "")
    sector = cells["sector"].map("-S{}".format).where(cells["sector"] > 0, "")
    technology = cells["technology"].fillna("")
    sites = (
        cells["site_code"].astype("object").where(cells["site_code"].notna(), None).astype("str")
    )
    made = cells["operator"] + "-" + sites + "-" + technology + band + sector
    stated = read_texts(table, "cell_id", findings).reindex(cells.index)
    alone = ~cells.index.duplicated(keep=False)
    ids = made.where(~(alone & stated.notna()), stated)
    counted = {
        name: read_column(table, CELLS.column(name), findings, severity=WARNING).reindex(
            cells.index
        )
        for name in ("samples", "range_m")
    }
    named = cells.drop(columns="sector").assign(cell_id=ids, **counted)
    heading = table.heading("cell_id" if table.has("cell_id") else "site_code")
    shown = stated.where(alone & stated.notna(), named["site_code"])
    same_m = judge.same_place_m
    unique = make_unique(named, "cell_id", heading, findings, same_m=same_m, stated=shown)
    _warn_moved(unique, table.heading("site_code"), findings, judge)
    return unique


def _warn_moved(cells: pd.DataFrame, heading: str, findings: Findings, judge: Judge) -> None:
    """Warn of a mast of one operator whose technologies stand at different places."""
    if cells["site_code"].isna().all():
        return
    masts = cells.groupby(["operator", "site_code"])[["lon", "lat"]].transform("first")
    away = distance_m(cells["lon"], cells["lat"], masts["lon"], masts["lat"])
    split = cells.index.isin(list(findings.quarantined_rows()))
    moved = cells[(away > judge.same_place_m) & ~split]
    for (_, code), group in moved.groupby(["operator", "site_code"], sort=True):
        rows = list(dict.fromkeys(group.index))
        shown = ", ".join(str(r) for r in rows[:10])
        findings.warn("site_moved", heading, rows, [code] * len(rows), shown=shown)
