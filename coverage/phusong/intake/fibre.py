"""Accept fibre networks as map layers: Open Fibre Data Standard GeoJSON, and plain layers of lines.

The Open Fibre Data Standard keeps providers, phases and endpoints as objects within a feature; here they
arrive as JSON text, and only what the accepted tables hold is taken out of them.
"""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.fibre_tables import accept_fibre_table
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge
from phusong.intake.operators import read_operator
from phusong.intake.reading import RawTable
from phusong.intake.shapes import GEOMETRY, mend_shapes
from phusong.intake.values import fill_date, read_column, read_dates, read_terms, read_texts
from phusong.intake.words import STATUS_WORDS
from phusong.vocabulary.tables.accepted import FIBRE_ROUTES
from phusong.vocabulary.terms import NetworkStatus, Severity

PROVIDERS, START, END = "networkProviders", "start", "end"
KM_M = 1000.0


def accept_fibre_nodes(
    raw: RawTable, findings: Findings, options: ReadOptions, judge: Judge
) -> pd.DataFrame:
    """Return the fibre nodes of a layer, one a row.

    Parameters, returns and raises are those of `accept_fibre_table`, to which a layer comes once its nested
    providers are spelt as operators.
    """
    return accept_fibre_table(_spell_providers(raw), findings, options, judge)


def accept_fibre_routes(
    raw: RawTable, findings: Findings, options: ReadOptions, judge: Judge
) -> gpd.GeoDataFrame:
    """Return the fibre routes of a layer, one a row.

    Parameters
    ----------
    raw : the layer.
    findings : notebook of this reading; ends that meet no node and routes without length are warned of.
    options : operator and date where the file does not say.
    judge : where the province lies.

    Returns
    -------
    columns of accepted_fibre_routes for every row, wrong ones included; index = row number in the file.
    """
    spelt = _spell_providers(raw)
    table = match_headings(spelt, "fibre_routes", findings)
    shapes = mend_shapes(spelt, "line", findings, judge)
    still = shapes.notna() & (shapely.length(shapes.to_numpy()) == 0)
    findings.warn("zero_length", GEOMETRY, shapes.index[still], [""] * int(still.sum()))
    _warn_ends(raw, findings)
    status = read_terms(table, "status", findings, words=STATUS_WORDS, severity=Severity.WARNING)
    frame = gpd.GeoDataFrame(
        {
            "route_id": _read_ids(table),
            "operator": read_operator(table, findings, options),
            "medium": read_texts(table, "medium", findings),
            "status": status.fillna(str(NetworkStatus.LIVE)),
            "length_stated_m": _read_length(table, findings),
            "as_of": fill_date(
                read_dates(table, "as_of", findings, severity=Severity.WARNING), options.as_of
            ),
        },
        geometry=shapes,
    )
    return make_unique(frame, "route_id", table.heading("route_id"), findings)


def _spell_providers(raw: RawTable) -> RawTable:
    """Return a layer whose nested providers stand as an operator column; any other layer as it is."""
    if PROVIDERS not in raw.frame or "operator" in raw.frame:
        return raw
    names = raw.frame[PROVIDERS].map(_provider_names)
    return RawTable(raw.frame.assign(operator=names.astype("str")), raw.geometry, raw.crs, raw.file)


def _provider_names(text: str) -> str:
    """Return the first provider's name; a network shared by several is listed under its first."""
    providers = _loads(text)
    named = (
        [p.get("name", "") for p in providers if isinstance(p, dict)]
        if isinstance(providers, list)
        else []
    )
    return named[0] if named else ""


def _loads(text: str) -> Any:
    """Return JSON text as data; None where it is none."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return None


def _warn_ends(raw: RawTable, findings: Findings) -> None:
    """Warn of routes of a standard layer that do not say between which nodes they run."""
    if START not in raw.frame and END not in raw.frame:
        return
    for column in (START, END):
        cells = raw.frame.get(column, pd.Series("", index=raw.frame.index))
        bare = cells.map(lambda t: not isinstance(_loads(t), dict) or not _loads(t).get("id"))
        findings.warn("route_nowhere", column, cells.index[bare], [""] * int(bare.sum()))


def _read_ids(table: MatchedTable) -> pd.Series:
    """Return the id of each route; its row number where the file has none."""
    ids = table.cells("route_id").astype("object")
    return ids.where(ids != "", pd.Series(ids.index, index=ids.index).map("tuyen-{}".format))


def _read_length(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return the length as stated [m]; a heading in kilometres is turned into metres."""
    length = read_column(
        table, FIBRE_ROUTES.column("length_stated_m"), findings, severity=Severity.WARNING
    )
    return length * KM_M if "km" in table.heading("length_stated_m").lower() else length
