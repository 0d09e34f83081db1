"""From roads, fibre routes, hamlets and nodes to the graph on which trenches are planned."""

from __future__ import annotations

from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from phusong.plans.options.pricing import quote_price
from phusong.plans.ways.chains import Chains, chain_edges
from phusong.plans.ways.edges import Edges, cut_edges, drop_parallels, take_edges
from phusong.plans.ways.graph import BASES, MEDIA, Ways
from phusong.plans.ways.linking import (
    Feet,
    find_feet,
    label_parts,
    link_neighbours,
    link_parts,
    tie_routes,
)
from phusong.plans.ways.noding import TOUCH_M, Cuts, Noded, draw_pieces, merge_vertices, node_pieces
from phusong.plans.ways.pieces import Pieces, cut_pieces
from phusong.plans.ways.places import Places, locate_hamlets, locate_nodes
from phusong.plans.ways.pricing import list_prices
from phusong.plans.ways.surveying import read_ground, survey_lines
from phusong.plans.ways.waters import find_crossings
from phusong.reach.terrain import Terrain
from phusong.vocabulary.options import Medium, WayBasis
from phusong.vocabulary.parameters import Rollout


class _Web(NamedTuple):
    """Hold vertices, ends of pieces, where these are cut, and links that run along no piece."""

    xy: np.ndarray
    ends: np.ndarray
    same: np.ndarray
    cuts: Cuts
    links: np.ndarray
    basis: np.ndarray


class _Ground(NamedTuple):
    """Hold what a way lies on, and what it costs there."""

    terrain: Terrain | None
    land: gpd.GeoDataFrame | None
    waters: gpd.GeoDataFrame | None
    rollout: Rollout
    crs: int


def build_ways(
    roads: gpd.GeoDataFrame,
    hamlets: pd.DataFrame,
    nodes: pd.DataFrame,
    terrain: Terrain | None,
    *,
    routes: gpd.GeoDataFrame | None = None,
    land: gpd.GeoDataFrame | None = None,
    waters: gpd.GeoDataFrame | None = None,
    rollout: Rollout,
    crs: int,
) -> Ways:
    """Return the ways for cable, priced, with every hamlet and every live node on them.

    One node or one route more never makes anything dearer: both add edges and take none away.

    Parameters
    ----------
    roads : table `accepted_roads`; road_class tells where poles stand.
    hamlets : hamlet_id, x_m and y_m or the centre as in table `hamlets`; urban, where given, says whether
        cable there goes under ground [h].
    nodes : table `accepted_fibre_nodes`; those that can feed a line are kept.
    terrain : elevation in the province's metric system, or None: a level world.
    routes : table `accepted_fibre_routes`, or None; those in service cost nothing.
    land : polygons with land_class from 1 (easy) to 5 (hard), or None.
    waters : rivers as lines or polygons, or None.
    rollout : parameters.
    crs : EPSG code of the province's metric system.

    Raises
    ------
    ValueError
        If there is no road and no route, a hamlet has no place, or a price is negative; each is named.
    """
    list_prices(rollout)
    homes = locate_hamlets(hamlets, crs=crs)
    feeders, live = locate_nodes(nodes, crs=crs)
    pieces = cut_pieces(roads, routes, rollout=rollout, crs=crs)
    if not len(pieces.line):
        raise ValueError("there is no road and no fibre route in service to lay cable along")
    spots = np.vstack([homes.xy, feeders.xy])
    feet = find_feet(spots, pieces)
    h = len(homes.row)
    near = link_neighbours(homes.xy, feet.distance_m[:h], off_road_m=rollout.number("off_road_m"))
    web = _weave(pieces, spots, feet, near, rollout)
    ground = _Ground(terrain, land, waters, rollout, crs)
    edges = _price_web(pieces, web, homes, hamlets, ground)
    xy, chains, seat = _number(web, edges, len(spots))
    return Ways(
        **_list_facts(xy, chains, ground),
        **_list_homes(seat[:h], feet.distance_m[:h], homes, rollout),
        **_list_nodes(seat[h:], feeders, live),
        crs=crs,
    )


