"""Local search, first move: take a vertex into the tree wherever the tree over one more is cheaper."""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from phusong.plans.steiner.graphs import Graph


class _Desk(NamedTuple):
    """Hold working space: marks and the dearest arc so far of two climbs, and a log of changed arcs."""

    mark: np.ndarray
    worst: np.ndarray
    changed: np.ndarray
    former: np.ndarray
    tally: np.ndarray


@numba.njit(cache=True)
def insert_vertices(graph: Graph, inside: np.ndarray, up: np.ndarray) -> int:
    """Take in every vertex that makes the tree cheaper, and return what that saves.

    The tree over one vertex more is found by adding its edges one by one, each time dropping the dearest
    edge of the cycle (Minoux 1990, Networks 20:717–742).

    Parameters
    ----------
    graph : the graph.
    inside, up : the tree, changed in place.
    """
    n = len(inside)
    desk = _Desk(
        np.full(n, -1, np.int64),
        np.full(n, -1, np.int64),
        np.empty(n, np.int64),
        np.empty(n, np.int64),
        np.zeros(2, np.int64),
    )
    saved = 0
    for v in range(n):
        if not inside[v] and _count_inside(graph, inside, v) > 1:
            saved += _try_vertex(graph, inside, up, v, desk)
    return saved


@numba.njit(cache=True)
def _count_inside(graph: Graph, inside: np.ndarray, v: int) -> int:
    """Return how many edges a vertex has into the tree."""
    count = 0
    for a in graph.arc[graph.start[v] : graph.start[v + 1]]:
        count += inside[graph.tip[a]]
    return count


@numba.njit(cache=True)
def _try_vertex(graph: Graph, inside: np.ndarray, up: np.ndarray, v: int, desk: _Desk) -> int:
    """Take one vertex in if that saves; else leave everything as it was."""
    best = -1
    for a in graph.arc[graph.start[v] : graph.start[v + 1]]:
        if inside[graph.tip[a]] and (best < 0 or graph.cost[a >> 1] < graph.cost[best >> 1]):
            best = a
    up[v] = best ^ 1
    desk.tally[0] = 0
    saved = -graph.cost[best >> 1]
    for a in graph.arc[graph.start[v] : graph.start[v + 1]]:
        if a != best and inside[graph.tip[a]]:
            saved += _swap_edge(graph, up, a, desk)
    if saved > 0:
        inside[v] = True
        return saved
    for i in range(desk.tally[0] - 1, -1, -1):
        up[desk.changed[i]] = desk.former[i]
    up[v] = -1
    return 0


@numba.njit(cache=True)
def _swap_edge(graph: Graph, up: np.ndarray, a: int, desk: _Desk) -> int:
    """Put an arc into the tree for the dearest edge of the cycle it closes, if that saves."""
    v, w = graph.tip[a ^ 1], graph.tip[a]
    worst, below_v = _find_worst(graph, up, v, w, desk)
    saved = graph.cost[up[worst] >> 1] - graph.cost[a >> 1]
    if saved <= 0:
        return 0
    if below_v:
        _turn_over(graph, up, v, worst, a ^ 1, desk)
    else:
        _turn_over(graph, up, w, worst, a, desk)
    return saved


@numba.njit(cache=True)
def _find_worst(graph: Graph, up: np.ndarray, v: int, w: int, desk: _Desk) -> tuple[int, bool]:
    """Return the vertex under the dearest edge between two vertices, and whether it is on the first's side.

    Both climb in turn, until one treads where the other has been.
    """
    desk.tally[1] += 1
    here, there = 2 * desk.tally[1], 2 * desk.tally[1] + 1
    desk.mark[v], desk.worst[v] = here, -1
    desk.mark[w], desk.worst[w] = there, -1
    first = True
    while True:
        if up[v] >= 0:
            worst = desk.worst[v]
            if worst < 0 or graph.cost[up[v] >> 1] > graph.cost[up[worst] >> 1]:
                worst = v
            v = graph.tip[up[v] ^ 1]
            if desk.mark[v] == there:
                other = desk.worst[v]
                if other < 0 or graph.cost[up[worst] >> 1] >= graph.cost[up[other] >> 1]:
                    return worst, first
                return other, not first
            desk.mark[v], desk.worst[v] = here, worst
        v, w, here, there, first = w, v, there, here, not first


@numba.njit(cache=True)
def _turn_over(graph: Graph, up: np.ndarray, low: int, high: int, arc: int, desk: _Desk) -> None:
    """Cut the tree above `high`, and hang what falls off by `low`, under an arc."""
    v = low
    while True:
        former = up[v]
        up[v] = arc
        i = desk.tally[0]
        if i < len(desk.changed):
            desk.changed[i], desk.former[i] = v, former
        desk.tally[0] += 1
        if v == high:
            return
        arc = former ^ 1
        v = graph.tip[arc]
