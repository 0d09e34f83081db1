"""Links where no road is mapped: between parts of the network, and from places to their nearest way."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from scipy import sparse
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from scipy.spatial import Delaunay, QhullError

from phusong.plans.ways.noding import draw_pieces, share_along
from phusong.plans.ways.pieces import Pieces


class Feet(NamedTuple):
    """Hold the points of ways that lie nearest to places, a place's own road first.

    Parameters
    ----------
    place : row of the place [f].
    piece : on which the foot lies [f].
    share : how far along it, 0..1 [f].
    distance_m : from the place to the foot [f].
    """

    place: np.ndarray
    piece: np.ndarray
    share: np.ndarray
    distance_m: np.ndarray


def find_feet(places: np.ndarray, pieces: Pieces) -> Feet:
    """Return where places join the ways: at the nearest road, and at every fibre route nearer than that.

    One route more therefore adds a link and takes none away; without roads the nearest route is the road.

    Parameters
    ----------
    places : [n, 2] [m].
    pieces : at least one.
    """
    base = _base(pieces)
    near = _find_nearest(places, pieces, np.flatnonzero(base))
    if base.all() or not len(places):
        return near
    routes = np.flatnonzero(~base)
    tree = shapely.STRtree(draw_pieces(pieces.start[routes], pieces.stop[routes]))
    place, at = tree.query(shapely.points(places), predicate="dwithin", distance=near.distance_m)
    more = _measure(places, pieces, place, routes[at])
    order = np.lexsort((more.piece, more.distance_m, pieces.line[more.piece], more.place))
    pairs = np.column_stack([more.place, pieces.line[more.piece]])[order]
    first = order[np.unique(pairs, axis=0, return_index=True)[1]]
    return Feet(*(np.concatenate([old, new[first]]) for old, new in zip(near, more, strict=True)))


def tie_routes(pieces: Pieces) -> tuple[Feet, Feet]:
    """Return, for each route that meets no road, its point nearest to a road and that point of the road.

    Returns
    -------
    feet on the routes and feet on the roads, in the same order; `place` is the line.
    """
    base = _base(pieces)
    roads, routes = np.flatnonzero(base), np.flatnonzero(~base)
    drawn = draw_pieces(pieces.start, pieces.stop)
    tree = shapely.STRtree(drawn[roads])
    (one, at), distance = tree.query_nearest(drawn[routes], all_matches=False, return_distance=True)
    own, road = routes[one], roads[at]
    order = np.lexsort((road, own, distance, pieces.line[own]))
    first = order[np.unique(pieces.line[own][order], return_index=True)[1]]
    first = first[distance[first] > 0]
    between = shapely.get_coordinates(shapely.shortest_line(drawn[own[first]], drawn[road[first]]))
    line = pieces.line[own[first]]
    ends = between.reshape(-1, 2, 2)
    return (
        _measure(ends[:, 0], pieces, np.arange(len(line)), own[first])._replace(place=line),
        _measure(ends[:, 0], pieces, np.arange(len(line)), road[first])._replace(place=line),
    )


def link_parts(xy: np.ndarray, part: np.ndarray) -> np.ndarray:
    """Return the shortest links that join the separate parts of a network into one [l, 2].

    The Euclidean minimum spanning tree of points lies within their Delaunay triangulation (Preparata and
    Shamos, Computational Geometry, 1985), so the shortest link between two parts is one of its edges.

    Parameters
    ----------
    xy : vertices, no two in one place [v, 2] [m].
    part : the part that each belongs to, from 0 [v].
    """
    count = part.max(initial=0) + 1
    if count < 2:
        return np.empty((0, 2), dtype=np.int64)
    pairs = _list_neighbours(xy)
    pairs = pairs[part[pairs[:, 0]] != part[pairs[:, 1]]]
    length = np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T)
    between = np.sort(part[pairs], axis=1)
    order = np.lexsort((pairs[:, 1], pairs[:, 0], length, between[:, 1], between[:, 0]))
    best = order[np.unique(between[order], axis=0, return_index=True)[1]]
    table = sparse.coo_array((length[best], between[best].T), shape=(count, count))
    tree = minimum_spanning_tree(table.tocsr()).tocoo()
    chosen = {
        (min(a, b), max(a, b)) for a, b in zip(*map(np.ndarray.tolist, tree.coords), strict=True)
    }
    kept = [row for row in best.tolist() if tuple(between[row].tolist()) in chosen]
    return np.sort(pairs[kept], axis=1)


def link_neighbours(homes: np.ndarray, road_m: np.ndarray, *, off_road_m: float) -> np.ndarray:
    """Return links between neighbouring hamlets of which one is nearer to the other than to any road [l, 2].

    Villages up one valley then share the way out of it.

    Parameters
    ----------
    homes : [h, 2] [m].
    road_m : how far each is from the nearest road [h].
    off_road_m : hamlets nearer to a road need no such link [m].
    """
    xy, place = np.unique(homes, axis=0, return_index=True)
    if len(xy) < 2 or not (road_m > off_road_m).any():
        return np.empty((0, 2), dtype=np.int64)
    pairs = np.sort(place[_list_neighbours(xy)], axis=1)
    apart = np.hypot(*(homes[pairs[:, 0]] - homes[pairs[:, 1]]).T)
    wanted = ((road_m[pairs] > off_road_m) & (road_m[pairs] > apart[:, None])).any(axis=1)
    return pairs[wanted]


def label_parts(vertices: int, ends: np.ndarray) -> np.ndarray:
    """Return the part of a network that each vertex belongs to [v]."""
    ones = np.ones(len(ends), dtype=np.int8)
    graph = sparse.coo_array((ones, (ends[:, 0], ends[:, 1])), shape=(vertices, vertices))
    return np.asarray(connected_components(graph.tocsr(), directed=False)[1])


def _base(pieces: Pieces) -> np.ndarray:
    """Return which pieces carry the network: the roads, or everything where there is no road."""
    return np.ones(len(pieces.fibre), dtype=bool) if pieces.fibre.all() else ~pieces.fibre


def _find_nearest(places: np.ndarray, pieces: Pieces, rows: np.ndarray) -> Feet:
    """Return the foot of each place on the nearest of some pieces."""
    tree = shapely.STRtree(draw_pieces(pieces.start[rows], pieces.stop[rows]))
    place, at = tree.query_nearest(shapely.points(places), all_matches=False)
    return _measure(places, pieces, place, rows[at])


def _measure(places: np.ndarray, pieces: Pieces, place: np.ndarray, piece: np.ndarray) -> Feet:
    """Return the feet of places on pieces given for each."""
    start, stop = pieces.start[piece], pieces.stop[piece]
    share = share_along(places[place], start, stop)
    foot = start + share[:, None] * (stop - start)
    return Feet(place, piece, share, np.hypot(*(foot - places[place]).T))


def _list_neighbours(xy: np.ndarray) -> np.ndarray:
    """Return the edges of the Delaunay triangulation; for places on one line, each with the next."""
    try:
        net = Delaunay(xy - xy.mean(axis=0))
    except QhullError:
        order = np.lexsort((xy[:, 1], xy[:, 0]))
        return np.sort(np.column_stack([order[:-1], order[1:]]), axis=1)
    corners, left_out = net.simplices, net.coplanar[:, [0, 2]]
    pairs = np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]], left_out])
    return np.unique(np.sort(pairs, axis=1), axis=0)
