"""Strong pruning: of a tree, the part below the root that is worth most, or the order in which to give up.

What hangs below a vertex is worth its prizes less its edges, every branch that is worth nothing left out
(Johnson, Minkoff & Phillips 2000, SODA, 760–769). On a tree this is exact.
"""

from __future__ import annotations

import math

import numba
import numpy as np

from phusong.plans.steiner.graphs import Graph
from phusong.plans.steiner.heaps import make_heap, offer, take
from phusong.plans.steiner.keypaths import draw_skeleton


@numba.njit(cache=True)
def prune_strongly(
    graph: Graph, inside: np.ndarray, up: np.ndarray, root: int, prize: np.ndarray
) -> None:
    """Cut off every branch that costs at least what it collects; the tree is changed in place.

    Parameters
    ----------
    graph : the graph.
    inside, up : the tree.
    root : its root.
    prize : of every vertex, in the same unit as costs.
    """
    order = draw_skeleton(graph, inside, up, root).order
    worth = prize.copy()
    for v in order[::-1]:
        if v == root:
            continue
        net = worth[v] - graph.cost[up[v] >> 1]
        if net > 0:
            worth[graph.tip[up[v] ^ 1]] += net
        else:
            inside[v] = False
    for v in order:
        if v != root and not (inside[v] and inside[graph.tip[up[v] ^ 1]]):
            inside[v] = False
            up[v] = -1


@numba.njit(cache=True)
def order_branches(
    graph: Graph, inside: np.ndarray, up: np.ndarray, root: int, prize: np.ndarray
) -> np.ndarray:
    """Return the vertices of a tree from the last to be given up to the first, the root before all.

    Again and again the branch at an outer end goes that collects least for its cost: everything from the
    end up to the next fork or prize.

    Parameters
    ----------
    graph : the graph.
    inside, up : the tree, left as it is; every outer end has a prize or will be the first to go.
    root : its root.
    prize : of every vertex.
    """
    n = len(inside)
    children = np.zeros(n, np.int64)
    size = np.sum(inside)
    for v in range(n):
        if up[v] >= 0:
            children[graph.tip[up[v] ^ 1]] += 1
    heap = make_heap(n)
    for v in range(n):
        if inside[v] and children[v] == 0 and v != root:
            offer(heap, v, _rate(graph, up, children, root, prize, v))
    order = np.empty(size, np.int64)
    order[0] = root
    while heap.size[0] > 0:
        v = take(heap)
        while True:
            size -= 1
            order[size] = v
            v = graph.tip[up[v] ^ 1]
            children[v] -= 1
            if children[v] > 0 or prize[v] > 0 or v == root:
                break
        if children[v] == 0 and v != root:
            offer(heap, v, _rate(graph, up, children, root, prize, v))
    return order


@numba.njit(cache=True)
def _rate(
    graph: Graph, up: np.ndarray, children: np.ndarray, root: int, prize: np.ndarray, end: int
) -> int:
    """Return what a branch at an outer end collects for its cost, as a rank among branches."""
    cost, v = 0, end
    while True:
        cost += graph.cost[up[v] >> 1]
        v = graph.tip[up[v] ^ 1]
        if children[v] > 1 or prize[v] > 0 or v == root:
            break
    return int(2.0**40 * math.log1p(prize[end] / (cost + 1.0)))
