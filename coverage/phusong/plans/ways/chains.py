"""Stretches between which nothing branches become one edge that keeps its bends."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from phusong.plans.ways.edges import Edges, take_edges


class Chains(NamedTuple):
    """Hold edges that may bend, the lower vertex first.

    Parameters
    ----------
    edges : their facts, summed or averaged; `start` and `stop` are those of the first stretch [c].
    first_point : where the places of each begin in `points`, and where the last end [c + 1].
    points : places along the edges, from the lower vertex to the higher [p, 2] [m].
    """

    edges: Edges
    first_point: np.ndarray
    points: np.ndarray


def chain_edges(edges: Edges, fixed: np.ndarray) -> Chains:
    """Return edges joined where two alike meet and nothing else does.

    Alike are edges of one basis, medium and owner. A ring of them alone begins and ends at its lowest vertex.

    Parameters
    ----------
    edges : in the order of their vertices.
    fixed : vertices that must stay [v].
    """
    mate = _pair_sides(edges, fixed)
    walks = _walk_chains(edges.ends, mate)
    sides = np.array([side for walk in walks for side in walk], dtype=np.int64)
    size = np.array([len(walk) for walk in walks], dtype=np.int64)
    begin = np.concatenate([[0], np.cumsum(size)])[:-1]
    row, turned = sides // 2, sides % 2
    ends = np.column_stack([edges.ends[row[begin], turned[begin]],
                            edges.ends[row[begin + size - 1], 1 - turned[begin + size - 1]]])  # fmt: skip
    summed = take_edges(edges, row[begin])._replace(
        ends=ends,
        length_m=np.add.reduceat(edges.length_m[row], begin),
        slope_deg=_mean_slope(edges.slope_deg[row], edges.length_m[row], begin),
        crossings=np.add.reduceat(edges.crossings[row], begin),
        cost_vnd=np.add.reduceat(edges.cost_vnd[row], begin),
    )
    return Chains(summed, *_list_points(edges, row, turned, size))


def _pair_sides(edges: Edges, fixed: np.ndarray) -> np.ndarray:
    """Return for each side of an edge (2·edge + end) the side it goes on into, −1 where it ends."""
    vertex = edges.ends.reshape(-1)
    degree = np.bincount(vertex, minlength=len(fixed))
    order = np.argsort(vertex, kind="stable")
    plain = np.flatnonzero((degree == 2) & ~fixed)
    at = np.searchsorted(vertex[order], plain)
    one, other = order[at], order[at + 1]
    owner = np.unique(edges.operator.astype(str), return_inverse=True)[1]
    kind = np.column_stack([edges.basis, edges.medium, owner])
    alike = (kind[one // 2] == kind[other // 2]).all(axis=1)
    mate = np.full(len(vertex), -1)
    mate[one[alike]], mate[other[alike]] = other[alike], one[alike]
    return mate


def _walk_chains(ends: np.ndarray, mate: np.ndarray) -> list[list[int]]:
    """Return every chain as the sides at which its stretches are entered, each stretch in one chain."""
    vertex, onward = ends.reshape(-1), mate.tolist()
    free = np.argsort(vertex, kind="stable")
    opening = np.concatenate([free[mate[free] < 0], free]).tolist()
    seen = [False] * len(ends)
    walks = []
    for first in opening:
        side, walk = first, []
        while side >= 0 and not seen[side // 2]:
            seen[side // 2] = True
            walk.append(side)
            side = onward[side ^ 1]
        if walk:
            walks.append(walk)
    return walks


def _mean_slope(slope: np.ndarray, length: np.ndarray, begin: np.ndarray) -> np.ndarray:
    """Return the slope of chains, averaged over their length [c] [°]."""
    whole = np.add.reduceat(length, begin)
    climbed = np.add.reduceat(slope * length, begin)
    return np.divide(climbed, whole, out=np.zeros(len(begin)), where=whole > 0)


def _list_points(
    edges: Edges, row: np.ndarray, turned: np.ndarray, size: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return where the places of each chain begin, and the places."""
    back = (turned == 1)[:, None]
    entry = np.where(back, edges.stop[row], edges.start[row])
    leave = np.where(back, edges.start[row], edges.stop[row])
    first_point = np.concatenate([[0], np.cumsum(size + 1)])
    points = np.empty((first_point[-1], 2))
    chain = np.repeat(np.arange(len(size)), size)
    points[np.arange(len(row)) + chain] = entry
    points[first_point[1:] - 1] = leave[np.cumsum(size) - 1]
    return first_point, points
