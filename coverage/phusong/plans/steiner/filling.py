"""Growing a tree within a budget: again and again the way that collects most for its cost."""

from __future__ import annotations

import numba
import numpy as np

from phusong.plans.steiner.graphs import FAR, Graph
from phusong.plans.steiner.heaps import Heap, make_heap, offer, take


@numba.njit(cache=True)
def fill_budget(graph: Graph, inside: np.ndarray, prize: np.ndarray, budget: int) -> int:
    """Join to a tree, best rate first, what a budget can pay for, and return what is left of it.

    A way counts with every prize on it. It ends when no prize outside can be paid for.

    Parameters
    ----------
    graph : the graph.
    inside : vertices of the tree; changed in place.
    prize : of every vertex.
    budget : what may be spent, in the unit of costs.
    """
    n = len(inside)
    distance = np.full(n, FAR, np.int64)
    came = np.full(n, -1, np.int64)
    heap = make_heap(n)
    for v in range(n):
        if inside[v]:
            distance[v] = 0
            offer(heap, v, 0)
    some = np.flatnonzero(prize > 0)
    while True:
        _relax(graph, distance, came, heap, budget)
        end = _pick_end(graph, inside, prize, distance, came, some, budget)
        if end < 0:
            return budget
        budget -= distance[end]
        while not inside[end]:
            inside[end], distance[end] = True, 0
            offer(heap, end, 0)
            end = graph.tip[came[end] ^ 1]


@numba.njit(cache=True)
def _relax(graph: Graph, distance: np.ndarray, came: np.ndarray, heap: Heap, limit: int) -> None:
    """Bring every vertex near the tree, no farther than a limit, as near as it is."""
    while heap.size[0] > 0:
        v = take(heap)
        for a in graph.arc[graph.start[v] : graph.start[v + 1]]:
            w = graph.tip[a]
            far = distance[v] + graph.cost[a >> 1]
            if far < distance[w] and far <= limit:
                distance[w], came[w] = far, a
                offer(heap, w, far)


@numba.njit(cache=True)
def _pick_end(
    graph: Graph,
    inside: np.ndarray,
    prize: np.ndarray,
    distance: np.ndarray,
    came: np.ndarray,
    some: np.ndarray,
    budget: int,
) -> int:
    """Return the vertex whose way collects most for its cost within a budget, −1 for none."""
    best, end = -1.0, -1
    for v in some:
        if inside[v] or distance[v] > budget:
            continue
        gain, w = 0.0, v
        while not inside[w]:
            gain += prize[w]
            w = graph.tip[came[w] ^ 1]
        rate = gain / (distance[v] + 1.0)
        if rate > best:
            best, end = rate, v
    return end
