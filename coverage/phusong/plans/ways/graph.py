"""The ways as arrays for the search, as a networkx graph and as layers for people."""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import shapely

from phusong.plans.options.pricing import ENDS
from phusong.plans.steiner import Network, build_network
from phusong.vocabulary.options import Medium, WayBasis

#: The codes of basis and medium in the arrays are places in these lists.
BASES, MEDIA = list(WayBasis), list(Medium)


@dataclass(frozen=True, eq=False)
class Ways:
    """Hold an undirected graph of ways between places where they meet, end or are joined.

    Parameters
    ----------
    xy : vertices, from west to east [v, 2] [m].
    elevation_m : ground at each, NaN where unknown [v].
    tail, head : ends of the edges, the lower first; equal for a ring [e].
    length_m : of the edges, along the slope [e].
    slope_deg : of the edges, averaged over their length; 0 where the ground is unknown [e].
    basis, medium : codes, places in `BASES` and `MEDIA` [e].
    operator : whose fibre an edge is, empty where it is none [e].
    crossings : rivers crossed, in halves where a river meets an end [e].
    cost_vnd : low, likely and high [e, 3].
    hamlet_vertex : vertex of each hamlet [h].
    hamlet_link_m : how far each is from the nearest road [h].
    off_road : whether that is farther than `off_road_m` [h].
    node_id, node_operator : of each fibre node that can feed a line [k].
    ports_free : of each node, NaN where not counted [k].
    node_vertex : vertex of each node [k].
    first_point : where the places along each edge begin in `points`, and where the last end [e + 1].
    points : places along the edges, from tail to head [p, 2] [m].
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
    crossings: np.ndarray
    cost_vnd: np.ndarray
    hamlet_vertex: np.ndarray
    hamlet_link_m: np.ndarray
    off_road: np.ndarray
    node_id: np.ndarray
    node_operator: np.ndarray
    ports_free: np.ndarray
    node_vertex: np.ndarray
    first_point: np.ndarray
    points: np.ndarray
    crs: int


def view_costs(ways: Ways, *, operator: str | None = None, end: str = "value") -> np.ndarray:
    """Return the cost of each edge for an operator, to whom others' fibre is no way [e] [VND].

    Parameters
    ----------
    ways : graph.
    operator : who builds; None: all share what they have.
    end : ``low``, ``value`` for the likely cost, or ``high``.
    """
    cost = ways.cost_vnd[:, ENDS.index(end)].astype(float)
    if operator is None:
        return cost
    foreign = (ways.operator != "") & (ways.operator != operator)
    return np.where(foreign, np.inf, cost)


def list_roots(ways: Ways, *, operator: str | None = None) -> np.ndarray:
    """Return the vertices at which an operator, or anybody, has fibre to begin from [k].

    Raises
    ------
    ValueError
        If there is none; the operator is named.
    """
    own = (
        np.ones(len(ways.node_vertex), bool) if operator is None else ways.node_operator == operator
    )
    if not own.any():
        raise ValueError(f"{operator or 'nobody'} has no live fibre node to begin at")
    return ways.node_vertex[own]


def to_network(ways: Ways, *, operator: str | None = None, end: str = "value") -> Network:
    """Return the ways as the network that trenches are searched on; `row` are edges of the ways.

    Parameters
    ----------
    ways : graph.
    operator : who builds, see `view_costs`.
    end : which end of the price, see `view_costs`.
    """
    cost = view_costs(ways, operator=operator, end=end)
    open_ = np.flatnonzero(np.isfinite(cost))
    network = build_network(ways.tail[open_], ways.head[open_], cost[open_], vertices=len(ways.xy))
    return replace(network, row=open_[network.row])


def ways_to_networkx(ways: Ways) -> nx.Graph:
    """Return the ways as a networkx graph; of parallel edges the cheapest, and no rings.

    Vertices have x_m, y_m, elevation_m; edges row, length_m, slope_deg, basis, medium, operator, crossings,
    cost_low_vnd, cost_vnd, cost_high_vnd.
    """
    graph = nx.Graph(crs=ways.crs)
    for v, ((x, y), z) in enumerate(zip(ways.xy.tolist(), ways.elevation_m.tolist(), strict=True)):
        graph.add_node(v, x_m=x, y_m=y, elevation_m=z)
    table = _list_edges(ways).sort_values(["cost_vnd", "row"], ascending=[False, False])
    table = table[table["tail"] != table["head"]]
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
    """Return the vertices and the edges, bends and all, as layers in the metric system."""
    vertices = gpd.GeoDataFrame(
        {"vertex": np.arange(len(ways.xy)), "elevation_m": ways.elevation_m},
        geometry=shapely.points(ways.xy),
        crs=ways.crs,
    )
    lines = draw_edges(ways, np.arange(len(ways.tail)))
    return vertices, gpd.GeoDataFrame(_list_edges(ways), geometry=lines, crs=ways.crs)


def draw_edges(ways: Ways, rows: np.ndarray) -> np.ndarray:
    """Return edges as LineStrings with their bends, from tail to head [n].

    Parameters
    ----------
    ways : graph.
    rows : edges [n].
    """
    whole = np.repeat(np.arange(len(ways.tail)), np.diff(ways.first_point))
    return np.asarray(shapely.linestrings(ways.points, indices=whole)[rows])


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
            "crossings": ways.crossings,
            "cost_low_vnd": ways.cost_vnd[:, 0],
            "cost_vnd": ways.cost_vnd[:, 1],
            "cost_high_vnd": ways.cost_vnd[:, 2],
        }
    )
