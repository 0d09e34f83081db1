"""A graph that can be taken apart: edges removed, two made into one, vertices merged.

Each vertex keeps its half-edges in a ring-less linked list; a half-edge is an arc that leaves the vertex.
A new edge remembers the two it was made of, so that a tree of new edges can be told in the old ones.
There are never two edges between the same two vertices.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from phusong.plans.steiner.graphs import Graph


class Web(NamedTuple):
    """Hold the changing graph.

    Parameters
    ----------
    first : first half-edge of a vertex, −1 for none [vertices].
    after, before : neighbours of a half-edge in the list of its vertex [2 × edges].
    tip : vertex at which a half-edge arrives [2 × edges].
    cost : of an edge [edges].
    alive : whether an edge is there [edges].
    part : the two edges an edge was made of, −1 for an edge of the beginning [edges, 2].
    degree : of a vertex [vertices].
    terminal : whether a vertex must be joined [vertices].
    into : vertex into which a vertex was merged, itself where it was not [vertices].
    fixed : whether an edge is part of the tree for good [edges].
    tally : how many edges were ever made, how many terminals are left, how many changes were made [3].
    """

    first: np.ndarray
    after: np.ndarray
    before: np.ndarray
    tip: np.ndarray
    cost: np.ndarray
    alive: np.ndarray
    part: np.ndarray
    degree: np.ndarray
    terminal: np.ndarray
    into: np.ndarray
    fixed: np.ndarray
    tally: np.ndarray


@numba.njit(cache=True)
def open_web(graph: Graph) -> Web:
    """Return a graph as a web, of parallel edges the cheapest."""
    n, m = len(graph.terminal), len(graph.cost)
    room = m + n
    web = Web(
        np.full(n, -1, np.int64),
        np.full(2 * room, -1, np.int64),
        np.full(2 * room, -1, np.int64),
        np.full(2 * room, -1, np.int64),
        np.zeros(room, np.int64),
        np.zeros(room, np.bool_),
        np.full((room, 2), -1, np.int64),
        np.zeros(n, np.int64),
        graph.terminal.copy(),
        np.arange(n),
        np.zeros(room, np.bool_),
        np.array([m, np.sum(graph.terminal), 0]),
    )
    for e in range(m):
        web.cost[e] = graph.cost[e]
        web.tip[2 * e], web.tip[2 * e + 1] = graph.tip[2 * e], graph.tip[2 * e + 1]
        link(web, e)
    return web


@numba.njit(cache=True)
def find_edge(web: Web, v: int, w: int) -> int:
    """Return the edge between two vertices, −1 for none."""
    if web.degree[w] < web.degree[v]:
        v, w = w, v
    h = web.first[v]
    while h >= 0:
        if web.tip[h] == w:
            return h >> 1
        h = web.after[h]
    return -1


@numba.njit(cache=True)
def link(web: Web, edge: int) -> None:
    """Put an edge between its two ends, unless they are one or joined as cheaply; else drop the other."""
    v, w = web.tip[2 * edge + 1], web.tip[2 * edge]
    if v == w:
        return
    other = find_edge(web, v, w)
    if other >= 0:
        if web.cost[other] <= web.cost[edge]:
            return
        unlink(web, other)
    web.alive[edge] = True
    for h in (2 * edge, 2 * edge + 1):
        u = web.tip[h ^ 1]
        web.before[h], web.after[h] = -1, web.first[u]
        if web.first[u] >= 0:
            web.before[web.first[u]] = h
        web.first[u] = h
        web.degree[u] += 1


@numba.njit(cache=True)
def unlink(web: Web, edge: int) -> None:
    """Remove an edge."""
    web.alive[edge] = False
    web.tally[2] += 1
    for h in (2 * edge, 2 * edge + 1):
        u = web.tip[h ^ 1]
        if web.before[h] >= 0:
            web.after[web.before[h]] = web.after[h]
        else:
            web.first[u] = web.after[h]
        if web.after[h] >= 0:
            web.before[web.after[h]] = web.before[h]
        web.degree[u] -= 1


@numba.njit(cache=True)
def splice(web: Web, v: int) -> None:
    """Make the two edges of a vertex of degree two into one edge past it."""
    h = web.first[v]
    k = web.after[h]
    x, y = web.tip[h], web.tip[k]
    unlink(web, h >> 1)
    unlink(web, k >> 1)
    e = web.tally[0]
    web.tally[0] += 1
    web.cost[e] = web.cost[h >> 1] + web.cost[k >> 1]
    web.part[e, 0], web.part[e, 1] = h >> 1, k >> 1
    web.tip[2 * e + 1], web.tip[2 * e] = x, y
    link(web, e)


@numba.njit(cache=True)
def merge(web: Web, edge: int) -> int:
    """Fix an edge for good and make its two ends one terminal; return which vertex that is."""
    v, w = web.tip[2 * edge + 1], web.tip[2 * edge]
    if web.degree[w] < web.degree[v]:
        v, w = w, v
    web.fixed[edge] = True
    unlink(web, edge)
    h = web.first[v]
    while h >= 0:
        k = web.after[h]
        unlink(web, h >> 1)
        web.tip[h ^ 1] = w
        link(web, h >> 1)
        h = k
    web.into[v] = w
    if web.terminal[v] and web.terminal[w]:
        web.tally[1] -= 1
    web.terminal[v], web.terminal[w] = False, True
    return w


@numba.njit(cache=True)
def tell_parts(web: Web, edges: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the edges of the beginning of which edges were made, one after another, and where each starts.

    Parameters
    ----------
    web : the web.
    edges : edges of it.
    """
    start = np.zeros(len(edges) + 1, np.int64)
    told = np.empty(web.tally[0] + 1, np.int64)
    stack = np.empty(web.tally[0] + 1, np.int64)
    done = 0
    for i in range(len(edges)):
        stack[0], size = edges[i], 1
        while size:
            size -= 1
            e = stack[size]
            if web.part[e, 0] < 0:
                told[done] = e
                done += 1
                continue
            stack[size], stack[size + 1] = web.part[e, 0], web.part[e, 1]
            size += 2
        start[i + 1] = done
    return told[:done], start
