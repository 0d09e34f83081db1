"""Pieces with their prices, cut into edges whose prices add up to those of the pieces, to the đồng."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from phusong.plans.ways.noding import Cuts
from phusong.plans.ways.waters import Crossings


class Lines(NamedTuple):
    """Hold straight lines with what is known along them.

    Parameters
    ----------
    start, stop : ends [p, 2] [m].
    ends : vertices there [p, 2].
    length_m : along the slope [p].
    slope_deg : [p].
    basis, medium : codes [p].
    operator : whose fibre it is, or empty [p].
    cost_vnd : without crossings of rivers [p, 3].
    """

    start: np.ndarray
    stop: np.ndarray
    ends: np.ndarray
    length_m: np.ndarray
    slope_deg: np.ndarray
    basis: np.ndarray
    medium: np.ndarray
    operator: np.ndarray
    cost_vnd: np.ndarray


class Edges(NamedTuple):
    """Hold edges of the graph, each a straight stretch of a line.

    Parameters
    ----------
    ends : vertices [e, 2].
    start, stop : places [e, 2] [m].
    length_m, slope_deg, basis, medium, operator : as in `Lines` [e].
    crossings : rivers crossed; a half where a stretch begins or ends in one [e].
    cost_vnd : low, likely, high [e, 3].
    """

    ends: np.ndarray
    start: np.ndarray
    stop: np.ndarray
    length_m: np.ndarray
    slope_deg: np.ndarray
    basis: np.ndarray
    medium: np.ndarray
    operator: np.ndarray
    crossings: np.ndarray
    cost_vnd: np.ndarray


def cut_edges(
    lines: Lines, cuts: Cuts, crossings: Crossings, *, surcharge_vnd: np.ndarray
) -> Edges:
    """Return lines cut at vertices.

    The price up to a cut is rounded, and an edge costs the difference of two such prices: however a line
    is cut, its edges cost together what it costs whole. A river counts for the stretch that crosses it.

    Parameters
    ----------
    lines, cuts : in any order.
    crossings : of the lines with water, ordered.
    surcharge_vnd : low, likely, high, for a crossing [3].
    """
    count = len(lines.length_m)
    rows = np.arange(count)
    piece = np.concatenate([rows, cuts.piece, rows])
    share = np.concatenate([np.zeros(count), cuts.share, np.ones(count)])
    vertex = np.concatenate([lines.ends[:, 0], cuts.vertex, lines.ends[:, 1]])
    rank = np.repeat([0, 1, 2], [count, len(cuts.piece), count])
    order = np.lexsort((vertex, rank, share, piece))
    piece, share, vertex = piece[order], share[order], vertex[order]
    rivers = _sum_crossings(piece, share, crossings)
    paid = np.rint(lines.cost_vnd[piece] * share[:, None]) + np.rint(
        rivers[:, None] * surcharge_vnd
    )
    course = lines.stop[piece] - lines.start[piece]
    xy = lines.start[piece] + share[:, None] * course
    at = np.flatnonzero(piece[1:] == piece[:-1])
    of = piece[at]
    return Edges(
        ends=np.column_stack([vertex[at], vertex[at + 1]]),
        start=xy[at],
        stop=xy[at + 1],
        length_m=lines.length_m[of] * (share[at + 1] - share[at]),
        slope_deg=lines.slope_deg[of],
        basis=lines.basis[of],
        medium=lines.medium[of],
        operator=lines.operator[of],
        crossings=rivers[at + 1] - rivers[at],
        cost_vnd=(paid[at + 1] - paid[at]).astype(np.int64),
    )


def _sum_crossings(piece: np.ndarray, share: np.ndarray, crossings: Crossings) -> np.ndarray:
    """Return the rivers crossed on each line before a share of it; at its end, all of them."""
    total = np.concatenate([[0.0], np.cumsum(crossings.weight)])
    before = np.searchsorted(crossings.piece, piece)
    key = 2.0 * crossings.piece + crossings.share
    until = np.searchsorted(key, 2.0 * piece + np.where(share < 1.0, share, 1.5))
    return np.asarray(total[until] - total[before])


def drop_parallels(edges: Edges) -> Edges:
    """Return edges of which no two join the same vertices for the same owner: the cheapest stays.

    An edge that returns to its own vertex goes too: nothing is joined by it.
    """
    low, high = np.sort(edges.ends, axis=1).T
    owner = np.unique(edges.operator.astype(str), return_inverse=True)[1]
    order = np.lexsort(
        (edges.basis, edges.medium, edges.length_m, edges.cost_vnd[:, 1], owner, high, low)
    )
    key = np.column_stack([low, high, owner])[order]
    kept = np.sort(order[np.unique(key, axis=0, return_index=True)[1]])
    return take_edges(edges, kept[low[kept] != high[kept]])


def take_edges(edges: Edges, rows: np.ndarray) -> Edges:
    """Return some edges, in the order of the rows given."""
    return Edges(*(column[rows] for column in edges))
