"""An undirected graph in flat arrays, as every kernel of this room reads it.

An edge e is two arcs: 2e from its first end to its second, 2e + 1 back. The arc against an arc is `arc ^ 1`,
its edge `arc >> 1`. Costs are whole numbers, so that sums are exact and a bound is a bound.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

#: Farther than anything, and yet two of it can be added.
FAR = 1 << 60


class Graph(NamedTuple):
    """Hold a graph.

    Parameters
    ----------
    start : where the arcs that leave a vertex begin in `arc` [vertices + 1].
    arc : arcs by the vertex they leave [2 × edges].
    tip : vertex at which an arc arrives [2 × edges].
    cost : of an edge, ≥ 0 [edges].
    terminal : whether a vertex must be joined [vertices].
    """

    start: np.ndarray
    arc: np.ndarray
    tip: np.ndarray
    cost: np.ndarray
    terminal: np.ndarray


def lay_graph(tail: np.ndarray, head: np.ndarray, cost: np.ndarray, terminal: np.ndarray) -> Graph:
    """Return the graph of edges given by their two ends; no edge may be a loop.

    Parameters
    ----------
    tail, head : ends of the edges.
    cost : whole costs ≥ 0.
    terminal : whether a vertex must be joined [vertices].
    """
    tip = np.empty(2 * len(tail), np.int64)
    tip[0::2], tip[1::2] = head, tail
    leaves = tip.reshape(-1, 2)[:, ::-1].ravel()
    arc = np.argsort(leaves, kind="stable").astype(np.int64)
    start = np.zeros(len(terminal) + 1, np.int64)
    start[1:] = np.cumsum(np.bincount(leaves, minlength=len(terminal)))
    return Graph(
        start,
        arc,
        tip,
        np.ascontiguousarray(cost, np.int64),
        np.ascontiguousarray(terminal, np.bool_),
    )


def arc_costs(graph: Graph) -> np.ndarray:
    """Return the cost of every arc: that of its edge, both ways."""
    return np.repeat(graph.cost, 2)


@numba.njit(cache=True)
def label_parts(graph: Graph) -> np.ndarray:
    """Return for every vertex the number of the connected part it lies in."""
    n = len(graph.terminal)
    part = np.full(n, -1, np.int64)
    stack = np.empty(n, np.int64)
    parts = 0
    for first in range(n):
        if part[first] >= 0:
            continue
        part[first], stack[0], size = parts, first, 1
        while size:
            size -= 1
            v = stack[size]
            for a in graph.arc[graph.start[v] : graph.start[v + 1]]:
                w = graph.tip[a]
                if part[w] < 0:
                    part[w], stack[size] = parts, w
                    size += 1
        parts += 1
    return part
