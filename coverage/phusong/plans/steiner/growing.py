"""Trees grown from the ground up: the shortest-path heuristic, spanning, pruning.

A tree is two arrays over the vertices: `inside`, and `up`, the arc by which a vertex is reached from the
one above it, −1 at the root and outside.
"""

from __future__ import annotations

import numba
import numpy as np

from phusong.plans.steiner.graphs import FAR, Graph
from phusong.plans.steiner.heaps import make_heap, offer, take


@numba.njit(cache=True)
def grow_tree(graph: Graph, weight: np.ndarray, source: int, wanted: np.ndarray) -> np.ndarray:
    """Return which vertices a tree holds that takes in the nearest wanted vertex, again and again.

    One search that never starts over: a path that joins the tree becomes a source itself (Takahashi &
    Matsuyama 1980, Mathematica Japonica 24:573–577; as one search, de Aragão & Werneck 2002, ALENEX).

    Parameters
    ----------
    graph : the graph.
    weight : of every arc; FAR and beyond is no way.
    source : vertex to start from.
    wanted : vertices to be joined; those that cannot be reached stay outside.
    """
    n = len(wanted)
    inside = np.zeros(n, np.bool_)
    distance = np.full(n, FAR, np.int64)
    came = np.full(n, -1, np.int64)
    heap = make_heap(n)
    left = np.sum(wanted)
    left -= wanted[source]
    inside[source], distance[source] = True, 0
    offer(heap, source, 0)
    while heap.size[0] > 0 and left > 0:
        v = take(heap)
        if wanted[v] and not inside[v]:
            w = v
            while not inside[w]:
                inside[w], distance[w] = True, 0
                left -= wanted[w]
                offer(heap, w, 0)
                w = graph.tip[came[w] ^ 1]
            continue
        for a in graph.arc[graph.start[v] : graph.start[v + 1]]:
            w = graph.tip[a]
            if weight[a] < FAR and distance[v] + weight[a] < distance[w]:
                distance[w] = distance[v] + weight[a]
                came[w] = a
                offer(heap, w, distance[w])
    return inside


@numba.njit(cache=True)
def span_vertices(graph: Graph, inside: np.ndarray, root: int) -> np.ndarray:
    """Return the cheapest tree over marked vertices, by Prim; what the root cannot reach is unmarked."""
    n = len(inside)
    up = np.full(n, -1, np.int64)
    near = np.full(n, FAR, np.int64)
    done = np.zeros(n, np.bool_)
    heap = make_heap(n)
    offer(heap, root, 0)
    while heap.size[0] > 0:
        v = take(heap)
        done[v] = True
        for a in graph.arc[graph.start[v] : graph.start[v + 1]]:
            w = graph.tip[a]
            if inside[w] and not done[w] and graph.cost[a >> 1] < near[w]:
                near[w] = graph.cost[a >> 1]
                up[w] = a
                offer(heap, w, near[w])
    inside[:] = done
    return up


@numba.njit(cache=True)
def prune_tree(
    graph: Graph, inside: np.ndarray, up: np.ndarray, wanted: np.ndarray, root: int
) -> None:
    """Cut off, leaf by leaf, what carries no wanted vertex; both arrays are changed in place."""
    n = len(inside)
    children = np.zeros(n, np.int64)
    for v in range(n):
        if inside[v] and up[v] >= 0:
            children[graph.tip[up[v] ^ 1]] += 1
    for first in range(n):
        v = first
        while inside[v] and children[v] == 0 and not wanted[v] and v != root:
            inside[v] = False
            above = graph.tip[up[v] ^ 1]
            up[v] = -1
            children[above] -= 1
            v = above


@numba.njit(cache=True)
def tree_cost(graph: Graph, up: np.ndarray) -> int:
    """Return the cost of a tree."""
    total = 0
    for v in range(len(up)):
        if up[v] >= 0:
            total += graph.cost[up[v] >> 1]
    return total


@numba.njit(cache=True)
def settle_tree(graph: Graph, inside: np.ndarray, root: int) -> np.ndarray:
    """Return the cheapest tree over marked vertices with every useless leaf cut, until nothing changes."""
    before = np.sum(inside) + 1
    up = span_vertices(graph, inside, root)
    while np.sum(inside) < before:
        before = np.sum(inside)
        prune_tree(graph, inside, up, graph.terminal, root)
        if np.sum(inside) < before:
            up = span_vertices(graph, inside, root)
    return up
