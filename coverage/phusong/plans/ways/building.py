"""From roads, fibre routes, hamlets and nodes to the graph on which trenches are planned."""

from __future__ import annotations

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from phusong.plans.ways.graph import BASES, MEDIA, Ways
from phusong.plans.ways.lines import node_lines
from phusong.plans.ways.linking import attach_places, link_parts
from phusong.plans.ways.pricing import price_ways
from phusong.reach.terrain import Terrain, elevation_at
from phusong.vocabulary.options import Medium, WayBasis
from phusong.vocabulary.parameters import Rollout
from phusong.vocabulary.terms import NetworkStatus


class _Edges(NamedTuple):
    """Hold edges of one kind: ends [e, 2], basis and medium codes [e], owner [e]."""

    ends: np.ndarray
    basis: np.ndarray
    medium: np.ndarray
    operator: np.ndarray


def build_ways(
    roads: gpd.GeoDataFrame,
    routes: gpd.GeoDataFrame,
    hamlets: pd.DataFrame,
    nodes_xy: np.ndarray,
    terrain: Terrain | None,
    *,
    rollout: Rollout,
    crs: int,
) -> Ways:
    """Return the ways for cable, priced, with every hamlet and node on them.

    Parameters
    ----------
    roads : table `accepted_roads`; road_class tells where poles stand.
    routes : table `accepted_fibre_routes`; those in service cost nothing.
    hamlets : x_m, y_m, urban : whether cable there goes under ground [h].
    nodes_xy : live fibre nodes [k, 2] [m].
    terrain : elevation in the province's metric system, or None: a level world.
    rollout : parameters.
    crs : EPSG code of the province's metric system.

    Raises
    ------
    ValueError
        If there is no road and no route, or a hamlet has no place; it is named by its row.
    """
    places = hamlets[["x_m", "y_m"]].to_numpy(dtype=float)
    if not np.isfinite(places).all():
        row = int(np.argmax(~np.isfinite(places).all(axis=1)))
        name = hamlets["hamlet_id"].iloc[row] if "hamlet_id" in hamlets else row
        raise ValueError(f"hamlet {name} has no place, so no cable can be led to it")
    xy, first = _lay_lines(roads, routes, rollout=rollout, crs=crs)
    links = link_parts(xy, first.ends)
    spots = np.vstack([places, np.asarray(nodes_xy, dtype=float).reshape(-1, 2)])
    at, distance = attach_places(xy, spots)
    own = len(xy) + np.arange(len(spots))
    xy = np.vstack([xy, spots])
    edges = _join_edges(
        [
            first,
            _same(links, WayBasis.OFF_ROAD, Medium.NEW_POLES),
            _attach(at, own, distance, rollout),
        ]
    )
    edges = _bury(edges, xy, places, hamlets["urban"].to_numpy(dtype=bool))
    return _finish(xy, edges, own, len(places), terrain, rollout=rollout, crs=crs)


def _lay_lines(
    roads: gpd.GeoDataFrame, routes: gpd.GeoDataFrame, *, rollout: Rollout, crs: int
) -> tuple[np.ndarray, _Edges]:
    """Return roads and live routes as one network; where both run, the fibre is what counts."""
    live = routes[routes["status"] == NetworkStatus.LIVE]
    poles = roads["road_class"].fillna("").str.contains(rollout.poles_classes.value, case=False)
    lines = np.concatenate(
        [live.geometry.to_crs(crs).to_numpy(), roads.geometry.to_crs(crs).to_numpy()]
    )
    xy, ends, line = node_lines(
        lines, snap_m=rollout.number("snap_m"), longest_m=rollout.number("longest_edge_m")
    )
    fibre = np.arange(len(lines)) < len(live)
    on_road = np.where(
        np.concatenate([np.zeros(len(live), dtype=bool), poles.to_numpy(dtype=bool)]),
        MEDIA.index(Medium.POLES),
        MEDIA.index(Medium.NEW_POLES),
    )
    owner = np.concatenate(
        [live["operator"].to_numpy(dtype=object), np.full(len(roads), "", dtype=object)]
    )
    basis = np.where(fibre, BASES.index(WayBasis.FIBRE), BASES.index(WayBasis.ROAD))
    medium = np.where(fibre, MEDIA.index(Medium.EXISTING), on_road)
    return xy, _Edges(ends, basis[line], medium[line], owner[line])


def _same(ends: np.ndarray, basis: WayBasis, medium: Medium) -> _Edges:
    """Return edges of one basis and medium that nobody owns."""
    n = len(ends)
    return _Edges(
        ends,
        np.full(n, BASES.index(basis)),
        np.full(n, MEDIA.index(medium)),
        np.full(n, "", dtype=object),
    )


def _attach(at: np.ndarray, own: np.ndarray, distance: np.ndarray, rollout: Rollout) -> _Edges:
    """Return the links from places to their nearest way; the far ones are off the mapped roads."""
    made = _same(np.column_stack([at, own]), WayBasis.DROP, Medium.NEW_POLES)
    far = distance > rollout.number("off_road_m")
    return made._replace(basis=np.where(far, BASES.index(WayBasis.OFF_ROAD), made.basis))


def _join_edges(parts: list[_Edges]) -> _Edges:
    """Return several lists of edges as one."""
    return _Edges(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _bury(edges: _Edges, xy: np.ndarray, places: np.ndarray, urban: np.ndarray) -> _Edges:
    """Return edges that lie under ground where the nearest hamlet is built up."""
    if not urban.any():
        return edges
    middle = (xy[edges.ends[:, 0]] + xy[edges.ends[:, 1]]) / 2
    nearest, _ = attach_places(places, middle)
    paved = urban[nearest] & (edges.medium != MEDIA.index(Medium.EXISTING))
    return edges._replace(medium=np.where(paved, MEDIA.index(Medium.BURIED), edges.medium))


def _finish(
    xy: np.ndarray,
    edges: _Edges,
    own: np.ndarray,
    hamlets: int,
    terrain: Terrain | None,
    *,
    rollout: Rollout,
    crs: int,
) -> Ways:
    """Return the ways with heights, lengths and prices."""
    height = np.full(len(xy), np.nan) if terrain is None else elevation_at(terrain, *xy.T)
    tail, head = np.sort(edges.ends, axis=1).T
    flat = np.hypot(*(xy[tail] - xy[head]).T)
    rise = np.nan_to_num(height[head] - height[tail])
    length = np.hypot(flat, rise)
    slope = np.degrees(np.arctan2(np.abs(rise), np.maximum(flat, 1e-9)))
    mean = (height[tail] + height[head]) / 2
    cost = price_ways(length, slope, mean, edges.basis, edges.medium, rollout=rollout)
    return Ways(
        xy, height, tail, head, length, slope, edges.basis, edges.medium, edges.operator, cost,
        own[:hamlets], own[hamlets:], crs,
    )  # fmt: skip
