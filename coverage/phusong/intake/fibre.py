"""Accept fibre as layers: Open Fibre Data Standard GeoJSON, and plain layers of points and lines."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.fibre_tables import accept_fibre_table, assume_live
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings, name_by_placemark
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge, distance_m
from phusong.intake.open_fibre import (
    ENDS,
    has_ends,
    read_access,
    read_accuracy,
    read_end,
    unfold_features,
)
from phusong.intake.operators import read_operator
from phusong.intake.reading import RawTable
from phusong.intake.shapes import mend_shapes, warn_still
from phusong.intake.values import fill_date, read_column, read_dates, read_terms, read_texts
from phusong.intake.words import STATUS_WORDS
from phusong.vocabulary.tables.accepted import FIBRE_ROUTES
from phusong.vocabulary.terms import Severity

KM_M = 1000.0
#: Traced routes end within 82 m of the nodes that they name (OpenNet Georgia, 1,906 ends) [m].
END_APART_M = 100.0


def accept_fibre_nodes(
    raw: RawTable, findings: Findings, options: ReadOptions, judge: Judge
) -> pd.DataFrame:
    """Return the fibre nodes of a layer, one a row.

    Parameters, returns and raises are those of `accept_fibre_table`, to which a layer comes once what it
    nests is unfolded. A node that says itself whether it is an access point is believed.
    """
    named = name_by_placemark(unfold_features(raw, findings), "fibre_nodes", "node_id")
    nodes = accept_fibre_table(named, findings, options, judge)
    stated = read_access(raw)
    return nodes.assign(access=stated.where(stated.notna(), nodes["access"]).astype(bool))


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
    unfolded = name_by_placemark(unfold_features(raw, findings), "fibre_routes", "route_id")
    table = match_headings(unfolded, "fibre_routes", findings)
    shapes = mend_shapes(unfolded, "line", findings, judge)
    warn_still(shapes, findings)
    if has_ends(raw):
        _warn_ends(raw, shapes, findings)
    status = read_terms(table, "status", findings, words=STATUS_WORDS)
    frame = gpd.GeoDataFrame(
        {
            "route_id": _read_ids(table),
            "operator": read_operator(table, findings, options),
            "medium": read_texts(table, "medium", findings),
            "status": assume_live(table, findings, status),
            "length_stated_m": _read_length(table, findings),
            "as_of": fill_date(
                read_dates(table, "as_of", findings, severity=Severity.WARNING), options.as_of
            ),
        },
        geometry=shapes,
    )
    return make_unique(frame, "route_id", table.heading("route_id"), findings)


def _warn_ends(raw: RawTable, shapes: gpd.GeoSeries, findings: Findings) -> None:
    """Warn of ends of routes that name no node, or do not reach the node they name."""
    tolerance = END_APART_M + read_accuracy(raw)
    for end, at in zip(ENDS, (0, -1), strict=True):
        node = read_end(raw, end)
        bare = node["id"] == ""
        findings.warn("route_nowhere", end, node.index[bare], [""] * int(bare.sum()))
        spots = np.array([_end_of(line, at) for line in shapes], dtype=object)
        away = pd.Series(
            distance_m(shapely.get_x(spots), shapely.get_y(spots), node["lon"], node["lat"]),
            index=node.index,
        )
        for row in node.index[away > tolerance]:
            far = f"{away[row]:.0f} m"
            findings.warn("route_end_apart", end, [row], [node.at[row, "id"]], distance=far)


def _end_of(line: shapely.Geometry | None, at: int) -> shapely.Point | None:
    """Return the first or last spot of a line of one part; None where it has several, or none."""
    whole = line is not None and line.geom_type == "LineString"
    return shapely.get_point(line, at) if whole else None


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