def _weave(
    pieces: Pieces, spots: np.ndarray, feet: Feet, near: np.ndarray, rollout: Rollout
) -> _Web:
    """Return pieces noded, with the links that join parts, neighbours, routes and places to them."""
    noded = node_pieces(pieces, snap_m=rollout.number("snap_m"))
    between = _join_parts(pieces, noded)
    on_route, on_road = tie_routes(pieces)
    count = len(noded.xy)
    footings = Feet(*(np.concatenate(c) for c in zip(on_route, on_road, feet, strict=True)))
    course = pieces.stop[footings.piece] - pieces.start[footings.piece]
    at = pieces.start[footings.piece] + footings.share[:, None] * course
    vertex = count + np.arange(len(at))
    tied = len(on_route.place)
    home = count + len(at) + feet.place
    links = np.vstack([
        between,
        count + len(at) + near,
        np.column_stack([vertex[:tied], vertex[tied : 2 * tied]]),
        np.column_stack([vertex[2 * tied :], home]),
    ])  # fmt: skip
    xy = np.vstack([noded.xy, at, spots])
    distance = np.hypot(*(xy[links[:, 0]] - xy[links[:, 1]]).T)
    far = distance > rollout.number("off_road_m")
    far[: len(between) + len(near)] = True
    basis = np.where(far, BASES.index(WayBasis.OFF_ROAD), BASES.index(WayBasis.DROP))
    cuts = Cuts(
        np.concatenate([noded.cuts.piece, footings.piece]),
        np.concatenate([noded.cuts.share, footings.share]),
        np.concatenate([noded.cuts.vertex, vertex]),
    )
    # a foot at a junction or at another foot is that vertex
    close = cKDTree(xy[: count + len(at)]).query_pairs(TOUCH_M, output_type="ndarray")
    return _Web(xy, noded.ends, np.vstack([noded.same, close]), cuts, links, basis)


def _join_parts(pieces: Pieces, noded: Noded) -> np.ndarray:
    """Return the links that join the parts of the road network, whatever fibre lies between them [l, 2]."""
    base = ~pieces.fibre if not pieces.fibre.all() else pieces.fibre
    own = np.ones(len(noded.xy), dtype=bool)
    own[noded.ends[~base]] = False
    own[noded.cuts.vertex[~base[noded.cuts.piece]]] = False
    own[noded.ends[base]] = True
    cut = base[noded.cuts.piece] & own[noded.cuts.vertex]
    along = np.column_stack([noded.cuts.vertex, noded.ends[noded.cuts.piece, 0]])[cut]
    same = noded.same[own[noded.same].all(axis=1)]
    part = label_parts(len(noded.xy), np.vstack([noded.ends[base], along, same]))
    ends = np.unique(noded.ends[base])
    number = np.unique(part[ends], return_inverse=True)[1]
    return ends[link_parts(noded.xy[ends], number)]


def _price_web(
    pieces: Pieces, web: _Web, homes: Places, hamlets: pd.DataFrame, ground: _Ground
) -> Edges:
    """Return the edges along pieces and links, priced."""
    along = np.where(pieces.fibre, BASES.index(WayBasis.FIBRE), BASES.index(WayBasis.ROAD))
    links = len(web.links)
    start = np.vstack([pieces.start, web.xy[web.links[:, 0]]])
    stop = np.vstack([pieces.stop, web.xy[web.links[:, 1]]])
    medium = np.concatenate([pieces.medium, np.full(links, MEDIA.index(Medium.NEW_POLES))])
    lines = survey_lines(
        start,
        stop,
        np.vstack([web.ends, web.links]),
        np.concatenate([along, web.basis]),
        _bury(medium, (start + stop) / 2, homes, hamlets),
        np.concatenate([pieces.operator, np.full(links, "", dtype=object)]),
        terrain=ground.terrain,
        land=ground.land,
        rollout=ground.rollout,
        crs=ground.crs,
    )
    rivers = find_crossings(draw_pieces(start, stop), ground.waters, crs=ground.crs)
    free = lines.medium[rivers.piece] == MEDIA.index(Medium.EXISTING)
    rivers = rivers._replace(weight=np.where(free, 0.0, rivers.weight))
    surcharge = quote_price(ground.rollout.river_crossing_vnd)
    return cut_edges(lines, web.cuts, rivers, surcharge_vnd=surcharge)


