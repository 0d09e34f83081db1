"""Fibre routes: from every node towards an exchange, along the roads in between."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse.csgraph import dijkstra

from phusong.simulate.linking import find_tree, link_places, weigh_graph
from phusong.simulate.roads import bend_lines
from phusong.vocabulary.metres import transform_shapes
from phusong.vocabulary.terms import NetworkStatus

MEDIA = ("treo", "treo", "treo", "ngầm", "kéo cống")


def lay_routes(
    nodes: pd.DataFrame,
    centres_xy: np.ndarray,
    roads: gpd.GeoDataFrame | None,
    hubs: np.ndarray,
    *,
    crs: int,
    as_of: pd.Timestamp,
    rng: np.random.Generator,
) -> gpd.GeoDataFrame:
    """Return the routes of every operator: one from each feeding node towards the next exchange.

    Parameters
    ----------
    nodes : node_id, operator, status, place, main, x_m, y_m.
    centres_xy : hamlets [n, 2] [m].
    roads : start, end, cost and geometry [m]; None for straight lines between neighbours.
    hubs : row numbers of the hamlets with exchanges.
    crs : metric system.
    as_of : date of the records.
    rng : stream of random numbers.

    Returns
    -------
    routes : columns of accepted_fibre_routes, then start_node, end_node; geometry in EPSG:4326.
    """
    pairs, cost, lines = _network(centres_xy, roads, rng)
    graph = weigh_graph(pairs, cost, places=len(centres_xy))
    before = dijkstra(graph, indices=hubs, min_only=True, return_predecessors=True)[1]
    way = {(int(a), int(b)): line for (a, b), line in zip(pairs, lines, strict=True)}
    parts = [
        _trace_operator(mine, before, way)
        for _, mine in nodes[nodes["main"]].groupby("operator", sort=True)
    ]
    routes = pd.concat(parts, ignore_index=True)
    routes["medium"] = rng.choice(MEDIA, len(routes)) if len(routes) else []
    found = gpd.GeoDataFrame(routes, geometry="geometry", crs=crs)
    found["length_stated_m"] = found.length.round()
    found["as_of"] = as_of
    return found.set_geometry(transform_shapes(found.geometry, target=4326))


def _network(
    centres_xy: np.ndarray, roads: gpd.GeoDataFrame | None, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """Return pairs, costs and lines of the ways along which fibre may lie."""
    if roads is None:
        pairs = link_places(centres_xy)
        cost = np.linalg.norm(centres_xy[pairs[:, 0]] - centres_xy[pairs[:, 1]], axis=1)
        needed = find_tree(pairs, cost, places=len(centres_xy))
        pairs, cost = pairs[needed], cost[needed]
        lines = bend_lines(centres_xy, pairs, share=0.0, rng=rng)
    else:
        pairs, cost = roads[["start", "end"]].to_numpy(), roads["cost"].to_numpy()
        lines = roads.geometry.to_numpy()
    return pairs, cost, [shapely.get_coordinates(line) for line in lines]


def _trace_operator(
    mine: pd.DataFrame,
    before: np.ndarray,
    way: dict[tuple[int, int], np.ndarray],
) -> pd.DataFrame:
    """Return the routes of one operator, from the node nearer to the exchange outwards."""
    node_at = mine.drop_duplicates("place").set_index("place")
    at = {
        place: (row.node_id, (row.x_m, row.y_m))
        for place, row in zip(node_at.index, node_at.itertuples(), strict=True)
    }
    rows = []
    for place, (node, spot) in at.items():
        steps = _walk_to_next(place, before, at)
        if steps is None:
            continue
        feeder, feeder_spot = at[steps[-1]]
        inner = [_oriented(way, a, b) for a, b in zip(steps[:-1], steps[1:], strict=True)]
        line = np.vstack([[spot], *inner, [feeder_spot]])[::-1]
        rows.append((f"T-{node}", feeder, node, shapely.linestrings(line)))
    frame = pd.DataFrame(rows, columns=["route_id", "start_node", "end_node", "geometry"])
    return frame.assign(operator=mine["operator"].iloc[0], status=str(NetworkStatus.LIVE))


def _walk_to_next(place: int, before: np.ndarray, at: dict) -> list[int] | None:
    """Return the places passed until the next node towards the exchange; None at the exchange."""
    steps = [place]
    while before[steps[-1]] >= 0:
        steps.append(int(before[steps[-1]]))
        if steps[-1] in at:
            return steps
    return None


def _oriented(way: dict[tuple[int, int], np.ndarray], start: int, end: int) -> np.ndarray:
    """Return the vertices of the way from one place to another."""
    if (start, end) in way:
        return way[(start, end)]
    return way[(end, start)][::-1]
