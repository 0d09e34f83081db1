"""Where pieces meet: they are cut at crossings and wherever an end of a line comes near another."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from phusong.plans.ways.pieces import DECIMALS, Pieces

#: Two places nearer than this are one; rounding moves a place by less [m].
TOUCH_M = 2 * 10.0**-DECIMALS


class Cuts(NamedTuple):
    """Hold where pieces are cut.

    Parameters
    ----------
    piece : which is cut [c].
    share : how far along it, 0..1 [c].
    vertex : the vertex that lies there [c].
    """

    piece: np.ndarray
    share: np.ndarray
    vertex: np.ndarray


class Noded(NamedTuple):
    """Hold pieces as a graph.

    Parameters
    ----------
    xy : vertices [v, 2] [m].
    ends : vertices at start and stop of each piece [p, 2].
    cuts : vertices on the way.
    same : pairs of vertices that are one [s, 2].
    """

    xy: np.ndarray
    ends: np.ndarray
    cuts: Cuts
    same: np.ndarray


def node_pieces(pieces: Pieces, *, snap_m: float) -> Noded:
    """Return pieces joined where they cross or touch, and where a line ends within `snap_m` of another."""
    count = len(pieces.line)
    xy, ends = np.unique(np.vstack([pieces.start, pieces.stop]), axis=0, return_inverse=True)
    ends = ends.reshape(2, count).T
    reach = np.full(len(xy), TOUCH_M)
    reach[ends[pieces.loose]] = max(snap_m, TOUCH_M)
    tree = shapely.STRtree(draw_pieces(pieces.start, pieces.stop))
    touching, same = _find_touching(xy, ends, reach, tree)
    crossing, at = _find_crossings(xy, ends, tree)
    close = cKDTree(np.vstack([xy, at])).query_pairs(TOUCH_M, output_type="ndarray")
    cuts = Cuts(*(np.concatenate(column) for column in zip(touching, crossing, strict=True)))
    return Noded(np.vstack([xy, at]), ends, cuts, np.vstack([same, close.reshape(-1, 2)]))


def draw_pieces(start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    """Return pieces as LineStrings [p]."""
    return np.asarray(shapely.linestrings(np.stack([start, stop], axis=1)))


def share_along(place: np.ndarray, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    """Return how far along pieces the points nearest to places lie, 0..1 [p]."""
    course = stop - start
    along = ((place - start) * course).sum(axis=1) / (course**2).sum(axis=1)
    return np.clip(along, 0.0, 1.0)


def merge_vertices(count: int, same: np.ndarray) -> np.ndarray:
    """Return the lowest vertex that each vertex is one with [v]."""
    ones = np.ones(len(same), dtype=np.int8)
    graph = sparse.coo_array((ones, (same[:, 0], same[:, 1])), shape=(count, count))
    _, part = connected_components(graph.tocsr(), directed=False)
    lowest = np.full(part.max(initial=-1) + 1, count)
    np.minimum.at(lowest, part, np.arange(count))
    return lowest[part]


def _find_touching(
    xy: np.ndarray, ends: np.ndarray, reach: np.ndarray, tree: shapely.STRtree
) -> tuple[Cuts, np.ndarray]:
    """Return the cuts where a vertex lies on or near the middle of a piece, and pairs it makes one."""
    vertex, piece = tree.query(shapely.points(xy), predicate="dwithin", distance=reach)
    foreign = (ends[piece] != vertex[:, None]).all(axis=1)
    vertex, piece = vertex[foreign], piece[foreign]
    apart = np.hypot(*np.moveaxis(xy[ends[piece]] - xy[vertex][:, None], -1, 0))
    end = np.argmin(apart, axis=1)
    at_end = apart[np.arange(len(end)), end] <= reach[vertex]
    same = np.column_stack([vertex, ends[piece, end]])[at_end]
    vertex, piece = vertex[~at_end], piece[~at_end]
    share = share_along(xy[vertex], *np.moveaxis(xy[ends[piece]], 1, 0))
    return Cuts(piece, share, vertex), same


def _find_crossings(
    xy: np.ndarray, ends: np.ndarray, tree: shapely.STRtree
) -> tuple[Cuts, np.ndarray]:
    """Return the cuts where the middles of two pieces cross, and the places, numbered after `xy`."""
    one, other = tree.query(tree.geometries, predicate="intersects")
    apart = (one < other) & (ends[one][:, :, None] != ends[other][:, None]).all(axis=(1, 2))
    one, other = one[apart], other[apart]
    (a, b), (c, d) = (np.moveaxis(xy[ends[of]], 1, 0) for of in (one, other))
    first, second = b - a, d - c
    turn = _cross(first, second)
    flat = np.where(turn == 0, np.nan, turn)
    s, t = _cross(c - a, second) / flat, _cross(c - a, first) / flat
    inside = _within(s, first) & _within(t, second)
    at = (a + s[:, None] * first)[inside]
    vertex = len(xy) + np.arange(len(at))
    cuts = Cuts(
        np.concatenate([one[inside], other[inside]]),
        np.concatenate([s[inside], t[inside]]),
        np.concatenate([vertex, vertex]),
    )
    return cuts, at


def _cross(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """Return the third component of the cross product of vectors in the plane [n]."""
    return np.asarray(p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0])


def _within(share: np.ndarray, course: np.ndarray) -> np.ndarray:
    """Return whether a share lies on a piece and away from both of its ends; NaN does not."""
    margin = TOUCH_M / np.hypot(*course.T)
    return np.asarray((share > margin) & (share < 1 - margin))