def _bury(
    medium: np.ndarray, middle: np.ndarray, homes: Places, hamlets: pd.DataFrame
) -> np.ndarray:
    """Return the medium of lines, under ground where the nearest hamlet is built up [p]."""
    if "urban" not in hamlets or not hamlets["urban"].any():
        return medium
    urban = hamlets["urban"].to_numpy(dtype=bool)[homes.row]
    paved = urban[cKDTree(homes.xy).query(middle)[1]]
    new = medium != MEDIA.index(Medium.EXISTING)
    return np.where(paved & new, MEDIA.index(Medium.BURIED), medium)


def _number(web: _Web, edges: Edges, spots: int) -> tuple[np.ndarray, Chains, np.ndarray]:
    """Return vertices from west to east, edges in their order, and the vertices of the last places."""
    count = len(web.xy)
    root = merge_vertices(count, web.same)
    seat = root[count - spots :]
    edges = drop_parallels(edges._replace(ends=root[edges.ends]))
    order = np.lexsort((np.arange(count), web.xy[:, 1], web.xy[:, 0]))
    rank = np.empty(count, dtype=np.int64)
    rank[order] = np.arange(count)
    fixed = np.zeros(count, dtype=bool)
    fixed[rank[seat]] = True
    chains = chain_edges(_sort_edges(edges._replace(ends=rank[edges.ends])), fixed)
    used = np.unique(np.concatenate([chains.edges.ends.reshape(-1), rank[seat]]))
    ends = np.searchsorted(used, chains.edges.ends)
    chains = chains._replace(edges=chains.edges._replace(ends=ends))
    return web.xy[order[used]], chains, np.searchsorted(used, rank[seat])


def _sort_edges(edges: Edges) -> Edges:
    """Return edges from their lower vertex to their higher, in the order of these."""
    turned = (edges.ends[:, 0] > edges.ends[:, 1])[:, None]
    edges = edges._replace(
        ends=np.sort(edges.ends, axis=1),
        start=np.where(turned, edges.stop, edges.start),
        stop=np.where(turned, edges.start, edges.stop),
    )
    owner = np.unique(edges.operator.astype(str), return_inverse=True)[1]
    return take_edges(edges, np.lexsort((edges.basis, owner, edges.ends[:, 1], edges.ends[:, 0])))


def _list_facts(xy: np.ndarray, chains: Chains, ground: _Ground) -> dict[str, Any]:
    """Return what is known of vertices and edges, by the names of `Ways`.

    A way too short to dig, such as from a road to a node that stands on it, is free and no trench.
    """
    edges = chains.edges
    shortest_m = ground.rollout.number("shortest_trench_m")
    contact = (edges.length_m < shortest_m) & (edges.crossings == 0)
    return {
        "xy": xy,
        "elevation_m": read_ground(ground.terrain, xy),
        "tail": edges.ends[:, 0],
        "head": edges.ends[:, 1],
        "length_m": edges.length_m,
        "slope_deg": edges.slope_deg,
        "basis": edges.basis,
        "medium": edges.medium,
        "operator": edges.operator,
        "crossings": edges.crossings,
        "cost_vnd": np.where(contact[:, None], 0, edges.cost_vnd),
        "first_point": chains.first_point,
        "points": chains.points,
    }


def _list_homes(
    seat: np.ndarray, link_m: np.ndarray, homes: Places, rollout: Rollout
) -> dict[str, Any]:
    """Return what is known of hamlets, in the order of their table."""
    back = np.argsort(homes.row)
    link_m = link_m[back]
    return {
        "hamlet_vertex": seat[back],
        "hamlet_link_m": link_m,
        "off_road": link_m > rollout.number("off_road_m"),
    }


def _list_nodes(seat: np.ndarray, feeders: Places, live: pd.DataFrame) -> dict[str, Any]:
    """Return what is known of the nodes that can feed a line, in the order of their table."""
    return {
        "node_id": live["node_id"].to_numpy(dtype=object),
        "node_operator": live["operator"].to_numpy(dtype=object),
        "ports_free": live["ports_free"].astype("Float64").to_numpy(dtype=float, na_value=np.nan),
        "node_vertex": seat[np.argsort(feeders.row)],
    }
