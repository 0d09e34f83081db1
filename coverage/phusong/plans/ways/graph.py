"""The ways as arrays for the search, as a networkx graph and as layers for people."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import shapely

from phusong.vocabulary.options import Medium, WayBasis

#: The codes of basis and medium in the arrays are places in these lists.
BASES, MEDIA = list(WayBasis), list(Medium)


@dataclass(frozen=True)
class Ways:
    """Hold an undirected graph of straight pieces of way.

    Parameters
    ----------
    xy : vertices [v, 2] [m].
    elevation_m : ground at each, NaN where unknown [v].
    tail, head : ends of the edges, the lower first [e].
    length_m : of the edges, along the slope [e].
    slope_deg : of the edges, 0 where the ground is unknown [e].
    basis, medium : codes, places in `BASES` and `MEDIA` [e].
    operator : whose fibre an edge is, empty where it is none [e].
    cost_vnd : low, likely and high [e, 3].
    hamlet_vertex : vertex of each hamlet [h].
    node_vertex : vertex of each fibre node [k].
    crs : EPSG code of the metric system.
    """

    xy: np.ndarray
    elevation_m: np.ndarray
    tail: np.ndarray
    head: np.ndarray
    length_m: np.ndarray
    slope_deg: np.ndarray
    basis: np.ndarray
    medium: np.ndarray
    operator: np.ndarray
    cost_vnd: np.ndarray
    hamlet_vertex: np.ndarray
    node_vertex: np.ndarray
    crs: int


def view_costs(ways: Ways, *, operator: str | None = None) -> np.ndarray:
    """Return the likely cost of each edge for an operator, to whom others' fibre is no way [e] [VND].

    Parameters
    ----------
    ways : graph.
    operator : who builds; None: all share what they have.
    """
    cost = ways.cost_vnd[:, 1].astype(float)
    if operator is None:
        return cost
    foreign = (ways.operator != "") & (ways.operator != operator)
    return np.where(foreign, np.inf, cost)


def ways_to_networkx(ways: Ways) -> nx.Graph:
    """Return the ways as a networkx graph; of parallel edges the cheapest.

    Vertices have x_m, y_m, elevation_m; edges row, length_m, slope_deg, basis, medium, operator,
    cost_low_vnd, cost_vnd, cost_high_vnd.
    """
    graph = nx.Graph(crs=ways.crs)
    for v, ((x, y), z) in enumerate(zip(ways.xy.tolist(), ways.elevation_m.tolist(), strict=True)):
        graph.add_node(v, x_m=x, y_m=y, elevation_m=z)
    table = _list_edges(ways).sort_values(["cost_vnd", "row"], ascending=[False, False])
    columns = [c for c in table if c not in ("tail", "head")]
    graph.add_edges_from(
        (t, h, dict(zip(columns, facts, strict=True)))
        for t, h, facts in zip(
            table["tail"].tolist(),
            table["head"].tolist(),
            table[columns].itertuples(index=False, name=None),
            strict=True,
        )
    )
    return graph


def ways_to_frames(ways: Ways) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return the vertices and the edges as layers in the metric system."""
    vertices = gpd.GeoDataFrame(
        {"vertex": np.arange(len(ways.xy)), "elevation_m": ways.elevation_m},
        geometry=shapely.points(ways.xy),
        crs=ways.crs,
    )
    ends = np.stack([ways.xy[ways.tail], ways.xy[ways.head]], axis=1)
    edges = gpd.GeoDataFrame(_list_edges(ways), geometry=shapely.linestrings(ends), crs=ways.crs)
    return vertices, edges


def _list_edges(ways: Ways) -> pd.DataFrame:
    """Return the edges as a table."""
    return pd.DataFrame(
        {
            "row": np.arange(len(ways.tail)),
            "tail": ways.tail,
            "head": ways.head,
            "length_m": ways.length_m,
            "slope_deg": ways.slope_deg,
            "basis": np.array([str(b) for b in BASES])[ways.basis],
            "medium": np.array([str(m) for m in MEDIA])[ways.medium],
            "operator": ways.operator,
            "cost_low_vnd": ways.cost_vnd[:, 0],
            "cost_vnd": ways.cost_vnd[:, 1],
            "cost_high_vnd": ways.cost_vnd[:, 2],
        }
    )
