"""A plan as tables: what each hamlet gets, which trenches are dug, which antennas are hung."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.pipeline.planning import Outcome
from phusong.plans.rollout.facilities import COSTS
from phusong.plans.ways import Ways, draw_edges
from phusong.plans.ways.graph import BASES, MEDIA
from phusong.vocabulary.metres import WGS84
from phusong.vocabulary.options import ConnectionBasis, WayBasis
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.plans import ANTENNAS, ROLLOUT, TRENCHES

CAPEX = dict(zip(COSTS, ("capex_low_vnd", "capex_vnd", "capex_high_vnd"), strict=True))


def count_wave(wave: pd.Series) -> pd.Series:
    """Return waves counted from 1, empty where nothing is planned.

    Parameters
    ----------
    wave : from 0, −1 for never.
    """
    return (wave + 1).where(wave >= 0).astype("Int64")


def tabulate_rollout(outcome: Outcome) -> pd.DataFrame:
    """Return table `rollout`."""
    facts = outcome.choices.hamlets[["hamlet_id", "pupils", "as_of"]]
    joined = outcome.plan.hamlets.rename(columns={"gap_class": "class", **CAPEX})
    table = joined.merge(facts, on="hamlet_id").merge(outcome.choices.bases, on="piece", how="left")
    built = table["basis"].isna() & (table["wave"] >= 0)
    table["basis"] = table["basis"].mask(built, str(ConnectionBasis.PLANNED))
    connected = table["pupils"].astype("Int64").where(table["wave"] >= 0, 0)
    return conform_table(
        table.assign(
            wave=count_wave(table["wave"]),
            operator=table["operator"].where(table["operator"] != ""),
            piece=table["piece"].where(table["piece"] != ""),
            pupils_connected=connected.where(table["pupils"].notna()),
        )[ROLLOUT.names],
        ROLLOUT,
    )


def tabulate_trenches(outcome: Outcome) -> gpd.GeoDataFrame:
    """Return table `trenches`: the segments that are built and are not there already."""
    edges = {
        piece: rows for forest in outcome.choices.forests for piece, rows in forest.edges.items()
    }
    built = outcome.plan.pieces
    dug = built[built["piece"].isin(edges) & (built["cost_vnd"] > 0)].reset_index(drop=True)
    if dug.empty:
        return gpd.GeoDataFrame(empty_table(TRENCHES))
    ways = outcome.choices.ways
    rows = [_leave_out_free(ways, edges[piece]) for piece in dug["piece"]]
    lines = gpd.GeoSeries([draw_line(ways, row) for row in rows], crs=ways.crs).to_crs(WGS84)
    off_road = BASES.index(WayBasis.OFF_ROAD)
    table = dug.rename(columns={"piece": "trench_id", **CAPEX}).assign(
        wave=count_wave(dug["wave"]),
        length_m=[float(ways.length_m[row].sum()) for row in rows],
        medium=[_most_of(ways, row) for row in rows],
        off_road_m=[float(ways.length_m[row[ways.basis[row] == off_road]].sum()) for row in rows],
        **trace_trenches(outcome, dug["piece"].tolist()),
        geometry=lines.to_numpy(),
    )
    frame = gpd.GeoDataFrame(table[TRENCHES.names], geometry="geometry", crs=WGS84)
    return gpd.GeoDataFrame(conform_table(frame, TRENCHES))


def trace_trenches(outcome: Outcome, dug: list[str]) -> dict[str, list[str | None]]:
    """Return for each trench where it begins, at which hamlet it ends, and which hamlets it feeds.

    It begins at a node, at a hamlet, or at the fork of another trench; cable that is there already is part of
    the node that it hangs from. It ends at a fork where `to_id` is empty.

    Parameters
    ----------
    outcome : the plan.
    dug : pieces that are trenches, in order.

    Returns
    -------
    from_id, to_id and hamlets (by |), each in the order of the trenches.
    """
    choices, built = outcome.choices, outcome.plan.pieces
    ways, before = choices.ways, dict(zip(built["piece"], built["before"], strict=True))
    ends = {piece: ends for forest in choices.forests for piece, ends in forest.ends.items()}
    ids = choices.hamlets["hamlet_id"]
    stop = dict(zip(ways.hamlet_vertex.tolist(), ids.tolist(), strict=True))
    node = dict(zip(ways.node_vertex.tolist(), ways.node_id.tolist(), strict=True))
    fed: dict[str, list[str]] = {piece: [] for piece in dug}
    joined = outcome.plan.hamlets
    for hamlet, piece in zip(joined["hamlet_id"], joined["piece"], strict=True):
        while piece := before.get(piece, ""):
            if piece in fed:
                fed[piece].append(str(hamlet))

    def _begin(piece: str) -> str | None:
        parent = before[piece]
        while parent and parent not in fed and ends[parent][1] not in stop:
            parent = before[parent]
        if not parent:
            return node.get(ends[piece][0])
        return stop.get(ends[parent][1], parent)

    return {
        "from_id": [_begin(piece) for piece in dug],
        "to_id": [stop.get(ends[piece][1]) for piece in dug],
        "hamlets": ["|".join(sorted(fed[piece])) or None for piece in dug],
    }


def _leave_out_free(ways: Ways, rows: np.ndarray) -> np.ndarray:
    """Return the edges of a segment that cost something."""
    return rows[ways.cost_vnd[rows, 1] > 0]


def draw_line(ways: Ways, rows: np.ndarray) -> shapely.Geometry:
    """Return edges as one line where they hang together, else as several.

    Parameters
    ----------
    ways : graph.
    rows : edges.
    """
    return shapely.line_merge(shapely.multilinestrings(draw_edges(ways, rows)))


def _most_of(ways: Ways, rows: np.ndarray) -> str:
    """Return the medium of most of a segment's length."""
    metres = np.bincount(ways.medium[rows], ways.length_m[rows], minlength=len(MEDIA))
    return str(MEDIA[int(np.argmax(metres))])


def tabulate_antennas(outcome: Outcome) -> gpd.GeoDataFrame:
    """Return table `antennas`."""
    if outcome.choices.options is None:
        return gpd.GeoDataFrame(empty_table(ANTENNAS))
    waves = outcome.plan.pieces.set_index("piece")["wave"]
    options = outcome.choices.options.options
    built = options[options["option_id"].isin(waves.index)].reset_index(drop=True)
    if built.empty:
        return gpd.GeoDataFrame(empty_table(ANTENNAS))
    served = outcome.choices.options.serves.groupby("option_id")["hamlet_id"].agg("|".join)
    places = gpd.GeoSeries(
        gpd.points_from_xy(built["x_m"], built["y_m"]), crs=outcome.choices.ways.crs
    )
    table = built.assign(
        wave=count_wave(built["option_id"].map(waves)),
        site_id=built["site_id"].where(built["site_id"] != ""),
        hamlets=built["option_id"].map(served),
        geometry=places.to_crs(WGS84).to_numpy(),
    )
    frame = gpd.GeoDataFrame(table[ANTENNAS.names], geometry="geometry", crs=WGS84)
    return gpd.GeoDataFrame(conform_table(frame, ANTENNAS))
