"""Reductions: what can be taken from a graph, or fixed for good, before anything is searched.

Every rule leaves at least one cheapest tree in place, and works on the graph as the rules before left it.
The rules are those of Duin & Volgenant (1989, Networks 19:549–567) as retold by Polzin (2003, Algorithms
for the Steiner Problem in Networks, ch. 3):

- degree: a dead end that is no terminal goes; that of a terminal is fixed; a vertex between two edges goes;
- near terminals: where a cheapest edge of a terminal ends at a terminal, it is fixed;
- long edges: an edge goes if its ends are joined otherwise, with no stretch between two terminals (or
  ends) longer than it;
- nearest vertex: the cheapest edge of a terminal is fixed if going over it to another terminal costs no
  more than the terminal's second edge.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from phusong.plans.steiner.graphs import FAR, Graph, lay_graph
from phusong.plans.steiner.heaps import Heap, clear, make_heap, offer, take
from phusong.plans.steiner.webs import Web, merge, open_web, splice, tell_parts, unlink


class Shrunk(NamedTuple):
    """Hold a reduced graph and the way back.

    Parameters
    ----------
    graph : what is left.
    root : the root in it.
    fixed : edges of the graph before that are part of the tree for good.
    told, start : edges of the graph before of which each edge is made: `told[start[e] : start[e + 1]]`.
    place : vertex of what is left that each vertex of the graph before is, −1 where it is gone.
    """

    graph: Graph
    root: int
    fixed: np.ndarray
    told: np.ndarray
    start: np.ndarray
    place: np.ndarray

    def expand(self, edges: np.ndarray) -> np.ndarray:
        """Return a tree of what is left as edges of the graph before, fixed ones included."""
        parts = [self.told[self.start[e] : self.start[e + 1]] for e in edges]
        return np.unique(np.concatenate([self.fixed, *parts]))


def shrink_graph(
    graph: Graph, root: int, *, reach: int, keep: np.ndarray | None = None, forced: bool = True
) -> Shrunk:
    """Return what the rules leave of a graph.

    Parameters
    ----------
    graph : the graph; its terminals are connected with each other.
    root : a terminal.
    reach : how many vertices the search for another way may look at; 0 leaves the searching rules out.
    keep : edges that may still be used [edges]; all where not given.
    forced : whether every terminal must be joined; else each stays a vertex, but none is relied on.
    """
    web = open_web(graph)
    if not forced:
        web.tally[1] = 1
    if keep is not None:
        _remove_edges(web, ~keep)
    _apply_rules(web, reach)
    return _close_web(web, root)


@numba.njit(cache=True)
def _remove_edges(web: Web, gone: np.ndarray) -> None:
    """Remove marked edges."""
    for e in range(len(gone)):
        if gone[e] and web.alive[e]:
            unlink(web, e)


@numba.njit(cache=True)
def _apply_rules(web: Web, reach: int) -> None:
    """Apply every rule, again while a round still changes more than one edge in fifty."""
    n = len(web.first)
    stack = np.arange(n)[::-1].copy()
    _reduce_degrees(web, stack)
    changes = 1
    while reach > 0 and changes > 0:
        before = web.tally[2]
        _drop_long_edges(web, reach)
        _fix_near_vertices(web, reach)
        _reduce_degrees(web, stack)
        changes = 50 * (web.tally[2] - before) // (np.sum(web.alive) + 1)


@numba.njit(cache=True)
def _reduce_degrees(web: Web, order: np.ndarray) -> None:
    """Apply the rules of degree and of near terminals until none applies."""
    waits = np.ones(len(order), np.bool_)
    stack = order.copy()
    size = len(stack)
    while size > 0:
        size -= 1
        v = stack[size]
        waits[v] = False
        touched = (-1, -1)
        if web.into[v] == v:
            touched = _reduce_terminal(web, v) if web.terminal[v] else _reduce_vertex(web, v)
        for w in touched:
            if w >= 0 and not waits[w]:
                waits[w] = True
                stack[size] = w
                size += 1


@numba.njit(cache=True)
def _reduce_vertex(web: Web, v: int) -> tuple[int, int]:
    """Apply the rule of degree to a vertex that is no terminal; return whom that touches."""
    h = web.first[v]
    if web.degree[v] == 1:
        unlink(web, h >> 1)
        return web.tip[h], -1
    if web.degree[v] == 2:
        x, y = web.tip[h], web.tip[web.after[h]]
        splice(web, v)
        return x, y
    return -1, -1


@numba.njit(cache=True)
def _reduce_terminal(web: Web, v: int) -> tuple[int, int]:
    """Fix an edge of a terminal if it must be or may be; return whom that touches."""
    if web.tally[1] < 2:
        return -1, -1
    best, h = FAR, web.first[v]
    chosen = -1
    while h >= 0:
        c = web.cost[h >> 1]
        if c < best or (c == best and web.terminal[web.tip[h]]):
            best, chosen = c, h
        h = web.after[h]
    if chosen >= 0 and (web.degree[v] == 1 or web.terminal[web.tip[chosen]]):
        return merge(web, chosen >> 1), -1
    return -1, -1


@numba.njit(cache=True)
def _drop_long_edges(web: Web, reach: int) -> None:
    """Remove every edge that another way makes superfluous, the dearest first."""
    n = len(web.first)
    distance = np.full(n, FAR, np.int64)
    touched = np.empty(n, np.int64)
    heap = make_heap(n)
    edges = np.flatnonzero(web.alive)
    for i in np.argsort(-web.cost[edges], kind="mergesort"):
        e = edges[i]
        if web.alive[e] and _has_detour(web, e, reach, distance, touched, heap):
            unlink(web, e)


@numba.njit(cache=True)
def _has_detour(
    web: Web, edge: int, reach: int, distance: np.ndarray, touched: np.ndarray, heap: Heap
) -> bool:
    """Tell whether the ends of an edge are joined without it by stretches no longer than it."""
    forced = web.tally[1] > 1
    source, goal, limit = web.tip[2 * edge + 1], web.tip[2 * edge], web.cost[edge]
    if web.degree[goal] < web.degree[source]:
        source, goal = goal, source
    distance[source], touched[0], count = 0, source, 1
    offer(heap, source, 0)
    found = False
    while heap.size[0] > 0 and count < reach and not found:
        v = take(heap)
        h = web.first[v]
        while h >= 0 and not found and count < reach:
            w, far = web.tip[h], distance[v] + web.cost[h >> 1]
            if far <= limit and far < distance[w] and h >> 1 != edge:
                if distance[w] == FAR:
                    touched[count] = w
                    count += 1
                distance[w] = 0 if web.terminal[w] and forced else far
                offer(heap, w, distance[w])
                found = w == goal
            h = web.after[h]
    distance[touched[:count]] = FAR
    clear(heap)
    return found


@numba.njit(cache=True)
def _fix_near_vertices(web: Web, reach: int) -> None:
    """Fix the cheapest edge of every terminal that passes the rule of the nearest vertex."""
    n = len(web.first)
    distance = np.full(n, FAR, np.int64)
    touched = np.empty(n, np.int64)
    heap = make_heap(n)
    for t in range(n):
        if not web.terminal[t] or web.into[t] != t or web.tally[1] < 2 or web.degree[t] < 2:
            continue
        first, second = _two_cheapest(web, t)
        limit = web.cost[second >> 1] - web.cost[first >> 1]
        if _meets_terminal(web, web.tip[first], t, limit, reach, distance, touched, heap):
            merge(web, first >> 1)


@numba.njit(cache=True)
def _two_cheapest(web: Web, v: int) -> tuple[int, int]:
    """Return the cheapest and the second half-edge of a vertex of degree two or more."""
    first = web.first[v]
    second = web.after[first]
    if web.cost[second >> 1] < web.cost[first >> 1]:
        first, second = second, first
    h = web.after[web.after[web.first[v]]]
    while h >= 0:
        if web.cost[h >> 1] < web.cost[first >> 1]:
            first, second = h, first
        elif web.cost[h >> 1] < web.cost[second >> 1]:
            second = h
        h = web.after[h]
    return first, second


@numba.njit(cache=True)
def _meets_terminal(
    web: Web,
    source: int,
    barred: int,
    limit: int,
    reach: int,
    distance: np.ndarray,
    touched: np.ndarray,
    heap: Heap,
) -> bool:
    """Tell whether a terminal other than the barred one lies within a distance of a vertex."""
    distance[source], touched[0], count = 0, source, 1
    offer(heap, source, 0)
    found = False
    while heap.size[0] > 0 and count < reach and not found:
        v = take(heap)
        found = web.terminal[v]
        h = web.first[v]
        while h >= 0 and not found and count < reach:
            w, far = web.tip[h], distance[v] + web.cost[h >> 1]
            if far <= limit and far < distance[w] and w != barred:
                if distance[w] == FAR:
                    touched[count] = w
                    count += 1
                distance[w] = far
                offer(heap, w, far)
            h = web.after[h]
    distance[touched[:count]] = FAR
    clear(heap)
    return found


def _close_web(web: Web, root: int) -> Shrunk:
    """Return a web as a graph of the vertices that are left, counted anew."""
    while web.into[root] != root:
        root = int(web.into[root])
    edges = np.flatnonzero(web.alive)
    used = (web.degree > 0) | web.terminal
    number = np.cumsum(used) - 1
    graph = lay_graph(
        number[web.tip[2 * edges + 1]],
        number[web.tip[2 * edges]],
        web.cost[edges],
        web.terminal[used],
    )
    told, start = tell_parts(web, edges)
    fixed = tell_parts(web, np.flatnonzero(web.fixed))[0]
    place = np.where(used, number, -1)
    return Shrunk(graph, int(number[root]), fixed, told, start, place)
